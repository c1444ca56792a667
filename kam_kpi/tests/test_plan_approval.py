from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .plan_common import PlanCase


@tagged('post_install', '-at_install')
@freeze_time('2026-03-10 09:00:00')
class TestPlanApproval(PlanCase):

    def test_submission_asks_the_leader(self):
        self.bring_to('4')
        self.fill_blueprint()
        self.plan.action_submit_approval()
        activity = self.plan.activity_ids
        self.assertEqual((activity.user_id, activity.activity_type_id), (self.leo, self.env.ref('kam_kpi.mail_activity_type_plan_approval')))

    def test_a_leader_s_own_account_goes_to_a_director(self):
        self.bring_to('4')
        self.fill_blueprint()
        self.alpha.kam_user_id = self.leo
        self.alpha.kam_team_id = self.north
        plan = self.as_user(self.leo)
        plan.action_submit_approval()
        self.assertTrue(plan.activity_ids.user_id.has_group('kam_kpi.group_kam_manager'))
        with self.assertRaisesRegex(UserError, "own plan"):
            plan.action_approve()
        self.as_user(self.diana).action_approve()
        self.assertEqual(self.plan.approved_by_id, self.diana)

    def test_approval(self):
        self.bring_to('4')
        self.fill_4()
        self.assertEqual((self.plan.approval_state, self.plan.approved_by_id), ('approved', self.leo))
        self.assertFalse(self.plan.activity_ids)

    def test_manager_does_not_approve(self):
        self.bring_to('4')
        self.fill_blueprint()
        self.plan.action_submit_approval()
        with self.assertRaises(AccessError):
            self.plan.action_approve()

    def test_leader_of_another_team_does_not_approve(self):
        self.bring_to('4')
        self.fill_blueprint()
        self.plan.action_submit_approval()
        with self.assertRaises(AccessError):
            self.as_user(self.zoe).action_approve()

    def test_director_does_not_approve_what_they_submitted(self):
        self.bring_to('4')
        self.fill_blueprint()
        self.as_user(self.diana).action_submit_approval()
        with self.assertRaisesRegex(UserError, "own plan"):
            self.as_user(self.diana).action_approve()

    def test_nothing_to_approve(self):
        with self.assertRaisesRegex(UserError, "not waiting"):
            self.as_user(self.leo).action_approve()

    def test_refusal_with_a_reason(self):
        self.bring_to('4')
        self.fill_blueprint()
        self.plan.action_submit_approval()
        self.as_user(self.leo)._refuse("Too many objectives")
        self.assertEqual(self.plan.approval_state, 'refused')
        message = self.plan.message_ids[0]
        self.assertIn("Too many objectives", message.body)
        self.assertIn(self.anna.partner_id, message.partner_ids)
        self.as_user(self.anna).action_submit_approval()
        self.assertEqual(self.plan.approval_state, 'submitted')

    def test_changes_of_the_blueprint_ask_for_approval_again(self):
        changes = (
            lambda plan: plan.objective_ids.write({'name': "Other"}),
            lambda plan: plan.objective_ids.create({'plan_id': plan.id, 'name': "One more"}),
            lambda plan: plan.objective_ids[0].unlink(),
            lambda plan: plan.write({'target_ids': [Command.clear()]}),
        )
        self.bring_to('5')
        for change in changes:
            with self.subTest(change=change):
                self.plan._set({'approval_state': 'approved'})
                change(self.plan)
                self.assertEqual(self.plan.approval_state, 'none')
                self.assertIn("approval again", self.plan.message_ids[0].body)

    def test_same_value_keeps_the_approval(self):
        self.bring_to('5')
        self.plan.objective_ids.write({'name': self.plan.objective_ids.name, 'date_deadline': '2026-11-30', 'state': 'reached'})
        self.assertEqual(self.plan.approval_state, 'approved')

    def test_an_opened_approval_ends_with_a_change(self):
        self.bring_to('4')
        self.fill_blueprint()
        self.as_user(self.leo)._open_gate("Agreed by phone")
        self.assertEqual(self.plan.step_id.code, '5')
        self.fill_5()
        self.assertEqual(self.plan._gate_missing('5'), [])
        self.plan.objective_ids.name = "Other"
        self.assertIn("approval again", self.plan._gate_missing('5')[0])
