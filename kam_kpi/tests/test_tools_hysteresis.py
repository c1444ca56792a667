from datetime import date, timedelta

from odoo.tests import BaseCase, tagged

from ..tools.hysteresis import CALM, OPEN, PENDING, Limits, State, run, step

FIRST = date(2026, 1, 1)


def day(number):
    return FIRST + timedelta(days=number)


@tagged('post_install', '-at_install')
class TestHysteresis(BaseCase):
    """A limit for entering, another for leaving, time before and silence after."""

    def episodes(self, limits, *values):
        found = run(limits, [(day(number), value) for number, value in enumerate(values)])
        return [((begun - FIRST).days, over and (over - FIRST).days) for begun, over in found]

    def test_a_value_around_the_limit_is_told_once(self):
        self.assertEqual(self.episodes(Limits(True, 90, 95), 96, 89, 91, 89, 94, 89, 95, 96), [(1, 6)])

    def test_at_the_limit_is_not_beyond_it(self):
        self.assertEqual(self.episodes(Limits(True, 90, 95), 90, 90), [])
        self.assertEqual(self.episodes(Limits(False, 90, 80), 90, 90), [])

    def test_at_the_leave_limit_it_is_over(self):
        self.assertEqual(self.episodes(Limits(True, 90, 95), 80, 94.9, 95), [(0, 2)])

    def test_above_works_the_other_way_round(self):
        self.assertEqual(self.episodes(Limits(False, 60, 7), 50, 61, 30, 7, 8), [(1, 3)])

    def test_it_has_to_last(self):
        self.assertEqual(self.episodes(Limits(True, 90, 95, min_days=3), 80, 80, 80, 80), [(3, None)])
        self.assertEqual(self.episodes(Limits(True, 90, 95, min_days=3), 80, 80, 91, 80, 80, 80), [])

    def test_no_data_begins_and_ends_nothing(self):
        self.assertEqual(self.episodes(Limits(True, 90, 95), None, 80, None, None, 96), [(1, 4)])
        self.assertEqual(self.episodes(Limits(True, 90, 95, min_days=2), 80, None, None), [])
        self.assertEqual(self.episodes(Limits(True, 90, 95, min_days=2), 80, None, 80), [(2, None)])

    def test_silence_afterwards(self):
        values = (80, 96, 80, 80, 80, 80)
        self.assertEqual(self.episodes(Limits(True, 90, 95, cool_days=3), *values), [(0, 1), (4, None)])
        self.assertEqual(self.episodes(Limits(True, 90, 95), *values), [(0, 1), (2, None)])

    def test_a_step_on_the_same_day_changes_nothing(self):
        limits = Limits(True, 90, 95, min_days=1, cool_days=5)
        state = State()
        for number, value in enumerate((80, 80, 96, 80)):
            state = step(limits, state, day(number), value)
            for _time in range(3):
                self.assertEqual(step(limits, state, day(number), value), state)

    def test_kinds(self):
        limits = Limits(True, 90, 95, min_days=1)
        self.assertEqual(step(limits, State(), day(0), 80), State(PENDING, day(0), None))
        self.assertEqual(step(limits, State(PENDING, day(0)), day(1), 80).kind, OPEN)
        self.assertEqual(step(limits, State(PENDING, day(0)), day(1), 90).kind, CALM)
