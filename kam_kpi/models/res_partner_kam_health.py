from odoo import api, fields, models

from .kam_value_mixin import KAM_GROUPS


class ResPartnerKamHealth(models.Model):
    """How the health of a key account moved."""

    _inherit = 'res.partner'

    kam_health_moved = fields.Html("What moved", compute='_compute_kam_health_moved', groups=KAM_GROUPS, sanitize=False)
    kam_health_weekly = fields.Json("Health by week", compute='_compute_kam_health_moved', groups=KAM_GROUPS)

    @api.depends('commercial_partner_id')
    @api.depends_context('uid', 'company', 'lang')
    def _compute_kam_health_moved(self):
        """For the one account of a form."""
        for partner in self:
            health = self.env['kam.health'].search([
                ('partner_id', '=', partner.commercial_partner_id._origin.id), ('company_id', '=', self.env.company.id)])
            partner.kam_health_moved = health._explain_moved() if health else False
            partner.kam_health_weekly = health._weekly() if health else False
