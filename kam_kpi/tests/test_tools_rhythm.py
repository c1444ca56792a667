from datetime import date, timedelta

from odoo.tests import BaseCase

from ..tools import attention, rhythm

TODAY = date(2026, 6, 15)


def ago(*days):
    """{day: 100.0} for days counted back from today."""
    return {TODAY - timedelta(days=back): 100.0 for back in days}


class TestLateOrder(BaseCase):
    """Every thirty days, then nothing: late on the sixty-first day."""

    def test_late_beyond_twice_the_gap(self):
        found = rhythm.late_order(ago(61, 91, 121, 151), TODAY)
        self.assertEqual((found.gap, found.last), (30, TODAY - timedelta(days=61)))
        self.assertAlmostEqual(found.at_stake, 400 * 90 / 365)

    def test_twice_the_gap_is_not_late(self):
        self.assertIsNone(rhythm.late_order(ago(60, 90, 120, 150), TODAY))

    def test_two_orders_make_no_rhythm(self):
        self.assertIsNone(rhythm.late_order(ago(200, 230), TODAY))

    def test_orders_older_than_a_year_make_no_rhythm(self):
        self.assertIsNone(rhythm.late_order(ago(200, 230, 366), TODAY))

    def test_season(self):
        """Bought nothing in these weeks last year either, though a customer before."""
        days = ago(80, 110, 140, 365 + 80, 365 + 110, 365 + 140)
        self.assertIsNone(rhythm.late_order(days, TODAY))

    def test_bought_in_the_season_before(self):
        days = ago(80, 110, 140, 365 + 20, 365 + 80, 365 + 110)
        self.assertEqual(rhythm.late_order(days, TODAY).gap, 30)

    def test_new_customer_has_no_season(self):
        self.assertTrue(rhythm.late_order(ago(80, 110, 140), TODAY))

    def test_order_today_settles_it(self):
        self.assertIsNone(rhythm.late_order(ago(0, 91, 121, 151), TODAY))


class TestLostCategory(BaseCase):
    """Quarters of one category, the oldest first."""

    def test_lost(self):
        self.assertEqual(rhythm.lost_category([100, 200, 0, 300, 0], 0), 200)

    def test_bought_in_two_of_four_only(self):
        self.assertIsNone(rhythm.lost_category([100, 0, 0, 300, 0], 0))

    def test_season(self):
        self.assertIsNone(rhythm.lost_category([0, 100, 100, 100, 0], 0))

    def test_bought_again(self):
        self.assertIsNone(rhythm.lost_category([100, 100, 100, 100, 0], 5))

    def test_returns_are_no_purchase(self):
        self.assertEqual(rhythm.lost_category([100, 100, 100, 100, -20], 0), 100)
        self.assertIsNone(rhythm.lost_category([100, -100, -5, 100, 0], 0))


class TestBasket(BaseCase):
    """Lines an order."""

    def lines(self, now, before, season=()):
        days = {TODAY - timedelta(days=10 + 20 * number): count for number, count in enumerate(now)}
        days.update({TODAY - timedelta(days=100 + 20 * number): count for number, count in enumerate(before)})
        days.update({TODAY - timedelta(days=375 + 20 * number): count for number, count in enumerate(season)})
        return days

    def test_shrinks(self):
        self.assertEqual(rhythm.shrinking_basket(self.lines([2, 2, 3], [6, 6, 5]), TODAY), (2, 6))

    def test_a_little_less_is_none(self):
        self.assertIsNone(rhythm.shrinking_basket(self.lines([4, 4], [6, 6, 6]), TODAY))

    def test_one_small_order_is_none(self):
        self.assertIsNone(rhythm.shrinking_basket(self.lines([1], [6, 6, 6]), TODAY))

    def test_season(self):
        self.assertIsNone(rhythm.shrinking_basket(self.lines([2, 2], [6, 6, 6], [2, 3]), TODAY))


class TestValueDrop(BaseCase):
    """Value of ninety days."""

    def amounts(self, now, earlier, season):
        back = {10: now, 100: earlier, 190: earlier, 280: earlier, 375: season}
        return {TODAY - timedelta(days=days): float(amount) for days, amount in back.items()}

    def test_drop(self):
        self.assertEqual(rhythm.value_drop(self.amounts(70, 100, 120), TODAY), (70, 100))

    def test_usual_for_the_season(self):
        self.assertIsNone(rhythm.value_drop(self.amounts(70, 100, 80), TODAY))

    def test_usual_for_the_year(self):
        self.assertIsNone(rhythm.value_drop(self.amounts(70, 90, 120), TODAY))

    def test_season_without_business(self):
        self.assertIsNone(rhythm.value_drop(self.amounts(0, 100, 0), TODAY))


class TestRank(BaseCase):

    def test_severity_size_and_urgency(self):
        self.assertAlmostEqual(attention.rank(3, 90, 0), 6)
        self.assertAlmostEqual(attention.rank(3, 90, 60), 12)
        self.assertAlmostEqual(attention.rank(3, 90, 600), 12)
        self.assertAlmostEqual(attention.rank(3, 90, -180), 3)

    def test_unknown_value(self):
        self.assertAlmostEqual(attention.rank(3, None, 0), 3)
        self.assertAlmostEqual(attention.rank(3, -50, 0), 3)
