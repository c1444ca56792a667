from odoo import models


class KamKpiMaturity(models.Model):
    """How long a figure needs until it can be told."""

    _inherit = 'kam.kpi'

    def _days_to_mature(self):
        """So many days after its window the figure is complete; leads have as long to be won as the company gives them."""
        self.ensure_one()
        if 'leads_won_in_time' in self.measure_ids.mapped('code'):
            return self.env.company.kam_conversion_days
        return self.maturity_days
