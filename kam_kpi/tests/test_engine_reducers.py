from odoo.tests import tagged

from .engine_common import EngineCase

Q1 = ('2026-01-01', '2026-04-01')


@tagged('post_install', '-at_install')
class TestReducers(EngineCase):
    """What each reducer makes of the same kind of rows. Today is 2026-06-15."""

    def observations(self, reducer, *rows, **vals):
        measure = self.new_measure('seen', reducer, kind='observation', **vals)
        self.new_kpi('seen_kpi', 'seen', roll_up='median' if reducer == 'median' else 'sum')
        self.facts_of(measure, *rows)

    def seen(self, accounts, *period):
        return self.figure('seen_kpi', accounts, *(period or Q1))

    def test_median_of_all_observations_not_of_the_accounts(self):
        self.observations(
            'median', (self.alpha, '2026-01-10', False, 'a', 1), (self.alpha, '2026-01-11', False, 'b', 2),
            (self.alpha, '2026-01-12', False, 'c', 3), (self.beta, '2026-02-01', False, 'd', 100))
        self.assertEqual(self.seen(self.alpha | self.beta)['value'], 2.5)
        self.assertEqual(self.seen(self.alpha)['value'], 2.0)

    def test_median_of_nothing_is_unknown(self):
        self.observations('median', (self.alpha, '2026-04-01', False, 'a', 1))
        self.assertNoData(self.seen(self.alpha), 'insufficient_sample')

    def test_median_of_each_account(self):
        self.observations('median', (self.alpha, '2026-01-10', False, 'a', 4), (self.beta, '2026-01-10', False, 'b', 8))
        rows = self.env['kam.kpi'].measure_kpis(['seen_kpi'], (self.alpha | self.beta).ids, *Q1)
        self.assertEqual([row['value'] for row in rows], [4.0, 8.0])

    def test_last_of_each_key_however_old_the_window(self):
        self.observations(
            'last_sum', (self.alpha, '2025-03-01', '2025-03-01', 'x', 10), (self.alpha, '2025-06-01', '2025-06-01', 'x', 20),
            (self.alpha, '2025-06-01', '2025-06-01', 'y', 5), (self.alpha, '2026-04-01', '2026-04-01', 'x', 99))
        self.assertEqual(self.seen(self.alpha)['value'], 25.0)

    def test_last_of_a_key_is_forgotten_when_too_old(self):
        self.observations(
            'last_sum', (self.alpha, '2024-03-31', '2024-03-31', 'x', 10), (self.alpha, '2024-04-01', '2024-04-01', 'y', 7), max_age_months=24)
        self.assertEqual(self.seen(self.alpha)['value'], 7.0)

    def test_days_since_the_last_one_before_the_end(self):
        self.observations('days_since', (self.alpha, '2025-12-05', False, 'a', 1), (self.alpha, '2026-05-01', False, 'b', 1))
        self.assertEqual(self.seen(self.alpha)['value'], 117.0)

    def test_never_is_not_zero_days(self):
        self.observations('days_since', (self.beta, '2026-01-05', False, 'a', 1))
        self.assertNoData(self.seen(self.alpha), 'insufficient_sample')

    def test_past_counts_what_is_over_by_now(self):
        self.observations(
            'past', (self.alpha, '2026-01-05', '2026-06-14 23:59:59', 'a', 1), (self.alpha, '2026-01-05', '2026-06-15 00:00:00', 'b', 1),
            (self.alpha, '2026-01-05', '2026-02-01', 'c', 5), (self.alpha, '2026-04-05', '2026-04-06', 'd', 1))
        self.assertEqual(self.seen(self.alpha)['value'], 6.0)

    def test_past_follows_the_midnight_of_the_company(self):
        self.company.kam_tz = 'Europe/Paris'
        self.observations('past', (self.alpha, '2026-01-05', '2026-06-14 21:59:59', 'a', 1), (self.alpha, '2026-01-05', '2026-06-14 22:00:00', 'b', 1))
        self.assertEqual(self.seen(self.alpha)['value'], 1.0)

    def test_middle_of_the_accounts_own_figures(self):
        measure = self.new_measure('silence', 'days_since', kind='observation')
        self.new_kpi('silence_kpi', 'silence', roll_up='median')
        gamma = self.customer("Gamma", key=True)
        self.facts_of(
            measure, (self.alpha, '2026-03-31', False, 'a', 1), (self.alpha, '2026-01-01', False, 'b', 1),
            (self.beta, '2026-03-22', False, 'c', 1), (gamma, '2026-01-01', False, 'd', 1))
        self.assertEqual(self.figure('silence_kpi', self.alpha | self.beta | gamma, *Q1)['value'], 10.0)
        # Who was never seen has no figure, so there is none to halve.
        self.assertEqual(self.figure('silence_kpi', self.alpha | self.beta | self.customer("Delta", key=True), *Q1)['value'], 5.5)

    def test_smallest_of_known_ages(self):
        self.facts_of(self.new_measure('mail_age', 'days_since', kind='observation'), (self.alpha, '2026-03-01', False, 'a', 1))
        self.new_measure('post_age', 'days_since', kind='observation')
        self.new_kpi('age', 'min(mail_age, post_age)')
        self.assertEqual(self.figure('age', self.alpha, *Q1)['value'], 31.0)

    def test_account_by_account_even_if_counted_once(self):
        measure = self.new_measure('met', 'distinct', kind='observation')
        self.facts_of(
            measure, (self.alpha, '2026-01-05', False, 'together', 1), (self.beta, '2026-01-05', False, 'together', 1),
            (self.beta, '2026-01-06', False, 'alone', 1))
        self.new_kpi('meetings_at_large', 'met', roll_up='none')
        self.new_kpi('accounts_met', 'active(met)', per_account=True)
        both = self.alpha | self.beta
        self.assertEqual(self.figure('meetings_at_large', both, *Q1)['value'], 2.0)
        self.assertEqual(self.figure('accounts_met', both, *Q1)['value'], 2.0)

    def test_amounts_are_divided_by_the_rate_of_the_document(self):
        order = self.order(self.alpha, '2026-02-01 12:00:00', self.sensor, 1100)
        order.currency_rate = 1.1
        self.new_measure('ordered', model_name='sale.order', domain="[('state', '=', 'sale')]", date_field='date_order',
                         value_field='amount_untaxed', rate_field='currency_rate')
        self.new_kpi('ordered_kpi', 'ordered')
        self.refresh()
        self.assertAlmostEqual(self.figure('ordered_kpi', self.alpha, *Q1)['value'], 1000.0)

    def test_missing_rate_counts_as_one(self):
        order = self.order(self.alpha, '2026-02-01 12:00:00', self.sensor, 1100)
        self.env.flush_all()
        for rate in (0, None):
            self.env.cr.execute("UPDATE sale_order SET currency_rate = %s WHERE id = %s", [rate, order.id])
            measure = self.new_measure(f'ordered_{rate}'.lower(), model_name='sale.order', domain="[('state', '=', 'sale')]",
                                       date_field='date_order', value_field='amount_untaxed', rate_field='currency_rate')
            self.new_kpi(f'{measure.code}_kpi', measure.code)
            self.refresh()
            with self.subTest(rate=rate):
                self.assertEqual(self.figure(f'{measure.code}_kpi', self.alpha, *Q1)['value'], 1100.0)
