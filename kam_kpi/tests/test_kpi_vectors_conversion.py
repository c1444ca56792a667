from datetime import timedelta

from odoo.fields import Datetime
from odoo.tests import tagged

from .test_kpi_vectors_pipeline import MARCH, NOON, PipelineCase
from .vectors import vectors


@tagged('post_install', '-at_install')
class TestWinRateByValue(PipelineCase):

    def rate(self, *period):
        return self.measure('win_rate_value_pct', self.alpha, *(period or MARCH))[self.alpha]

    def test_reference(self):
        for value in (200000, 40000):
            self.won(self.jane, NOON, expected_revenue=value)
        for value in (500000, 60000):
            self.lost(self.alpha, NOON, self.price, expected_revenue=value)
        result = self.rate()
        self.assertEqual((result['value'], result['numerator'], result['denominator'], result['sample_size']), (30.0, 240000.0, 800000.0, 4))

    def test_nothing_closed_or_nothing_worth(self):
        self.lead(self.alpha, expected_revenue=100)
        self.assertNoData(self.rate(), 'zero_denominator')
        self.won(self.alpha, NOON, expected_revenue=0)
        self.assertNoData(self.rate(), 'zero_denominator')

    def test_only_losses_are_a_real_zero(self):
        self.lost(self.alpha, NOON, expected_revenue=5)
        self.assertEqual(self.rate()['value'], 0.0)

    def test_changed_value_changes_the_rate(self):
        won = self.won(self.alpha, NOON, expected_revenue=100)
        self.lost(self.alpha, NOON, expected_revenue=100)
        self.assertEqual(self.rate()['value'], 50.0)
        won.expected_revenue = 300
        self.assertEqual(self.rate()['value'], 75.0)

    def test_companies_with_other_currencies_are_added_in_ours(self):
        self.env['res.currency.rate'].create({'name': '2025-01-01', 'currency_id': self.usd.id, 'rate': 1.25, 'company_id': self.company.id})
        other = self.new_company("Overseas", self.usd)
        account = self.env['res.partner'].create({'name': "Shared", 'is_company': True})
        self.won(account, NOON, expected_revenue=300)
        lost = self.lead(account, company_id=other.id)
        lost.expected_revenue = 125
        lost.action_set_lost()
        lost.date_closed = NOON
        self.refresh()
        kpi = self.env['kam.kpi'].with_context(allowed_company_ids=(self.company | other).ids)
        [row] = kpi.measure_kpis(['win_rate_value_pct'], account.ids, *MARCH)
        self.assertEqual((row['numerator'], row['denominator'], row['value']), (300.0, 400.0, 75.0))


@tagged('post_install', '-at_install')
class TestSalesCycle(PipelineCase):

    def cycle(self, days, **vals):
        """An opportunity won on 10 March, so many days after it was created."""
        return self.won(self.jane, NOON, created=Datetime.to_datetime(NOON) - timedelta(days=days), **vals)

    def result(self, partners=None):
        partners = partners or self.alpha
        return self.outcome('sales_cycle_days', partners, *MARCH, kind='account' if len(partners) == 1 else 'group')

    def test_reference(self):
        [case] = vectors('kpis')['sales_cycle_days']
        for days in case['input']['days']:
            self.cycle(days)
        result = self.result()
        self.assertEqual((result['value'], result['sample_size'], result['flags']), (case['expected'], 5, []))

    def test_none_won_is_no_data(self):
        self.lost(self.alpha, NOON)
        self.lead(self.alpha)
        self.assertNoData(self.result(), 'insufficient_sample')

    def test_fewer_than_five_are_a_small_sample(self):
        for days in (10, 20, 40, 80):
            self.cycle(days)
        result = self.result()
        self.assertEqual((result['value'], result['flags']), (30.0, ['low_sample']))

    def test_from_conversion_where_there_was_one(self):
        lead = self.cycle(50)
        lead.date_conversion = '2025-03-08 00:00:00'
        self.assertEqual(self.result()['value'], 2.5)

    def test_losses_do_not_count(self):
        self.cycle(10)
        self.lost(self.alpha, NOON, created='2024-03-10 12:00:00')
        self.assertEqual((self.result()['value'], self.result()['sample_size']), (10.0, 1))

    def test_of_several_accounts_is_the_middle_of_all_deals(self):
        other = self.customer("Other", key=True)
        for days in (1, 2, 3):
            self.cycle(days)
        self.won(other, NOON, created='2024-03-10 12:00:00')
        self.assertEqual(self.result(self.alpha | other)['value'], 2.5)


@tagged('post_install', '-at_install')
class TestLeadConversion(PipelineCase):

    def rate(self, kind='account', period=MARCH):
        return self.outcome('lead_conversion_pct', self.alpha, *period, kind=kind)

    def test_reference(self):
        [case] = vectors('kpis')['lead_conversion_pct']
        counts = case['input']
        for _number in range(counts['won_in_window']):
            self.won(self.jane, '2025-05-20 12:00:00', created=NOON)
        for _number in range(counts['excluded']):
            self.lost(self.jane, NOON, self.spam, created=NOON)
        for _number in range(counts['created'] - counts['excluded'] - counts['won_in_window']):
            self.lead(self.jane, created=NOON, kind='lead')
        result = self.rate()
        self.assertEqual((result['value'], result['numerator'], result['denominator'], result['flags']), (case['expected'], 9.0, 48.0, []))

    def test_no_leads_are_no_data_and_none_won_is_zero(self):
        self.assertNoData(self.rate(), 'zero_denominator')
        self.lead(self.alpha, created=NOON)
        self.assertEqual(self.rate()['value'], 0.0)

    def test_only_spam_is_no_data(self):
        self.lost(self.alpha, NOON, self.spam, created=NOON)
        self.assertNoData(self.rate(), 'zero_denominator')

    def test_won_in_time_to_the_second(self):
        self.won(self.alpha, '2025-06-08 11:59:59', created=NOON)
        self.won(self.alpha, '2025-06-08 12:00:00', created=NOON)
        self.assertEqual(self.rate()['value'], 50.0)

    def test_days_are_the_company_s(self):
        self.won(self.alpha, '2025-03-20 12:00:00', created=NOON)
        self.assertEqual(self.rate()['value'], 100.0)
        self.company.kam_conversion_days = 9
        self.assertEqual(self.rate()['value'], 0.0)
        self.company.kam_conversion_days = 11
        self.assertEqual(self.rate()['value'], 100.0)

    def test_too_early_to_tell(self):
        period = ('2026-03-01', '2026-04-01')  # today is 15 June: 75 days later
        self.won(self.alpha, '2026-03-20 12:00:00', created='2026-03-10 12:00:00')
        self.assertEqual((self.rate(period=period)['value'], self.rate(period=period)['flags']), (100.0, ['immature']))
        self.company.kam_conversion_days = 75
        self.assertEqual(self.rate(period=period)['flags'], [])

    def test_cohort_is_by_the_day_of_creation(self):
        self.won(self.alpha, '2025-04-02 12:00:00', created='2025-03-31 23:59:59')
        self.lead(self.alpha, created='2025-04-01 00:00:00')
        self.assertEqual((self.rate()['value'], self.rate(period=('2025-04-01', '2025-05-01'))['value']), (100.0, 0.0))

    def test_reopened_win_is_none(self):
        lead = self.won(self.alpha, '2025-03-20 12:00:00', created=NOON)
        self.assertEqual(self.rate()['value'], 100.0)
        lead.stage_id = self.env['crm.stage'].search([('is_won', '=', False)], limit=1)
        self.assertEqual(lead.won_status, 'pending')
        self.assertEqual(self.rate()['value'], 0.0)

    def test_company_counts_leads_without_customer(self):
        self.won(None, '2025-03-20 12:00:00', created=NOON)
        self.lead(self.alpha, created=NOON)
        self.assertEqual((self.rate()['value'], self.rate(kind='company')['value'], self.rate(kind='company')['denominator']), (0.0, 50.0, 2.0))
