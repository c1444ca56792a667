from datetime import date

from odoo.tests import BaseCase, tagged

from ..tools.attainment import attainment, elapsed_share, prorate, rag, scorecard
from ..tools.finite import finite
from .vectors import vectors

DIRECTION = {1: 'higher', -1: 'lower'}


@tagged('post_install', '-at_install')
class TestAttainment(BaseCase):

    def _attainment(self, case):
        if 'low' in case:
            return attainment(case['actual'], None, 'band', band=(case['low'], case['high'], case['tolerance']))
        return attainment(case['actual'], case['target'], DIRECTION[case['direction']], case['baseline'])

    def test_attainment_vectors(self):
        for case in vectors('attainment'):
            with self.subTest(case['name']):
                result = self._attainment(case)
                if case['attainment'] is None:
                    self.assertIsNone(result)
                else:
                    self.assertAlmostEqual(result, case['attainment'], 9)

    def test_status_vectors(self):
        for case in vectors('attainment'):
            with self.subTest(case['name']):
                # A missing target is an empty attainment too; the screen tells the two apart.
                status = case['status'].replace('no_target', 'no_data')
                self.assertEqual(rag(self._attainment(case)), status)

    def test_empty_field_is_no_data(self):
        self.assertIsNone(attainment(False, 100, 'higher'))
        self.assertIsNone(attainment(80, False, 'higher'))

    def test_zero_is_data(self):
        self.assertEqual(attainment(0, 100, 'higher'), 0.0)

    def test_baseline_must_be_worse_than_target(self):
        for target, baseline, direction in [(50, 50, 'higher'), (50, 60, 'higher'), (10, 10, 'lower'), (10, 5, 'lower')]:
            with self.subTest(direction), self.assertRaisesRegex(ValueError, "worse than the target"):
                attainment(55, target, direction, baseline)

    def test_no_number_is_refused(self):
        for bad in (float('nan'), float('inf'), float('-inf'), 10 ** 400, True, "many"):
            with self.subTest(bad=bad):
                with self.assertRaises(ValueError):
                    attainment(bad, 100, 'higher')
                with self.assertRaises(ValueError):
                    attainment(80, bad, 'higher')
                with self.assertRaises(ValueError):
                    rag(bad)
                with self.assertRaises(ValueError):
                    finite(bad)

    def test_result_too_large_is_refused(self):
        with self.assertRaises(ValueError):
            attainment(1e308, 1e-308, 'higher')

    def test_unknown_direction_is_refused(self):
        with self.assertRaisesRegex(ValueError, "unknown direction"):
            attainment(80, 100, 'up')

    def test_band_upside_down_is_refused(self):
        with self.assertRaisesRegex(ValueError, "above its upper end"):
            attainment(7, None, 'band', band=(10, 5))

    def test_band_without_tolerance_must_have_none_or_more(self):
        with self.assertRaisesRegex(ValueError, "above 0"):
            attainment(7, None, 'band', band=(5, 10, -1))

    def test_band_from_zero_to_zero_is_met_or_not(self):
        self.assertEqual(attainment(0, None, 'band', band=(0, 0)), 1.0)
        self.assertEqual(attainment(1, None, 'band', band=(0, 0)), 0.0)

    def test_rag_compares_four_decimals(self):
        self.assertEqual(rag(0.99995), 'green')
        self.assertEqual(rag(0.99994), 'amber')
        self.assertEqual(rag(0.79995), 'amber')
        self.assertEqual(rag(0.79994), 'red')

    def test_rag_takes_the_thresholds_of_the_kpi(self):
        self.assertEqual(rag(0.9, green=0.9, amber=0.7), 'green')
        self.assertEqual(rag(0.75, green=0.9, amber=0.7), 'amber')


@tagged('post_install', '-at_install')
class TestProrating(BaseCase):

    def test_prorating_vectors(self):
        for case in vectors('prorating'):
            with self.subTest(case['name']):
                days = [date.fromisoformat(case[key]) for key in ('start', 'end', 'as_of')]
                due = prorate(case['target'], *days, shares=case.get('shares'))
                if case['prorated_target'] is None:
                    self.assertIsNone(due)
                    continue
                self.assertAlmostEqual(due, case['prorated_target'], 6)
                result = attainment(case['actual'], due, 'higher')
                self.assertAlmostEqual(result, case['attainment'], 9)
                self.assertEqual(rag(result), case['status'])

    def test_all_is_due_after_the_end(self):
        self.assertEqual(prorate(900, date(2026, 1, 1), date(2026, 4, 1), date(2026, 4, 1)), 900)
        self.assertEqual(prorate(900, date(2026, 1, 1), date(2026, 4, 1), date(2027, 1, 1)), 900)

    def test_no_target_has_nothing_due(self):
        self.assertIsNone(prorate(None, date(2026, 1, 1), date(2026, 4, 1), date(2026, 3, 1)))

    def test_shares_follow_the_months_of_a_period_that_begins_midmonth(self):
        start, stop = date(2024, 4, 6), date(2024, 7, 6)
        self.assertEqual(elapsed_share(start, stop, date(2024, 5, 6), [1, 2, 1]), 0.25)
        self.assertEqual(elapsed_share(start, stop, date(2024, 6, 6), [1, 2, 1]), 0.75)

    def test_shares_must_fit_the_period(self):
        start, stop = date(2026, 1, 1), date(2026, 4, 1)
        for shares in ([1, 1], [0, 0, 0], [1, -1, 1], [1, float('nan'), 1]):
            with self.subTest(shares=shares), self.assertRaises(ValueError):
                prorate(900, start, stop, date(2026, 2, 1), shares)

    def test_empty_period_is_refused(self):
        with self.assertRaisesRegex(ValueError, "period is empty"):
            prorate(900, date(2026, 1, 1), date(2026, 1, 1), date(2026, 2, 1))


@tagged('post_install', '-at_install')
class TestScorecard(BaseCase):

    def test_scorecard_vectors(self):
        for case in vectors('scorecard'):
            with self.subTest(case['name']):
                items = [(item['weight'], item['attainment'], item['missing_as_zero']) for item in case['items']]
                score, coverage, status = scorecard(items)
                self.assertEqual(status, case['status'])
                self.assertAlmostEqual(coverage, case['coverage'], 9)
                if case['score'] is None:
                    self.assertIsNone(score)
                else:
                    self.assertAlmostEqual(score, case['score'], 9)

    def test_nothing_has_no_score(self):
        self.assertEqual(scorecard([]), (None, 0.0, 'no_data'))

    def test_coverage_at_the_limit_is_enough(self):
        self.assertEqual(scorecard([(0.6, 1.0), (0.3, None), (0.1, None)])[0], 1.0)

    def test_bad_weights_are_refused(self):
        for weight in (-1, None, float('nan')):
            with self.subTest(weight=weight), self.assertRaises(ValueError):
                scorecard([(weight, 1.0)])
