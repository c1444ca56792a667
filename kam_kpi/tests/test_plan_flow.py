import psycopg2

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .plan_common import PlanCase


@tagged('post_install', '-at_install')
@freeze_time('2026-03-10 09:00:00')
class TestPlanFlow(PlanCase):

    def step(self, code):
        return self.env['kam.plan.step'].search([('code', '=', code)])

    # one living plan

    def test_one_living_plan_per_account_and_year(self):
        with self.assertRaises(psycopg2.IntegrityError), mute_logger('odoo.sql_db'), self.cr.savepoint():
            self.plan.create({'partner_id': self.alpha.id})

    def test_a_cancelled_plan_makes_room(self):
        self.plan._cancel("Merged into another plan")
        self.assertTrue(self.plan.create({'partner_id': self.alpha.id}))

    def test_a_contact_stands_for_its_company(self):
        contact = self.new_contact(self.beta, "Bea")
        self.assertEqual(self.env['kam.plan'].create({'partner_id': contact.id}).partner_id, self.beta)

    def test_fiscal_year(self):
        self.company.write({'fiscalyear_last_month': '6', 'fiscalyear_last_day': 30})
        plan = self.env['kam.plan'].create({'partner_id': self.beta.id})
        self.assertEqual(plan.year, 2026)
        self.assertEqual(str(plan.date_start), '2025-07-01')
        self.assertEqual(str(plan.date_end), '2026-06-30')

    def test_a_year_out_of_reach_is_refused_in_words(self):
        for year in (-3, 26, 99999999):
            with self.assertRaisesRegex(psycopg2.errors.CheckViolation, "sensible_year"), \
                    mute_logger('odoo.sql_db'), self.cr.savepoint():
                self.plan.create({'partner_id': self.beta.id, 'year': year})

    def test_resources_are_never_negative(self):
        for name in ('budget', 'budget_spent', 'hours_planned', 'hours_actual'):
            with self.assertRaisesRegex(psycopg2.errors.CheckViolation, "sensible_resources"), \
                    mute_logger('odoo.sql_db'), self.cr.savepoint():
                self.plan.write({name: -1})
                self.plan.flush_recordset()

    # states are changed by transitions alone

    def test_state_is_not_written_by_hand(self):
        for vals in ({'state': 'done'}, {'approval_state': 'approved'}, {'approved_by_id': self.anna.id}, {'user_id': self.ben.id}):
            with self.assertRaises(UserError):
                self.plan.write(vals)

    def test_state_is_not_created_by_hand(self):
        for vals in ({'state': 'done'}, {'approval_state': 'approved'}, {'step_id': self.step('5').id}):
            with self.assertRaises(UserError):
                self.env['kam.plan'].with_user(self.ben).create({'partner_id': self.beta.id, **vals})

    def test_state_is_not_forged_by_the_context(self):
        plan = self.env['kam.plan'].with_user(self.ben).with_context(
            default_state='done', default_approval_state='approved', default_step_id=self.step('5').id,
            default_user_id=self.leo.id,
        ).create({'partner_id': self.beta.id})
        self.assertEqual((plan.state, plan.approval_state, plan.step_id.code, plan.user_id), ('draft', 'none', '1', self.ben))

    def test_account_of_a_running_plan_stays(self):
        self.bring_to('2')
        with self.assertRaisesRegex(UserError, "under way"):
            self.plan.partner_id = self.beta
        with self.assertRaisesRegex(UserError, "under way"):
            self.plan.year = 2027

    # dragging

    def test_drag_goes_through_the_gate(self):
        with self.assertRaisesRegex(UserError, "Still missing"):
            self.plan.step_id = self.step('2')
        self.assertEqual(self.plan.step_id.code, '1')

    def test_drag_forward_by_one(self):
        self.fill_1()
        self.plan.step_id = self.step('2')
        self.assertEqual((self.plan.step_id.code, self.plan.state), ('2', 'running'))

    def test_drag_over_a_step_is_refused(self):
        self.fill_1()
        self.fill_2()
        with self.assertRaisesRegex(UserError, "one step at a time"):
            self.plan.step_id = self.step('3')

    def test_drag_back_at_will(self):
        self.bring_to('4')
        self.plan.step_id = self.step('2')
        self.assertEqual(self.plan.step_id.code, '2')

    def test_previous_step(self):
        self.bring_to('2')
        self.plan.action_previous_step()
        self.assertEqual(self.plan.step_id.code, '1')
        with self.assertRaises(UserError):
            self.plan.action_previous_step()

    def test_time_per_step_is_tracked(self):
        plan = self.plan.with_context(tracking_disable=False)
        self.fill_1()
        self.env.flush_all()
        self.cr.precommit.run()
        plan.action_next_step()
        self.env.flush_all()
        self.cr.precommit.run()
        plan.invalidate_recordset()
        self.assertEqual(set(plan.duration_tracking), {str(self.step('1').id), str(self.step('2').id)})

    # opened gates

    def test_leader_opens_a_gate_with_a_reason(self):
        self.as_user(self.leo)._open_gate("The score comes next week")
        self.assertEqual(self.plan.step_id.code, '2')
        waiver = self.plan.waiver_ids
        self.assertEqual((waiver.user_id, waiver.step_id.code, waiver.reason), (self.leo, '1', "The score comes next week"))
        self.assertIn("A strategy", waiver.missing)
        self.assertIn("The score comes next week", self.plan.message_ids[0].body)
        self.assertEqual(self.plan.gate_status['1']['state'], 'waived')

    def test_wizard_opens_a_gate(self):
        action = self.as_user(self.leo).action_open_gate()
        wizard = self.env['kam.plan.reason'].with_user(self.leo).with_context(action['context']).create({'reason': "Go on"})
        wizard.action_confirm()
        self.assertEqual(self.plan.step_id.code, '2')

    def test_manager_opens_no_gate(self):
        with self.assertRaises(AccessError):
            self.plan._open_gate("Please")
        with self.assertRaises(AccessError):
            self.plan.action_open_gate()

    def test_leader_who_manages_the_account_opens_no_gate(self):
        self.alpha.kam_user_id = self.leo
        self.alpha.kam_team_id = self.north
        with self.assertRaisesRegex(UserError, "own plan"):
            self.as_user(self.leo)._open_gate("I may, may I not?")

    def test_a_waiver_stays(self):
        self.as_user(self.leo)._open_gate("Later")
        with self.assertRaises(AccessError):
            self.plan.waiver_ids.with_user(self.anna).unlink()
        with self.assertRaises(AccessError):
            self.plan.waiver_ids.with_user(self.diana).reason = "Other"

    def test_no_waiver_without_need(self):
        self.fill_1()
        with self.assertRaisesRegex(UserError, "Nothing is missing"):
            self.as_user(self.leo)._open_gate("Just so")

    # end and renewal

    def test_closed_plans_are_read_only(self):
        self.bring_to('7')
        self.fill_7()
        self.plan.action_done()
        self.env.invalidate_all()
        for change in (
            lambda: self.plan.write({'summary': "Too late"}),
            lambda: self.plan.objective_ids.write({'name': "Too late"}),
            lambda: self.plan.goal_ids.write({'name': "Too late"}),
            lambda: self.plan.swot_ids[0].unlink(),
            lambda: self.env['kam.plan.action'].with_user(self.anna).create({'plan_id': self.plan.id, 'name': "Too late"}),
            lambda: self.as_user(self.leo).write({'summary': "Too late"}),
            lambda: self.as_user(self.diana).action_previous_step(),
        ):
            with self.assertRaisesRegex(UserError, "closed"):
                change()
        self.as_user(self.diana).summary = "A correction"
        self.assertEqual(self.plan.summary, "A correction")

    def test_cancel_needs_the_right_and_keeps_the_reason(self):
        with self.assertRaises(AccessError):
            self.as_user(self.ben)._cancel("Not mine")
        self.as_user(self.anna)._cancel("The customer was sold")
        self.assertEqual(self.plan.state, 'cancelled')
        self.assertIn("The customer was sold", self.plan.message_ids[0].body)

    def test_renew(self):
        self.bring_to('7')
        self.fill_7()
        self.plan.objective_ids.create({'plan_id': self.plan.id, 'name': "Reached one", 'state': 'reached'})
        self.env['kam.plan.action'].create({
            'plan_id': self.plan.id, 'name': "Still to do", 'objective_id': self.plan.objective_ids[0].id,
            'user_id': self.anna.id, 'date_deadline': '2026-12-01'})
        self.plan._set({'approval_state': 'approved'})
        self.plan.summary = "Stable"
        self.plan.action_done()
        following = self.plan.browse(self.plan.action_renew()['res_id'])
        self.assertEqual(
            (following.year, following.state, following.step_id.code, following.approval_state, following.previous_plan_id),
            (2027, 'draft', '1', 'none', self.plan))
        self.assertEqual((following.strategy, following.summary, len(following.swot_ids)), ('grow', "Stable", 4))
        self.assertEqual(following.objective_ids.mapped('name'), ["Win the second plant"])
        self.assertEqual(str(following.objective_ids.date_deadline), '2027-11-30')
        self.assertEqual(following.action_ids.mapped('name'), ["Still to do"])
        self.assertEqual(str(following.action_ids.date_deadline), '2027-12-01')
        self.assertEqual(following.goal_ids.mapped('name'), ["Fewer stops"])
        self.assertFalse(following.communication_ids)
        self.assertEqual(len(self.plan.swot_ids), 4)

    def test_renew_twice_shows_the_same_plan(self):
        self.plan._cancel("Start again")
        first = self.plan.action_renew()['res_id']
        self.assertEqual(self.plan.action_renew()['res_id'], first)

    def test_renew_only_what_is_closed(self):
        with self.assertRaisesRegex(UserError, "Finish or cancel"):
            self.plan.action_renew()

    def test_the_manager_at_the_end_stays_on_record(self):
        self.plan._cancel("End")
        self.alpha.kam_user_id = self.ben
        self.assertEqual(self.plan.user_id, self.anna)

    def test_a_living_plan_follows_the_account(self):
        self.alpha.kam_user_id = self.ben
        self.assertEqual(self.plan.user_id, self.ben)

    def test_worked_on_plans_are_not_deleted(self):
        self.bring_to('2')
        with self.assertRaisesRegex(UserError, "cancel it instead"):
            self.as_user(self.diana).unlink()

    def test_no_round_trip_skips_a_gate(self):
        """Back and forth, a step ahead is reached through its gate alone."""
        self.bring_to('3')
        self.plan.action_previous_step()
        self.plan.swot_ids.unlink()
        with self.assertRaises(UserError):
            self.plan.action_next_step()
        with self.assertRaises(UserError):
            self.plan.step_id = self.step('3')
