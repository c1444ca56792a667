from datetime import timedelta
from typing import NamedTuple

from odoo import api, models
from odoo.tools import SQL

from ..tools import period
from .kam_kpi_terms import Holdings

# How many closed periods are kept beside the running one.
HISTORY = {'month': 24, 'quarter': 12, 'semester': 6, 'year': 3, 'ttm': 12}
COLUMNS = (
    'company_id', 'kpi_id', 'frequency', 'date_start', 'date_end', 'scope', 'subject_id', 'partner_id', 'user_id', 'team_id', 'is_current',
    'closed', 'numerator', 'denominator', 'value', 'state', 'reason', 'sample_size', 'margin', 'flags', 'scale', 'roll_up', 'family', 'active')
KEY = COLUMNS[:7]
# What a closed row keeps as it was reported.
REPORTED = ('numerator', 'denominator', 'value', 'state', 'reason', 'sample_size', 'margin', 'flags', 'scale', 'roll_up', 'user_id', 'team_id')


class Span(NamedTuple):
    """A period to keep: half-open; ``current`` while it runs."""
    frequency: str
    start: object
    stop: object
    current: bool


class KamKpiValueRefresh(models.Model):
    """Stores the KPIs of key accounts, their managers, teams and companies, period by period."""

    _inherit = 'kam.kpi.value'

    @api.model
    def _refresh(self, changes=None):
        """Bring the stored values up to date: those which the changed facts may have changed, or all.

        :param changes: :class:`Changes`; None for all there is
        """
        values = self.sudo()  # figures are the same whoever asks; rows are shown through the rules
        values.env.flush_all()
        for company in values._companies():
            values.with_company(company).with_context(allowed_company_ids=company.ids)._refresh_company(changes)
        values.invalidate_model()
        self._values_stored(changes and changes.partners)

    @api.model
    def _values_stored(self, partner_ids):
        """Hook for what rests on the values: those of these accounts (None: of all) were stored."""

    @api.model
    def _companies(self):
        """The companies which have key accounts to report on."""
        ids = [row[0] for row in self.env.execute_query(SQL(
            """SELECT company_id FROM kam_assignment UNION
               SELECT DISTINCT f.company_id FROM kam_fact f JOIN res_partner p ON p.id = f.partner_id AND p.is_key_account"""))]
        return self.env['res.company'].browse(ids).exists().sorted()

    def _refresh_company(self, changes):
        company = self.env.company
        today = company._kam_today()
        if not self._is_of_today(today):
            changes = None
        kpis = self.env['kam.kpi'].search([])
        kpis._know()
        closing = not self.env['kam.fact.queue'].search_count([], limit=1)
        holdings = Holdings(self.env, company)
        spans = [span for frequency in HISTORY for span in self._spans(frequency, today)]
        for span in spans:
            kept = kpis.filtered(f'frequency_{span.frequency}')
            parts = kept._concerned(changes, span.start, span.stop) if changes else [(kept, None)] if kept else []
            closed = closing and today >= span.stop + timedelta(days=company.kam_closing_days)
            for concerned, partner_ids in parts:
                self._store_span(concerned, span, closed, self._subjects(span, holdings, partner_ids), partner_ids)
            if not changes:
                self._forget_kpis(span, kept)
        self._drop_stale(spans)

    def _is_of_today(self, today):
        """Whether the values were brought up to this day: the first refresh of a day does all accounts."""
        return bool(self.search_count([
            ('company_id', '=', self.env.company.id), ('frequency', '=', 'ttm'), ('is_current', '=', True),
            ('date_end', '=', today - timedelta(days=1)),
        ], limit=1))

    @api.model
    def _spans(self, frequency, today):
        """The running period and those before it, of a frequency; trailing twelve months stop at quarter ends and today."""
        company = self.env.company
        kind = 'quarter' if frequency == 'ttm' else frequency
        start, stop = company._kam_period(kind, today)
        spans = [] if frequency == 'ttm' else [Span(frequency, start, stop, True)]
        for _count in range(HISTORY[frequency]):
            start, stop = company._kam_period(kind, start - timedelta(days=1))
            if frequency == 'ttm':
                spans.append(Span('ttm', period.shift_months(stop, -12), stop, stop == today))
            else:
                spans.append(Span(frequency, start, stop, False))
        if frequency == 'ttm' and not spans[0].current:
            spans.append(Span('ttm', period.shift_months(today, -12), today, True))
        return spans

    def _store_span(self, kpis, span, closed, subjects, partner_ids):
        scopes = {number: accounts for number, (_subject, accounts) in enumerate(subjects)}
        kinds = {number: (subject['scope'], subject['subject_id']) for number, (subject, _accounts) in enumerate(subjects)}
        results = kpis._outcomes(scopes, span.start, span.stop, subjects=kinds)
        rows = [
            self._row(kpi, span, closed, subject, results[kpi.id, number])
            for number, (subject, accounts) in enumerate(subjects) for kpi in kpis
            if accounts or kpi.actor_view or subject['scope'] == 'company'
        ]
        self._forget(kpis, span, rows, partner_ids)
        self._upsert(rows)

    def _subjects(self, span, holdings, partner_ids):
        """Return [(columns that name the subject, its accounts)] of a period, by who held what on its last day."""
        company = self.env.company
        # A running period has no last day yet: whoever holds the account today.
        day = min(span.stop - timedelta(days=1), company._kam_today())
        holders = holdings.holders(day)
        subjects = []
        for account in holdings.accounts:
            if partner_ids is None or account in partner_ids:
                user_id, team_id = holders.get(account, (False, False))
                subjects.append(({
                    'scope': 'account', 'subject_id': account, 'partner_id': account, 'user_id': user_id or None, 'team_id': team_id or None,
                }, [account]))
        books = holdings.on(day)
        # Who handed over the last account before the end has done something all the same.
        for user_id in holdings.users_between(span.start, day):
            books.setdefault(('user', user_id), [])
        for (scope, record_id), held in sorted(books.items()):
            subjects.append(({
                'scope': scope, 'subject_id': record_id, 'partner_id': None,
                'user_id': record_id if scope == 'user' else None, 'team_id': record_id if scope == 'team' else None,
            }, held))
        return subjects

    def _row(self, kpi, span, closed, subject, result):
        values = {
            **subject, **{name: result[name] for name in ('numerator', 'denominator', 'value', 'state', 'reason', 'sample_size', 'margin')},
            'company_id': self.env.company.id, 'kpi_id': kpi.id, 'frequency': span.frequency, 'date_start': span.start,
            'date_end': span.stop - timedelta(days=1), 'is_current': span.current, 'closed': closed, 'family': kpi.family,
            'flags': ', '.join(result['flags']) or None, 'scale': kpi.scale, 'roll_up': kpi.roll_up, 'active': True,
        }
        return tuple(values[name] for name in COLUMNS)

    def _upsert(self, rows):
        """Write rows; a closed one keeps what was reported, and shows beside it what the documents say now."""
        table = SQL.identifier(self._table)
        kept = [SQL(
            "%(name)s = CASE WHEN %(table)s.closed THEN %(table)s.%(name)s ELSE EXCLUDED.%(name)s END",
            name=SQL.identifier(name), table=table) for name in REPORTED]
        query = SQL(
            """INSERT INTO %(table)s AS kam_kpi_value (%(columns)s) VALUES %%s
               ON CONFLICT (%(key)s) WHERE active DO UPDATE SET %(kept)s, is_current = EXCLUDED.is_current,
                   closed = kam_kpi_value.closed OR EXCLUDED.closed,
                   restated_value = CASE WHEN kam_kpi_value.closed AND %(differs)s THEN EXCLUDED.value END,
                   restated_on = CASE WHEN kam_kpi_value.closed AND %(differs)s THEN COALESCE(kam_kpi_value.restated_on, %(today)s) END""",
            table=table, columns=self._names(COLUMNS), key=self._names(KEY), kept=SQL(", ").join(kept),
            today=self.env.company._kam_today(),
            differs=SQL("(kam_kpi_value.state <> EXCLUDED.state OR ABS(kam_kpi_value.value - EXCLUDED.value) > 1e-6)"))
        if rows:
            text = self.env.cr.mogrify(query).decode()
            self.env.cr.execute_values(text, rows, page_size=1000)

    @api.model
    def _names(self, names):
        return SQL(", ").join(SQL.identifier(name) for name in names)

    def _forget_kpis(self, span, kpis):
        """Delete open rows of KPIs that are not reported for this period any more."""
        self.env.cr.execute(SQL(
            """DELETE FROM kam_kpi_value WHERE company_id = %s AND frequency = %s AND date_start = %s AND date_end = %s AND active AND NOT closed
                  AND kpi_id <> ALL(%s)""", self.env.company.id, span.frequency, span.start, span.stop - timedelta(days=1), kpis.ids))

    def _forget(self, kpis, span, rows, partner_ids):
        """Delete open rows of these KPIs in the period whose subject is not reported any more."""
        wanted = [(row[COLUMNS.index('kpi_id')], row[COLUMNS.index('scope')], row[COLUMNS.index('subject_id')]) for row in rows]
        concerned = SQL("TRUE") if partner_ids is None else SQL("(scope <> 'account' OR subject_id = ANY(%s))", list(partner_ids))
        self.env.cr.execute(SQL(
            """DELETE FROM kam_kpi_value WHERE company_id = %s AND frequency = %s AND date_start = %s AND date_end = %s AND active AND NOT closed AND %s
                  AND kpi_id = ANY(%s) AND (kpi_id, scope, subject_id) NOT IN (SELECT * FROM unnest(%s::int[], %s::varchar[], %s::int[]))""",
            self.env.company.id, span.frequency, span.start, span.stop - timedelta(days=1), concerned, kpis.ids,
            *([row[place] for row in wanted] for place in range(3))))

    def _drop_stale(self, spans):
        """Yesterday's trailing twelve months make room for today's, and a period that is over is not the current one."""
        ends = [(span.frequency, span.start, span.stop - timedelta(days=1)) for span in spans]
        current = [(span.frequency, span.start, span.stop - timedelta(days=1)) for span in spans if span.current]
        for statement, kept in (
            (SQL("DELETE FROM kam_kpi_value WHERE frequency = 'ttm' AND NOT closed AND"), ends),
            (SQL("UPDATE kam_kpi_value SET is_current = FALSE WHERE is_current AND"), current),
        ):
            self.env.cr.execute(SQL(
                "%s company_id = %s AND (frequency, date_start, date_end) NOT IN (SELECT * FROM unnest(%s::varchar[], %s::date[], %s::date[]))",
                statement, self.env.company.id, *([row[place] for row in kept] for place in range(3))))
