from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import format_amount


class CrmLead(models.Model):
    _inherit = 'crm.lead'

    kam_category_id = fields.Many2one(
        'product.category', "White space", ondelete='set null', index='btree_not_null', copy=False,
        help="The offering this opportunity is to win at the account; the white space shows it there.")


class KamWhiteSpaceLead(models.AbstractModel):
    """White space which somebody works on: one click makes the opportunity, and the cell shows it as long as it is open."""

    _inherit = 'kam.white.space'

    @api.model
    def _leads(self):
        return self.env['crm.lead']

    @api.model
    def _open_leads(self, accounts):
        """Return ``{(account id, category id): [{'id', 'name', 'amount'}]}`` of the open opportunities the caller may see."""
        leads = self._leads()
        if not leads.has_access('read'):
            return {}
        found = {}
        for lead in leads.search([
            ('kam_category_id', '!=', False), ('partner_id.commercial_partner_id', 'in', accounts.ids), ('won_status', '=', 'pending'),
            ('type', '=', 'opportunity'),
        ]):
            key = lead.partner_id.commercial_partner_id.id, lead.kam_category_id.id
            found.setdefault(key, []).append({'id': lead.id, 'name': lead.name, 'amount': lead.expected_revenue})
        return found

    @api.model
    def create_opportunity(self, partner_id, categ_id):
        """Make the opportunity for an offering at an account, with what it may bring a year; return the action which opens it.

        When one is open already, that one is opened.
        """
        account = self._accounts(partner_id)
        grid = self.get_grid(partner_id)
        offering = next((offering for offering in grid['offerings'] if offering['id'] == categ_id), None)
        if not offering:
            raise UserError(self.env._("Nobody has bought this offering yet: there is nothing to compare with."))
        cell = grid['accounts'][0]['cells'][grid['offerings'].index(offering)]
        lead = self._leads().browse([lead['id'] for lead in cell['leads'][:1]])
        if not lead:
            lead = self._leads().create({
                'type': 'opportunity', 'name': self.env._("%(offering)s for %(account)s", offering=offering['name'], account=account.name),
                'partner_id': account.id, 'user_id': account.kam_user_id.id or self.env.uid, 'team_id': account.kam_team_id.id,
                'kam_category_id': categ_id, 'expected_revenue': cell['potential'] or 0.0, 'description': self._reason(cell)})
        return {'type': 'ir.actions.act_window', 'res_model': 'crm.lead', 'res_id': lead.id, 'views': [(False, 'form')]}

    @api.model
    def _reason(self, cell):
        """Why it is worth a try, in words."""
        if cell['potential'] is None:
            return self.env._("From the white space. There are too few comparable accounts for an estimate.")
        return self.env._(
            "From the white space: %(count)s comparable accounts buy it, the one in the middle for %(median)s a year.",
            count=cell['comparables'], median=format_amount(self.env, cell['median'], self.env.company.currency_id))
