from odoo import api, fields, models

GROUPS = 'kam_kpi.group_kam_user,kam_kpi.group_kam_reader'


class ResPartner(models.Model):
    _inherit = 'res.partner'

    kam_target_ids = fields.One2many('kam.target', 'partner_id', "Targets", groups=GROUPS)
    kam_target_count = fields.Integer(compute='_compute_kam_target_count', groups=GROUPS)

    @api.depends('commercial_partner_id', 'kam_target_ids')
    def _compute_kam_target_count(self):
        """Count the targets of the account, on its contacts as well."""
        counts = dict(self.env['kam.target']._read_group(
            [('partner_id', 'in', self.commercial_partner_id.ids)], ['partner_id'], ['__count']))
        for partner in self:
            partner.kam_target_count = counts.get(partner.commercial_partner_id, 0)

    def action_kam_targets(self):
        """Open the account's targets."""
        accounts = self.commercial_partner_id
        action = self.env['ir.actions.act_window']._for_xml_id('kam_kpi.kam_target_action')
        return {
            **action,
            'domain': [('partner_id', 'in', accounts.ids)],
            'context': {'default_partner_id': accounts[:1].id},
        }
