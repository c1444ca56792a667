from odoo.tests import BaseCase

from ..tools.streak import red_streak


class TestRedStreak(BaseCase):

    def test_last_periods_in_a_row(self):
        self.assertEqual(red_streak(['red', 'green', 'red', 'red']), 2)

    def test_no_data_neither_counts_nor_breaks(self):
        self.assertEqual(red_streak(['green', 'red', 'no_data', 'red', 'no_data']), 2)

    def test_amber_breaks(self):
        self.assertEqual(red_streak(['red', 'amber', 'red']), 1)

    def test_nothing(self):
        self.assertEqual(red_streak([]), 0)
