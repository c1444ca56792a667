from datetime import date

from odoo import Command
from odoo.tests import tagged

from .documents import DocumentsCase

YEAR = ('2025-01-01', '2026-01-01')


@tagged('post_install', '-at_install')
class TestMargin(DocumentsCase):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.alpha = cls.customer("Alpha", key=True)

    def booked(self, product, cost, sign=1):
        """The pair of lines that perpetual valuation adds to an invoice."""
        return [Command.create({
            'product_id': product.id, 'display_type': 'cogs', 'name': "Cost", 'tax_ids': [Command.clear()],
            'account_id': self.account(kind).id, 'balance': amount, 'quantity': 1,
        }) for kind, amount in (('expense', sign * cost), ('asset_current', -sign * cost))]

    def margin(self, *period):
        return self.measure('gross_margin_pct', self.alpha, *(period or YEAR))[self.alpha]

    def test_reference_lines(self):
        self.support_plan.standard_price = 30
        self.invoice(
            self.alpha, '2025-02-01', (self.sensor, 1000), {'product_id': self.support_plan.id, 'quantity': 10, 'price_unit': 50}, 150,
            line_ids=self.booked(self.sensor, 620))
        self.credit(
            self.alpha, '2025-03-01', {'product_id': self.sensor.id, 'quantity': 2, 'price_unit': 100},
            line_ids=self.booked(self.sensor, 124, sign=-1))
        result = self.margin()
        self.assertEqual((result['numerator'], result['denominator']), (504.0, 1300.0))
        self.assertAlmostEqual(result['value'], 38.769231, 6)
        [volume] = self.env['kam.kpi'].search([('code', '=', 'gross_margin_pct')])._evaluate(
            {0: self.alpha.ids}, date(2025, 1, 1), date(2026, 1, 1)).values()
        self.assertAlmostEqual(100 * volume['coverage'] / volume['coverage_denominator'], 91.891892, 6)

    def test_unknown_costs_of_too_large_a_part(self):
        self.invoice(self.alpha, '2025-02-01', (self.sensor, 1000), 900, line_ids=self.booked(self.sensor, 620))
        self.assertNoData(self.margin(), 'low_coverage')

    def test_four_fifths_are_enough(self):
        self.sensor.standard_price = 500
        self.invoice(self.alpha, '2025-02-01', (self.sensor, 800), 200)
        self.assertEqual(self.margin()['value'], 37.5)

    def test_nothing_sold(self):
        self.assertNoData(self.margin(), 'zero_denominator')

    def test_cost_of_zero_is_unknown(self):
        self.invoice(self.alpha, '2025-02-01', (self.sensor, 800))
        self.assertNoData(self.margin(), 'low_coverage')

    def test_cost_is_the_one_when_it_was_posted(self):
        self.sensor.standard_price = 620
        self.invoice(self.alpha, '2025-02-01', (self.sensor, 1000))
        self.assertEqual(self.margin()['value'], 38.0)
        self.sensor.standard_price = 900
        self.assertEqual(self.margin()['value'], 38.0)
        self.env['kam.fact'].rebuild()
        self.assertEqual(self.margin()['value'], 38.0)

    def test_cost_of_a_product_exchanged_after_posting_is_not_taken_for_the_new_one(self):
        self.sensor.standard_price, self.gateway.standard_price = 620, 100
        invoice = self.invoice(self.alpha, '2025-02-01', (self.sensor, 1000))
        invoice.invoice_line_ids.with_context(skip_readonly_check=True).product_id = self.gateway
        self.assertEqual((invoice.amount_untaxed, self.margin()['value']), (1000, 90.0))

    def test_booked_cost_is_shared_by_quantity_in_one_unit(self):
        dozen = self.env.ref('uom.product_uom_dozen')
        self.invoice(
            self.alpha, '2025-02-01', {'product_id': self.sensor.id, 'quantity': 1, 'price_unit': 300, 'product_uom_id': dozen.id},
            {'product_id': self.sensor.id, 'quantity': 12, 'price_unit': 5, 'account_id': self.account('liability_current').id},
            line_ids=self.booked(self.sensor, 240))
        result = self.margin()
        self.assertEqual((result['numerator'], result['denominator']), (180.0, 300.0))

    def test_cost_learnt_later_fills_the_gap(self):
        self.invoice(self.alpha, '2025-02-01', (self.sensor, 1000))
        self.assertNoData(self.margin(), 'low_coverage')
        self.sensor.standard_price = 250
        self.assertEqual(self.margin()['value'], 75.0)

    def test_credit_note_takes_its_cost_back(self):
        self.sensor.standard_price = 60
        self.invoice(self.alpha, '2025-02-01', {'product_id': self.sensor.id, 'quantity': 5, 'price_unit': 100})
        self.credit(self.alpha, '2025-02-02', {'product_id': self.sensor.id, 'quantity': 2, 'price_unit': 100})
        result = self.margin()
        self.assertEqual((result['numerator'], result['denominator'], result['value']), (120.0, 300.0, 40.0))

    def test_reversed_invoice_leaves_nothing(self):
        self.sensor.standard_price = 60
        invoice = self.invoice(self.alpha, '2025-02-01', (self.sensor, 100))
        self.sensor.standard_price = 80
        reversal = self.env['account.move.reversal'].with_context(active_model='account.move', active_ids=invoice.ids).create(
            {'journal_id': invoice.journal_id.id, 'date': '2025-02-03'})
        credit = self.env['account.move'].browse(reversal.refund_moves()['res_id'])
        credit.invoice_date = '2025-02-03'
        credit.action_post()
        self.invoice(self.alpha, '2025-02-04', (self.sensor, 200))
        result = self.margin()
        self.assertEqual((result['numerator'], result['denominator']), (120.0, 200.0))

    def test_dozens(self):
        self.sensor.standard_price = 5
        dozen = self.env.ref('uom.product_uom_dozen')
        self.invoice(self.alpha, '2025-02-01', {'product_id': self.sensor.id, 'quantity': 2, 'price_unit': 100, 'product_uom_id': dozen.id})
        self.assertEqual(self.margin()['numerator'], 80.0)

    def test_margin_may_be_negative(self):
        self.sensor.standard_price = 150
        self.invoice(self.alpha, '2025-02-01', (self.sensor, 100))
        self.assertEqual(self.margin()['value'], -50.0)

    def test_only_credits_leave_nothing_to_compare_with(self):
        self.sensor.standard_price = 60
        self.credit(self.alpha, '2025-02-02', (self.sensor, 100))
        self.assertNoData(self.margin(), 'zero_denominator')

    def test_invoice_in_dollars(self):
        self.sensor.standard_price = 600
        self.invoice(self.alpha, '2025-02-12', (self.sensor, 1100), rate=1.10)
        self.assertEqual(self.margin()['value'], 40.0)
