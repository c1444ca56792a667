from datetime import date

from odoo import Command
from odoo.tests import tagged

from .documents import DocumentsCase

YEAR = ('2025-01-01', '2026-01-01')
Q2 = ('2025-04-01', '2025-07-01')


@tagged('post_install', '-at_install')
class TestRevenueRules(DocumentsCase):
    """What is revenue, when, whose and in which currency."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.alpha = cls.customer("Alpha", key=True)
        cls.beta = cls.customer("Beta")

    def test_revenue_leaves_taxes_out_and_subtracts_credit_notes(self):
        self.invoice(self.alpha, '2025-02-01', 1000)
        self.credit(self.alpha, '2025-02-02', 150)
        self.assertEqual(self.value('revenue', self.alpha, *YEAR), 850.0)

    def test_receipts_count(self):
        self.invoice(self.alpha, '2025-02-01', 80, kind='out_receipt')
        self.assertEqual(self.value('revenue', self.alpha, *YEAR), 80.0)

    def test_vendor_bills_and_entries_do_not_count(self):
        self.env['account.journal'].create({'name': "Bills", 'code': 'KBILL', 'type': 'purchase', 'company_id': self.company.id})
        self.invoice(self.alpha, '2025-02-01', {'name': "Bill", 'price_unit': 70}, kind='in_invoice', date='2025-02-01')
        self.env['account.move'].create({
            'move_type': 'entry', 'date': '2025-02-01', 'partner_id': self.alpha.id, 'line_ids': [
                Command.create({'account_id': self.account('income').id, 'credit': 50, 'partner_id': self.alpha.id}),
                Command.create({'account_id': self.account('asset_current').id, 'debit': 50, 'partner_id': self.alpha.id})],
        }).action_post()
        self.assertEqual(self.value('revenue', self.alpha, *YEAR), 0.0)

    def test_other_income_counts_and_other_accounts_do_not(self):
        kinds = {'income_other': 5, 'liability_current': 70, 'asset_fixed': 900, 'expense': 11}
        self.invoice(self.alpha, '2025-02-01', *(
            {'name': kind, 'price_unit': amount, 'account_id': self.account(kind).id} for kind, amount in kinds.items()))
        self.assertEqual(self.value('revenue', self.alpha, *YEAR), 5.0)

    def test_discounts_reduce_revenue(self):
        self.invoice(self.alpha, '2025-02-01', {'name': "Discounted", 'price_unit': 200, 'discount': 10})
        self.assertEqual(self.value('revenue', self.alpha, *YEAR), 180.0)

    def test_tax_included_in_the_price_is_taken_out(self):
        tax = self.company.account_sale_tax_id.copy({'price_include_override': 'tax_included'})
        self.invoice(self.alpha, '2025-02-01', {'name': "Gross", 'price_unit': 115, 'tax_ids': [Command.set(tax.ids)]})
        self.assertEqual(self.value('revenue', self.alpha, *YEAR), 100.0)

    def test_invoice_date_decides_and_not_the_accounting_date(self):
        self.invoice(self.alpha, '2025-03-31', 100, date='2025-04-30')
        self.assertEqual(self.value('revenue', self.alpha, *Q2), 0.0)

    def test_first_day_counts_and_stop_day_does_not(self):
        for day, amount in (('2025-03-31', 1), ('2025-04-01', 20), ('2025-06-30', 300), ('2025-07-01', 4000)):
            self.invoice(self.alpha, day, amount)
        self.assertEqual(self.value('revenue', self.alpha, *Q2), 320.0)

    def test_only_posted_documents_count(self):
        self.invoice(self.alpha, '2025-05-01', 10, state='draft')
        self.invoice(self.alpha, '2025-05-01', 10, state='cancel')
        posted = self.invoice(self.alpha, '2025-05-01', 10)
        self.assertEqual(self.value('revenue', self.alpha, *Q2), 10.0)
        posted.button_draft()
        self.assertEqual(self.value('revenue', self.alpha, *Q2), 0.0)

    def test_down_payment_counts_once_on_the_final_invoice(self):
        order = self.order(self.alpha, '2025-03-01', self.support_plan, 1000)
        order.order_line.qty_delivered = 1
        order.order_line.tax_ids = self.company.account_sale_tax_id
        wizard = self.env['sale.advance.payment.inv'].with_context(active_model='sale.order', active_ids=order.ids)
        advance = wizard.create({'advance_payment_method': 'percentage', 'amount': 30}).create_invoices() and order.invoice_ids
        advance.invoice_date = '2025-03-05'
        advance.action_post()
        self.assertEqual(advance.amount_untaxed, 300.0)
        self.assertEqual(self.value('revenue', self.alpha, *YEAR), 0.0)
        wizard.create({'advance_payment_method': 'delivered'}).create_invoices()
        final = order.invoice_ids - advance
        final.invoice_date = '2025-05-05'
        final.action_post()
        self.assertEqual(final.amount_untaxed, 700.0)
        self.assertEqual(self.value('revenue', self.alpha, '2025-05-01', '2025-06-01'), 1000.0)
        self.assertEqual(self.value('revenue', self.alpha, *YEAR), 1000.0)

    def test_rate_typed_on_the_invoice_holds(self):
        self.env['res.currency.rate'].create(
            {'currency_id': self.usd.id, 'name': '2025-01-01', 'rate': 2.0, 'company_id': self.company.id})
        self.invoice(self.alpha, '2025-02-12', 13200, rate=1.10)
        self.invoice(self.beta, '2025-02-12', 13200, currency_id=self.usd.id)
        self.assertEqual(self.value('revenue', self.alpha, *YEAR), 12000.0)
        self.assertEqual(self.value('revenue', self.beta, *YEAR), 6600.0)

    def test_later_rates_do_not_change_the_past(self):
        rates = self.env['res.currency.rate'].create(
            {'currency_id': self.usd.id, 'name': '2025-01-01', 'rate': 1.25, 'company_id': self.company.id})
        self.invoice(self.alpha, '2025-02-12', 1000, currency_id=self.usd.id)
        self.assertEqual(self.value('revenue', self.alpha, *YEAR), 800.0)
        rates.rate = 5.0
        self.assertEqual(self.value('revenue', self.alpha, *YEAR), 800.0)
        self.env['kam.fact'].rebuild()
        self.assertEqual(self.value('revenue', self.alpha, *YEAR), 800.0)

    def test_invoices_stay_when_their_contact_leaves(self):
        jane = self.contact(self.alpha, "Jane")
        self.invoice(jane, '2025-02-01', 100)
        self.refresh()
        jane.parent_id = self.beta
        self.assertEqual(self.value('revenue', self.alpha, *YEAR), 100.0)
        self.assertEqual(self.value('revenue', self.beta, *YEAR), 0.0)

    def test_company_attached_to_another_brings_its_invoices_along(self):
        gamma = self.customer("Gamma")
        self.invoice(gamma, '2025-02-01', 100)
        self.refresh()
        gamma.parent_id = self.beta
        gamma.is_company = False
        self.assertEqual(gamma.commercial_partner_id, self.beta)
        self.refresh()
        self.assertEqual(self.value('revenue', self.beta, *YEAR), 100.0)

    def test_single_person_attached_later_brings_the_invoices_along(self):
        jane = self.env['res.partner'].create({'name': "Jane", 'company_id': self.company.id})
        self.invoice(jane, '2025-02-01', 100)
        self.assertEqual(self.value('revenue', jane, *YEAR), 100.0)
        jane.parent_id = self.beta
        self.assertEqual(self.value('revenue', self.beta, *YEAR), 100.0)

    def test_archived_customers_and_contacts_keep_their_revenue(self):
        jane = self.contact(self.alpha, "Jane")
        self.invoice(jane, '2025-02-01', 100)
        (jane | self.alpha).active = False
        self.assertEqual(self.value('revenue', self.alpha, *YEAR), 100.0)

    def test_negative_revenue_is_shown_as_it_is(self):
        self.credit(self.alpha, '2025-02-01', 40)
        self.assertEqual(self.value('revenue', self.alpha, *YEAR), -40.0)

    def test_period_to_come_has_no_data(self):
        self.assertNoData(self.measure('revenue', self.alpha, '2026-06-15', '2026-07-01')[self.alpha], 'future_period')

    def test_running_period_ends_yesterday(self):
        for day, amount in (('2026-06-14', 10), ('2026-06-15', 200), ('2026-06-16', 3000)):
            self.invoice(self.alpha, day, amount)
        self.assertEqual(self.value('revenue', self.alpha, '2026-06-01', '2026-07-01'), 10.0)

    def test_total_of_no_accounts(self):
        nobody = self.env['res.partner']
        self.assertEqual(self.total('revenue', nobody, *YEAR)['value'], 0.0)
        self.assertNoData(self.total('nrr_pct', nobody, *YEAR), 'zero_denominator')


@tagged('post_install', '-at_install')
class TestGrowth(DocumentsCase):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.alpha, cls.beta = cls.customer("Alpha"), cls.customer("Beta", key=True)

    def test_growth_on_last_year(self):
        self.invoice(self.alpha, '2024-05-01', 96000)
        self.invoice(self.alpha, '2025-05-01', 120000)
        self.assertEqual(self.value('sales_growth_yoy_pct', self.alpha, *Q2), 25.0)

    def test_growth_from_nothing_is_unknown(self):
        self.invoice(self.alpha, '2025-05-01', 5000)
        self.assertNoData(self.measure('sales_growth_yoy_pct', self.alpha, *Q2)[self.alpha], 'zero_denominator')

    def test_growth_from_a_negative_base_is_unknown(self):
        self.credit(self.alpha, '2024-05-01', 100)
        self.invoice(self.alpha, '2025-05-01', 5000)
        self.assertNoData(self.measure('sales_growth_yoy_pct', self.alpha, *Q2)[self.alpha], 'zero_denominator')

    def test_growth_of_a_team_is_the_ratio_of_sums(self):
        for account, before, after in ((self.alpha, 100, 150), (self.beta, 900, 810)):
            self.invoice(account, '2024-05-01', before)
            self.invoice(account, '2025-05-01', after)
        self.assertEqual(self.total('sales_growth_yoy_pct', self.alpha | self.beta, *Q2)['value'], -4.0)

    def test_lost_everything_is_minus_one_hundred(self):
        self.invoice(self.alpha, '2024-05-01', 100)
        self.assertEqual(self.value('sales_growth_yoy_pct', self.alpha, *Q2), -100.0)

    def test_running_period_is_compared_like_with_like(self):
        for day, amount in (
            ('2025-04-01', 100), ('2025-05-15', 200), ('2025-05-16', 4000), ('2025-06-30', 8000),
            ('2026-04-01', 330), ('2026-05-15', 120), ('2026-05-16', 9000),
        ):
            self.invoice(self.alpha, day, amount)
        with self.calendar(date(2026, 5, 16)):
            result = self.measure('sales_growth_yoy_pct', self.alpha, '2026-04-01', '2026-07-01')[self.alpha]
        self.assertEqual((result['numerator'], result['denominator'], result['value']), (150.0, 300.0, 50.0))

    def test_running_bridge_is_compared_like_with_like(self):
        for day, amount in (('2026-01-05', 100), ('2026-02-14', 20), ('2026-02-15', 3000), ('2026-04-10', 500)):
            self.invoice(self.alpha, day, (self.sensor, amount))
        with self.calendar(date(2026, 5, 16)):
            bridge = self.bridge(self.alpha, '2026-04-01', '2026-07-01')
        self.assertEqual((bridge['opening'], bridge['closing'], bridge['upsell']), (120.0, 500.0, 380.0))

    def test_trailing_twelve_months_while_the_year_runs(self):
        for day, amount in (('2024-06-14', 1), ('2024-06-15', 1000), ('2025-06-14', 200), ('2025-06-15', 600), ('2026-06-14', 300)):
            self.invoice(self.alpha, day, amount)
        result = self.measure('nrr_pct', self.alpha, '2026-01-01', '2027-01-01')[self.alpha]
        self.assertEqual((result['numerator'], result['denominator'], result['value']), (900.0, 1200.0, 75.0))

    def test_leap_day(self):
        self.invoice(self.alpha, '2023-02-28', 100)
        self.invoice(self.alpha, '2024-02-29', 150)
        self.assertEqual(self.value('sales_growth_yoy_pct', self.alpha, '2024-02-01', '2024-03-01'), 50.0)


@tagged('post_install', '-at_install')
class TestSeveralCompanies(DocumentsCase):
    """Two companies, one with books in euro and one in dollars."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.america = cls.new_company("Documents of America", cls.usd)
        cls.env['res.currency.rate'].create(
            {'currency_id': cls.usd.id, 'name': '2020-01-01', 'rate': 1.10, 'company_id': cls.company.id})
        cls.alpha = cls.customer("Alpha", key=True, company_id=False)
        self = cls()
        self.invoice(cls.alpha, '2025-03-03', 32100)
        self.invoice(cls.alpha, '2025-03-04', 11000, company=cls.america, currency_id=cls.usd.id)

    def of(self, companies, **options):
        self.refresh()
        kpi = self.env['kam.kpi'].with_context(allowed_company_ids=companies.ids)
        [row] = kpi.measure_total(['revenue'], self.alpha.ids, date(2025, 1, 1), date(2026, 1, 1))
        [single] = kpi.measure_kpis(['revenue'], self.alpha.ids, date(2025, 1, 1), date(2026, 1, 1))
        self.assertEqual(row['value'], single['value'])
        return row['value']

    def test_each_company_in_its_own_currency(self):
        self.assertEqual(self.of(self.company), 32100.0)
        self.assertEqual(self.of(self.america), 11000.0)

    def test_both_in_the_currency_of_the_first(self):
        self.assertEqual(self.of(self.company | self.america), 42100.0)

    def test_both_in_dollars(self):
        # The dollar company knows no rates of its own: one euro is one dollar there, as Odoo has it.
        self.assertEqual(self.of(self.america | self.company), 43100.0)
        self.env['res.currency.rate'].create(
            {'currency_id': self.eur.id, 'name': '2020-01-01', 'rate': 0.5, 'company_id': self.america.id})
        self.assertEqual(self.of(self.america | self.company), 75200.0)

    def test_rate_of_the_day_of_the_document(self):
        self.env['res.currency.rate'].create(
            {'currency_id': self.usd.id, 'name': '2025-03-05', 'rate': 2.0, 'company_id': self.company.id})
        self.assertEqual(self.of(self.company | self.america), 42100.0)
        self.invoice(self.alpha, '2025-03-05', 100, company=self.america, currency_id=self.usd.id)
        self.assertEqual(self.of(self.company | self.america), 42150.0)

    def test_bridge_in_the_reporting_currency(self):
        self.refresh()
        for level in ('category', 'product'):
            bridge = self.env['kam.kpi'].with_context(allowed_company_ids=(self.company | self.america).ids).revenue_bridge(
                self.alpha.ids, date(2025, 1, 1), date(2026, 1, 1), level=level)
            self.assertEqual((bridge['opening'], bridge['new'], bridge['closing']), (0.0, 42100.0, 42100.0))

    def test_director_sees_the_companies_switched_on_only(self):
        self.refresh()
        self.diana.company_ids += self.america
        kpi = self.env['kam.kpi'].with_user(self.diana)
        for companies, expected in ((self.company, 32100.0), (self.company | self.america, 42100.0)):
            [row] = kpi.with_context(allowed_company_ids=companies.ids).measure_kpis(
                ['revenue'], self.alpha.ids, date(2025, 1, 1), date(2026, 1, 1))
            self.assertEqual(row['value'], expected)
