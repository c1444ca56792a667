from odoo.tests import freeze_time, tagged

from .plan_common import PlanCase


@tagged('post_install', '-at_install')
@freeze_time('2026-03-10 09:00:00')
class TestPlanMerge(PlanCase):
    """Merged accounts and contacts lose no plan and no stakeholder."""

    def merge(self, source, destination):
        self.env['base.partner.merge.automatic.wizard']._merge([source.id, destination.id], destination)
        self.env.invalidate_all()
        return self.plan.with_env(self.env)

    def test_both_plans_are_kept_and_one_lives(self):
        other = self.env['kam.plan'].with_user(self.ben).create({'partner_id': self.beta.id})
        plan = self.merge(self.alpha, self.beta)
        self.assertEqual((plan.partner_id, other.partner_id), (self.beta, self.beta))
        self.assertEqual((plan.state, other.state), ('cancelled', 'draft'))

    def test_the_only_plan_lives_on(self):
        plan = self.merge(self.alpha, self.beta)
        self.assertEqual((plan.partner_id, plan.state), (self.beta, 'draft'))

    def test_a_merged_contact_is_on_the_map_once(self):
        one, two = self.new_contact(self.alpha, "Carla"), self.new_contact(self.alpha, "C. Buyer")
        people = self.env['kam.stakeholder'].create([
            {'partner_id': self.alpha.id, 'contact_id': contact.id, 'remark': contact.name} for contact in (two, one)])
        self.merge(one, two)
        self.assertEqual(people.mapped('active'), [True, False])
        self.assertEqual(people.mapped('contact_id'), two)
