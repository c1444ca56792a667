from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import freeze_time, tagged

from .plan_common import PlanCase


@tagged('post_install', '-at_install')
@freeze_time('2026-03-10 09:00:00')
class TestPlanActions(PlanCase):

    def setUp(self):
        super().setUp()
        self.plan.objective_ids = [Command.create({'name': "Grow"})]
        self.action = self.new_action()

    def new_action(self, **vals):
        return self.env['kam.plan.action'].with_user(self.anna).create({
            'plan_id': self.plan.id, 'name': "Call", 'objective_id': self.plan.objective_ids.id,
            'user_id': self.anna.id, 'date_deadline': '2026-03-20', **vals})

    def activity(self, action=None):
        return (action or self.action).activity_ids

    def all_activities(self):
        return self.env['mail.activity'].with_context(active_test=False).search([('kam_action_id', '=', self.action.id)])

    def test_action_is_an_activity_of_its_owner(self):
        activity = self.activity()
        self.assertEqual(
            (activity.summary, activity.user_id, str(activity.date_deadline), activity.res_model, activity.res_id),
            ("Call", self.anna, '2026-03-20', 'kam.plan', self.plan.id))

    def test_created_through_the_plan_s_form(self):
        self.plan.web_save({'action_ids': [Command.create({
            'name': "Visit", 'user_id': self.anna.id, 'date_deadline': '2026-04-01'})]}, {})
        self.assertEqual(self.plan.activity_ids.sorted('date_deadline')[-1].summary, "Visit")

    def test_no_activity_without_owner_or_date(self):
        self.assertFalse(self.activity(self.new_action(user_id=False)))
        self.assertFalse(self.activity(self.new_action(date_deadline=False)))

    def test_activity_done_marks_the_action(self):
        self.activity().with_user(self.anna).action_feedback("Went well")
        self.assertEqual(self.action.state, 'done')
        self.assertEqual(str(self.action.date_done), '2026-03-10')

    def test_action_done_marks_the_activity(self):
        self.action.action_mark_done()
        self.assertFalse(self.activity())
        self.assertEqual(len(self.all_activities()), 1)
        self.assertFalse(self.all_activities().active)

    def test_rescheduled_activity_moves_the_action(self):
        self.activity().with_user(self.anna).write({'date_deadline': '2026-05-01', 'summary': "Call twice", 'user_id': self.leo.id})
        self.assertEqual((str(self.action.date_deadline), self.action.name, self.action.user_id), ('2026-05-01', "Call twice", self.leo))

    def test_rescheduled_action_moves_the_activity(self):
        self.action.write({'date_deadline': '2026-05-01', 'name': "Call twice", 'user_id': self.leo.id})
        activity = self.activity()
        self.assertEqual((str(activity.date_deadline), activity.summary, activity.user_id), ('2026-05-01', "Call twice", self.leo))
        self.assertEqual(len(self.all_activities()), 1)

    def test_discarded_activity_cancels_the_action(self):
        self.activity().with_user(self.anna).action_cancel()
        self.assertEqual(self.action.state, 'cancelled')

    def test_cancelled_action_removes_the_activity(self):
        self.action.state = 'cancelled'
        self.assertFalse(self.activity())

    def test_deleted_action_removes_the_activity(self):
        activity = self.activity()
        self.action.unlink()
        self.assertFalse(activity.exists())

    def test_reopened_action_has_one_activity_again(self):
        self.action.action_mark_done()
        self.action.action_reopen()
        self.assertEqual(len(self.activity()), 1)
        self.assertFalse(self.action.date_done)

    def test_without_its_date_the_action_stays_open(self):
        self.action.date_deadline = False
        self.assertFalse(self.activity())
        self.assertEqual(self.action.state, 'open')

    def test_owner_must_be_able_to_open_the_plan(self):
        with self.assertRaisesRegex(ValidationError, "may not open the plan"):
            self.action.user_id = self.ben

    def test_overdue(self):
        self.assertFalse(self.action.is_overdue)
        self.action.date_deadline = '2026-03-09'
        self.assertTrue(self.action.is_overdue)
        found = self.env['kam.plan'].search([('action_ids', 'any', [('state', '=', 'open'), ('date_deadline', '<', '2026-03-10')])])
        self.assertEqual(found, self.plan.sudo(False).with_env(found.env))

    def test_long_overdue_actions_escalate_once(self):
        self.action.date_deadline = '2026-03-02'
        plan = self.plan.with_user(self.env.ref('base.user_root'))
        kind = self.env.ref('kam_kpi.mail_activity_type_plan_escalation')
        for _night in range(2):
            plan._escalate_overdue()
        escalation = plan.activity_ids.filtered(lambda activity: activity.activity_type_id == kind)
        self.assertEqual(escalation.user_id, self.leo)
        self.action.action_mark_done()
        plan._escalate_overdue()
        self.assertFalse(plan.activity_ids.filtered(lambda activity: activity.activity_type_id == kind))

    def test_a_week_late_is_not_long(self):
        self.action.date_deadline = '2026-03-03'
        self.plan._escalate_overdue()
        self.assertEqual(self.plan.activity_ids, self.activity())

    def test_closing_removes_the_activity_and_keeps_the_action_open(self):
        self.plan._cancel("Sold")
        self.assertFalse(self.activity())
        self.assertEqual(self.action.state, 'open')
