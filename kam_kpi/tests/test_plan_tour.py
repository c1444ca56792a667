from odoo.tests import HttpCase, tagged

from .plan_common import PlanCase


@tagged('post_install', '-at_install')
class TestPlanTour(PlanCase, HttpCase):
    """The plan's form in a browser, as the account manager uses it."""

    def start_plan_tour(self, tour):
        self.plan.action_refresh_figures()
        self.start_tour(f"/odoo/kam-plans/{self.plan.id}", tour, login=self.anna.login)
        self.env.invalidate_all()

    def test_work_through_the_first_steps(self):
        self.score(self.alpha)
        self.start_plan_tour('kam_plan_tour')
        self.assertEqual((self.plan.step_id.code, self.plan.strategy), ('2', 'grow'))
        self.assertEqual(self.plan.goal_ids.mapped('name'), ["Fewer stops"])
        self.assertEqual(self.plan.stakeholder_ids.mapped('partner_id'), self.alpha)

    def test_a_second_save_overwrites_nothing(self):
        self.start_plan_tour('kam_plan_conflict_tour')
        self.assertEqual(self.plan.summary, "Saved first")
