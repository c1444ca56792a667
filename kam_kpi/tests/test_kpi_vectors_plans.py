from datetime import date

from odoo.tests import tagged

from .documents import DocumentsCase
from .vectors import vectors

YEAR = ('2025-01-01', '2026-01-01')
Q1 = ('2025-01-01', '2025-04-01')


@tagged('post_install', '-at_install')
class TestRenewals(DocumentsCase):
    """Of the agreements that ended, what goes on."""

    CODES = ('renewal_rate_pct', 'net_renewal_rate_pct', 'renewal_count_rate_pct')

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.alpha, cls.beta = cls.customer("Alpha", key=True), cls.customer("Beta", key=True)

    def rates(self, partner, *period):
        return [self.value(code, partner, *(period or Q1)) for code in self.CODES]

    def reasons(self, partner, *period):
        return {self.measure(code, partner, *(period or Q1))[partner]['reason'] for code in self.CODES}

    def vector_agreements(self):
        for row in vectors('kpis')['renewal_rate_pct'][0]['input']['agreements']:
            if row['outcome'] == 'renewed':
                self.renewed(self.alpha, '2024-03-01', '2025-02-28', row['due'], '2025-03-01', row['renewed'])
            else:
                self.agreement(self.alpha, '2024-04-01', '2025-03-31', row['due'], state='lost' if row['outcome'] == 'lost' else 'active')

    def test_vectors(self):
        self.vector_agreements()
        with self.calendar(date(2025, 4, 15)):
            for code in self.CODES:
                case = vectors('kpis')[code][0]
                with self.subTest(code=code):
                    self.assertAlmostEqual(self.value(code, self.alpha, *Q1), case['expected'], 5)
                    self.assertAlmostEqual(self.total(code, self.alpha | self.beta, *Q1)['value'], case['expected'], 5)

    def test_vector_of_nothing_due(self):
        self.assertEqual(vectors('kpis')['renewal_rate_pct'][1]['reason'], 'zero_denominator')
        self.agreement(self.alpha, '2024-01-01', '2025-06-30', 100)
        self.agreement(self.alpha, '2024-01-01', '2025-03-31', 100, state='draft')
        self.agreement(self.alpha, '2024-01-01', '2025-03-31', 100, state='cancelled')
        self.assertEqual(self.reasons(self.alpha), {'zero_denominator'})

    def test_what_is_pending_alone_is_too_early_to_tell(self):
        self.agreement(self.alpha, '2024-04-01', '2025-03-31', 7000)
        with self.calendar(date(2025, 4, 15)):
            self.assertEqual(self.reasons(self.alpha), {'immature'})
            self.assertNoData(self.total('renewal_rate_pct', self.alpha | self.beta, *Q1), 'immature')
            self.agreement(self.beta, '2024-04-01', '2025-03-31', 7000, state='lost')
            self.assertEqual(self.total('renewal_rate_pct', self.alpha | self.beta, *Q1)['value'], 0.0)

    def test_lost_once_the_days_of_grace_are_over(self):
        self.agreement(self.alpha, '2024-04-01', '2025-03-31', 7000)
        for today, expected in ((date(2025, 4, 30), {'immature'}), (date(2025, 5, 1), {None})):
            with self.calendar(today):
                self.assertEqual(self.reasons(self.alpha), expected, today)
        self.assertEqual(self.rates(self.alpha), [0.0, 0.0, 0.0])

    def test_the_days_of_grace_are_a_setting(self):
        self.renewed(self.alpha, '2024-04-01', '2025-03-31', 100, '2025-05-01', 100)
        self.assertEqual(self.rates(self.alpha), [0.0, 0.0, 0.0])
        self.company.kam_grace_days = 31
        self.assertEqual(self.rates(self.alpha), [100.0, 100.0, 100.0])
        self.company.kam_grace_days = 0
        self.assertEqual(self.rates(self.alpha), [0.0, 0.0, 0.0])

    def test_midnight_of_the_company_ends_the_grace(self):
        self.company.kam_tz = 'Pacific/Auckland'
        self.agreement(self.alpha, '2024-04-01', '2025-03-31', 7000)
        for today, expected in ((date(2025, 4, 30), {'immature'}), (date(2025, 5, 1), {None})):
            with self.calendar(today):
                self.assertEqual(self.reasons(self.alpha), expected, today)

    def test_signed_early_it_counts_when_it_ends(self):
        self.renewed(self.alpha, '2024-07-01', '2025-06-30', 100, '2025-07-01', 100)
        with self.calendar(date(2025, 5, 1)):
            self.assertEqual(self.reasons(self.alpha, '2025-04-01', '2025-07-01'), {'zero_denominator'})
        self.assertEqual(self.rates(self.alpha, '2025-04-01', '2025-07-01'), [100.0, 100.0, 100.0])

    def test_the_next_one_must_be_signed(self):
        agreement = self.renewed(self.alpha, '2024-04-01', '2025-03-31', 100, '2025-04-01', 100)
        self.assertEqual(self.rates(self.alpha), [100.0, 100.0, 100.0])
        for state, expected in (('draft', 0.0), ('cancelled', 0.0), ('lost', 100.0), ('active', 100.0)):
            agreement.successor_id.state = state
            self.assertEqual(self.rates(self.alpha), [expected] * 3, state)

    def test_a_late_next_one_renews_nothing(self):
        agreement = self.renewed(self.alpha, '2024-04-01', '2025-03-31', 100, '2025-06-01', 100)
        self.assertEqual(self.rates(self.alpha), [0.0, 0.0, 0.0])
        agreement.successor_id.date_start = '2025-04-30'
        self.assertEqual(self.rates(self.alpha), [100.0, 100.0, 100.0])

    def test_dollars_at_the_rate_of_the_end(self):
        self.dollar_rate(2.0)
        self.dollar_rate(4.0, '2025-03-31')
        self.dollar_rate(8.0, '2025-04-01')
        dollars = {'currency_id': self.usd.id}
        agreement = self.renewed(self.alpha, '2024-04-01', '2025-03-31', 1000, '2025-04-01', 400, **dollars)
        agreement.successor_id.currency_id = self.usd
        self.renewed(self.alpha, '2024-04-01', '2025-03-30', 1000, '2025-04-01', 400, **dollars)
        result = self.measure('net_renewal_rate_pct', self.alpha, *Q1)[self.alpha]
        self.assertEqual((result['numerator'], result['denominator']), (500.0, 750.0))
        self.env['res.currency.rate'].search([('name', '=', '2025-03-31'), ('company_id', '=', self.company.id)]).rate = 5.0
        result = self.measure('net_renewal_rate_pct', self.alpha, *Q1)[self.alpha]
        self.assertEqual((result['numerator'], result['denominator']), (480.0, 700.0))

    def test_dollars_of_agreements_not_decided_in_time(self):
        self.dollar_rate(2.0)
        self.agreement(self.alpha, '2024-04-01', '2025-03-31', 1000, currency_id=self.usd.id)
        result = self.measure('renewal_rate_pct', self.alpha, *Q1)[self.alpha]
        self.assertEqual((result['numerator'], result['denominator'], result['value']), (0.0, 500.0, 0.0))

    def test_two_companies_do_not_mix(self):
        other = self.new_company("Elsewhere", self.usd)
        self.dollar_rate(2.0)
        self.alpha.company_id = False
        self.renewed(self.alpha, '2024-04-01', '2025-03-31', 100, '2025-04-01', 100)
        self.agreement(self.alpha, '2024-04-01', '2025-03-31', 200, state='lost', company_id=other.id, currency_id=self.usd.id)
        self.assertEqual(self.value('renewal_rate_pct', self.alpha, *Q1), 100.0)
        kpi = self.env['kam.kpi'].with_context(allowed_company_ids=(self.company | other).ids)
        [row] = kpi.measure_kpis(['renewal_rate_pct'], self.alpha.ids, date(2025, 1, 1), date(2025, 4, 1))
        self.assertEqual((row['numerator'], row['denominator']), (100.0, 200.0))


@tagged('post_install', '-at_install')
class TestOutcomes(DocumentsCase):
    """The customers' own goals."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.alpha, cls.beta = cls.customer("Alpha", key=True), cls.customer("Beta", key=True)

    def outcome(self, partner=None, *period):
        return self.value('customer_outcome_pct', partner or self.alpha, *(period or YEAR))

    def test_vector(self):
        [case] = vectors('kpis')['customer_outcome_pct']
        for goal in case['input']['goals']:
            self.goal(self.alpha, '2025-05-05', goal['att'] * 40, 40, goal['w'])
        self.assertEqual(self.outcome(), case['expected'])
        self.assertEqual(self.total('customer_outcome_pct', self.alpha | self.beta, *YEAR)['value'], case['expected'])

    def test_attainments_of_the_text(self):
        cases = vectors('attainment')
        self.assertTrue(cases)
        for actual, target, direction, baseline, expected in (
            (35, 50, 'higher', 20, 50.0), (80, 100, 'higher', 0, 80.0), (-20, 100, 'higher', 0, 0.0), (120, 100, 'higher', 0, 100.0),
            (12, 10, 'lower', 0, 80.0), (8, 10, 'lower', 0, 100.0), (20, 10, 'lower', 0, 0.0), (6, 5, 'lower', 10, 80.0),
            (-60, -50, 'higher', 0, 80.0), (-4, -5, 'lower', 0, 80.0), (-20, 0, 'higher', -100, 80.0), (2, 0, 'lower', 10, 80.0),
            (0, 0, 'higher', 0, 100.0), (-1, 0, 'higher', 0, 0.0), (0, 0, 'lower', 0, 100.0), (1, 0, 'lower', 0, 0.0),
        ):
            goal = self.goal(self.alpha, '2025-05-05', actual, target, baseline=baseline, direction=direction)
            with self.subTest(actual=actual, target=target, direction=direction, baseline=baseline):
                self.assertAlmostEqual(self.outcome(), expected, 6)
            goal.unlink()

    def test_a_goal_nobody_measured_is_not_reached(self):
        self.goal(self.alpha, '2025-05-05', 1)
        self.goal(self.alpha, '2025-05-05', False)
        self.assertEqual(self.outcome(), 50.0)
        self.goal(self.alpha, '2025-05-05', 0, 0)
        self.assertAlmostEqual(self.outcome(), 200 / 3, 6)

    def test_only_goals_that_are_due(self):
        self.goal(self.alpha, '2025-05-05', 1)
        self.goal(self.alpha, False, 0)
        self.goal(self.alpha, '2026-01-01', 0)
        self.goal(self.alpha, '2024-12-31', 0)
        self.assertEqual(self.outcome(), 100.0)

    def test_none_due_is_no_figure(self):
        self.goal(self.alpha, False, 1)
        self.assertNoData(self.measure('customer_outcome_pct', self.alpha, *YEAR)[self.alpha], 'zero_denominator')

    def test_goals_of_a_cancelled_plan_do_not_count(self):
        plan = self.env['kam.plan'].create({'partner_id': self.alpha.id, 'year': 2025, 'company_id': self.company.id})
        self.goal(self.alpha, '2025-05-05', 0, plan_id=plan.id)
        self.goal(self.alpha, '2025-05-05', 1)
        self.assertEqual(self.outcome(), 50.0)
        plan._cancel("No longer ours")
        self.assertEqual(self.outcome(), 100.0)

    def test_interactions_per_outcome(self):
        for day in ('2025-02-01', '2025-02-02', '2025-03-01'):
            self.message(self.alpha, self.diana.partner_id, f'{day} 10:00:00')
        self.assertNoData(self.measure('interactions_per_outcome', self.alpha, *YEAR)[self.alpha], 'zero_denominator')
        self.goal(self.alpha, '2025-05-05', 1)
        self.goal(self.alpha, '2025-05-05', 0.99)
        self.goal(self.alpha, '2025-05-05', 4, 5, direction='lower', baseline=9)
        self.goal(self.alpha, '2025-05-05', False)
        self.assertEqual(self.value('interactions_per_outcome', self.alpha, *YEAR), 1.5)
