from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .plan_common import PlanCase

PARTS = (
    'kam.plan.objective', 'kam.plan.action', 'kam.plan.audit', 'kam.plan.communication', 'kam.plan.competitor', 'kam.plan.swot',
)
FREE_TEXTS = ('strategy_reason', 'challenges', 'buying_process', 'market_trends', 'value_proposition', 'white_space')


@tagged('post_install', '-at_install')
@freeze_time('2026-03-10 09:00:00')
class TestAccessPlan(PlanCase):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.plan.write({
            'objective_ids': [Command.create({'name': "O"})],
            'action_ids': [Command.create({'name': "A"})],
            'communication_ids': [Command.create({'name': "C"})],
            'competitor_ids': [Command.create({'name': "K"})],
            'swot_ids': [Command.create({'name': "S", 'kind': 'threat'})],
            'goal_ids': [Command.create({'name': "G", 'target': 1})],
            'wallet_ids': [Command.create({'amount': 5})],
        })

    def seen(self, user, model='kam.plan'):
        self.env.invalidate_all()
        return self.env[model].with_user(user).search_count([])

    def test_who_sees_the_plan(self):
        self.assertEqual(
            [self.seen(user) for user in (self.anna, self.ben, self.leo, self.zoe, self.diana, self.rita)], [1, 0, 1, 0, 1, 1])

    def test_no_group_no_plan(self):
        with self.assertRaises(AccessError):
            self.seen(self.sam)

    def test_parts_follow_the_plan(self):
        for model in (*PARTS, 'kam.customer.goal', 'kam.wallet.estimate'):
            with self.subTest(model=model):
                counts = [bool(self.seen(user, model)) for user in (self.anna, self.ben, self.leo, self.zoe, self.diana)]
                self.assertEqual(counts, [True, False, True, False, True])

    def test_a_colleague_writes_nothing(self):
        for model in PARTS:
            line = self.env[model].search([('plan_id', '=', self.plan.id)], limit=1).with_user(self.ben)
            with self.subTest(model=model):
                with self.assertRaises(AccessError):
                    line.write({'name': "X"})
                with self.assertRaises(AccessError):
                    line.unlink()
                with self.assertRaises(AccessError):
                    line.create({'name': "X", 'plan_id': self.plan.id})

    def test_a_colleague_moves_no_line_into_the_plan(self):
        plan = self.env['kam.plan'].with_user(self.ben).create({'partner_id': self.beta.id})
        objective = plan.objective_ids.create({'plan_id': plan.id, 'name': "B"})
        with self.assertRaises(AccessError):
            objective.plan_id = self.plan.id

    def test_no_plan_for_a_colleague_s_account(self):
        with self.assertRaises(AccessError):
            self.env['kam.plan'].with_user(self.ben).create({'partner_id': self.alpha.id, 'year': 2027})

    def test_readers_see_states_dates_and_figures(self):
        plan = self.as_user(self.rita)
        values = plan.read(['name', 'state', 'step_id', 'date_start', 'revenue', 'quadrant', 'gate_message', 'completeness'])[0]
        self.assertEqual(values['revenue'], 1000.0)
        self.assertIn("A strategy", values['gate_message'])
        self.assertTrue(plan.objective_ids.mapped('name'))

    def test_readers_see_no_free_text(self):
        for name in (*FREE_TEXTS, 'swot_ids', 'competitor_ids'):
            with self.subTest(name=name), self.assertRaises(AccessError):
                self.as_user(self.rita).read([name])

    def test_readers_write_nothing(self):
        plan = self.as_user(self.rita)
        for method in ('action_next_step', 'action_previous_step', 'action_submit_approval', 'action_approve', 'action_done',
                       'action_refresh_figures', 'action_link_targets', 'action_cancel'):
            with self.subTest(method=method), self.assertRaises(AccessError):
                getattr(plan, method)()
        with self.assertRaises(AccessError):
            plan.write({'summary': "X"})

    def test_public_methods_refuse_colleagues(self):
        for method in ('action_next_step', 'action_previous_step', 'action_submit_approval', 'action_approve', 'action_done',
                       'action_refresh_figures', 'action_link_targets', 'action_cancel', 'action_open_gate', 'action_refuse', 'action_renew'):
            with self.subTest(method=method), self.assertRaises(AccessError):
                getattr(self.as_user(self.ben), method)()

    def test_another_company_sees_nothing(self):
        company = self.env['res.company'].create({'name': "Elsewhere"})
        director = self.new_user('dora', 'kam_kpi.group_kam_manager', company_id=company.id, company_ids=[Command.set(company.ids)])
        self.assertEqual(self.seen(director), 0)
        for model in PARTS:
            self.assertEqual(self.seen(director, model), 0)

    def test_former_manager_loses_the_plan(self):
        self.alpha.kam_user_id = self.ben
        self.assertEqual([self.seen(self.anna), self.seen(self.ben)], [0, 1])

    def test_only_directors_delete_a_draft(self):
        with self.assertRaises(AccessError):
            self.as_user(self.leo).unlink()
        self.as_user(self.diana).unlink()

    def test_reasons_belong_to_their_writer(self):
        wizard = self.env['kam.plan.reason'].with_user(self.leo).create({'plan_id': self.plan.id, 'kind': 'gate', 'reason': "R"})
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            wizard.with_user(self.diana).read(['reason'])

    def test_a_forged_wizard_decides_nothing(self):
        wizard = self.env['kam.plan.reason'].with_user(self.anna).create({'plan_id': self.plan.id, 'kind': 'gate', 'reason': "R"})
        with self.assertRaises(AccessError):
            wizard.action_confirm()

    def test_steps_stay(self):
        step = self.env.ref('kam_kpi.kam_plan_step_1').with_user(self.diana)
        step.name = "Portfolio"
        with self.assertRaises(UserError):
            step.code = '9'
        with self.assertRaises(AccessError):
            step.unlink()

    def test_partner_shows_the_current_plan(self):
        account = self.alpha.with_user(self.anna)
        self.assertEqual((account.kam_plan_count, account.kam_plan_id.id, account.kam_plan_step_id.code), (1, self.plan.id, '1'))
        self.assertEqual(account.action_view_kam_plans()['res_id'], self.plan.id)
        self.assertEqual(self.alpha.with_user(self.ben).kam_plan_count, 0)

    def test_several_plans_of_an_account_open_as_a_list(self):
        self.env['kam.plan'].create({'partner_id': self.alpha.id, 'year': 2030})
        action = self.alpha.with_user(self.anna).action_view_kam_plans()
        self.assertEqual(action['views'][0][1], 'list')
        self.assertNotIn('search_default_living', action['context'])
