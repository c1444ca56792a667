from odoo import api, models


class KamAttentionFollow(models.Model):
    """After the figures moved, what needs attention is looked at anew: after health and targets, on which it rests."""

    _inherit = 'kam.kpi.value'

    @api.model
    def _values_stored(self, partner_ids):
        super()._values_stored(partner_ids)
        self.env['kam.attention']._refresh(partner_ids)
