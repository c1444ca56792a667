from odoo import api, fields, models

from ..fields import NullableFloat
from ..tools.attainment import attainment
from ..tools.forecast import pipeline_total

REASONS = [
    ('immature', "Too early: less than a fifth of the period is over"),
    ('future_period', "The period has not begun"),
    ('level', "Not forecast: the figure does not build up over the period"),
    ('closed', "The period is over"),
    ('no_history', "No twelve months of history before the period"),
    ('not_sales', "Only revenue and order intake have orders and opportunities still to come"),
    ('no_picture', "Orders and opportunities are counted once a day: not yet today"),
    ('no_data', "No data"),
]
FORECASTS = ('run_rate', 'seasonal', 'pipeline', 'pipeline_commit', 'pipeline_best')


def _forecast(label, **attributes):
    return NullableFloat(label, readonly=True, copy=False, aggregator=None, **attributes)


def _attainment(label):
    return NullableFloat(label, compute='_compute_forecast_attainments', aggregator=None)


class KamTargetForecast(models.Model):
    """Where a running target will end, in three ways side by side; no forecast is ever part of an actual.

    *run rate*: the pace so far, kept up; *seasonal*: the actual divided by the
    part due by the season; *pipeline*: the actual, what is ordered and not yet
    invoiced, and open opportunities by their probability.
    """

    _inherit = 'kam.target'

    run_rate = _forecast("Run rate")
    run_rate_reason = fields.Selection(REASONS, "No run rate because", readonly=True, copy=False)
    run_rate_attainment = _attainment("Run rate of the target")
    seasonal = _forecast("Seasonal")
    seasonal_reason = fields.Selection(REASONS, "No seasonal forecast because", readonly=True, copy=False)
    seasonal_attainment = _attainment("Seasonal forecast of the target")
    pipeline = _forecast("Pipeline", help="Actual, orders not yet invoiced, and open opportunities times their probability.")
    pipeline_reason = fields.Selection(REASONS, "No pipeline forecast because", readonly=True, copy=False)
    pipeline_attainment = _attainment("Pipeline forecast of the target")
    pipeline_deviation = _forecast(
        "Give or take", help="One standard deviation, if the opportunities are won or lost independently: about two of three times "
        "the period ends within it.")
    pipeline_commit = _forecast("Commit", help="Actual and orders not yet invoiced: nothing more is won.")
    pipeline_commit_attainment = _attainment("Commit of the target")
    pipeline_best = _forecast("Best case", help="Every open opportunity due in the period is won.")
    pipeline_best_attainment = _attainment("Best case of the target")
    forecast_attainment = _attainment("Forecast of the target")

    @api.depends('forecast', 'target_value', 'baseline', 'direction', 'band_low', 'band_high', 'band_tolerance', *FORECASTS)
    def _compute_forecast_attainments(self):
        """Each forecast against the whole target."""
        for target in self:
            goal = target._goal()
            for name in ('forecast', *FORECASTS):
                value = target[name]
                target[f'{name}_attainment'] = False if value is False else attainment(
                    value, goal.target, goal.direction, goal.baseline, (goal.low, goal.high, goal.tolerance))

    def _pipeline_forecasts(self, today):
        """Return ``{target: columns of its pipeline forecast}``, in one query for a company and last day.

        The figures themselves are added when the actual is known, by ``_pipeline_values``.
        """
        found, groups = {}, {}
        for target in self:
            reason = target._pipeline_reason(today)
            if reason:
                found[target] = reason
            else:
                groups[target.date_end] = groups.get(target.date_end, self.browse()) | target
        for date_end, targets in groups.items():
            sums = self.env['kam.measure']._pipeline_sums(targets.company_id, today, date_end)
            for target in targets:
                found[target] = 'no_picture' if sums is None else target._pipeline_of(sums, today)
        return found

    def _pipeline_reason(self, today):
        """Why there can be no pipeline forecast, or None."""
        if today > self.date_end:
            return 'closed'
        if not self._is_flow():
            return 'level'
        if not self.kpi_id.pipeline_kind:
            return 'not_sales'
        return 'future_period' if today <= self.date_start else None

    def _pipeline_of(self, sums, today):
        """Add up the account's or the book's part of ``{account id: {measure: amount}}``."""
        if self.scope == 'account':
            accounts = self.partner_id.ids
        else:
            day = min(self.date_end, today)
            accounts = self.env['kam.kpi']._scope_accounts(self.scope, (self.user_id or self.team_id).id, day, self.company_id)
        rows = [sums[account] for account in accounts if account in sums]
        return {code: sum(row.get(code, 0.0) for row in rows) for code in ('backlog', 'open', 'weighted', 'variance')}

    def _pipeline_values(self, actual, pipeline):
        """Return the fields of the pipeline forecast; all empty with a reason."""
        if not isinstance(pipeline, dict) or actual is None:
            reason = 'no_data' if isinstance(pipeline, dict) else pipeline
            return {'pipeline_reason': reason, **dict.fromkeys(
                ('pipeline', 'pipeline_deviation', 'pipeline_commit', 'pipeline_best'))}
        backlog = pipeline['backlog'] if self.kpi_id.pipeline_kind == 'revenue' else 0.0
        total = pipeline_total(actual, backlog, pipeline['open'], pipeline['weighted'], pipeline['variance'])
        return {
            'pipeline_reason': False, 'pipeline': total['forecast'], 'pipeline_deviation': total['std_dev'],
            'pipeline_commit': total['commit'], 'pipeline_best': total['best_case'],
        }
