from datetime import date

from odoo.tests import TransactionCase, tagged

from ..tools.lifetime import customer_lifetime
from .documents import DocumentsCase
from .vectors import vectors

TTM = ('2025-01-01', '2026-01-01')
RUNNING = ('2026-04-01', '2026-07-01')


@tagged('post_install', '-at_install')
class TestLifetimeVectors(TransactionCase):

    def test_reference_cases(self):
        for case in vectors('kpis')['clv_predictive']:
            given = case['input']
            with self.subTest(case=case['name']):
                years, capped, _opening = customer_lifetime([(given['opening'], given['churned'])])
                worth = years and given['gp_ttm'] / given['active'] * years
                self.assertEqual((worth, capped), (case['expected'], case.get('capped', False)))

    def test_cohorts_of_several_years_are_pooled(self):
        self.assertEqual(customer_lifetime([(40, 10), (40, 10), (40, 10)]), (4.0, False, 120))


class LifetimeWorld(DocumentsCase):
    """Twelve customers of 2024; three of them were lost in 2025, the others brought a profit of 400 each.

    Churn is 3 of 12, so a customer stays four years. Today is 2026-06-15.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sensor.standard_price = 600.0
        cls.customers = cls.env['res.partner'].union(*(cls.customer(f"Customer {number}", number < 4) for number in range(12)))
        for number, customer in enumerate(cls.customers):
            cls.invoice(cls(), customer, '2024-05-01', (cls.sensor, 1000))
            if number >= 3:
                cls.invoice(cls(), customer, '2025-05-01', (cls.sensor, 1000))
        cls.env['kam.fact'].refresh()

    def whole(self, code, *period):
        [row] = self.env['kam.kpi'].with_user(self.diana).measure_total([code], None, *(period or TTM))
        return row


@tagged('post_install', '-at_install')
class TestLifetimeValue(LifetimeWorld):

    def test_average_customer(self):
        row = self.whole('clv_predictive')
        self.assertEqual((row['numerator'], row['denominator'], row['value']), (9 * 400.0 * 4, 9.0, 1600.0))
        self.assertEqual(row['sample_size'], 12)

    def test_account_has_its_own_profit_and_everybodys_lifetime(self):
        self.invoice(self.customers[5], '2025-06-01', (self.sensor, 1000))
        self.assertEqual(self.value('clv_predictive', self.customers[5], *TTM), 3200.0)

    def test_lost_account_is_worth_nothing(self):
        self.assertEqual(self.value('clv_predictive', self.customers[0], *TTM), 0.0)

    def test_average_of_a_portfolio_leaves_the_lost_out(self):
        self.assertEqual(self.total('clv_predictive', self.customers[2:5], *TTM)['value'], 1600.0)

    def test_too_few_customers_to_look_back_on(self):
        self.customers[:3].write({'active': False})
        self.env['account.move'].search([('partner_id', 'in', self.customers[:3].ids)]).button_draft()
        self.refresh()
        self.assertNoData(self.whole('clv_predictive'), 'insufficient_sample')

    def test_nobody_lost_is_capped_and_marked(self):
        for customer in self.customers[:3]:
            self.invoice(customer, '2025-05-01', (self.sensor, 1000))
        self.refresh()
        kpi = self.env['kam.kpi'].search([('code', '=', 'clv_predictive')])
        subjects = {0: ('company', self.company.id)}
        result = kpi._outcomes({0: []}, date(2025, 1, 1), date(2026, 1, 1), subjects=subjects)[kpi.id, 0]
        self.assertEqual((result['value'], result['flags']), (2000.0, ['capped']))

    def test_unknown_cost_withdraws_the_figure(self):
        self.invoice(self.customers[5], '2025-06-01', 9000)
        self.assertNoData(self.measure('clv_predictive', self.customers[5], *TTM)[self.customers[5]], 'low_coverage')


@tagged('post_install', '-at_install')
class TestLifetimeAgainstCost(LifetimeWorld):
    """The same customers; one more was won in 2025, with a ledger account for what winning costs."""

    def test_ratio_is_of_the_company(self):
        marketing = self.analytic("Marketing", kam_acquisition=True)
        self.assertNoData(self.whole('ltv_cac_ratio'), 'zero_denominator')
        self.spent(None, '2025-03-01', 200, marketing)
        self.invoice(self.customer("Won"), '2025-05-01', (self.sensor, 1000))
        self.refresh()
        row = self.whole('ltv_cac_ratio')
        self.assertEqual((row['numerator'], row['denominator'], row['value']), (1600.0, 200.0, 8.0))

    def test_missing_part_gives_its_reason(self):
        self.assertNoData(self.whole('cac'), 'source_missing')
        self.assertNoData(self.whole('ltv_cac_ratio'), 'source_missing')

    def test_no_account_has_it(self):
        self.assertNoData(self.measure('ltv_cac_ratio', self.customers[5], *TTM)[self.customers[5]], 'source_missing')


@tagged('post_install', '-at_install')
class TestPipelineCoverage(DocumentsCase):
    """A target of 250,000 for the second quarter, 150,000 invoiced, 300,000 open for its rest. Today is 2026-06-15."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.alpha = cls.customer("Alpha", key=True)
        cls.revenue = cls.env['kam.kpi'].search([('code', '=', 'revenue')])
        cls.invoice(cls(), cls.alpha, '2026-05-01', (cls.sensor, 150000))
        cls.lead(cls(), cls.alpha, expected_revenue=300000, date_deadline='2026-06-20')
        cls.lead(cls(), cls.alpha, expected_revenue=7, date_deadline='2026-07-01')
        cls.lead(cls(), cls.alpha, expected_revenue=8)

    def target(self, value):
        return self.env['kam.target'].create({
            'kpi_id': self.revenue.id, 'partner_id': self.alpha.id, 'date_start': '2026-04-01', 'date_end': '2026-06-30',
            'target_value': value, 'company_id': self.company.id})

    def coverage(self, *period):
        return self.measure('pipeline_coverage_ratio', self.alpha, *(period or RUNNING))[self.alpha]

    def test_reference_case(self):
        self.target(250000)
        row = self.coverage()
        self.assertEqual((row['numerator'], row['denominator'], row['value']), (300000.0, 100000.0, 3.0))

    def test_target_already_met(self):
        self.target(150000)
        self.assertNoData(self.coverage(), 'target_met')

    def test_without_a_target(self):
        self.assertNoData(self.coverage(), 'no_target')

    def test_period_that_is_over_has_no_history(self):
        self.assertNoData(self.coverage('2026-01-01', '2026-04-01'), 'no_history')

    def test_required_by_experience(self):
        self.won(self.alpha, '2026-03-01 12:00:00', expected_revenue=40)
        self.lost(self.alpha, '2026-03-01 12:00:00', expected_revenue=60)
        self.target(250000)
        self.refresh()
        kpi = self.env['kam.kpi'].search([('code', '=', 'pipeline_coverage_ratio')])
        scopes, subjects = {0: self.alpha.ids}, {0: ('account', self.alpha.id)}
        period = date(2026, 4, 1), date(2026, 7, 1)
        self.assertEqual(kpi._required_coverage(scopes, *period, subjects), {0: 2.5})
        self.assertEqual(kpi._outcomes(scopes, *period, subjects=subjects)[kpi.id, 0]['flags'], [])

    def test_too_little_is_marked(self):
        self.won(self.alpha, '2026-03-01 12:00:00', expected_revenue=30)
        self.lost(self.alpha, '2026-03-01 12:00:00', expected_revenue=70)
        self.target(250000)
        self.refresh()
        kpi = self.env['kam.kpi'].search([('code', '=', 'pipeline_coverage_ratio')])
        result = kpi._outcomes({0: self.alpha.ids}, date(2026, 4, 1), date(2026, 7, 1), subjects={0: ('account', self.alpha.id)})
        self.assertEqual(result[kpi.id, 0]['flags'], ['below_required'])
