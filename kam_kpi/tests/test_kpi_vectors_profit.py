from datetime import date

from odoo.tests import tagged

from .documents import DocumentsCase
from .vectors import vectors

YEAR = ('2025-01-01', '2026-01-01')
DATES = (date(2025, 1, 1), date(2026, 1, 1))


@tagged('post_install', '-at_install')
class TestGrossProfit(DocumentsCase):
    """Gross profit in an amount, what of it is estimated, and what customers brought so far."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.alpha, cls.beta = cls.customer("Alpha", key=True), cls.customer("Beta", key=True)

    def sold(self, partner, day, revenue, cost, product=None, **vals):
        """An invoice whose cost the product's unit cost tells."""
        product = product or self.new_product("Sold", self.hardware)
        product.standard_price = cost
        return self.invoice(partner, day, (product, revenue), **vals)

    def flags(self, code, partner, *period):
        self.refresh()
        kpi = self.env['kam.kpi'].search([('code', '=', code)])
        return kpi._outcomes({0: partner.ids}, *(period or DATES), subjects={0: ('account', partner.id)})[kpi.id, 0]['flags']

    def test_vector(self):
        [case] = vectors('kpis')['gross_profit']
        for line in case['input']['lines']:
            revenue, cost = line['rev'], line['cost']
            if cost is None:
                self.invoice(self.alpha, '2025-02-01', revenue)
            elif revenue < 0:
                product = self.new_product("Credited", self.hardware, standard_price=-cost)
                self.credit(self.alpha, '2025-02-01', (product, -revenue))
            else:
                self.sold(self.alpha, '2025-02-01', revenue, cost)
        self.assertEqual(self.value('gross_profit', self.alpha, *YEAR), case['expected'])

    def test_nothing_sold_is_a_real_zero(self):
        self.assertEqual(self.value('gross_profit', self.alpha, *YEAR), 0.0)

    def test_unknown_costs_of_too_large_a_part(self):
        self.sold(self.alpha, '2025-02-01', 799, 100)
        self.invoice(self.alpha, '2025-02-01', 201)
        self.assertNoData(self.measure('gross_profit', self.alpha, *YEAR)[self.alpha], 'low_coverage')

    def test_the_product_costs_nothing(self):
        self.invoice(self.alpha, '2025-02-01', (self.support_plan, 100))
        self.assertNoData(self.measure('gross_profit', self.alpha, *YEAR)[self.alpha], 'low_coverage')
        self.support_plan.kam_no_cost = True
        self.assertEqual(self.value('gross_profit', self.alpha, *YEAR), 100.0)
        self.assertEqual(self.value('gross_margin_pct', self.alpha, *YEAR), 100.0)
        self.assertEqual(self.flags('gross_profit', self.alpha), [])
        self.support_plan.kam_no_cost = False
        self.assertNoData(self.measure('gross_profit', self.alpha, *YEAR)[self.alpha], 'low_coverage')

    def test_a_known_cost_counts_though_the_product_is_marked(self):
        self.support_plan.kam_no_cost = True
        self.sold(self.alpha, '2025-02-01', 100, 30, self.support_plan)
        self.assertEqual(self.value('gross_profit', self.alpha, *YEAR), 70.0)

    def test_a_line_without_a_product_is_not_free(self):
        self.support_plan.kam_no_cost = True
        self.invoice(self.alpha, '2025-02-01', (self.support_plan, 100), 100)
        self.assertNoData(self.measure('gross_profit', self.alpha, *YEAR)[self.alpha], 'low_coverage')

    def test_unit_costs_are_marked_as_an_estimate(self):
        self.sold(self.alpha, '2025-02-01', 100, 30)
        for code in ('gross_profit', 'gross_margin_pct', 'clv_historic', 'contribution_margin_pct'):
            self.assertIn('estimated', self.flags(code, self.alpha), code)
        self.assertEqual(self.flags('gross_profit', self.alpha, date(2024, 1, 1), date(2025, 1, 1)), [])

    def test_booked_costs_are_no_estimate(self):
        self.sensor.standard_price = 5
        move = self.invoice(self.alpha, '2025-02-01', (self.sensor, 100), state='draft')
        move.line_ids = [self.cogs(kind, amount) for kind, amount in (('expense', 62), ('asset_current', -62))]
        move.action_post()
        self.assertEqual(self.value('gross_profit', self.alpha, *YEAR), 38.0)
        self.assertEqual(self.flags('gross_profit', self.alpha), [])

    def cogs(self, kind, amount):
        return (0, 0, {
            'product_id': self.sensor.id, 'display_type': 'cogs', 'name': "Cost", 'tax_ids': [(5,)], 'account_id': self.account(kind).id,
            'balance': amount, 'quantity': 1})

    def test_lifetime_vector(self):
        [case] = vectors('kpis')['clv_historic']
        for year, profit in zip((2024, 2025), case['input']['gross_profit_by_year']):
            self.sold(self.alpha, f'{year}-05-05', 2 * profit, profit)
        self.sold(self.alpha, '2026-01-01', 999, 1)
        self.assertEqual(self.value('clv_historic', self.alpha, *YEAR), case['expected'])
        self.assertEqual(self.value('clv_historic', self.alpha, '2025-12-01', '2026-01-01'), case['expected'])
        self.assertEqual(self.total('clv_historic', self.alpha | self.beta, *YEAR)['value'], case['expected'])

    def test_coverage_of_the_whole_life(self):
        self.sold(self.alpha, '2025-05-05', 100, 50)
        self.invoice(self.alpha, '2019-05-05', 1000)
        self.assertNoData(self.measure('clv_historic', self.alpha, *YEAR)[self.alpha], 'low_coverage')
        self.assertEqual(self.value('gross_profit', self.alpha, *YEAR), 50.0)


@tagged('post_install', '-at_install')
class TestNetProfit(DocumentsCase):
    """The company's profit by its ledger, and what customers contribute to it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.alpha, cls.beta = cls.customer("Alpha", key=True), cls.customer("Beta")
        cls.ware = cls.new_product("Ware", cls.hardware)

    def whole(self, code='net_profit_margin_pct', **context):
        self.refresh()
        [row] = self.env['kam.kpi'].with_user(self.diana).with_context(**context).measure_total([code], None, *DATES)
        return row

    def of(self, partner, code='net_profit_margin_pct', **context):
        self.refresh()
        [row] = self.env['kam.kpi'].with_context(**context).measure_kpis([code], partner.ids, *DATES)
        return row

    def sold(self, partner, revenue, cost, day='2025-05-05'):
        self.ware.standard_price = cost
        return self.invoice(partner, day, (self.ware, revenue))

    def year_of_entries(self, income=1000000, other=5000, cogs=600000, opex=280000, tax=25000):
        self.entry('2025-03-01', ('income', income), ('income_other', other), ('expense_direct_cost', -cogs), ('expense', -opex - tax))

    def test_vector_of_the_company(self):
        case = vectors('kpis')['net_profit_margin_pct'][0]
        given = case['input']
        self.year_of_entries(given['revenue'], given['other_income'], given['cogs'], given['opex'], given['tax'])
        row = self.whole()
        self.assertEqual((row['numerator'], row['denominator'], row['value']), (100000.0, 1000000.0, case['expected']))

    def test_accounting_date_and_posted_entries_only(self):
        self.entry('2025-03-01', ('income', 1000), ('expense', -900))
        self.entry('2025-03-01', ('income', 7000), state='draft')
        self.entry('2026-01-01', ('income', 7000))
        self.entry('2024-12-31', ('expense', -7000))
        self.invoice(self.alpha, '2025-12-31', 3000, date='2026-01-31')
        self.assertEqual(self.whole()['value'], 10.0)

    def test_closing_entries_are_left_out(self):
        self.entry('2025-03-01', ('income', 1000), ('expense', -900))
        journal = self.env['account.journal'].create({'name': "Closing", 'code': 'KCLOS', 'type': 'general', 'company_id': self.company.id})
        self.entry('2025-12-31', ('income', -1000), ('expense', 900), journal=journal)
        self.assertNoData(self.whole(), 'zero_denominator')
        journal.kam_closing_journal = True
        self.assertEqual(self.whole()['value'], 10.0)

    def test_no_income_is_no_figure(self):
        self.entry('2025-03-01', ('expense', -900))
        self.assertNoData(self.whole(), 'zero_denominator')

    def test_a_loss(self):
        self.entry('2025-03-01', ('income', 1000), ('expense', -1500))
        self.assertEqual(self.whole()['value'], -50.0)

    def test_vector_of_the_contribution(self):
        [case] = vectors('kpis')['contribution_margin_pct']
        self.sold(self.alpha, 200000, 110000)
        self.spent(self.contact(self.alpha, "Jane"), '2025-06-01', case['input']['direct_cost'])
        row = self.of(self.alpha, 'contribution_margin_pct')
        self.assertEqual((row['numerator'], row['denominator'], row['value']), (75000.0, 200000.0, case['expected']))
        self.assertEqual(self.of(self.alpha)['value'], case['expected'])

    def test_vector_fully_loaded(self):
        case = vectors('kpis')['net_profit_margin_pct'][1]
        given = case['input']
        self.sold(self.alpha, given['revenue'], 110000)
        self.spent(self.alpha, '2025-06-01', 15000)
        # The others contribute 265,000 of the 340,000; the books show what is left after an overhead of 240,000.
        self.sold(self.beta, given['company_revenue'] - given['revenue'], 535000)
        self.entry('2025-03-01', ('expense', -900000))
        self.assertEqual(self.whole()['numerator'], 100000.0)
        self.assertEqual(self.whole()['value'], 10.0)
        self.assertEqual(self.of(self.alpha)['value'], 37.5)
        self.assertEqual(self.of(self.alpha, kam_fully_loaded=True)['value'], case['expected'])

    def test_fully_loaded_profits_add_up_to_the_ledgers(self):
        for partner, revenue, cost in ((self.alpha, 800, 300), (self.beta, 200, 150)):
            self.sold(partner, revenue, cost)
        self.spent(self.beta, '2025-06-01', 90)
        self.spent(None, '2025-06-01', 5000)
        self.entry('2025-03-01', ('expense', -750), ('income_other', 40))
        found = [self.of(partner, kam_fully_loaded=True)['numerator'] for partner in (self.alpha, self.beta)]
        self.assertAlmostEqual(sum(found), 290.0, 6)
        self.assertAlmostEqual(sum(found), self.whole()['numerator'], 6)

    def test_what_is_direct_cost_and_what_is_not(self):
        self.sold(self.alpha, 1000, 500)
        move = self.entry('2025-03-01', ('expense', -1), ('expense_direct_cost', -2), ('income', 3))
        for line in move.line_ids:
            self.spent(self.alpha, '2025-03-01', 10 if line.account_id == self.account('expense') else 5000, move_line_id=line.id,
                       general_account_id=line.account_id.id).partner_id = self.alpha
        self.spent(self.alpha, '2025-03-01', 30, unit_amount=2)
        self.spent(self.alpha, '2025-03-01', 5000, category='invoice')
        self.spent(self.alpha, '2026-01-01', 5000)
        self.spent(None, '2025-03-01', 5000)
        self.assertEqual(self.of(self.alpha, 'contribution_margin_pct')['numerator'], 460.0)

    def test_no_direct_cost_is_told(self):
        self.sold(self.alpha, 1000, 500)
        self.refresh()
        kpi = self.env['kam.kpi'].search([('code', '=', 'contribution_margin_pct')])

        def flags(kind):
            return kpi._outcomes({0: self.alpha.ids}, *DATES, subjects={0: (kind, self.alpha.id)})[kpi.id, 0]['flags']

        self.assertIn('no_direct_cost', flags('account'))
        self.assertNotIn('no_direct_cost', flags('team'))
        self.spent(self.alpha, '2025-06-01', 1)
        self.refresh()
        self.assertNotIn('no_direct_cost', flags('account'))

    def test_contribution_needs_known_costs(self):
        self.invoice(self.alpha, '2025-05-05', 1000)
        self.spent(self.alpha, '2025-06-01', 1)
        for code in ('contribution_margin_pct', 'net_profit_margin_pct'):
            self.assertNoData(self.of(self.alpha, code), 'low_coverage')
            self.assertNoData(self.of(self.alpha, code, kam_fully_loaded=True), 'low_coverage')

    def test_nothing_sold_is_no_figure(self):
        self.spent(self.alpha, '2025-06-01', 1)
        for code in ('contribution_margin_pct', 'net_profit_margin_pct'):
            self.assertNoData(self.of(self.alpha, code), 'zero_denominator')
            self.assertNoData(self.of(self.alpha, code, kam_fully_loaded=True), 'zero_denominator')
        self.assertNoData(self.whole(), 'zero_denominator')

    def test_the_group_is_a_ratio_of_sums(self):
        self.sold(self.alpha, 900, 450)
        self.sold(self.beta, 100, 90)
        self.assertEqual(self.total('net_profit_margin_pct', self.alpha | self.beta, *YEAR)['value'], 46.0)

    def test_in_dollars(self):
        self.dollar_rate(2.0)
        self.ware.standard_price = 30
        self.invoice(self.alpha, '2025-05-05', (self.ware, 200), rate=2.0)
        self.spent(self.alpha, '2025-06-01', 20)
        self.assertEqual(self.of(self.alpha, 'contribution_margin_pct')['value'], 50.0)

    def test_direct_cost_follows_the_contact(self):
        jane = self.contact(self.alpha, "Jane")
        self.sold(self.alpha, 100, 10)
        self.sold(self.beta, 100, 10)
        self.spent(jane, '2025-06-01', 40)
        self.assertEqual([self.of(partner)['value'] for partner in (self.alpha, self.beta)], [50.0, 90.0])
        jane.parent_id = self.beta
        self.assertEqual([self.of(partner)['value'] for partner in (self.alpha, self.beta)], [90.0, 50.0])

    def test_two_companies(self):
        other = self.new_company("Elsewhere", self.usd)
        self.dollar_rate(2.0)
        self.entry('2025-03-01', ('income', 1000), ('expense', -900))
        self.entry('2025-03-01', ('income', 1000), ('expense', -400), company=other)
        self.refresh()
        kpi = self.env['kam.kpi'].with_context(allowed_company_ids=(self.company | other).ids)
        [row] = kpi.measure_total(['net_profit_margin_pct'], None, *DATES)
        self.assertEqual((row['numerator'], row['denominator']), (400.0, 1500.0))
        self.assertEqual(self.whole()['value'], 10.0)
