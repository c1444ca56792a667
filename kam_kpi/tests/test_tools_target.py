from datetime import date

from odoo.tests import BaseCase, tagged

from ..tools.target import Goal, evaluate, plausible_range

Q1 = Goal(date(2026, 1, 1), date(2026, 4, 1), target=150000, flow=True)
MARCH = date(2026, 3, 1)


@tagged('post_install', '-at_install')
class TestEvaluate(BaseCase):

    def check(self, goal, actual, as_of, **expected):
        result = evaluate(goal, actual, as_of)
        for key, value in expected.items():
            with self.subTest(key=key):
                if isinstance(value, float):
                    self.assertAlmostEqual(result[key], value, 6)
                else:
                    self.assertEqual(result[key], value)

    def test_running_flow_is_judged_by_what_is_due(self):
        self.check(
            Q1, 118000, MARCH, attainment=118000 / 150000, due_value=150000 * 59 / 90, pace=1.2, status='on_track',
            forecast=180000.0, forecast_basis='run_rate')

    def test_running_flow_at_risk_and_off_track(self):
        self.check(Q1, 150000 * 59 / 90 * 0.99994, MARCH, status='at_risk')
        self.check(Q1, 150000 * 59 / 90 * 0.8, MARCH, status='at_risk')
        self.check(Q1, 150000 * 59 / 90 * 0.7999, MARCH, status='off_track')

    def test_flow_reached_before_the_end_is_achieved(self):
        self.check(Q1, 150000, date(2026, 1, 20), attainment=1.0, status='achieved')

    def test_limit_on_costs_not_yet_reached_is_on_track(self):
        costs = Q1._replace(direction='lower')
        self.check(costs, 90000, MARCH, status='on_track')
        self.check(costs, 110000, MARCH, pace=2 - 110000 / (150000 * 59 / 90), status='at_risk')

    def test_over_is_achieved_or_missed(self):
        self.check(Q1, 150000, date(2026, 4, 1), status='achieved', pace=1.0, forecast=None, forecast_basis='closed')
        self.check(Q1, 149990, date(2026, 4, 1), status='missed')
        self.check(Q1, 149999.99, date(2026, 4, 1), status='achieved')

    def test_not_begun_has_no_data(self):
        self.check(Q1, 0, date(2026, 1, 1), status='no_data', attainment=None, pace=None, due_value=None)
        self.check(Q1._replace(flow=False), 5, date(2025, 12, 31), status='no_data', attainment=None)

    def test_no_figure_is_no_data_even_when_over(self):
        self.check(Q1, None, date(2026, 5, 1), status='no_data', attainment=None, forecast=None)

    def test_zero_is_a_figure(self):
        self.check(Q1, 0, MARCH, attainment=0.0, status='off_track')

    def test_level_is_judged_by_the_whole_target(self):
        level = Q1._replace(flow=False, target=90.0)
        self.check(
            level, 81, MARCH, attainment=0.9, pace=0.9, due_value=90.0, status='at_risk', forecast=None,
            forecast_basis='level')

    def test_level_reached_while_running_is_on_track(self):
        self.check(Q1._replace(flow=False, target=90.0), 95, MARCH, status='on_track')

    def test_negative_flow_is_prorated(self):
        loss = Q1._replace(target=-120000)
        self.check(loss, -70800, MARCH, due_value=-120000 * 59 / 90, pace=1.1, status='on_track')

    def test_baseline_shrinks_with_the_part_due(self):
        goal = Q1._replace(target=150000, baseline=60000)
        due, base = 150000 * 59 / 90, 60000 * 59 / 90
        self.check(goal, (due + base) / 2, MARCH, pace=0.5, status='off_track')

    def test_band(self):
        band = Goal(date(2026, 1, 1), date(2026, 4, 1), 'band', low=5, high=10)
        self.check(band, 7, MARCH, attainment=1.0, status='on_track')
        self.check(band, 4, MARCH, attainment=0.8, status='at_risk')
        self.check(band, 12, date(2026, 4, 1), attainment=0.6, status='missed')

    def test_thresholds_of_the_kpi_hold_while_running(self):
        goal = Q1._replace(flow=False, target=100.0, green=0.9, amber=0.7)
        self.check(goal, 90, MARCH, status='on_track')
        self.check(goal, 75, MARCH, status='at_risk')
        self.check(goal, 90, date(2026, 4, 1), status='missed')

    def test_too_early_for_a_forecast(self):
        self.check(Q1, 9000, date(2026, 1, 11), forecast=None, forecast_basis='immature')

    def test_infinite_is_refused(self):
        with self.assertRaises(ValueError):
            evaluate(Q1, float('inf'), MARCH)


@tagged('post_install', '-at_install')
class TestPlausibleRange(BaseCase):

    def test_range_is_extended_by_half_its_width(self):
        self.assertEqual(plausible_range([100, 120, 110, 140]), (80.0, 160.0))

    def test_what_was_never_negative_is_not_expected_to_be(self):
        self.assertEqual(plausible_range([0, 0, 30]), (0, 45.0))
        self.assertEqual(plausible_range([-10, 0, 30]), (-30.0, 50.0))

    def test_few_values_say_nothing(self):
        self.assertIsNone(plausible_range([100, 120]))
        self.assertIsNone(plausible_range([100, None, 120]))
