from datetime import date, datetime

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import BaseCase, freeze_time, tagged

from ..tools.phasing import season_of, share_by_days, share_by_months
from .target_common import TargetCase

EVEN = [1] * 12


@tagged('post_install', '-at_install')
class TestPhasingTools(BaseCase):

    def test_months_build_up_day_by_day(self):
        shares = [6, 6, 8, 10, 8, 8, 6, 4, 10, 10, 12, 12]
        self.assertAlmostEqual(share_by_months(date(2026, 1, 1), date(2027, 1, 1), date(2026, 4, 16), shares), 0.25)

    def test_nothing_is_due_on_the_first_day_and_all_at_the_end(self):
        self.assertEqual(share_by_months(date(2026, 1, 1), date(2026, 4, 1), date(2026, 1, 1), EVEN), 0.0)
        self.assertEqual(share_by_months(date(2026, 1, 1), date(2026, 4, 1), date(2026, 4, 1), EVEN), 1.0)

    def test_fiscal_year_within_months(self):
        # From 6 April on: 25 of 30 days of April, and 5 of the next one.
        share = share_by_months(date(2026, 4, 6), date(2027, 4, 6), date(2026, 5, 1), EVEN)
        self.assertAlmostEqual(share, 25 / 30 / 12)

    def test_months_of_the_year_belong_to_january_on(self):
        july = [0] * 6 + [1] + [0] * 5
        self.assertEqual(share_by_months(date(2026, 4, 1), date(2027, 4, 1), date(2026, 7, 1), july), 0.0)
        self.assertEqual(share_by_months(date(2026, 4, 1), date(2027, 4, 1), date(2026, 8, 1), july), 1.0)

    def test_months_without_weight_say_nothing(self):
        self.assertIsNone(share_by_months(date(2026, 1, 1), date(2026, 4, 1), date(2026, 2, 1), [0] * 6 + [1] * 6))

    def test_bad_shares_are_refused(self):
        for shares in (EVEN[:11], [*EVEN[:11], -1], [*EVEN[:11], float('nan')]):
            with self.subTest(shares=shares), self.assertRaises(ValueError):
                share_by_months(date(2026, 1, 1), date(2026, 4, 1), date(2026, 2, 1), shares)

    def test_days_that_count(self):
        days = [date(2026, 1, day) for day in (2, 5, 6, 7)]
        self.assertEqual(share_by_days(date(2026, 1, 1), date(2026, 2, 1), date(2026, 1, 6), days), 0.5)
        self.assertIsNone(share_by_days(date(2026, 1, 1), date(2026, 2, 1), date(2026, 1, 6), []))

    def test_season_of_amounts(self):
        self.assertEqual(season_of([30, -5, *[0] * 9, 70]), [0.3, 0.0, *[0.0] * 9, 0.7])
        self.assertIsNone(season_of([0, -10, *[0] * 10]))


@tagged('post_install', '-at_install')
@freeze_time('2026-03-01 12:00:00')
class TestTargetPhasing(TargetCase):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.kpis['t_sales'].unit = 'currency'
        cls.env.company.resource_calendar_id = cls.env['resource.calendar'].create({
            'name': "Weekdays", 'tz': 'UTC', 'company_id': cls.env.company.id})

    def _facts(self, account, amounts, year=2025):
        """Revenue of ``amounts`` by month of a year."""
        self.env['kam.fact'].create([{
            'measure_id': self.env.ref('kam_kpi.kam_measure_revenue').id, 'company_id': self.env.company.id,
            'partner_id': account.id, 'date': date(year, month, 15), 'amount': amount, 'count': 1,
        } for month, amount in enumerate(amounts, 1) if amount])

    def _profile(self, **shares):
        return self.env['kam.target.profile'].create({'name': "Garden season", **shares})

    # ------------------------------------------------------------------
    # working days
    # ------------------------------------------------------------------

    def test_working_days_without_holidays(self):
        self.figures['t_sales', self.alpha] = 118000
        # 22 working days in January 2026, 20 in February, 22 in March.
        target = self.target(phasing='working', target_value=64000)
        self.assertEqual(target.due_value, 42000)
        self.env['resource.calendar.leaves'].create({
            'name': "Fair", 'company_id': self.env.company.id, 'date_from': datetime(2026, 1, 5), 'date_to': datetime(2026, 1, 9, 23, 59)})
        self.env['kam.target']._refresh_actuals()
        self.assertAlmostEqual(target.due_value, 64000 * 37 / 59)

    def test_holidays_of_another_company_are_no_holidays(self):
        other = self.env['res.company'].create({'name': "Other"})
        leave = self.env['resource.calendar.leaves'].with_company(other).create({
            'name': "Fair", 'calendar_id': False, 'date_from': datetime(2026, 1, 5), 'date_to': datetime(2026, 1, 9, 23, 59)})
        self.assertEqual((leave.company_id, leave.calendar_id.id), (other, False))
        self.figures['t_sales', self.alpha] = 1
        self.assertEqual(self.target(phasing='working', target_value=64000).due_value, 42000)

    def test_before_the_first_working_day_nothing_is_due(self):
        self.figures['t_sales', self.alpha] = 5
        # 1 January 2022 was a Saturday.
        with freeze_time('2022-01-03 12:00:00'):
            target = self.target(phasing='working', date_start='2022-01-01', date_end='2022-03-31')
            self.assertEqual((target.due_value, target.pace, target.status), (False, False, 'no_data'))

    def test_company_without_working_hours_counts_calendar_days(self):
        self.env.company.resource_calendar_id.attendance_ids.unlink()
        self.figures['t_sales', self.alpha] = 118000
        target = self.target(phasing='working')
        self.assertAlmostEqual(target.due_value, 150000 * 59 / 90)
        self.assertIn("no working days", target.phasing_note)

    # ------------------------------------------------------------------
    # profiles
    # ------------------------------------------------------------------

    def test_profile_shrinks_the_baseline_too(self):
        self.figures['t_sales', self.alpha] = 60000
        profile = self._profile(share_01=1, share_02=1, share_03=2)
        target = self.target(phasing='profile', profile_id=profile.id, target_value=160000, baseline=40000)
        # Half is due: from 20,000 to 80,000.
        self.assertEqual((target.due_value, target.pace), (80000, 40000 / 60000))

    def test_negative_target_with_profile(self):
        self.figures['t_sales', self.alpha] = -50000
        profile = self._profile(share_01=1, share_02=1, share_03=2)
        target = self.target(phasing='profile', profile_id=profile.id, target_value=-100000)
        self.assertEqual((target.due_value, target.pace, target.status), (-50000, 1.0, 'on_track'))

    def test_profile_is_needed(self):
        with self.refused(ValidationError, "Choose the profile"):
            self.target(phasing='profile')

    def test_profile_without_weight_in_the_period_is_refused(self):
        profile = self._profile(share_01=0, share_02=0, share_03=0)
        with self.refused(ValidationError, "nothing is due in the months"):
            self.target(phasing='profile', profile_id=profile.id)

    def test_profile_needs_sensible_weights(self):
        zero = {f'share_{month:02}': 0 for month in range(1, 13)}
        for shares in (zero, {'share_01': -1}, {'share_05': float('nan')}):
            with self.subTest(shares=shares), self.refused(ValidationError, "need weights of 0 or more"):
                self._profile(**shares)

    def test_profile_in_an_agreed_target_stays(self):
        profile = self._profile().with_user(self.dora)
        target = self.target(phasing='profile', profile_id=profile.id)
        profile.share_01 = 2
        target.with_user(self.lea).action_agree()
        with self.refused(UserError, "part of targets that were agreed"):
            profile.share_01 = 3
        profile.name = "Gardens"

    def test_who_makes_profiles(self):
        profile = self._profile()
        for user in (self.anna, self.lea, self.rita):
            with self.subTest(user.name):
                self.assertEqual(profile.with_user(user).name, "Garden season")
                with self.assertRaises(AccessError):
                    profile.with_user(user).name = "Mine"
                with self.assertRaises(AccessError):
                    self.env['kam.target.profile'].with_user(user).create({'name': "Mine"})
        other = self.env['res.company'].create({'name': "Other"})
        profile.company_id = other
        self.assertFalse(self.env['kam.target.profile'].with_user(self.dora).search([('id', '=', profile.id)]))

    def test_phasing_is_a_term(self):
        target = self.target()
        target.with_user(self.lea).action_agree()
        with self.refused(UserError, "give a reason for the change"):
            target.with_user(self.lea).phasing = 'working'
        target.with_user(self.lea).write({'phasing': 'working', 'change_reason': "Short month"})
        row = target.sudo().history_ids[0]
        self.assertEqual((row.field, row.new_value, row.reason), ('phasing', "Evenly, by working days", "Short month"))

    def test_ratio_has_no_phasing(self):
        self.figures['t_retention', self.alpha] = 81
        target = self.target('t_retention', target_value=90, phasing='working')
        self.assertEqual((target.due_value, target.pace), (90, 0.9))

    # ------------------------------------------------------------------
    # last year
    # ------------------------------------------------------------------

    def test_last_year_sets_the_pace(self):
        self._facts(self.alpha, [10, 10, 30, 50, 0, 0, 0, 0, 0, 0, 0, 0])
        self.figures['t_sales', self.alpha] = 60000
        target = self.target(phasing='last_year', target_value=100000)
        self.assertEqual(target.season, [0.1, 0.1, 0.3, 0.5, *[0] * 8])
        self.assertAlmostEqual(target.due_value, 40000)
        self.assertAlmostEqual(target.seasonal, 150000)
        self.assertFalse(target.phasing_note)

    def test_season_is_that_of_the_accounts_held(self):
        self._facts(self.alpha, [10] * 12)
        self._facts(self.beta, [90, 90, 90])
        self.figures['t_sales', self.anna] = 1
        target = self.target(subject=self.anna, phasing='last_year')
        self.assertEqual(target.season, [round(100 / 390, 8)] * 3 + [round(10 / 390, 8)] * 9)

    def test_credited_months_weigh_nothing(self):
        self._facts(self.alpha, [50, -20, 50])
        self.figures['t_sales', self.alpha] = 1
        self.assertEqual(self.target(phasing='last_year').season, [0.5, 0, 0.5, *[0] * 9])

    def test_less_than_a_year_of_history_says_nothing(self):
        self._facts(self.alpha, [0, 0, 10, 10])
        self.figures['t_sales', self.alpha] = 118000
        target = self.target(phasing='last_year')
        self.assertFalse(target.season)
        self.assertAlmostEqual(target.due_value, 150000 * 59 / 90)
        self.assertIn("no twelve months of revenue", target.phasing_note)
        self.assertRecordValues(target, [{
            'seasonal': False, 'seasonal_reason': 'no_history', 'forecast': 180000, 'forecast_basis': 'run_rate'}])

    def test_season_is_preferred_for_the_forecast_of_money_alone(self):
        self._facts(self.alpha, [10, 10, 30, 50])
        self.figures.update({('t_sales', self.alpha): 60000, ('t_calls', self.alpha): 59})
        sales, calls = self.target(), self.target('t_calls', target_value=90)
        self.assertAlmostEqual(sales.seasonal, 150000)
        self.assertAlmostEqual(sales.run_rate, 60000 * 90 / 59)
        self.assertEqual((sales.forecast, sales.forecast_basis), (sales.seasonal, 'seasonal'))
        # The calendar days still set the pace: the forecast is a guess, the phasing a promise.
        self.assertAlmostEqual(sales.due_value, 150000 * 59 / 90)
        self.assertEqual((calls.seasonal_reason, calls.forecast_basis, calls.forecast), ('no_history', 'run_rate', 90))

    def test_season_does_not_move_with_last_years_documents(self):
        self._facts(self.alpha, [10, 10, 30, 50])
        self.figures['t_sales', self.alpha] = 1
        target = self.target(phasing='last_year')
        season = target.season
        self._facts(self.alpha, [100])
        self.env['kam.target']._refresh_actuals()
        self.assertEqual(target.season, season)
        target.write({'partner_id': self.beta.id})
        self.assertFalse(target.season)

    def test_season_comes_from_the_year_before_the_period(self):
        self._facts(self.alpha, [10] * 12, 2024)
        self._facts(self.alpha, [10, 10, 30, 50, *[0] * 8])
        self._facts(self.alpha, [99, 99], 2026)
        self.figures['t_sales', self.alpha] = 1
        # To come: March 2025 to February 2026 are the last whole twelve months.
        target = self.target(phasing='last_year', date_start='2026-04-01', date_end='2026-06-30')
        self.assertEqual(target.season[:4], [round(99 / 278, 8), round(99 / 278, 8), round(30 / 278, 8), round(50 / 278, 8)])

    def test_season_is_not_written(self):
        with self.refused(AccessError, "cannot be written"):
            self.target().season = [1] * 12
