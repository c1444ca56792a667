from odoo import models

from ..tools import period


class KamKpiMethodPipeline(models.Model):
    """Whether what is in the pipeline can still bring what the target asks for."""

    _inherit = 'kam.kpi'

    def _method_pipeline_coverage(self, asked):
        """Open opportunities due in the rest of the period, for each unit of the target that is still missing.

        The formula of the KPI gives the pipeline, from its last picture; target
        and what is reached come from ``quota_attainment_pct``. Of a period that
        is over nothing is left to cover: there is no history.
        """
        scopes, date_start, date_stop, user_ids, subjects, sums, _results = asked
        if date_stop <= self._as_of():
            return {scope_id: self._no_data('no_history') for scope_id in scopes}
        quota = self.with_context(active_test=False)._by_codes(['quota_attainment_pct'])
        reached = quota._outcomes(scopes, date_start, date_stop, user_ids, subjects)
        required = self._required_coverage(scopes, date_start, date_stop, subjects)
        return {
            scope_id: self._coverage_of(
                sums.get((self.id, scope_id), {}).get('numerator'), reached[quota.id, scope_id], required[scope_id], date_start, date_stop)
            for scope_id in scopes
        }

    def _coverage_of(self, pipeline, reached, required, date_start, date_stop):
        known = {'numerator': pipeline, 'sample_size': 0}
        if reached['state'] != 'ok':
            return self._no_data('no_target' if reached['reason'] == 'zero_denominator' else reached['reason'], **known)
        known['denominator'] = missing = reached['denominator'] - reached['numerator']
        if missing < self.env.company.currency_id.rounding / 2:
            return self._no_data('target_met', **known)
        if pipeline is None:
            return self._no_data(self._why_unknown(date_start, date_stop), **known)
        value = pipeline / missing
        return self._figure(known, value, ['below_required'] if required and value < required else [])

    def _required_coverage(self, scopes, date_start, date_stop, subjects):
        """How much pipeline a missing unit needs by experience: one over the win rate by value of twelve months; None when unknown."""
        stop = min(date_stop, self._as_of())
        rate = self.with_context(active_test=False)._by_codes(['win_rate_value_pct'])
        won = rate._outcomes(scopes, period.shift_months(stop, -12), stop, subjects=subjects)
        return {scope_id: 100 / won[rate.id, scope_id]['value'] if won[rate.id, scope_id]['value'] else None for scope_id in scopes}
