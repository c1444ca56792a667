from datetime import date, timedelta

from odoo.exceptions import ValidationError
from odoo.tests import freeze_time, tagged

from .target_common import TargetCase
from .vectors import vectors

STATUS = {'green': 'on_track', 'amber': 'at_risk', 'red': 'off_track', 'no_data': 'no_data'}
CODE = {1: 't_retention', -1: 't_delay', None: 't_stock'}


def given(value):
    return False if value is None else value


@tagged('post_install', '-at_install')
class TestTargetVectors(TargetCase):
    """The reference cases of attainment, prorating and forecast, each on a target record."""

    @freeze_time('2026-03-01 12:00:00')
    def test_attainment(self):
        done = 0
        for case in vectors('attainment'):
            code = CODE[case.get('direction')]
            vals = {'target_value': given(case.get('target')), 'baseline': given(case.get('baseline'))}
            if code == 't_stock':
                vals = {'band_low': case['low'], 'band_high': case['high'], 'band_tolerance': given(case['tolerance'])}
            self.figures[code, self.alpha] = case['actual']
            with self.subTest(case['name']):
                if case['status'] == 'no_target':
                    # There is no target without a value to be reached.
                    with self.refused(ValidationError, "Enter the value"):
                        self.target(code, **vals)
                    continue
                target = self.target(code, **vals)
                self.assertEqual(target.status, STATUS[case['status']])
                if case['attainment'] is None:
                    self.assertIs(target.attainment, False)
                else:
                    self.assertAlmostEqual(target.attainment, case['attainment'], 9)
                done += 1
                target.sudo().active = False
        self.assertEqual(done, len(vectors('attainment')) - 1)

    def _yearly(self, shares, **vals):
        profile = self.env['kam.target.profile'].create({
            'name': "Season", **{f'share_{month:02}': share for month, share in enumerate(shares, 1)}})
        return {'frequency': 'year', 'phasing': 'profile', 'profile_id': profile.id, **vals}

    def _prorated(self, case):
        shares = case.get('shares')
        self.figures['t_sales', self.alpha] = case.get('actual', 1000)
        return self.target(
            target_value=case['target'], date_start=case['start'],
            date_end=date.fromisoformat(case['end']) - timedelta(days=1), **(self._yearly(shares) if shares else {}))

    def test_prorating(self):
        for case in vectors('prorating'):
            with self.subTest(case['name']), freeze_time(f"{case['as_of']} 12:00:00"):
                target = self._prorated(case)
                self.assertEqual(target.status, STATUS[case['status']])
                if case['prorated_target'] is None:
                    self.assertEqual((target.due_value, target.pace), (False, False))
                else:
                    self.assertAlmostEqual(target.due_value, case['prorated_target'], 5)
                    self.assertAlmostEqual(target.pace, case['attainment'], 9)
                target.sudo().active = False

    def test_run_rate(self):
        for case in vectors('forecast')[:2]:
            self.figures['t_sales', self.alpha] = case['actual']
            with self.subTest(case['name']), freeze_time(f"{case['as_of']} 12:00:00"):
                target = self.target()
                self.assertRecordValues(target, [{
                    'run_rate': given(case['forecast']), 'run_rate_reason': case.get('reason', False),
                    'forecast': given(case['forecast']), 'forecast_basis': case.get('reason', 'run_rate')}])
                target.sudo().active = False

    @freeze_time('2026-04-16 12:00:00')
    def test_seasonal(self):
        [case] = [case for case in vectors('forecast') if 'share' in case]
        season = next(case for case in vectors('prorating') if 'shares' in case)
        self.figures['t_sales', self.alpha] = case['actual']
        target = self._prorated(season)
        self.assertAlmostEqual(target.due_value / target.target_value, case['share'], 9)
        self.assertAlmostEqual(target.seasonal, case['forecast'], 5)
        self.assertEqual((target.forecast, target.forecast_basis), (target.seasonal, 'seasonal'))
        # Against the whole target, beside the run rate, which is another figure.
        self.assertAlmostEqual(target.seasonal_attainment, 0.9, 9)
        self.assertAlmostEqual(target.run_rate, 270000 * 365 / 105, 5)
        self.assertEqual(target.actual_value, 270000)
