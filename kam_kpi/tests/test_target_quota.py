from datetime import date

from odoo.tests import tagged

from .test_target_pipeline import SalesTargetCase
from .vectors import vectors

QUARTER = ('2026-01-01', '2026-04-01')


@tagged('post_install', '-at_install')
class TestQuotaAttainment(SalesTargetCase):

    def quota(self, period=QUARTER, account=None):
        return self.measure('quota_attainment_pct', account or self.alpha, *period)[account or self.alpha]

    def of(self, scope, record, period=QUARTER):
        self.refresh()
        start, stop = (date.fromisoformat(day) for day in period)
        [row] = self.env['kam.kpi']._measure_subject(['quota_attainment_pct'], scope, record.id, start, stop)
        return row

    def test_reference(self):
        for case in vectors('kpis')['quota_attainment_pct']:
            with self.subTest(case['name']):
                if case['input']['target'] is None:
                    self.assertNoData(self.quota(account=self.beta), case['reason'])
                else:
                    self.invoice(self.alpha, '2026-01-20', case['input']['actual'])
                    self.target(case['input']['target'], partner_id=self.alpha.id)
                    result = self.quota()
                    self.assertEqual(
                        (result['value'], result['numerator'], result['denominator'], result['sample_size']),
                        (case['expected'], 90000, 120000, 1))

    def test_running_target_counts_in_full(self):
        self.invoice(self.alpha, '2026-02-10', 59)
        self.invoice(self.alpha, '2026-03-01', 1000)
        self.target(90, partner_id=self.alpha.id)
        self.assertAlmostEqual(self.quota()['value'], 100 * 59 / 90)

    def test_nothing_sold_is_a_real_zero(self):
        self.target(90, partner_id=self.alpha.id)
        self.assertEqual((self.quota()['value'], self.quota()['state']), (0.0, 'ok'))

    def test_target_of_nothing_or_less_is_none(self):
        for amount in (0, -100):
            with self.subTest(amount):
                target = self.target(amount, partner_id=self.alpha.id)
                self.assertNoData(self.quota(), 'no_target')
                target.active = False

    def test_only_targets_within_the_period(self):
        self.target(100, partner_id=self.alpha.id, frequency='year', date_end='2026-12-31')
        self.assertNoData(self.quota(), 'no_target')
        self.invoice(self.alpha, '2026-02-10', 50)
        self.assertEqual(self.quota(('2026-01-01', '2027-01-01'))['value'], 50.0)

    def test_year_is_not_added_to_its_quarters(self):
        self.invoice(self.alpha, '2026-02-10', 50)
        self.target(100, partner_id=self.alpha.id, frequency='year', date_end='2026-12-31')
        self.target(40, partner_id=self.alpha.id)
        self.target(20, partner_id=self.alpha.id, frequency='month', date_end='2026-01-31')
        self.assertEqual((self.quota(('2026-01-01', '2027-01-01'))['denominator'], self.quota()['denominator']), (100.0, 40.0))

    def test_months_add_up_to_the_quarter(self):
        self.invoice(self.alpha, '2026-01-10', 30)
        self.invoice(self.alpha, '2026-02-10', 30)
        self.target(20, partner_id=self.alpha.id, frequency='month', date_end='2026-01-31')
        self.target(80, partner_id=self.alpha.id, frequency='month', date_start='2026-03-01')
        result = self.quota()
        # February has no target, so what came in then is not held against those of the other months.
        self.assertEqual((result['numerator'], result['denominator'], result['sample_size']), (30.0, 100.0, 2))

    def test_accounts_together_are_a_ratio_of_sums(self):
        self.invoice(self.alpha, '2026-01-10', 50)
        self.invoice(self.beta, '2026-01-10', 900)
        self.target(100, partner_id=self.alpha.id)
        self.target(1000, partner_id=self.beta.id)
        self.assertAlmostEqual(self.total('quota_attainment_pct', self.alpha | self.beta, *QUARTER)['value'], 100 * 950 / 1100)

    def test_people_and_teams_without_own_targets_have_those_of_their_accounts(self):
        self.invoice(self.alpha, '2026-01-10', 50)
        self.invoice(self.beta, '2026-01-10', 500)
        self.target(100, partner_id=self.alpha.id)
        for scope, record in (('user', self.anna), ('team', self.north), ('company', self.company)):
            with self.subTest(scope):
                self.assertEqual(self.of(scope, record)['value'], 50.0)

    def test_own_target_goes_before_those_of_the_accounts(self):
        self.invoice(self.alpha, '2026-01-10', 50)
        self.invoice(self.beta, '2026-01-10', 500)
        self.target(100, partner_id=self.alpha.id)
        self.target(1100, user_id=self.anna.id)
        self.target(2200, team_id=self.north.id)
        self.target(4400)
        for scope, record, percent in (('user', self.anna, 50.0), ('team', self.north, 25.0), ('company', self.company, 12.5)):
            with self.subTest(scope):
                self.assertEqual(self.of(scope, record)['value'], percent)

    def test_other_kpis_have_no_quota(self):
        self.target(5, self.env.ref('kam_kpi.kam_kpi_qualified_leads_count'), partner_id=self.alpha.id)
        self.assertNoData(self.quota(), 'no_target')

    def test_order_intake_has_a_quota_where_revenue_has_none(self):
        self.order(self.alpha, '2026-02-20 12:00:00', self.sensor, 30)
        self.invoice(self.alpha, '2026-02-20', 50)
        self.target(60, self.env.ref('kam_kpi.kam_kpi_bookings'), partner_id=self.alpha.id)
        self.assertEqual(self.quota()['value'], 50.0)
        self.target(100, partner_id=self.alpha.id)
        self.assertEqual((self.quota()['numerator'], self.quota()['denominator']), (50.0, 100.0))

    def test_archived_target_does_not_count(self):
        self.target(90, partner_id=self.alpha.id).active = False
        self.assertNoData(self.quota(), 'no_target')

    def test_period_to_come(self):
        self.target(90, partner_id=self.alpha.id, date_start='2026-04-01', date_end='2026-06-30')
        self.assertNoData(self.quota(('2026-04-01', '2026-07-01')), 'future_period')
        # Within the year that runs it counts, with nothing reached yet.
        self.assertEqual(self.quota(('2026-01-01', '2027-01-01'))['value'], 0.0)
