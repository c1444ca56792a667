from odoo import models

from .kam_kpi_query_everyone import EVERYONE


class KamKpiMethodProfit(models.Model):
    """Net profit margin: of the company what its ledger says, of anything smaller what it contributes.

    A customer's contribution is its gross profit less what was spent on it
    directly. The rest of the company's cost belongs to nobody, so it is left
    out, unless somebody asks for it (context ``kam_fully_loaded``): then it is
    shared out by revenue, and the profits of all customers add up to the
    ledger's.
    """

    _inherit = 'kam.kpi'

    def _method_net_profit(self, asked):
        """The KPI's own formulas are the ledger's; the KPI it is made of is the contribution margin."""
        scopes, date_start, date_stop = asked.scopes, asked.date_start, asked.date_stop
        whole = {scope_id: accounts for scope_id, accounts in scopes.items() if accounts is EVERYONE}
        others = {scope_id: accounts for scope_id, accounts in scopes.items() if scope_id not in whole}
        sums = self._evaluate(whole, date_start, date_stop)
        rules = self._rules(date_start, date_stop)
        results = {scope_id: rules.outcome(sums.get((self.id, scope_id), {}), asked.subjects[scope_id][0]) for scope_id in whole}
        if others:
            margin = self.part_ids
            found = asked.results_of(margin, others)
            overhead = self._overhead_rate(date_start, date_stop) if self.env.context.get('kam_fully_loaded') else 0
            results.update({scope_id: self._loaded(found[margin.id, scope_id], overhead) for scope_id in others})
        return results

    def _overhead_rate(self, date_start, date_stop):
        """The part of each amount of revenue that pays for what no customer causes; None without revenue."""
        everybody = self.part_ids._evaluate({0: self._all_account_ids()}, date_start, date_stop).get((self.part_ids.id, 0), {})
        contribution, revenue = everybody.get('numerator') or 0.0, everybody.get('denominator') or 0.0
        if revenue < self.env.company.currency_id.rounding / 2:
            return None
        profit = self._evaluate({0: EVERYONE}, date_start, date_stop).get((self.id, 0), {}).get('numerator') or 0.0
        return (contribution - profit) / revenue

    def _loaded(self, result, overhead):
        """A contribution after its share of the overhead."""
        if result['state'] != 'ok' or not overhead:
            return result if overhead is not None else self._no_data('zero_denominator')
        numerator = result['numerator'] - overhead * result['denominator']
        return {**result, 'numerator': numerator, 'value': self.scale * numerator / result['denominator']}
