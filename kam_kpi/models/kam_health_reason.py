from odoo import models
from odoo.tools.misc import formatLang


class KamHealthReason(models.Model):
    """The health in one line: what weighs on it most, or what is best where all is well."""

    _inherit = 'kam.health'

    def _reasons(self):
        """Return {account: line}, with one query for the names of the KPIs."""
        kpis = {kpi.id: kpi for kpi in self.env['kam.kpi'].sudo().search_fetch([], ['name', 'unit'])}  # sudo: names of KPIs are no secret
        return {health.partner_id: health._reason(kpis) for health in self}

    def _reason(self, kpis):
        """The KPI and its figure: the weakest unless the health is good; False where its KPI is gone."""
        items = [item for group in self.parts or [] for item in group['items'] if item['score'] is not None]
        if not items:
            return self.env._("Too few figures yet")
        good = self.state == 'green'
        item = (max if good else min)(items, key=lambda item: item['score'])
        kpi = kpis.get(item['kpi'])
        if not kpi:
            return False
        figure = formatLang(self.env, item['value'], digits=0 if abs(item['value']) >= 10 else 1) + (" %" if kpi.unit == 'percent' else "")
        if good:
            return self.env._("Best: %(kpi)s %(figure)s", kpi=kpi.name, figure=figure)
        return self.env._("Weakest: %(kpi)s %(figure)s", kpi=kpi.name, figure=figure)
