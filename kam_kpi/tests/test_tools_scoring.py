from odoo.tests import BaseCase, tagged

from ..tools.scoring import account_score, health, interpolate, linear_score, tier_of
from .vectors import vectors


@tagged('post_install', '-at_install')
class TestAccountScore(BaseCase):

    def test_account_score_vectors(self):
        for case in vectors('account_score'):
            if 'criteria' not in case:
                continue
            with self.subTest(case['name']):
                score, normalised, coverage = account_score(case['criteria'])
                self.assertEqual(tier_of(score), case['tier'])
                self.assertAlmostEqual(coverage, case['coverage'], 9)
                if case['score'] is None:
                    self.assertIsNone(score)
                    self.assertIsNone(normalised)
                else:
                    self.assertAlmostEqual(score, case['score'], 6)
                    self.assertAlmostEqual(normalised, case['normalised'], 6)

    def test_automatic_criterion_vectors(self):
        for case in vectors('account_score'):
            if 'lo' in case:
                self.assertAlmostEqual(linear_score(case['x'], case['lo'], case['hi']), case['score'], 9)

    def test_automatic_criterion_is_cut_at_both_ends(self):
        self.assertEqual(linear_score(-5, 0, 10), 1.0)
        self.assertEqual(linear_score(15, 0, 10), 10.0)

    def test_automatic_criterion_where_less_is_better(self):
        self.assertEqual(linear_score(60, 60, 0), 1.0)
        self.assertEqual(linear_score(0, 60, 0), 10.0)

    def test_automatic_criterion_without_data(self):
        self.assertIsNone(linear_score(None, 0, 10))

    def test_scale_of_no_length_is_refused(self):
        with self.assertRaisesRegex(ValueError, "different"):
            linear_score(5, 10, 10)

    def test_score_outside_the_scale_is_refused(self):
        for score in (0, 10.5, float('nan')):
            with self.subTest(score=score), self.assertRaises(ValueError):
                account_score([(1, score)])

    def test_no_criteria_have_no_score(self):
        self.assertEqual(account_score([]), (None, None, 0.0))

    def test_tier_limit_survives_rounding_noise(self):
        self.assertEqual(tier_of(7.9999999999), 'A')
        self.assertEqual(tier_of(7.9999), 'B')


@tagged('post_install', '-at_install')
class TestHealth(BaseCase):

    def test_health_vectors(self):
        for case in vectors('health'):
            if 'groups' not in case:
                continue
            with self.subTest(case['name']):
                score, coverage, status = health(case['groups'], case.get('critical', False))
                self.assertEqual((score, status), (case['score'], case['status']))
                self.assertAlmostEqual(coverage, case['coverage'], 9)

    def test_interpolation_vectors(self):
        for case in vectors('health'):
            if 'anchors' in case:
                with self.subTest(case['name']):
                    self.assertEqual(interpolate(case['anchors'], case['x']), case['score'])

    def test_bands_include_their_lower_edge(self):
        for score, status in [(75, 'green'), (74.9, 'amber'), (50, 'amber'), (49.9, 'red'), (0, 'red')]:
            with self.subTest(score=score):
                self.assertEqual(health([(1, score)])[2], status)

    def test_no_data_stays_no_data(self):
        self.assertEqual(health([(1, None)]), (None, 0.0, 'no_data'))
        self.assertIsNone(interpolate([(0, 0), (1, 100)], None))

    def test_anchors_at_one_place_are_refused(self):
        for anchors in ([], [(1, 0), (1, 50)]):
            with self.subTest(anchors=anchors), self.assertRaises(ValueError):
                interpolate(anchors, 1)

    def test_health_outside_0_to_100_is_refused(self):
        for score in (-1, 101, float('inf')):
            with self.subTest(score=score), self.assertRaises(ValueError):
                health([(1, score)])
