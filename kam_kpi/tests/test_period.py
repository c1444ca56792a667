import doctest
from datetime import date, datetime

from odoo.tests import BaseCase, tagged

from ..tools import bridge, formula, period, statistics
from .vectors import vectors


@tagged('post_install', '-at_install')
class TestPeriod(BaseCase):

    def test_examples_in_the_documentation(self):
        for module in (period, formula, statistics, bridge):
            self.assertEqual(doctest.testmod(module).failed, 0, module.__name__)

    def test_reference_periods(self):
        for case in vectors('periods'):
            with self.subTest(case=case):
                self.assertEqual(*self.compare(case))

    def compare(self, case):
        def days(*names):
            return tuple(date.fromisoformat(case[name]) for name in names)
        if case['kind'] == 'utc_bounds':
            times = tuple(datetime.fromisoformat(case[name]) for name in ('utc_start', 'utc_end'))
            return period.utc_bounds(*days('start', 'end'), case['tz']), times
        if 'cmp_start' in case:
            shift = period.previous if case['kind'].startswith('previous') else period.last_year
            return shift(*days('start', 'end')), days('cmp_start', 'cmp_end')
        return period.period_of(case['kind'], *days('date'), case['fy_last_day'], case['fy_last_month']), days('start', 'end')

    def test_periods_of_a_kind_cover_each_day_once(self):
        for last_day, last_month in ((31, 12), (31, 3), (5, 4), (28, 2), (30, 6)):
            for kind in ('quarter', 'semester', 'year'):
                start, stop = period.period_of(kind, date(2023, 1, 1), last_day, last_month)
                while stop < date(2026, 1, 1):
                    following = period.period_of(kind, stop, last_day, last_month)
                    self.assertEqual(following[0], stop)
                    self.assertEqual(period.period_of(kind, following[1] - period.ONE_DAY, last_day, last_month), following)
                    start, stop = following

    def test_previous_goes_by_months_between_firsts_of_a_month_else_by_days(self):
        for start, stop, expected in (
            (date(2025, 1, 1), date(2026, 1, 1), (date(2024, 1, 1), date(2025, 1, 1))),
            (date(2025, 3, 1), date(2025, 4, 1), (date(2025, 2, 1), date(2025, 3, 1))),
            (date(2025, 3, 10), date(2025, 3, 20), (date(2025, 2, 28), date(2025, 3, 10))),
            (date(2025, 3, 10), date(2025, 5, 10), (date(2025, 1, 8), date(2025, 3, 10))),
            (date(2024, 2, 29), date(2025, 2, 28), (date(2023, 3, 1), date(2024, 2, 29))),
        ):
            self.assertEqual(period.previous(start, stop), expected)

    def test_months_between(self):
        self.assertEqual(period.months_between(date(2025, 1, 1), date(2025, 4, 1)), 3)
        self.assertEqual(period.months_between(date(2025, 1, 1), date(2025, 1, 15)), 14 / 30.4375)
