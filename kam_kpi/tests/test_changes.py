from datetime import date

from odoo.tests import BaseCase

from ..models.kam_changes import Changes
from ..models.kam_kpi_window import Window
from ..models.kam_partitions import Partitions

MARCH, APRIL, MAY = date(2026, 3, 1), date(2026, 4, 1), date(2026, 5, 1)


class TestChanges(BaseCase):
    """Which accounts a window sees changed: measure 1 of account 7 in March, of nobody's in April, measure 2 of account 8 at all times."""

    def setUp(self):
        super().setUp()
        self.changes = Changes()
        self.changes.add([1], Partitions({(7, MARCH)}, set(), {APRIL}))
        self.changes.add([2], Partitions(set(), {8}, set()))

    def test_window_over_the_month(self):
        self.assertEqual(self.changes.touched(1, Window(MARCH, APRIL)), {7})

    def test_window_which_begins_within_the_month(self):
        self.assertEqual(self.changes.touched(1, Window(date(2026, 3, 31), APRIL)), {7})

    def test_window_which_ends_before_the_month(self):
        self.assertEqual(self.changes.touched(1, Window(date(2026, 1, 1), MARCH)), set())

    def test_window_which_begins_after_the_month(self):
        self.assertEqual(self.changes.touched(1, Window(MAY, date(2026, 6, 1))), set())

    def test_window_without_a_beginning(self):
        self.assertEqual(self.changes.touched(1, Window(None, MAY)), {7, None})

    def test_window_without_an_end_sees_nothing(self):
        self.assertEqual(self.changes.touched(1, Window(None, None)), set())

    def test_account_changed_at_all_times(self):
        self.assertEqual(self.changes.touched(2, Window(date(2020, 1, 1), date(2020, 2, 1))), {8})

    def test_measure_which_did_not_change(self):
        self.assertEqual(self.changes.touched(3, Window(None, MAY)), set())

    def test_partners_before_a_day(self):
        self.assertEqual(self.changes.touched_before(APRIL), {7, 8})

    def test_partners_are_accounts_only(self):
        self.assertEqual(self.changes.partners, {7, 8})
