from datetime import date

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged

from .plan_common import PlanCase


@tagged('post_install', '-at_install')
@freeze_time('2026-03-10 09:00:00')
class TestPlanTemplate(PlanCase):
    """A plan takes over what its template holds and it has not, and goes its own way."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.template = cls.env['kam.plan.template'].create({
            'name': "Short", 'purpose': 'keep', 'strategy': 'maintain', 'hours_planned': 40,
            'line_ids': [
                Command.create({'kind': 'objective', 'name': "Renew", 'days': 100, 'objective_id': cls.strategic.id, 'measure': "Signed"}),
                Command.create({'kind': 'internal', 'name': "Kick-off", 'days': 7, 'channel': 'call'}),
                Command.create({'kind': 'external', 'name': "Summary", 'days': 366, 'channel': 'report'})]})
        cls.objective_line = cls.template.line_ids[0]
        cls.env['kam.plan.template.line'].create({
            'template_id': cls.template.id, 'kind': 'action', 'name': "Talk", 'days': 20, 'parent_id': cls.objective_line.id})

    def fill(self):
        self.plan.template_id = self.template
        self.plan.action_fill_from_template()

    def test_everything_of_the_template_is_taken_over(self):
        self.fill()
        self.assertEqual((self.plan.purpose, self.plan.strategy, self.plan.hours_planned), ('keep', 'maintain', 40))
        objective, action = self.plan.objective_ids, self.plan.action_ids
        self.assertEqual((objective.name, objective.objective_id, objective.measure, objective.user_id), ("Renew", self.strategic, "Signed", self.anna))
        self.assertEqual((action.name, action.objective_id, action.user_id, action.date_deadline), ("Talk", objective, self.anna, date(2026, 3, 30)))
        self.assertEqual(action.activity_ids.user_id, self.anna)
        self.assertEqual(
            [(talk.name, talk.audience, talk.channel) for talk in self.plan.communication_ids],
            [("Kick-off", 'internal', 'call'), ("Summary", 'external', 'report')])

    def test_nothing_is_due_after_the_plan(self):
        self.fill()
        self.assertEqual(self.plan.communication_ids.filtered(lambda talk: talk.name == "Summary").date_planned, date(2026, 12, 31))

    def test_days_count_from_the_first_day_of_a_later_plan(self):
        plan = self.env['kam.plan'].with_user(self.anna).create({'partner_id': self.alpha.id, 'year': 2027, 'template_id': self.template.id})
        self.assertEqual(plan.action_ids.date_deadline, date(2027, 1, 21))

    def test_filling_twice_changes_nothing(self):
        self.fill()
        before = [(line._name, line.id) for line in (*self.plan.objective_ids, *self.plan.action_ids, *self.plan.communication_ids)]
        self.plan.action_fill_from_template()
        self.assertEqual([(line._name, line.id) for line in (*self.plan.objective_ids, *self.plan.action_ids, *self.plan.communication_ids)], before)

    def test_what_is_there_stays(self):
        self.plan.write({'strategy': 'grow', 'hours_planned': 10})
        self.plan.objective_ids = [Command.create({'name': "Renew", 'measure': "Ours"})]
        self.fill()
        self.assertEqual((self.plan.strategy, self.plan.hours_planned, self.plan.objective_ids.measure), ('grow', 10, "Ours"))
        self.assertEqual(self.plan.action_ids.objective_id, self.plan.objective_ids)

    def test_without_a_template_it_says_what_to_do(self):
        with self.assertRaisesRegex(UserError, "Choose a template first"):
            self.plan.action_fill_from_template()

    def test_a_closed_plan_is_not_filled(self):
        self.plan.template_id = self.template
        self.plan._set({'state': 'cancelled'})
        with self.assertRaisesRegex(UserError, "is closed"):
            self.plan.action_fill_from_template()

    def test_an_approved_blueprint_asks_for_the_approval_again(self):
        self.bring_to('5')
        self.fill()
        self.assertEqual(self.plan.approval_state, 'none')

    def test_shipped_templates_fill_a_plan(self):
        for year, purpose in enumerate(('win', 'grow', 'keep', 'recover'), 2030):
            with self.subTest(purpose=purpose):
                plan = self.env['kam.plan'].with_user(self.anna).create({
                    'partner_id': self.alpha.id, 'year': year, 'template_id': self.env.ref(f'kam_kpi.kam_plan_template_{purpose}').id})
                self.assertEqual(plan.purpose, purpose)
                self.assertTrue(plan.objective_ids and plan.action_ids and plan.communication_ids)
                self.assertFalse(plan.action_ids.filtered(lambda action: not action.objective_id))
                plan._set({'state': 'cancelled'})

    def test_only_directors_change_templates(self):
        for user in (self.anna, self.leo, self.rita):
            with self.subTest(user=user.name), self.assertRaises(AccessError):
                self.template.with_user(user).name = "Mine"
        self.template.with_user(self.diana).name = "Ours"

    def test_only_actions_serve_an_objective(self):
        talk = self.template.line_ids.filtered(lambda line: line.kind == 'internal')
        with self.assertRaisesRegex(ValidationError, "only an action serves an objective"):
            talk.parent_id = self.objective_line

    def test_a_colleague_cannot_fill_the_plan(self):
        self.plan.template_id = self.template
        with self.assertRaises(AccessError):
            self.as_user(self.ben).action_fill_from_template()


@tagged('post_install', '-at_install')
@freeze_time('2026-03-10 09:00:00')
class TestPlanNothingChanged(PlanCase):
    """Going through a step keeps a plan true without writing it anew."""

    def gone_through(self, code, user=None):
        self.as_user(user or self.anna).with_context(kam_step=code).action_nothing_changed()
        return self.as_user(self.anna).gate_status[code]

    def test_it_is_noted_with_day_and_person(self):
        self.assertEqual(self.gone_through('2')['gone_through'], "Last gone through on 03/10/2026 by Anna.")

    def test_twice_a_day_is_noted_once(self):
        self.gone_through('2')
        self.gone_through('2')
        self.assertEqual(len(self.plan.check_ids), 1)

    def test_a_step_which_was_worked_on_was_gone_through(self):
        self.fill_2()
        self.assertIn("Anna", self.as_user(self.anna).gate_status['2']['gone_through'])
        self.assertEqual(self.plan.gate_status['5']['gone_through'], "")

    def test_it_gets_old_by_the_days_of_the_step(self):
        self.gone_through('7')
        self.plan._step('7').sudo().rotting_threshold_days = 60
        for day, old in (('2026-05-09', False), ('2026-05-10', True)):
            with freeze_time(f'{day} 09:00:00'):
                self.env.invalidate_all()
                self.assertIs(self.plan.gate_status['7']['is_old'], old)

    def test_going_through_a_step_is_work_on_the_plan(self):
        with freeze_time('2026-06-01 09:00:00'):
            self.gone_through('3')
        self.assertEqual(self.plan.worked_on, date(2026, 6, 1))

    def test_the_first_step_takes_its_figures_anew(self):
        self.figures['revenue', self.alpha] = 1234.0
        self.gone_through('1')
        self.assertEqual(self.plan.revenue, 1234.0)

    def test_a_closed_plan_is_not_kept_up_to_date(self):
        self.plan._set({'state': 'cancelled'})
        with self.assertRaisesRegex(UserError, "is closed"):
            self.gone_through('2')

    def test_without_a_step_it_says_what_to_do(self):
        with self.assertRaisesRegex(UserError, "Say which step"):
            self.plan.action_nothing_changed()

    def test_a_page_of_plans_asks_for_the_scores_once(self):
        def count(plans):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            plans.mapped('completeness')
            return self.env.cr.sql_log_count - before
        plans = self.env['kam.plan'].with_user(self.diana).browse(self.plan.id)
        for number in range(12):
            account = self.new_account(f"More {number}", self.anna)
            plans |= self.env['kam.plan'].with_user(self.diana).create({'partner_id': account.id})
        count(plans)
        self.assertLessEqual(count(plans), count(plans[:3]) + 2)

    def test_nobody_writes_such_a_note_by_hand(self):
        with self.assertRaises(AccessError):
            self.env['kam.plan.check'].with_user(self.anna).create({
                'plan_id': self.plan.id, 'step_id': self.plan.step_id.id, 'date': '2026-03-01', 'user_id': self.anna.id})

    def test_a_colleague_cannot_confirm_a_step(self):
        with self.assertRaises(AccessError):
            self.gone_through('2', self.ben)


@tagged('post_install', '-at_install')
@freeze_time('2026-03-10 09:00:00')
class TestPlanHours(PlanCase):
    """Hours of the timesheets against what was planned by now: 68 of 365 days are gone."""

    def hours(self, measured, planned=73.0):
        self.figures['service_hours', self.alpha] = measured
        self.plan.hours_planned = planned
        self.plan.action_refresh_figures()
        return self.plan

    def test_what_is_due_follows_the_days(self):
        self.assertAlmostEqual(self.hours(0.0).hours_due, 73 * 68 / 365)

    def test_a_quarter_more_or_less_is_told(self):
        due = 73 * 68 / 365
        cases = ((due, 'as_planned'), (due * 1.25, 'as_planned'), (due * 1.26, 'over'), (due * 0.75, 'as_planned'), (due * 0.74, 'under'), (0.0, 'under'))
        for measured, state in cases:
            with self.subTest(measured=measured):
                self.assertEqual(self.hours(measured).hours_state, state)

    def test_without_timesheets_what_was_typed_in_counts(self):
        self.plan.hours_actual = 30
        plan = self.hours(None)
        self.assertIs(plan.hours_measured, False)
        self.assertEqual(plan.hours_state, 'over')

    def test_nothing_known_or_planned_says_nothing(self):
        self.assertIs(self.hours(None).hours_state, False)
        self.assertIs(self.hours(10.0, planned=0.0).hours_state, False)
        self.assertIs(self.plan.hours_due, False)

    def test_a_plan_which_has_not_begun_has_no_hours(self):
        self.figures['service_hours', self.alpha] = 10.0
        plan = self.env['kam.plan'].with_user(self.anna).create({'partner_id': self.alpha.id, 'year': 2027, 'hours_planned': 100})
        self.assertEqual((plan.hours_measured, plan.hours_due, plan.hours_state), (False, 0.0, False))
