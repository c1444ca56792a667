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

    # ------------------------------------------------------------------
    # figures
    # ------------------------------------------------------------------

    def test_running_target_is_measured_at_once(self):
        self.figures['t_sales', self.alpha] = 118000
        target = self.target()
        self.assertRecordValues(target, [{
            'actual_value': 118000, 'attainment': 118000 / 150000, 'due_value': 150000 * 59 / 90, 'pace': 1.2,
            'forecast': 180000, 'forecast_basis': 'run_rate', 'status': 'on_track', 'reason': False,
            'measured_on': date(2026, 3, 1), 'is_final': False,
        }])

    def test_window_stops_today(self):
        self.target()
        self.assertEqual(self.calls, [('kpis', ['t_sales'], [self.alpha.id], date(2026, 1, 1), date(2026, 3, 1))])

    def test_trailing_months_are_measured_up_to_today(self):
        self.calls.clear()
        self.figures['t_sales', self.alpha] = 500000
        target = self.target(frequency='ttm', date_start='2025-04-01', date_end='2026-03-31', target_value=500000)
        self.assertEqual(self.calls[0][3:], (date(2025, 3, 1), date(2026, 3, 1)))
        # Twelve months are always whole: nothing is prorated.
        self.assertEqual((target.due_value, target.pace, target.status), (500000, 1.0, 'on_track'))

    def test_no_data_says_why(self):
        target = self.target()
        self.assertIs(target.actual_value, False)
        self.assertIs(target.attainment, False)
        self.assertEqual((target.status, target.reason), ('no_data', 'insufficient_sample'))

    def test_future_target_is_not_measured(self):
        self.calls.clear()
        target = self.target(date_start='2026-04-01', date_end='2026-06-30')
        self.assertEqual((target.status, target.reason, self.calls), ('no_data', 'future_period', []))

    def test_changed_value_is_judged_anew(self):
        self.figures['t_sales', self.alpha] = 118000
        target = self.target()
        target.target_value = 200000
        self.assertEqual((target.pace, target.status), (118000 / (200000 * 59 / 90), 'at_risk'))

    def test_lower_is_better(self):
        self.figures['t_delay', self.alpha] = 8
        self.assertEqual(self.target('t_delay', target_value=10).attainment, 1.2)

    def test_band(self):
        self.figures['t_stock', self.alpha] = 4
        target = self.target('t_stock', band_low=5, band_high=10)
        self.assertEqual((target.attainment, target.status), (0.8, 'at_risk'))

    def test_baseline(self):
        self.figures['t_retention', self.alpha] = 35
        self.assertEqual(self.target('t_retention', target_value=50, baseline=20).attainment, 0.5)

    def test_books_are_measured_as_a_whole(self):
        self.figures.update({
            ('t_sales', self.anna): 10000, ('t_sales', self.north): 20000, ('t_sales', self.env.company): 30000})
        for subject, user, actual in [
            (self.anna, self.anna, 10000), (self.north, self.lea, 20000), (self.env.company, self.dora, 30000),
        ]:
            with self.subTest(subject._name):
                self.calls.clear()
                self.assertEqual(self.target(subject=subject, user=user).actual_value, actual)
                self.assertEqual(self.calls, [(
                    'total', ['t_sales'], (self.alpha | self.beta).ids, date(2026, 1, 1), date(2026, 3, 1), None, None)])

    def test_activity_of_a_person_is_what_they_did(self):
        self.calls.clear()
        self.target('t_calls', subject=self.anna, target_value=50)
        self.assertEqual(self.calls[0][-2:], (self.anna.id, None))
        self.calls.clear()
        self.target('t_calls', subject=self.north, user=self.lea, target_value=50)
        self.assertEqual(self.calls[0][-2:], (None, self.north.id))

    def test_refresh_takes_new_figures(self):
        target = self.target()
        self.figures['t_sales', self.alpha] = 118000
        self.env['kam.target'].with_user(self.rita)._refresh_actuals()
        self.assertEqual(target.status, 'on_track')

    def test_refresh_of_accounts_covers_their_books(self):
        alpha, beta, north = self.target(), self.target(subject=self.beta), self.target(subject=self.north, user=self.lea)
        self.figures.update(dict.fromkeys([('t_sales', self.alpha), ('t_sales', self.beta), ('t_sales', self.north)], 9))
        self.env['kam.target']._refresh_actuals(self.alpha.ids)
        self.assertEqual([target.actual_value for target in (alpha, beta, north)], [9, False, 9])

    def test_closed_target_keeps_its_figures(self):
        self.figures['t_sales', self.alpha] = 150000
        target = self.target()
        with freeze_time('2026-04-05 12:00:00'):
            self.env['kam.target']._refresh_actuals()
            self.assertEqual((target.status, target.is_final), ('achieved', False))
        self.figures['t_sales', self.alpha] = 140000
        with freeze_time('2026-04-11 12:00:00'):
            self.env['kam.target']._refresh_actuals()
            self.assertEqual((target.status, target.is_final), ('missed', True))
        self.figures['t_sales', self.alpha] = 160000
        with freeze_time('2026-05-01 12:00:00'):
            self.env['kam.target']._refresh_actuals()
            self.assertEqual((target.status, target.actual_value), ('missed', 140000))

    def test_measuring_does_not_ask_more_often_for_more_targets(self):
        accounts = self.env['res.partner'].create([
            {'name': f"Account {number}", 'is_company': True, 'is_key_account': True, 'kam_user_id': self.anna.id}
            for number in range(30)])
        self.env['kam.target'].with_user(self.anna).create([
            self.vals(code, subject=account) for account in accounts for code in ('t_sales', 't_calls')])
        self.calls.clear()
        self.env['kam.target']._refresh_actuals()
        self.assertEqual(len(self.calls), 1)

    # ------------------------------------------------------------------
    # groups
    # ------------------------------------------------------------------

    def _grouped(self, targets, *groupby, aggregate='attainment:avg'):
        return self.env['kam.target']._read_group([('id', 'in', targets.ids)], groupby, [aggregate])

    def test_group_gives_the_true_ratio(self):
        self.figures.update({('t_sales', self.alpha): 50, ('t_sales', self.beta): 900})
        targets = self.target(target_value=100) | self.target(subject=self.beta, target_value=1000)
        self.assertEqual(self._grouped(targets), [(950 / 1100,)])
        self.assertAlmostEqual(self._grouped(targets, aggregate='pace:avg')[0][0], 950 / (1100 * 59 / 90))

    def test_group_leaves_out_what_has_no_data(self):
        self.figures['t_sales', self.alpha] = 50
        targets = self.target(target_value=100) | self.target(subject=self.beta, target_value=1000)
        self.assertEqual(self._grouped(targets), [(0.5,)])

    def test_group_of_several_kpis_has_no_attainment(self):
        self.figures.update({('t_sales', self.alpha): 50, ('t_calls', self.alpha): 5})
        targets = self.target(target_value=100) | self.target('t_calls', target_value=10)
        self.assertFalse(self._grouped(targets)[0][0])
        self.assertEqual(
            dict(self._grouped(targets, 'kpi_id')), {self.kpis['t_calls']: 0.5, self.kpis['t_sales']: 0.5})

    def test_group_of_ratios_has_no_attainment(self):
        self.figures.update({('t_retention', self.alpha): 90, ('t_retention', self.beta): 45})
        targets = self.target('t_retention', target_value=90) | self.target('t_retention', self.beta, target_value=90)
        self.assertFalse(self._grouped(targets)[0][0])

    def test_group_without_data_has_no_attainment(self):
        self.assertFalse(self._grouped(self.target())[0][0])

    def test_board_orders_its_columns_from_well_to_badly(self):
        self.figures.update({('t_sales', self.alpha): 1000, ('t_calls', self.alpha): 50})
        targets = self.target() | self.target('t_calls', target_value=10) | self.target('t_retention', target_value=90)
        groups = self.env['kam.target'].with_context(read_group_expand=True).web_read_group(
            [('id', 'in', targets.ids)], ['status'], ['__count'])['groups']
        self.assertEqual([group['status'] for group in groups], ['off_track', 'achieved', 'no_data'])

    def test_just_short_of_the_target_does_not_read_as_met(self):
        self.figures['t_retention', self.alpha] = 99.6
        self.assertEqual(self.target('t_retention', target_value=100).standing, "99.6 % of the target")

    def test_no_data_is_not_found_as_low(self):
        target = self.target()
        found = self.env['kam.target'].search([('id', '=', target.id), ('attainment', '<', 0.5)])
        self.assertFalse(found)

    # ------------------------------------------------------------------
    # team and account
    # ------------------------------------------------------------------

    def test_team_attainment_is_the_scorecard_of_its_running_targets(self):
        self.figures['t_sales', self.north] = 118000
        self.target(subject=self.north, user=self.lea)
        self.target('t_retention', self.north, self.lea, target_value=90)
        # Half of the targets have data: too few.
        self.assertIs(self.north.kam_attainment, False)
        self.figures['t_retention', self.north] = 81
        self.env['kam.target']._refresh_actuals()
        self.assertAlmostEqual(self.north.kam_attainment, (1.2 + 0.9) / 2)

    def test_account_counts_its_targets(self):
        contact = self.env['res.partner'].create({'name': "Jane", 'parent_id': self.alpha.id})
        target = self.target()
        self.assertEqual(self.alpha.with_user(self.anna).kam_target_ids, target)
        self.assertEqual(self.alpha.with_user(self.anna).kam_target_count, 1)
        self.assertEqual(contact.with_user(self.anna).kam_target_count, 1)

    # ------------------------------------------------------------------
    # words
    # ------------------------------------------------------------------

    def test_words(self):
        self.env.company.currency_id = self.env.ref('base.USD')
        self.figures['t_sales', self.alpha] = 118000
        target = self.target()
        self.assertEqual(target.display_name, "Sales, Alpha, Jan – Mar 2026")
        self.assertEqual((target.actual_text, target.target_text), ("$\N{NO-BREAK SPACE}118,000", "$\N{NO-BREAK SPACE}150,000"))
        self.assertEqual(target.standing, "79 % reached, 120 % of what is due")

    def _values_before(self, *values):
        starts = ['2024-10-01', '2025-01-01', '2025-04-01', '2025-07-01', '2025-10-01']
        ends = ['2024-12-31', '2025-03-31', '2025-06-30', '2025-09-30', '2025-12-31']
        self.env['kam.kpi.value'].create([{
            'kpi_id': self.kpis['t_sales'].id, 'scope': 'account', 'partner_id': self.alpha.id,
            'company_id': self.env.company.id, 'frequency': 'quarter', 'date_start': start, 'date_end': end,
            'value': value, 'state': 'ok',
        } for start, end, value in zip(starts, ends, values)])

    def test_implausible_value_warns(self):
        self._values_before(100, 120, 110, 140)
        self.assertFalse(self.target(target_value=160).plausibility_warning)
        target = self.target(target_value=161, subject=self.alpha, date_start='2026-04-01', date_end='2026-06-30')
        self.assertIn("between $\N{NO-BREAK SPACE}80.00 and $\N{NO-BREAK SPACE}160.00", target.plausibility_warning)

    def test_values_before_are_shown_while_one_types(self):
        self._values_before(100, 120)
        form = Form(self.env['kam.target'].with_user(self.anna))
        form.kpi_id = self.kpis['t_sales']
        form.partner_id = self.alpha
        self.assertIn("Jan – Mar 2025: $\N{NO-BREAK SPACE}120.00", form.recent_values)
