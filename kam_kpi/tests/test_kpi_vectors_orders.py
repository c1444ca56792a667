from datetime import date, timedelta

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .documents import DocumentsCase
from .vectors import vectors

YEAR = ('2025-01-01', '2026-01-01')
Q1, Q2 = ('2025-01-01', '2025-04-01'), ('2025-04-01', '2025-07-01')


@tagged('post_install', '-at_install')
class TestOrders(DocumentsCase):
    """Order intake and contracts signed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.alpha, cls.beta = cls.customer("Alpha", key=True), cls.customer("Beta")
        cls.dollar_rate(cls(), 1.10)

    def vector_orders(self):
        """The orders of the vectors, half of them by a contact."""
        self.company.kam_tz = 'Europe/Paris'
        child = self.contact(self.alpha, "Jane")
        for number, row in enumerate(vectors('kpis')['bookings'][0]['input']['orders']):
            options = self.in_dollars() if row['currency_rate'] != 1 else {}
            order = self.order((self.alpha, child)[number % 2], row['date_order'], self.sensor, row['amount_untaxed'], **options)
            self.assertAlmostEqual(order.currency_rate, row['currency_rate'], 6)
            if row['state'] == 'cancel':
                order._action_cancel()
            elif row['state'] == 'sent':
                order.state = 'sent'

    def test_vectors(self):
        self.vector_orders()
        for code in ('bookings', 'contracts_signed'):
            for case, period in zip(vectors('kpis')[code], (Q1, Q2)):
                with self.subTest(code=code, case=case['name']):
                    self.assertEqual(self.value(code, self.alpha, *period), case['expected'])
                    self.assertEqual(self.total(code, self.alpha | self.beta, *period)['value'], case['expected'])

    def test_nothing_ordered_is_a_real_zero(self):
        for code in ('bookings', 'contracts_signed'):
            result = self.measure(code, self.alpha, *Q1)[self.alpha]
            self.assertEqual((result['value'], result['state']), (0.0, 'ok'))
            self.assertNoData(self.measure(code, self.alpha, '2026-06-15', '2026-07-01')[self.alpha], 'future_period')

    def test_taxes_are_left_out(self):
        order = self.order(self.alpha, '2025-02-01 10:00:00', self.sensor, 100)
        order.order_line.tax_ids = self.company.account_sale_tax_id
        self.assertEqual((order.amount_total, self.value('bookings', self.alpha, *Q1)), (115.0, 100.0))

    def test_order_without_a_rate_is_taken_as_it_is(self):
        order = self.order(self.alpha, '2025-02-01 10:00:00', self.sensor, 100)
        self.env.flush_all()
        self.env.cr.execute("UPDATE sale_order SET currency_rate = 0 WHERE id = %s", [order.id])
        self.assertEqual(self.value('bookings', self.alpha, *Q1), 100.0)

    def test_orders_worth_nothing_are_no_contracts(self):
        self.order(self.alpha, '2025-02-01 10:00:00', self.sensor, 0)
        self.order(self.alpha, '2025-02-01 10:00:00', self.sensor, -50)
        self.order(self.alpha, '2025-02-01 10:00:00', self.sensor, 0.01)
        self.assertEqual(self.value('contracts_signed', self.alpha, *Q1), 1.0)

    def test_an_amount_that_rounds_to_nothing_is_no_contract(self):
        self.dollar_rate(4.0, '2025-01-01')
        order = self.order(self.alpha, '2025-02-01 10:00:00', self.sensor, 0.01, **self.in_dollars())
        self.assertEqual((order.amount_untaxed, order.currency_rate), (0.01, 4.0))
        self.assertEqual(self.value('contracts_signed', self.alpha, *Q1), 0.0)

    def test_cancelled_later_restates_the_past(self):
        order = self.order(self.alpha, '2025-02-01 10:00:00', self.sensor, 100)
        self.assertEqual(self.value('bookings', self.alpha, *Q1), 100.0)
        order._action_cancel()
        self.assertEqual(self.value('bookings', self.alpha, *Q1), 0.0)
        self.assertEqual(self.value('contracts_signed', self.alpha, *Q1), 0.0)

    def test_orders_follow_the_contact_to_another_company(self):
        jane = self.contact(self.alpha, "Jane")
        self.order(jane, '2025-02-01 10:00:00', self.sensor, 100)
        self.assertEqual(self.value('bookings', self.alpha, *Q1), 100.0)
        jane.parent_id = self.beta
        self.assertEqual([self.value('bookings', account, *Q1) for account in (self.alpha, self.beta)], [0.0, 100.0])

    def test_archived_customers_count(self):
        self.order(self.alpha, '2025-02-01 10:00:00', self.sensor, 100)
        self.alpha.active = False
        self.assertEqual(self.value('bookings', self.alpha, *Q1), 100.0)

    def test_interactions_per_win(self):
        [case] = vectors('kpis')['interactions_per_win']
        first = date(2025, 1, 1)
        jane = self.contact(self.alpha, "Jane")
        for document in (self.alpha, jane):
            for day in range(case['input']['interactions'] // 2):
                self.message(document, self.diana.partner_id, f'{first + timedelta(days=day)} 10:00:00')
        for _order in range(case['input']['wins']):
            self.order(jane, '2025-03-01 10:00:00', self.sensor, 10)
        self.assertEqual(self.value('interactions_count', self.alpha, *Q1), 180.0)
        self.assertEqual(self.value('interactions_per_win', self.alpha, *Q1), case['expected'])

    def test_no_win_is_no_figure(self):
        self.message(self.alpha, self.diana.partner_id, '2025-02-01 10:00:00')
        self.assertNoData(self.measure('interactions_per_win', self.alpha, *Q1)[self.alpha], 'zero_denominator')


@tagged('post_install', '-at_install')
class TestNewAccounts(DocumentsCase):
    """Who became a customer, and what that cost."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.delta, cls.beta = cls.customer("Delta"), cls.customer("Beta", key=True)

    def new(self, partner, *period):
        return self.value('new_accounts', partner, *(period or YEAR))

    def test_vector(self):
        [case] = vectors('kpis')['new_accounts']
        self.invoice(self.beta, '2024-03-01', 100)
        self.invoice(self.beta, '2025-03-01', 100)
        for name, day in case['input']['first_invoice'].items():
            self.assertEqual(name, self.delta.name)
            self.invoice(self.contact(self.delta, "Jane"), day, 6000)
        self.assertEqual(self.total('new_accounts', self.delta | self.beta, *YEAR)['value'], case['expected'])
        self.assertEqual((self.new(self.delta), self.new(self.beta)), (1.0, 0.0))
        self.assertEqual(self.new(self.delta, '2025-09-09', '2025-09-10'), 1.0)
        self.assertEqual(self.new(self.delta, '2025-10-01', '2026-01-01'), 0.0)

    def test_the_company_counts_all_customers(self):
        self.invoice(self.delta, '2025-09-09', 100)
        self.invoice(self.beta, '2025-09-09', 100)
        self.refresh()
        [row] = self.env['kam.kpi'].with_user(self.diana).measure_total(['new_accounts'], None, date(2025, 1, 1), date(2026, 1, 1))
        self.assertEqual(row['value'], 2.0)

    def test_who_comes_back_is_not_new(self):
        self.invoice(self.delta, '2021-05-05', 1)
        self.invoice(self.delta, '2025-09-09', 5000)
        self.assertEqual(self.new(self.delta), 0.0)

    def test_credit_notes_free_invoices_and_orders_make_no_customer(self):
        self.credit(self.delta, '2025-02-01', 100)
        self.invoice(self.delta, '2025-03-01', 0)
        self.invoice(self.delta, '2025-03-01', 100, -100)
        self.invoice(self.delta, '2025-03-01', {'name': "Deposit", 'price_unit': 100, 'account_id': self.account('liability_current').id})
        self.order(self.delta, '2025-03-01 10:00:00', self.sensor, 100)
        self.invoice(self.delta, '2025-03-01', 100, state='draft')
        self.assertEqual(self.new(self.delta), 0.0)

    def test_a_receipt_makes_a_customer(self):
        self.invoice(self.delta, '2025-02-01', 100, kind='out_receipt')
        self.assertEqual(self.new(self.delta), 1.0)

    def test_customer_since_counts_in_place_of_earlier_documents(self):
        self.invoice(self.delta, '2025-09-09', 5000)
        self.delta.kam_customer_since = '2019-04-01'
        self.assertEqual(self.new(self.delta), 0.0)
        self.assertEqual(self.new(self.delta, '2019-01-01', '2020-01-01'), 1.0)
        self.delta.kam_customer_since = '2025-11-01'
        self.assertEqual(self.new(self.delta, '2025-09-01', '2025-10-01'), 0.0)
        self.assertEqual(self.new(self.delta, '2025-11-01', '2025-12-01'), 1.0)
        self.delta.kam_customer_since = False
        self.assertEqual(self.new(self.delta, '2025-09-01', '2025-10-01'), 1.0)

    def test_customer_of_another_company_of_the_group_is_not_new(self):
        other = self.new_company("Elsewhere", self.eur)
        self.delta.company_id = False
        self.invoice(self.delta, '2024-05-05', 100, company=other)
        self.invoice(self.delta, '2025-05-05', 100)
        self.assertEqual(self.new(self.delta), 1.0)
        both = self.env['kam.kpi'].with_context(allowed_company_ids=(self.company | other).ids)
        [row] = both.measure_kpis(['new_accounts'], self.delta.ids, date(2025, 1, 1), date(2026, 1, 1))
        self.assertEqual(row['value'], 0.0)

    def test_customer_since_holds_in_a_company_founded_later(self):
        self.delta.write({'company_id': False, 'kam_customer_since': '2019-04-01'})
        self.refresh()
        other = self.new_company("Founded later", self.eur)
        self.invoice(self.delta, '2025-05-05', 100, company=other)
        self.refresh()
        [row] = self.env['kam.kpi'].with_context(allowed_company_ids=other.ids).measure_kpis(
            ['new_accounts'], self.delta.ids, date(2025, 1, 1), date(2026, 1, 1))
        self.assertEqual(row['value'], 0.0)

    # what they cost

    def cac(self, stop='2026-01-01'):
        self.env.invalidate_all()
        self.refresh()
        [row] = self.env['kam.kpi'].with_user(self.diana).measure_total(['cac'], None, date(2025, 10, 1), date.fromisoformat(stop))
        return row

    def newcomers(self, count, day='2025-05-05'):
        for number in range(count):
            self.invoice(self.customer(f"New {number}"), day, 10)

    def test_vectors_of_cost(self):
        whole, nobody = vectors('kpis')['cac']
        marketing = self.analytic("Marketing", kam_acquisition=True)
        self.spent(None, '2025-02-01', whole['input']['cost'] - 1000, marketing)
        self.spent(self.beta, '2025-12-31', 1000, marketing)
        self.assertNoData(self.cac(), nobody['reason'])
        self.newcomers(whole['input']['new_accounts'])
        self.assertEqual(self.cac()['value'], whole['expected'])
        self.assertEqual(self.cac()['numerator'], 90000.0)

    def test_nothing_marked_is_a_missing_source(self):
        self.newcomers(1)
        self.spent(None, '2025-02-01', 100)
        self.assertNoData(self.cac(), 'source_missing')

    def test_no_cost_on_marked_accounts_is_a_real_zero(self):
        self.analytic("Marketing", kam_acquisition=True)
        self.newcomers(1)
        self.assertEqual(self.cac()['value'], 0.0)

    def test_twelve_months_and_marked_accounts_only(self):
        marketing, other = self.analytic("Marketing", kam_acquisition=True), self.analytic("Other")
        self.newcomers(1)
        for day, amount in (('2024-12-31', 1), ('2025-01-01', 20), ('2025-12-31', 300), ('2026-01-01', 4000)):
            self.spent(None, day, amount, marketing)
        self.spent(None, '2025-06-01', 50000, other)
        self.spent(None, '2025-06-01', 600000, marketing, category='invoice')
        self.assertEqual(self.cac()['numerator'], 320.0)

    def test_a_marked_account_of_a_second_plan(self):
        plan = self.env['account.analytic.plan'].create({'name': "Second"})
        marketing = self.analytic("Marketing", kam_acquisition=True, plan=plan)
        self.newcomers(1)
        line = self.spent(None, '2025-06-01', 70)
        self.assertEqual(self.cac()['numerator'], 0.0)
        line[plan._column_name()] = marketing
        self.assertEqual(self.cac()['numerator'], 70.0)
        marketing.kam_acquisition = False
        self.assertNoData(self.cac(), 'source_missing')

    def test_cost_from_the_ledger(self):
        self.newcomers(2)
        self.company.kam_acquisition_source = 'ledger'
        self.entry('2025-06-01', ('expense', -70), ('expense_direct_cost', -500))
        self.entry('2025-06-01', ('expense', -1), state='draft')
        self.assertNoData(self.cac(), 'source_missing')
        self.account('expense').kam_acquisition = True
        self.assertEqual(self.cac()['value'], 35.0)
        self.company.kam_acquisition_source = 'analytic'
        self.assertNoData(self.cac(), 'source_missing')

    def test_there_is_no_cost_of_a_single_customer(self):
        self.analytic("Marketing", kam_acquisition=True)
        self.newcomers(1)
        self.assertNoData(self.measure('cac', self.beta, *YEAR)[self.beta], 'source_missing')

    def test_the_salary_by_hours_counts(self):
        marketing = self.analytic("Marketing", kam_acquisition=True)
        self.newcomers(1)
        bill = self.entry('2025-06-01', ('expense', -400))
        bill.button_draft()
        bill.line_ids.filtered(lambda line: line.account_id == self.account('expense')).analytic_distribution = {marketing.id: 100}
        bill.action_post()
        self.spent(None, '2025-06-02', 100, marketing, unit_amount=2)
        self.assertEqual(self.cac()['numerator'], 500.0)

    def test_users_without_the_whole_see_no_cost(self):
        anna = self.new_user('anna', 'kam_kpi.group_kam_user')
        self.beta.kam_user_id = anna
        self.refresh()
        with self.assertRaises(AccessError):
            self.env['kam.kpi'].with_user(anna).measure_total(['cac'], self.beta.ids, date(2025, 1, 1), date(2026, 1, 1))


    def test_two_companies_with_books_in_two_currencies(self):
        america = self.new_company("America", self.usd)
        self.dollar_rate(2.0)
        self.env['account.analytic.account'].create({
            'name': "Ads", 'plan_id': self.env['account.analytic.plan'].create({'name': "Ads"}).id, 'company_id': america.id, 'kam_acquisition': True})
        ads = self.env['account.analytic.account'].search([('name', '=', "Ads")])
        self.env['account.analytic.line'].create({
            'name': "Ads", 'date': '2025-06-01', 'amount': -100, ads.plan_id._column_name(): ads.id, 'company_id': america.id})
        self.newcomers(1)
        self.refresh()
        self.diana.company_ids = [Command.link(america.id)]
        kpi = self.env['kam.kpi'].with_user(self.diana).with_context(allowed_company_ids=(self.company | america).ids)
        [row] = kpi.measure_total(['cac'], None, date(2025, 1, 1), date(2026, 1, 1))
        self.assertEqual((row['numerator'], row['value']), (50.0, 50.0))
