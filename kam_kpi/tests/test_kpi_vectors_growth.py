from datetime import date

from odoo.tests import tagged

from .documents import DocumentsCase
from .test_kpi_vectors import BridgeWorld
from .vectors import vectors

YEAR = ('2025-01-01', '2026-01-01')


@tagged('post_install', '-at_install')
class TestGrowthVectors(DocumentsCase):
    """Growth on the period before and of the year so far."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.alpha, cls.beta = cls.customer("Alpha", key=True), cls.customer("Beta")

    def test_vector_on_the_period_before(self):
        [case] = vectors('kpis')['sales_growth_pop_pct']
        for day, amount in (('2024-12-31', 7), ('2025-01-01', case['input']['prev']), ('2025-06-30', case['input']['cur']), ('2025-07-01', 7)):
            self.invoice(self.alpha, day, amount)
        self.assertEqual(self.value('sales_growth_pop_pct', self.alpha, '2025-04-01', '2025-07-01'), case['expected'])

    def test_vector_of_the_year_so_far(self):
        [case] = vectors('kpis')['sales_growth_ytd_pct']
        for day, amount in (
            ('2023-12-31', 7), ('2024-01-01', case['input']['prev']), ('2024-07-01', 7), ('2024-12-31', 7),
            ('2025-01-01', 20000), ('2025-06-30', case['input']['cur'] - 20000), ('2025-07-01', 7),
        ):
            self.invoice(self.alpha, day, amount)
        for start in ('2025-01-01', '2025-04-01', '2025-06-01'):
            self.assertEqual(self.value('sales_growth_ytd_pct', self.alpha, start, '2025-07-01'), case['expected'])

    def test_the_year_begins_with_the_fiscal_year(self):
        self.company.write({'fiscalyear_last_day': 31, 'fiscalyear_last_month': '3'})
        for day, amount in (('2024-03-31', 500), ('2024-04-01', 100), ('2025-03-31', 500), ('2025-04-01', 130)):
            self.invoice(self.alpha, day, amount)
        self.assertEqual(self.value('sales_growth_ytd_pct', self.alpha, '2025-04-01', '2025-07-01'), 30.0)

    def test_running_period_is_compared_like_with_like(self):
        for day, amount in (('2026-01-10', 100), ('2026-02-15', 4000), ('2026-04-10', 150)):
            self.invoice(self.alpha, day, amount)
        with self.calendar(date(2026, 5, 16)):
            self.assertEqual(self.value('sales_growth_pop_pct', self.alpha, '2026-04-01', '2026-07-01'), 50.0)

    def test_the_year_so_far_stops_today_on_both_sides(self):
        for day, amount in (('2025-06-14', 100), ('2025-06-15', 4000), ('2026-06-14', 150), ('2026-06-15', 9000)):
            self.invoice(self.alpha, day, amount)
        self.assertEqual(self.value('sales_growth_ytd_pct', self.alpha, '2026-01-01', '2027-01-01'), 50.0)

    def test_growth_from_nothing_or_less_is_unknown(self):
        self.invoice(self.alpha, '2025-05-01', 5000)
        self.credit(self.beta, '2025-02-01', 100)
        self.credit(self.beta, '2024-02-01', 100)
        self.invoice(self.beta, '2025-05-01', 5000)
        for code in ('sales_growth_pop_pct', 'sales_growth_ytd_pct'):
            for account in self.alpha | self.beta:
                self.assertNoData(self.measure(code, account, '2025-04-01', '2025-07-01')[account], 'zero_denominator')

    def test_of_several_it_is_the_ratio_of_sums(self):
        for account, before, after in ((self.alpha, 100, 150), (self.beta, 900, 810)):
            self.invoice(account, '2025-02-01', before)
            self.invoice(account, '2025-05-01', after)
        self.assertEqual(self.total('sales_growth_pop_pct', self.alpha | self.beta, '2025-04-01', '2025-07-01')['value'], -4.0)


@tagged('post_install', '-at_install')
class TestChurnVectors(BridgeWorld):
    """Churn, expansion and depth on the reference table."""

    def test_vectors(self):
        kpis = vectors('kpis')
        self.assertEqual(kpis['category_penetration'][0]['input']['per_account'], {'Alpha': 3, 'Beta': 1, 'Delta': 2})
        for code in ('logo_churn_pct', 'revenue_churn_pct', 'expansion_rate_pct', 'category_penetration'):
            with self.subTest(code=code):
                self.assertAlmostEqual(self.total(code, self.accounts, *YEAR)['value'], kpis[code][0]['expected'], 6)

    def test_expansion_of_the_product_level_is_another_figure(self):
        bridge = self.bridge(self.accounts, *YEAR, level='product')
        [_category, product] = vectors('kpis')['expansion_rate_pct']
        self.assertAlmostEqual(100 * (bridge['upsell'] + bridge['cross_sell']) / bridge['opening'], product['expected'], 5)

    def test_churn_and_retention_make_one_hundred(self):
        for retained, lost in (('logo_retention_pct', 'logo_churn_pct'), ('grr_pct', 'revenue_churn_pct')):
            for accounts in (self.accounts, self.alpha, self.beta, self.gamma):
                values = [self.total(code, accounts, *YEAR)['value'] for code in (retained, lost)]
                self.assertAlmostEqual(sum(values), 100, 6)

    def test_categories_of_each_account(self):
        for account, expected in ((self.alpha, 3.0), (self.beta, 1.0), (self.delta, 2.0)):
            self.assertEqual(self.value('category_penetration', account, *YEAR), expected)
        self.assertNoData(self.measure('category_penetration', self.gamma, *YEAR)[self.gamma], 'zero_denominator')

    def test_a_category_that_was_credited_in_full_does_not_count(self):
        self.credit(self.delta, '2025-10-01', (self.training_day, 1000))
        self.assertEqual(self.value('category_penetration', self.delta, *YEAR), 1.0)

    def test_of_new_customers_there_is_no_churn(self):
        self.assertNoData(self.measure('revenue_churn_pct', self.delta, *YEAR)[self.delta], 'not_in_cohort')
        for code in ('logo_churn_pct', 'expansion_rate_pct'):
            self.assertNoData(self.measure(code, self.delta, *YEAR)[self.delta], 'zero_denominator')

    def test_few_customers_are_told(self):
        self.refresh()
        kpi = self.env['kam.kpi'].search([('code', '=', 'logo_churn_pct')])
        result = kpi._outcomes({0: self.accounts.ids}, date(2025, 1, 1), date(2026, 1, 1))[kpi.id, 0]
        self.assertEqual(result['flags'], ['low_sample'])


@tagged('post_install', '-at_install')
class TestChurnVectorsOfOtherCustomers(TestChurnVectors):
    """Those of customers of whom fewer facts are kept."""

    key = False
    allow_inherited_tests_method = True
