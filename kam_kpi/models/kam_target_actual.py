from collections import defaultdict
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..fields import NullableFloat, is_same
from ..tools.period import shift_months
from ..tools.target import Goal, evaluate
from .kam_kpi_value import REASONS
from .kam_target_forecast import REASONS as FORECAST_REASONS

ONE_DAY = timedelta(days=1)


class KamTargetActual(models.Model):
    """Where targets stand: measured from the KPIs, kept for lists and boards.

    ``attainment`` is a fraction of the whole target (1.0 = met, not clipped);
    ``pace`` of what is due by now. See ``tools/target.py`` for the rules of
    the status. So many days after the end as the company takes to close a
    period (``kam_closing_days``) the figures stay as they are.
    """

    _inherit = 'kam.target'

    actual_value = NullableFloat("Actual", readonly=True, copy=False, aggregator=None)
    attainment = NullableFloat(readonly=True, copy=False, aggregator='avg', help="Of the whole target; 100 % is met.")
    due_value = NullableFloat(
        "Due by now", readonly=True, copy=False, aggregator=None,
        help="The part of the target to be reached by now, for figures which build up over the period.")
    pace = NullableFloat(readonly=True, copy=False, aggregator='avg', help="Attainment of the part due by now.")
    forecast = NullableFloat("Forecast", readonly=True, copy=False, aggregator=None)
    forecast_basis = fields.Selection([
        ('seasonal', "The season of the year before"),
        ('run_rate', "Pace so far, kept up to the end"),
        *FORECAST_REASONS,
    ], "Basis of the forecast", readonly=True, copy=False)
    status = fields.Selection([
        ('on_track', "On track"),
        ('at_risk', "At risk"),
        ('off_track', "Off track"),
        ('achieved', "Achieved"),
        ('missed', "Missed"),
        ('no_data', "No data"),
    ], required=True, default='no_data', readonly=True, copy=False, index=True, group_expand='_expand_status')
    reason = fields.Selection(REASONS, "Why no data", readonly=True, copy=False)
    measured_on = fields.Date("Measured on", readonly=True, copy=False, help="Documents before this day are counted.")
    is_final = fields.Boolean(readonly=True, copy=False, help="The period is closed: the figures stay as reported.")

    @api.model
    def _refresh_actuals(self, partner_ids=None):
        """Measure all targets which are not final yet.

        :param partner_ids: only those of these accounts, and those of
            managers, teams and companies, which may hold them; ``None``: all
        """
        domain = Domain('is_final', '=', False)
        if partner_ids is not None:
            domain &= Domain('partner_id', '=', False) | Domain('partner_id', 'in', list(partner_ids))
        self.sudo().search(domain)._measure()  # sudo: the figures of all targets, whoever starts the refresh

    def _measure(self, again=False):
        """Take the figures of these targets from the KPIs; ``again``: final ones as well."""
        for company, targets in self.sudo().grouped('company_id').items():  # sudo: see _refresh_actuals
            today = company._kam_today()
            if not again:
                targets = targets.filtered(lambda target: not target.is_final)
            targets._set_season()
            rows = targets.with_company(company)._measured_rows(today)
            shares, pipelines = targets._shares_due(today), targets._pipeline_forecasts(today)
            for target in targets:
                target._store_figures(rows.get(target), today, shares.get(target, (None, None)), pipelines[target])

    def _store_figures(self, row, today, shares, pipeline):
        """Write what a row of a measurement means for the target; ``None``: the period has not begun."""
        actual = row['value'] if row else None
        figures = evaluate(self._goal(*shares), actual, today)
        figures.update(
            actual_value=actual,
            reason=(row['reason'] if row else 'future_period') if actual is None else False,
            measured_on=today,
            is_final=today > self.date_end + timedelta(days=self.company_id.kam_closing_days),
            **self._pipeline_values(actual, pipeline),
        )
        changed = {
            name: value for name, value in figures.items()
            if not is_same(self._fields[name].convert_to_record(self._fields[name].convert_to_cache(value, self), self), self[name])
        }
        if changed:
            self.write(changed)

    def _goal(self, share=None, season=None):
        """Return what is to be reached; see ``_shares_due`` for the parts."""
        def given(name):
            return None if self[name] is False else self[name]
        return Goal(
            start=self.date_start, stop=self.date_end and self.date_end + ONE_DAY, direction=self.direction,
            target=given('target_value'), baseline=given('baseline'), low=given('band_low'), high=given('band_high'),
            tolerance=given('band_tolerance'), flow=self._is_flow(), share=share, season=season,
            green=self.kpi_id.green_from, amber=self.kpi_id.amber_from,
        )

    def _is_flow(self):
        """Whether the figure builds up over the period; twelve trailing months are always whole."""
        return self.kpi_id.flow and self.frequency != 'ttm'

    def _window(self, today):
        """Return the half-open period to ask for now, or ``None`` before it has begun.

        The whole period: the engine stops at today by itself, and knows from its end what is still due.
        """
        if today <= self.date_start:
            return None
        stop = self.date_end + ONE_DAY
        if self.frequency != 'ttm':
            return self.date_start, stop
        stop = min(stop, today)
        return shift_months(stop, -12), stop

    # ------------------------------------------------------------------
    # measuring: the number of queries follows windows, not targets
    # ------------------------------------------------------------------

    def _measured_rows(self, today):
        """Return ``{target: result of its KPI}`` for those whose period has begun."""
        windows = defaultdict(self.browse)
        for target in self:
            window = target._window(today)
            if window:
                windows[window] |= target
        rows = {}
        for window, targets in windows.items():
            rows.update(targets._results(window, today))
        return rows

    def _results(self, window, today):
        """Measure the KPIs of these targets, of one company, for their subjects in a half-open window.

        A manager's, team's or company's figure is of the accounts held on the last day of the window;
        KPIs which count who did it look at the people themselves.
        """
        self.env.flush_all()  # the figures are read by SQL
        subjects = {target: (target.scope, (target.partner_id or target.user_id or target.team_id)._origin.id) for target in self}
        numbers = {subject: number for number, subject in enumerate(sorted(set(subjects.values())))}
        day = min(window[1], today) - ONE_DAY
        scopes = {number: self._accounts_of(*subject, day) for subject, number in numbers.items()}
        kinds = {number: (scope, record_id or self.env.company.id) for (scope, record_id), number in numbers.items()}
        kpis = self.kpi_id._origin.sudo()  # sudo: the catalogue is no secret
        results = kpis._outcomes(scopes, *window, subjects=kinds)
        return {target: results[target.kpi_id._origin.id, numbers[subjects[target]]] for target in self}

    @api.model
    def _accounts_of(self, scope, record_id, day):
        """The accounts whose figures are those of a subject on a day."""
        return self.env['kam.kpi']._scope_accounts(scope, record_id, day, self.env.company)

    # ------------------------------------------------------------------
    # groups
    # ------------------------------------------------------------------

    @api.model
    def _expand_status(self, statuses, domain):
        """Order the columns of a board from well to badly; statuses which nobody has take no room."""
        return [key for key, _label in self._fields['status']._description_selection(self.env) if key in statuses]

    def _read_group_select(self, aggregate_spec, query):
        """Give a group's attainment and pace as a true ratio.

        Sum of the actuals over sum of the targets (or of the parts due), for
        one KPI whose figures add up: more is better, no baseline, targets
        above 0, one scope, frequency and currency. A single target gives its
        own; all else has no common attainment and is empty, never a mean.
        """
        if aggregate_spec not in ('attainment:avg', 'pace:avg'):
            return super()._read_group_select(aggregate_spec, query)
        name = aggregate_spec.removesuffix(':avg')
        names = ('kpi_id', 'scope', 'frequency', 'currency_id', 'actual_value', 'target_value', 'due_value', 'baseline')
        column = {field: self._field_to_sql(self._table, field, query) for field in (*names, name)}
        whole = column['target_value' if name == 'attainment' else 'due_value']
        known = SQL("FILTER (WHERE %s IS NOT NULL)", column[name])
        adds_up = self.env['kam.kpi'].sudo().with_context(active_test=False)._search(  # sudo: which KPIs add up is no secret
            [('flow', '=', True), ('direction', '=', 'higher')]).subselect()
        mixed = SQL(" OR ").join(
            SQL("MIN(%s) <> MAX(%s)", column[field], column[field]) for field in names[:4])
        return SQL(
            """CASE
                WHEN COUNT(*) %(known)s = 1 THEN MIN(%(own)s) %(known)s
                WHEN %(mixed)s OR BOOL_OR(%(baseline)s IS NOT NULL OR %(whole)s <= 0 OR %(kpi)s NOT IN %(adds_up)s) THEN NULL
                ELSE SUM(%(actual)s) %(known)s / NULLIF(SUM(%(whole)s) %(known)s, 0)
            END""",
            known=known, own=column[name], mixed=mixed, baseline=column['baseline'], whole=whole,
            kpi=column['kpi_id'], adds_up=adds_up, actual=column['actual_value'])
