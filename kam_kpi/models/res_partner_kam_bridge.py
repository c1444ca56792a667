from odoo import models


class ResPartnerKamBridge(models.Model):
    _inherit = 'res.partner'

    def action_kam_bridge(self):
        """Open the revenue bridge of the account."""
        self.ensure_one()
        return self.env['kam.kpi']._bridge_action('account', self.commercial_partner_id.id, by='key')
