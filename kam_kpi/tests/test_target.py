from datetime import date

from odoo.exceptions import ValidationError
from odoo.tests import Form, freeze_time, tagged

from .target_common import TargetCase


@tagged('post_install', '-at_install')
@freeze_time('2026-03-01 12:00:00')
class TestTarget(TargetCase):

    # ------------------------------------------------------------------
    # terms
    # ------------------------------------------------------------------

    def test_a_target_without_a_kpi_yet_is_called_new(self):
        self.assertEqual(self.env['kam.target'].with_user(self.anna).new({}).display_name, "New target")

    def test_period_defaults_to_the_running_one(self):
        target = self.env['kam.target'].with_user(self.anna).create({
            'kpi_id': self.kpis['t_sales'].id, 'partner_id': self.alpha.id, 'target_value': 100})
        self.assertEqual(
            (target.frequency, target.date_start, target.date_end), ('quarter', date(2026, 1, 1), date(2026, 3, 31)))

    def test_period_follows_the_fiscal_year(self):
        self.env.company.write({'fiscalyear_last_day': 31, 'fiscalyear_last_month': '5'})
        target = self.target(frequency='year', date_start='2025-06-01')
        self.assertEqual(target.date_end, date(2026, 5, 31))

    def test_trailing_months_end_with_the_running_quarter(self):
        with Form(self.env['kam.target'].with_user(self.anna)) as form:
            form.kpi_id = self.kpis['t_retention']
            form.partner_id = self.alpha
            form.frequency = 'ttm'
            form.target_value = 95
        self.assertEqual((form.record.date_start, form.record.date_end), (date(2025, 4, 1), date(2026, 3, 31)))

    def test_objective_comes_from_the_kpi(self):
        self.assertEqual(self.target().objective_id, self.objective)

    def test_target_without_objective_is_refused(self):
        self.kpis['t_sales'].objective_id = False
        with self.refused_by_database(""):
            self.target()

    def test_scope_and_owner_follow_the_subject(self):
        for subject, user, scope, owner in [
            (self.alpha, self.anna, 'account', self.anna), (self.anna, self.anna, 'user', self.anna),
            (self.north, self.lea, 'team', self.lea), (self.env.company, self.dora, 'company', self.dora),
        ]:
            with self.subTest(scope):
                target = self.target(subject=subject, user=user)
                self.assertEqual((target.scope, target.owner_id), (scope, owner))

    def test_owner_follows_the_account_while_the_period_runs(self):
        target = self.target()
        closed = self.target(user=self.dora, date_start='2025-10-01', date_end='2025-12-31', change_reason="Late")
        self.alpha.kam_user_id = self.ben
        self.assertEqual(target.owner_id, self.ben)
        self.assertEqual(closed.owner_id, self.anna)

    def test_two_subjects_are_refused(self):
        with self.refused_by_database("one account, one account manager or one team"):
            self.target(user=self.dora, user_id=self.anna.id)

    def test_contact_is_refused(self):
        contact = self.env['res.partner'].create({'name': "Jane", 'parent_id': self.alpha.id})
        with self.refused(ValidationError, "Set the target for the company Alpha"):
            self.target(subject=contact)

    def test_period_that_ends_before_it_begins_is_refused(self):
        with self.refused_by_database("must begin before it ends"):
            self.target(date_start='2026-03-31', date_end='2026-03-01')

    def test_no_numbers_are_refused(self):
        for bad in (float('nan'), float('inf'), float('-inf'), 10 ** 400, '1e400', 'many', 1e15, True):
            for name in ('target_value', 'stretch_value', 'baseline'):
                with self.subTest(bad=bad, name=name), self.refused(ValidationError, "not a number that can be used"):
                    self.target(**{name: bad})

    def test_no_numbers_are_refused_on_change(self):
        target = self.target()
        with self.refused(ValidationError, "Target: nan is not a number"):
            target.target_value = float('nan')

    def test_database_refuses_no_numbers_as_well(self):
        target = self.target()
        for bad in ('NaN', 'Infinity', '-Infinity', '1e15'):
            with self.subTest(bad=bad), self.refused_by_database("numbers of a sensible size"):
                self.cr.execute("UPDATE kam_target SET target_value = %s WHERE id = %s", [bad, target.id])

    def test_value_is_required(self):
        with self.refused(ValidationError, "Enter the value Sales is to reach"):
            self.target(target_value=None)

    def test_zero_is_a_value(self):
        target = self.target(target_value=0)
        self.assertIs(type(target.target_value), float)
        self.assertEqual(target.target_value, 0.0)
        self.assertIs(target.baseline, False)

    def test_stretch_must_be_better(self):
        with self.refused(ValidationError, "must be better than the target"):
            self.target(stretch_value=150000)
        with self.refused(ValidationError, "must be better than the target"):
            self.target('t_delay', target_value=10, stretch_value=12)
        self.target('t_delay', target_value=10, stretch_value=8)

    def test_baseline_must_be_worse(self):
        with self.refused(ValidationError, "must be worse than the target"):
            self.target(baseline=160000)

    def test_band_needs_its_two_ends_only(self):
        with self.refused(ValidationError, "enter both its ends"):
            self.target('t_stock', band_low=5)
        with self.refused(ValidationError, "end above its beginning"):
            self.target('t_stock', band_low=5, band_high=4)
        with self.refused(ValidationError, "the two ends only"):
            self.target('t_stock', band_low=5, band_high=10, target_value=7)
        with self.refused(ValidationError, "not a band"):
            self.target('t_sales', band_low=5)

    def test_same_target_twice_is_refused(self):
        subjects = [
            (self.alpha, self.anna), (self.anna, self.anna), (self.north, self.lea), (self.env.company, self.dora)]
        for subject, user in subjects:
            self.target(subject=subject, user=user)
            with self.subTest(subject._name), self.refused_by_database("There is a target"):
                self.target(subject=subject, user=user)

    def test_archived_target_makes_room(self):
        self.target().action_archive()
        self.assertTrue(self.target().active)
