from odoo import fields, models

READERS = 'kam_kpi.group_kam_user,kam_kpi.group_kam_reader'


class ResPartner(models.Model):
    _inherit = 'res.partner'

    kam_review_ids = fields.One2many('kam.review', 'partner_id', "Reviews", groups=READERS)
    kam_review_count = fields.Integer("Number of reviews", compute='_compute_kam_review_count', groups=READERS)

    def _compute_kam_review_count(self):
        counts = dict(self.env['kam.review']._read_group(
            [('partner_id', 'in', self.commercial_partner_id.ids)], ['partner_id'], ['__count']))
        for partner in self:
            partner.kam_review_count = counts.get(partner.commercial_partner_id, 0)

    def action_kam_reviews(self):
        """Open the account's reviews, ready to create the next one."""
        self.ensure_one()
        action = self.env['ir.actions.act_window']._for_xml_id('kam_kpi.kam_review_action')
        account = self.commercial_partner_id
        return {
            **action,
            'domain': [('partner_id', '=', account.id)],
            'context': {'default_partner_id': account.id, 'default_company_id': account._kam_review_company().id},
        }

    def _kam_review_company(self):
        """The company whose calendar and currency an account's review uses: the account's, else that of its assignment."""
        self.ensure_one()
        assignment = self.env['kam.assignment'].search([('partner_id', '=', self.id)], order='date_from desc', limit=1)
        return self.company_id or assignment.company_id or self.env.company
