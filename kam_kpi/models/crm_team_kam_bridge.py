from odoo import models


class CrmTeamKamBridge(models.Model):
    _inherit = 'crm.team'

    def action_kam_bridge(self):
        """Open the revenue bridge of the team's accounts."""
        self.ensure_one()
        return self.env['kam.kpi']._bridge_action('team', self.id)
