from datetime import date

from odoo.tests import BaseCase, tagged

from ..tools.forecast import pipeline, run_rate, seasonal
from .vectors import vectors

Q1 = (date(2026, 1, 1), date(2026, 4, 1))


@tagged('post_install', '-at_install')
class TestForecast(BaseCase):

    def _run(self, case):
        if 'opportunities' in case:
            return pipeline(case['actual'], case['backlog'], case['opportunities'])
        if 'share' in case:
            return dict(zip(('forecast', 'reason'), seasonal(case['actual'], case['share'])))
        days = [date.fromisoformat(case[key]) for key in ('start', 'end', 'as_of')]
        return dict(zip(('forecast', 'reason'), run_rate(case['actual'], *days)))

    def test_forecast_vectors(self):
        for case in vectors('forecast'):
            result = self._run(case)
            for key in {'forecast', 'reason', 'std_dev', 'low', 'high', 'commit', 'best_case'} & set(case):
                with self.subTest(case['name'], key=key):
                    if isinstance(case[key], float):
                        self.assertAlmostEqual(result[key], case[key], 6)
                    else:
                        self.assertEqual(result[key], case[key])

    def test_period_not_begun(self):
        self.assertEqual(run_rate(100, *Q1, date(2026, 1, 1)), (None, 'future_period'))

    def test_fifth_of_the_period_is_enough(self):
        self.assertEqual(run_rate(18, *Q1, date(2026, 1, 19)), (90.0, None))

    def test_finished_period_forecasts_its_actual(self):
        self.assertEqual(run_rate(100, *Q1, date(2026, 6, 1)), (100.0, None))

    def test_no_data_has_no_forecast(self):
        self.assertEqual(run_rate(None, *Q1, date(2026, 3, 1)), (None, 'no_data'))
        self.assertIsNone(pipeline(None, 10, []))

    def test_bad_numbers_are_refused(self):
        for action in (
            lambda: run_rate(float('nan'), *Q1, date(2026, 3, 1)),
            lambda: seasonal(100, 1.5),
            lambda: pipeline(100, 0, [(1000, 140)]),
            lambda: pipeline(100, float('inf'), []),
        ):
            with self.assertRaises(ValueError):
                action()
