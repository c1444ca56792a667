from odoo import Command
from odoo.tests import HttpCase, tagged

from .common import KamCase


@tagged('post_install', '-at_install')
class TestDefinitionTours(KamCase, HttpCase):
    """A director defines measures and KPIs on the screen, with few clicks and no code."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        complaint = cls.env['crm.tag'].create({'name': "Complaint"})
        cls.env['crm.lead'].create([
            {'name': name, 'partner_id': cls.alpha.id, 'company_id': cls.company.id, 'tag_ids': [Command.set(tags.ids)]}
            for name, tags in (("Late delivery", complaint), ("Broken part", complaint), ("Wrong invoice", complaint), ("Wants more", cls.env['crm.tag']))])
        product = cls.env['product.product'].create({'name': "Part", 'list_price': 10})
        orders = cls.env['sale.order'].create([
            {'partner_id': cls.alpha.id, 'company_id': cls.company.id, 'order_line': [Command.create({'product_id': product.id})]} for _number in range(4)])
        orders.action_confirm()
        cls.env['kam.measure'].create({
            'name': "Orders of the tour", 'code': 'orders_tour', 'model_name': 'sale.order', 'date_field': 'date_order', 'account_path': 'partner_id',
            'domain': "[('state', '=', 'sale')]"})
        # Figures are of complete days.
        cls.env.flush_all()
        cls.env.cr.execute("UPDATE crm_lead SET create_date = now() - interval '3 days' WHERE partner_id = %s", [cls.alpha.id])
        cls.env.cr.execute("UPDATE sale_order SET date_order = now() - interval '3 days' WHERE partner_id = %s", [cls.alpha.id])
        cls.env.invalidate_all()

    def test_complaints_per_thousand_orders(self):
        self.start_tour('/odoo/crm', 'kam_kpi_complaints_tour', login=self.diana.login)
        kpi = self.env['kam.kpi'].search([('name', '=', "Complaints per thousand orders")])
        self.assertEqual((kpi.code, kpi.numerator, kpi.denominator, kpi.scale, kpi.roll_up),
                         ('complaints_per_thousand_orders', 'complaints', 'orders_tour', 1000.0, 'ratio'))
        value = self.env['kam.kpi.value'].search([('kpi_id', '=', kpi.id), ('partner_id', '=', self.alpha.id), ('is_current', '=', True),
                                                  ('frequency', '=', 'ttm')])
        self.assertEqual((value.numerator, value.denominator, value.value), (3.0, 4.0, 750.0))
        self.assertEqual(kpi.create_uid, self.diana)

    def test_a_misspelt_measure_is_named_and_mended(self):
        self.start_tour('/odoo/kam-kpis/new', 'kam_kpi_misspelt_tour', login=self.diana.login)
        self.assertEqual(self.env['kam.kpi'].search([('name', '=', "Orders in all")]).numerator, 'orders_tour')

    def test_an_amount_is_typed(self):
        measure = self.env['kam.measure'].create({'name': "Visits", 'code': 'visits_tour', 'kind': 'manual', 'entry_by': 'manager'})
        self.start_tour('/odoo/kam-entries', 'kam_kpi_entry_tour', login=self.anna.login)
        self.assertEqual(measure.entry_ids.mapped('amount'), [250.0])
        self.assertEqual(measure.entry_ids.user_id, self.anna)
