from datetime import date

from odoo.tests import Form, freeze_time, tagged

from .target_common import TargetCase


@tagged('post_install', '-at_install')
@freeze_time('2026-03-01 12:00:00')
class TestTargetFigures(TargetCase):

    def test_running_target_is_measured_at_once(self):
        self.figures['t_sales', self.alpha] = 118000
        target = self.target()
        self.assertRecordValues(target, [{
            'actual_value': 118000, 'attainment': 118000 / 150000, 'due_value': 150000 * 59 / 90, 'pace': 1.2,
            'forecast': 180000, 'forecast_basis': 'run_rate', 'status': 'on_track', 'reason': False,
            'measured_on': date(2026, 3, 1), 'is_final': False,
        }])

    def test_whole_period_is_asked_for_and_the_engine_stops_today(self):
        self.target()
        self.assertEqual(self.calls, [
            ('t_sales', 'account', self.alpha.id, self.alpha.ids, date(2026, 1, 1), date(2026, 4, 1))])

    def test_trailing_months_are_measured_up_to_today(self):
        self.calls.clear()
        self.figures['t_sales', self.alpha] = 500000
        target = self.target(frequency='ttm', date_start='2025-04-01', date_end='2026-03-31', target_value=500000)
        self.assertEqual(self.calls[0][4:], (date(2025, 3, 1), date(2026, 3, 1)))
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
        for subject, user, scope, actual in [
            (self.anna, self.anna, 'user', 10000), (self.north, self.lea, 'team', 20000),
            (self.env.company, self.dora, 'company', 30000),
        ]:
            with self.subTest(subject._name):
                self.calls.clear()
                self.assertEqual(self.target(subject=subject, user=user).actual_value, actual)
                self.assertEqual(self.calls, [(
                    't_sales', scope, subject.id, (self.alpha | self.beta).ids, date(2026, 1, 1), date(2026, 4, 1))])

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
        self.statements.clear()
        self.env['kam.target']._refresh_actuals()
        self.assertEqual([subjects for codes, subjects in self.statements if 't_sales' in codes], [30])

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
