from typing import NamedTuple

from odoo import models
from odoo.tools import SQL

from ..tools import period
from .kam_kpi_query_money import ReportingCurrency
from .kam_kpi_query_reduce import is_known
from .kam_kpi_window import Window

# Reducers whose rows add up month by month, and the one whose months have a figure of their own.
ADDS_UP = ('sum', 'distinct', 'past', 'latest_sum', 'latest_count')
BY_MONTH = (*ADDS_UP, 'median')


class Drill(NamedTuple):
    """Which rows of a measure are asked for.

    ``account_ids``: a list, in which None stands for what has no account; None instead of a list means everything there is.
    ``start`` may be None: from the beginning. ``until`` is the end of the period, where the measure looks ahead.
    ``user_ids``: only what these people did; ``key_only``: only with key accounts; ``category_id``: only of this product
    key (None: without one) at the end of ``category_path``.
    """
    measure: object
    account_ids: object
    start: object
    stop: object
    until: object = None
    user_ids: object = None
    key_only: bool = False
    category_path: str = ''
    category_id: object = None


class KamMeasureDrill(models.Model):
    """From a measure back to its documents: the rows it reduces to a figure, listed instead.

    These methods do not look at who asks; callers check the accounts first.
    """

    _inherit = 'kam.measure'

    def _drill(self, account_ids, start, stop, **only):
        return Drill(self, None if account_ids is None else list(account_ids), start, stop, **only)

    def _is_additive(self):
        """Whether the documents' amounts add up to the measure."""
        return self.reducer != 'median'

    def _drill_rows(self, drill):
        """SELECT of (model, res_id, partner_id, date, amount): what the measure is made of, observations once each."""
        rows = DrillRows(drill)
        return getattr(rows, self.reducer)()

    def _reduced(self, drill):
        """Return (number of rows, the measure): what a KPI would have it; None for unknown."""
        if self.state != 'ok' or not is_known(self, Window(drill.start, drill.stop)):
            return 0, None
        figure = SQL("SUM(d.amount)") if self._is_additive() else SQL("PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY d.amount)")
        [(count, amount)] = self.env.execute_query(SQL("SELECT COUNT(*), %s FROM (%s) d", figure, self._drill_rows(drill)))
        unknown = None if self.reducer in ('median', 'days_since') else 0.0
        return count, unknown if amount is None else float(amount)

    def _monthly(self, drill):
        """Return [(first day of month, figure)], months without anything left out; empty where months say nothing."""
        if self.state != 'ok' or self.reducer not in BY_MONTH or not is_known(self, Window(drill.start, drill.stop)):
            return []
        figure = SQL("SUM(d.amount)") if self._is_additive() else SQL("PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY d.amount)")
        return [(month, float(amount)) for month, amount in self.env.execute_query(SQL(
            "SELECT date_trunc('month', d.date)::date AS month, %s FROM (%s) d GROUP BY 1 ORDER BY 1",
            figure, self._drill_rows(drill)))]

    def _documents(self, drill, limit=80, offset=0, written_from=None):
        """Return the documents behind the measure, latest first.

        :param written_from: a UTC time: only documents which somebody changed, or made, from then on
        :return: ``(rows, number of all rows, the measure)``; rows are dicts
            ``{'date', 'model', 'res_id', 'name', 'contact', 'amount', 'written'}``
        """
        count, total = self._reduced(drill)
        if not count:
            return [], 0, total
        listed = self._with_written(drill)
        if written_from:
            listed = SQL("SELECT w.* FROM (%s) w WHERE w.written >= %s", listed, written_from)
            [(count, total)] = self.env.execute_query(SQL("SELECT COUNT(*), COALESCE(SUM(d.amount), 0)::float FROM (%s) d", listed))
        rows = self.env.execute_query_dict(SQL(
            "SELECT d.* FROM (%s) d ORDER BY d.date DESC NULLS LAST, d.res_id DESC, d.partner_id LIMIT %s OFFSET %s", listed, limit, offset))
        accounts = {row['partner_id'] for row in rows if row['partner_id']}
        contacts = self.env['res.partner'].sudo().browse(accounts)  # names only; the accounts were checked by the caller
        names = {partner.id: partner.display_name for partner in contacts}
        titles = self._document_names(rows)
        return [
            {'date': row['date'], 'model': row['model'], 'res_id': row['res_id'], 'name': titles.get((row['model'], row['res_id']), ''),
             'contact': names.get(row['partner_id'], ''), 'amount': float(row['amount']), 'written': row['written']}
            for row in rows
        ], count, total

    def _with_written(self, drill):
        """The rows of a drill-down with the time when their document was last written, NULL where that cannot be told."""
        base = self.base_id or self
        written = SQL("NULL::timestamp")
        models = [name for name in self._drill_models(drill) if name in self.env and self.env[name]._log_access]
        if models and base.state == 'ok':
            written = SQL("CASE d.model %s END", SQL(" ").join(
                SQL("WHEN %s THEN (SELECT doc.write_date FROM %s doc WHERE doc.id = d.res_id)", name, SQL.identifier(self.env[name]._table))
                for name in models))
        return SQL("SELECT d.*, %s AS written FROM (%s) d", written, self._drill_rows(drill))

    def _drill_models(self, drill):
        """Names of the models among the rows of a drill-down."""
        return [name for (name,) in self.env.execute_query(SQL("SELECT DISTINCT d.model FROM (%s) d", self._drill_rows(drill))) if name]

    def _document_names(self, rows):
        """Return {(model, id): what the document is called}; meetings keep their subject to those who may read them."""
        names = {}
        for model in {row['model'] for row in rows if row['model'] in self.env}:
            ids = [row['res_id'] for row in rows if row['model'] == model and row['res_id']]
            records = self.env[model].sudo().with_context(active_test=False).browse(ids).exists()  # names only, of accounts that were checked
            names.update({(model, record_id): self.env._("Deleted since") for record_id in set(ids) - set(records.ids)})
            # What a director's own measure counts is called by its name only for those who may read such documents.
            private = model in ('calendar.event', 'mail.message', 'mail.activity') or not (self.is_shipped or self.env[model].has_access('read'))
            for record in records:
                readable = not private or record.sudo(False).has_access('read')  # as the user again
                title = record.display_name if readable else self.env['ir.model']._get(model).name
                names[model, record.id] = self._document_title(record) if readable else title
        return names

    def _document_title(self, record):
        """A name people recognise: number and label of an invoice line, subject of a message."""
        if 'move_id' in record._fields:
            return f"{record.move_id.name or ''} {record.name or ''}".strip().split('\n')[0]
        if record._name == 'mail.message':
            return record.subject or record.record_name or self.env._("Message")
        return record.display_name or ''


class DrillRows(ReportingCurrency):
    """The rows of a :class:`Drill`, one method per reducer of measures."""

    def __init__(self, drill):
        super().__init__(drill.measure.env)
        self.drill = drill
        self.measure = drill.measure
        self.base = drill.measure.base_id or drill.measure

    # what the rows are taken from

    def source(self):
        """Rows of the documents, or of what was kept of those that cannot be read again; money in the reporting currency."""
        if self.base.kind == 'snapshot' or self.base.kind == 'stock' and not self.is_of_today():
            rows = SQL(
                """SELECT NULLIF(%(model)s, '')::varchar AS model, k.res_id, k.partner_id, k.company_id, %(date)s AS date, k.moment, k.user_id, k.key,
                          NULL::int AS categ_id, k.amount, k.date AS picture
                     FROM kam_fact k WHERE k.measure_id = %(measure)s""",
                model=self.base.model_name or '', measure=self.base.id,
                date=SQL("COALESCE(k.moment::date, k.date)") if self.base.kind == 'stock' else SQL("k.date"))
        else:
            rows = SQL("SELECT r.*, %s::date AS picture FROM (%s) r", self.picture() if self.base.kind == 'stock' else SQL("NULL"),
                       self.base._rows(self.drill.category_path or None))
        if not (self.measure.monetary and self.converts()):
            return rows
        return SQL(
            """SELECT f.model, f.res_id, f.partner_id, f.company_id, f.date, f.moment, f.user_id, f.key, f.categ_id, f.picture,
                      f.amount * CASE WHEN c.currency_id <> %(target)s THEN (%(to_rate)s / %(from_rate)s)::numeric ELSE 1 END AS amount
                 FROM (%(rows)s) f JOIN res_company c ON c.id = f.company_id""",
            rows=rows, target=self.currency.id, to_rate=self.rate(SQL("%s", self.currency.id)), from_rate=self.rate(SQL("c.currency_id")))

    def picture(self):
        """The day of the last picture before the window's end."""
        return SQL(
            "(SELECT MAX(k.date) FROM kam_fact k WHERE k.measure_id = %s AND k.company_id = ANY(%s) AND k.date < %s)",
            self.base.id, self.companies.ids, self.drill.stop)

    def is_of_today(self):
        """Whether the picture is the one which is still renewed: then the documents themselves are listed."""
        [(day,)] = self.env.execute_query(SQL("SELECT %s", self.picture()))
        return day == self.env.company._kam_today() - period.ONE_DAY

    def rows(self, start, stop, columns, condition=None, order=None, distinct=None):
        """SELECT of rows within days, of whom and of what the drill asks for."""
        drill = self.drill
        where = [self.in_scope()]
        if start:
            where.append(SQL("f.date >= %s", start))
        if stop:
            where.append(SQL("f.date < %s", stop))
        if drill.account_ids is not None:
            nobody = SQL(" OR f.partner_id IS NULL") if None in drill.account_ids else SQL()
            where.append(SQL("(f.partner_id = ANY(%s)%s)", [account for account in drill.account_ids if account], nobody))
        if drill.key_only:
            where.append(SQL("f.partner_id IN (SELECT id FROM res_partner WHERE is_key_account)"))
        if drill.user_ids is not None and (self.measure.actor_path or drill.key_only):
            where.append(SQL("f.user_id = ANY(%s)", list(drill.user_ids)))
        if drill.category_path:
            where.append(SQL("f.categ_id IS NOT DISTINCT FROM %s::int", drill.category_id))
        if condition:
            where.append(condition)
        return SQL(
            "SELECT %s %s FROM (%s) f WHERE %s %s",
            SQL("DISTINCT ON (%s)", distinct) if distinct else SQL(), columns, self.source(), SQL(" AND ").join(where),
            SQL("ORDER BY %s", order) if order else SQL())

    def plain(self, amount=None):
        return SQL("f.model, f.res_id, f.partner_id, f.date, %s AS amount", amount or SQL("f.amount"))

    # one method per reducer

    def sum(self):
        return self.rows(self.drill.start, self.drill.stop, self.plain())

    def median(self):
        return self.rows(self.drill.start, self.drill.stop, self.plain(), SQL("f.amount IS NOT NULL AND %s", self.is_over()))

    def distinct(self):
        return self.rows(
            self.drill.start, self.drill.stop, self.plain(SQL("1::numeric")), self.is_over(), order=SQL("f.key, f.date, f.res_id"), distinct=SQL("f.key"))

    def past(self):
        return self.rows(self.drill.start, self.drill.stop, self.plain(SQL("COALESCE(f.amount, 1)")), SQL("f.moment < %s", self.complete_until()))

    def latest_sum(self):
        return self.rows(
            self.drill.start, self.drill.stop, self.plain(),
            order=SQL("f.partner_id, f.key, f.moment DESC, f.res_id DESC"), distinct=SQL("f.partner_id, f.key"))

    def latest_count(self):
        return SQL(
            "SELECT x.model, x.res_id, x.partner_id, x.date, 1::numeric AS amount FROM (%s) x WHERE x.amount BETWEEN %s AND %s",
            self.latest_sum(), self.measure.band_from, self.measure.band_to)

    def last_sum(self):
        months = self.measure.max_age_months
        oldest = period.shift_months(self.drill.stop, -months) if months else None
        return self.rows(
            oldest, self.drill.stop, self.plain(),
            order=SQL("f.partner_id, f.key, f.moment DESC, f.res_id DESC"), distinct=SQL("f.partner_id, f.key"))

    def days_since(self):
        return self.rows(
            None, self.drill.stop, self.plain(SQL("(%s - f.date)::numeric", self.drill.stop)),
            order=SQL("f.partner_id, f.date DESC, f.moment DESC, f.res_id DESC"), distinct=SQL("f.partner_id"))

    def last(self, condition=None):
        """Everything in the picture; its rows are told by the day they fall due."""
        of_picture = SQL("f.picture = %s AND %s", self.picture(), condition or SQL("TRUE"))
        return self.rows(None, None, self.plain(), of_picture)

    def due(self):
        return self.last(SQL("f.moment >= %s AND f.moment < %s", self.drill.stop, self.until()))

    def due_by(self):
        return self.last(SQL("(f.moment IS NULL OR f.moment < %s)", self.until()))

    def until(self):
        return self.drill.until or self.drill.stop

    def is_over(self):
        """What has begun and is not over yet is no observation."""
        return SQL("(f.moment IS NULL OR f.moment < %s)", self.complete_until())

    def complete_until(self):
        """The moment up to which documents are complete: the company's midnight, in UTC."""
        return self.env.company._kam_midnight()
