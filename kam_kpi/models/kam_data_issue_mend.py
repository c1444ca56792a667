from odoo import models
from odoo.exceptions import UserError

from .kam_attention_day import Day
from .kam_data_issue_find import REASONS


class KamDataIssueMend(models.Model):
    """The one click that leads to the records to be mended."""

    _inherit = 'kam.data.issue'

    def action_mend(self):
        """Open what has to be mended. :raise UserError: for who may not see it, with whom to ask"""
        self.ensure_one()
        self.check_access('read')
        return getattr(self, f'_mend_{self.kind}', self._mend_account)()

    def _mend_account(self):
        """The account's own page."""
        return self.partner_id.get_formview_action()

    def _mend_list(self, model, domain, **more):
        records = self.env[model]
        if not records.has_access('read'):
            raise UserError(self.env._(
                "You may not see %(what)s. Ask somebody who keeps them to mend it: %(words)s", what=records._description.lower(), words=self.words))
        return {
            'type': 'ir.actions.act_window', 'name': self.display_name, 'res_model': model, 'view_mode': 'list,form',
            'views': [(False, 'list'), (False, 'form')], 'domain': domain, **more}

    def _mend_no_holder(self):
        return self._mend_list('kam.assignment', [('partner_id', '=', self.partner_id.id)])

    def _mend_no_email(self):
        people = self.env['kam.stakeholder'].search([('partner_id', '=', self.partner_id.id), ('company_id', '=', self.company_id.id)])
        contacts = people.contact_id.filtered(lambda contact: not contact.email)
        return self._mend_list('res.partner', [('id', 'in', contacts.ids)])

    def _mend_no_answer(self):
        return self.env['ir.actions.act_window']._for_xml_id('kam_kpi.kam_voice_campaign_action')

    def _own_lines(self):
        day = Day(self.with_company(self.company_id).env, self.partner_id.ids)
        return list(self._line_domain(day)) + [('move_id.commercial_partner_id', '=', self.partner_id.id)]

    def _mend_no_product(self):
        return self._mend_list('account.move.line', [*self._own_lines(), ('product_id', '=', False)])

    def _products(self):
        """What the account was invoiced in the last twelve months."""
        lines = self.sudo().env['account.move.line'].search(self._own_lines())  # sudo: names of products, to who sees the account's issue
        return lines.product_id

    def _mend_no_category(self):
        return self._mend_list('product.product', [('id', 'in', self._products().filtered(lambda product: not product.categ_id).ids)])

    def _mend_no_cost(self):
        products = self._products().with_company(self.company_id)
        return self._mend_list('product.product', [('id', 'in', products.filtered(lambda product: not product.standard_price).ids)])

    def _mend_kpis(self):
        return self._mend_list('kam.kpi.value', [
            ('partner_id', '=', self.partner_id.id), ('scope', '=', 'account'), ('frequency', '=', 'ttm'), ('is_current', '=', True),
            ('state', '=', 'no_data'), ('reason', '=', REASONS[self.kind])])

    _mend_few_cases = _mend_low_coverage = _mend_kpis
