from odoo import api, fields, models

from ..fields import NullableFloat
from ..tools import relationship

ACCESS = 'kam_kpi.group_kam_user'
# A change of these may move a contact to another company.
EMPLOYMENT = {'parent_id', 'active', 'is_company', 'company_type'}


class ResPartner(models.Model):
    """The relationship of an account on its page, and the eye on contacts who leave."""

    _inherit = 'res.partner'

    kam_relationship_coverage = NullableFloat(
        "Relationship coverage", digits=(5, 0), compute='_compute_kam_relationship', groups=ACCESS, aggregator=None,
        help="0 to 100: the influence at the account which we are as close to as we want to be and in touch with. "
             "A decision maker or a champion who is missing counts against it.")
    kam_relationship_warnings = fields.Text("Mind", compute='_compute_kam_relationship', groups=ACCESS)

    @api.depends('commercial_partner_id')
    @api.depends_context('uid', 'company', 'lang')
    def _compute_kam_relationship(self):
        people = self.env['kam.stakeholder'].search([
            ('partner_id', 'in', self.commercial_partner_id.ids), ('company_id', '=', self.env.company.id)])
        rows = dict(zip(people, people._as_people(), strict=True))
        by_account = people.grouped('partner_id')
        for partner in self:
            own = [rows[person] for person in by_account.get(partner.commercial_partner_id, ())]
            partner.kam_relationship_coverage = relationship.coverage(own)
            partner.kam_relationship_warnings = bool(own) and self.env['kam.plan']._relationship_words(own)

    def write(self, vals):
        result = super().write(vals)
        if EMPLOYMENT & set(vals) and self.ids:
            # sudo: whoever moves a contact need not see the map
            people = self.env['kam.stakeholder'].sudo().with_context(active_test=False)
            people.search([('contact_id', 'child_of', self.ids)])._sync_left()
        return result

    def action_view_stakeholders(self):
        """Open the relationship X-ray of the account."""
        self.ensure_one()
        account = self.commercial_partner_id
        action = self.env['ir.actions.client']._for_xml_id('kam_kpi.kam_stakeholder_action_xray')
        return {**action, 'context': {'active_id': account.id, 'active_model': 'res.partner'}}

    def action_view_org_chart(self):
        """Open the people of the account in the chart of who reports to whom."""
        self.ensure_one()
        account = self.commercial_partner_id
        action = self.env['ir.actions.act_window']._for_xml_id('kam_kpi.kam_stakeholder_action')
        return {
            **action,
            'name': self.env._("People of %(account)s", account=account.name),
            'path': False,
            'domain': [('partner_id', '=', account.id), ('company_id', '=', self.env.company.id)],
            'context': {'default_partner_id': account.id},
        }
