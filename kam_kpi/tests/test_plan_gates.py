from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from .plan_common import PlanCase


@tagged('post_install', '-at_install')
@freeze_time('2026-03-10 09:00:00')
class TestPlanGates(PlanCase):

    def missing(self, code):
        self.env.invalidate_all()
        return self.plan._gate_missing(code)

    def assertHolds(self, code, part):
        """The gate of a step names exactly one thing as missing, with these words, and the plan does not move."""
        missing = self.missing(code)
        self.assertEqual(len(missing), 1, missing)
        self.assertIn(part, missing[0])
        if self.plan.step_id.code == code:
            with self.assertRaises(UserError) as refusal:
                self.plan.action_next_step()
            self.assertIn(part, str(refusal.exception))
            self.assertEqual(self.plan.step_id.code, code)

    def test_new_plan_is_a_draft_in_step_1(self):
        self.assertEqual(self.plan.state, 'draft')
        self.assertEqual(self.plan.step_id.code, '1')
        self.assertEqual(self.plan.year, 2026)
        self.assertEqual(len(self.missing('1')), 2)

    def test_1_needs_a_score(self):
        self.plan.strategy = 'grow'
        self.assertHolds('1', "A confirmed score")

    def test_1_needs_a_score_of_70_percent(self):
        score = self.score(self.alpha)
        self.env.flush_all()
        self.cr.execute("UPDATE kam_account_score SET coverage = 60 WHERE id = %s", [score.id])  # no way but an old import
        self.plan.strategy = 'grow'
        self.assertHolds('1', "60 % of it is known")

    def test_1_needs_a_strategy(self):
        self.score(self.alpha)
        self.assertHolds('1', "A strategy")

    def test_1_opens_and_the_plan_runs(self):
        self.pass_step('1')
        self.assertEqual(self.plan.step_id.code, '2')
        self.assertEqual(self.plan.state, 'running')

    def test_2_needs_a_goal(self):
        self.bring_to('2')
        self.fill_2()
        self.plan.goal_ids.unlink()
        self.assertHolds('2', "goal of the customer")

    def test_2_takes_no_blanks_for_content(self):
        with self.assertRaisesRegex(UserError, "only blanks"):
            self.plan.write({'swot_ids': [Command.create({'name': "  ", 'kind': 'threat'})]})

    def test_2_needs_each_quarter_of_the_swot(self):
        self.bring_to('2')
        self.fill_2()
        self.plan.swot_ids.filtered(lambda item: item.kind in ('weakness', 'threat')).unlink()
        self.assertHolds('2', "Weakness, Threat")

    def test_2_needs_a_wallet_estimate(self):
        self.bring_to('2')
        self.fill_2()
        self.plan.wallet_ids.unlink()
        self.assertHolds('2', "estimate of what the customer spends")

    def test_2_takes_an_estimate_of_24_months_and_no_older(self):
        self.bring_to('2')
        self.fill_2()
        self.plan.wallet_ids.date = '2024-03-10'
        self.assertEqual(self.missing('2'), [])
        self.plan.wallet_ids.date = '2024-03-09'
        self.assertHolds('2', "not older than 24 months")

    def test_3_needs_the_number_of_the_tier(self):
        self.bring_to('3')
        self.fill_3()
        self.plan.stakeholder_ids.filtered(lambda person: person.role == 'user').unlink()
        self.assertHolds('3', "1 of the 2")

    def test_3_needs_a_decision_maker(self):
        self.bring_to('3')
        self.fill_3()
        self.plan.stakeholder_ids.role = 'user'
        self.assertHolds('3', "A decision maker")

    def test_3_needs_the_coverage_of_the_tier(self):
        self.bring_to('3')
        self.fill_3()
        self.plan.stakeholder_ids.current_level = '1'
        self.assertHolds('3', "Coverage of the relationships: 35 of the 40")
        self.alpha.kam_tier_id.min_coverage = 35
        self.assertEqual(self.plan._gate_missing('3'), [])

    def test_3_counts_nobody_who_left(self):
        self.bring_to('3')
        self.fill_3()
        contact = self.new_contact(self.alpha, "Mr Sign")
        self.plan.stakeholder_ids.filtered(lambda person: person.role == 'decision_maker').contact_id = contact
        contact.parent_id = self.gamma
        self.alpha.kam_tier_id.min_coverage = 0
        self.env.invalidate_all()
        self.assertEqual(self.plan._gate_missing('3'), [
            "Stakeholders: 1 of the 2 which the tier asks for.", "A decision maker."])

    def test_3_needs_an_owner_for_each(self):
        self.bring_to('3')
        self.fill_3()
        self.plan.stakeholder_ids[0].user_id = False
        self.alpha.kam_tier_id.min_coverage = 0
        self.assertHolds('3', "owner of 1 of the stakeholders")

    def test_4_needs_an_agreed_target(self):
        self.bring_to('4')
        self.fill_4()
        self.set_target_state(self.plan.target_ids, 'proposed')
        self.assertHolds('4', "KPI target that is agreed")

    def test_4_takes_the_target_of_an_objective(self):
        self.bring_to('4')
        self.plan.objective_ids = [Command.create({'name': "Grow", 'target_id': self.target(self.alpha, 'locked').id})]
        self.assertHolds('4', "submit the blueprint")

    def test_4_needs_an_objective(self):
        self.bring_to('4')
        self.plan.target_ids = self.target(self.alpha)
        self.assertIn("At least one objective.", self.missing('4'))
        with self.assertRaisesRegex(UserError, "At least one objective"):
            self.plan.action_submit_approval()

    def test_4_needs_the_approval(self):
        self.bring_to('4')
        self.fill_blueprint()
        self.assertHolds('4', "submit the blueprint")
        self.plan.action_submit_approval()
        self.assertHolds('4', "the leader has not decided")

    def test_5_needs_an_owned_dated_action_for_each_objective(self):
        self.bring_to('5')
        self.fill_5()
        self.plan.action_ids = [Command.create({'name': "Nobody's", 'objective_id': self.plan.objective_ids.id})]
        self.assertEqual(self.missing('5'), [])
        self.plan.action_ids.filtered('user_id').date_deadline = False
        self.assertHolds('5', "“Win the second plant”")

    def test_5_needs_a_done_action(self):
        self.bring_to('5')
        self.fill_5()
        self.plan.action_ids.action_reopen()
        self.assertHolds('5', "A first action that is done")

    def test_6_needs_a_budget(self):
        self.bring_to('6')
        self.fill_6()
        self.plan.budget = 0
        self.assertHolds('6', "A budget.")

    def test_6_needs_a_budget_owner(self):
        self.bring_to('6')
        self.fill_6()
        self.plan.budget_user_id = False
        self.assertHolds('6', "Someone who owns the budget")

    def test_6_needs_each_answer_of_the_audit(self):
        self.bring_to('6')
        self.fill_6()
        self.plan.audit_ids[0].answer = False
        self.assertHolds('6', "1 still open")

    def test_6_needs_the_finding_of_a_no(self):
        self.bring_to('6')
        self.fill_6()
        self.plan.audit_ids[0].answer = 'no'
        self.assertHolds('6', "what was found")
        self.plan.audit_ids[0].finding = "Two people left"
        self.assertEqual(self.missing('6'), [])

    def test_7_needs_an_internal_and_an_external_communication(self):
        self.bring_to('7')
        self.fill_7()
        external = self.plan.communication_ids.filtered(lambda line: line.audience == 'external')
        external.date_done = False
        self.assertHolds('7', "to the customer")
        external.action_mark_done()
        self.plan.communication_ids.filtered(lambda line: line.audience == 'internal').unlink()
        self.assertHolds('7', "An internal communication")

    def test_finish(self):
        self.bring_to('7')
        self.fill_7()
        self.plan.action_done()
        self.assertEqual(self.plan.state, 'done')

    def test_no_finish_before_the_last_step(self):
        self.bring_to('6')
        with self.assertRaisesRegex(UserError, "finished in its last step"):
            self.plan.action_done()

    def test_later_steps_stop_while_the_approval_is_lost(self):
        self.bring_to('6')
        self.fill_6()
        self.plan.objective_ids.name = "Win both plants"
        self.assertHolds('6', "approval again")

    def test_gate_message_and_completeness(self):
        self.assertIn("A strategy", self.plan.gate_message)
        self.assertFalse(self.plan.gate_open)
        self.assertEqual(self.plan.completeness, 0)
        self.fill_1()
        self.env.invalidate_all()
        self.assertFalse(self.plan.gate_message)
        self.assertTrue(self.plan.gate_open)
        self.assertEqual(self.plan.completeness, 14)
        self.assertEqual(self.plan.gate_status['1']['state'], 'current')
        self.assertEqual(self.plan.gate_status['2']['state'], 'todo')

    def test_completeness_is_100_when_all_is_there(self):
        self.bring_to('7')
        self.fill_7()
        self.env.invalidate_all()
        self.assertEqual(self.plan.completeness, 100)
