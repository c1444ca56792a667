from odoo import api, fields, models

GROUPS = 'kam_kpi.group_kam_user,kam_kpi.group_kam_reader'


class ResPartner(models.Model):
    _inherit = 'res.partner'

    kam_agreement_ids = fields.One2many('kam.agreement', 'partner_id', "Agreements", groups=GROUPS)
    kam_agreement_count = fields.Integer("Number of agreements", compute='_compute_kam_agreement_count', groups=GROUPS)

    @api.depends('commercial_partner_id')
    @api.depends_context('uid', 'company', 'allowed_company_ids')
    def _compute_kam_agreement_count(self):
        counts = dict(self.env['kam.agreement']._read_group(
            [('partner_id', 'in', self.commercial_partner_id.ids), ('state', '!=', 'cancelled')], ['partner_id'], ['__count']))
        for partner in self:
            partner.kam_agreement_count = counts.get(partner.commercial_partner_id, 0)

    def action_view_kam_agreements(self):
        """Open the agreements of the account."""
        self.ensure_one()
        account = self.commercial_partner_id
        return {
            **self.env['ir.actions.act_window']._for_xml_id('kam_kpi.kam_agreement_action'),
            'name': self.env._("Agreements of %(account)s", account=account.display_name),
            'path': False,
            'domain': [('partner_id', '=', account.id)],
            'context': {'default_partner_id': account.id},
        }
