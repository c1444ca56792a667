from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from .stakeholder_common import StakeholderCase


@tagged('post_install', '-at_install')
@freeze_time('2026-03-10 09:00:00')
class TestStakeholderLeft(StakeholderCase):
    """A contact who changes company or leaves is flagged, and the manager is told once."""

    def told(self, user=None):
        """Open activities about people who left."""
        kind = self.env.ref('kam_kpi.mail_activity_type_stakeholder_left')
        found = self.env['mail.activity'].search([('activity_type_id', '=', kind.id)])
        return found.filtered(lambda activity: not user or activity.user_id == user)

    def move(self, company=None):
        """As a salesman does who knows nothing of the map."""
        self.contact.with_user(self.sam).parent_id = company or self.gamma
        self.env.invalidate_all()

    def test_nothing_happens_while_they_stay(self):
        self.contact.with_user(self.sam).write({'function': "Chief buyer", 'parent_id': self.alpha.id})
        self.assertFalse(self.carla.has_left)
        self.assertFalse(self.told())

    def test_moved_to_another_company(self):
        self.move()
        self.assertTrue(self.carla.has_left)
        self.assertEqual(self.carla.left_to_id, self.gamma)
        told = self.told()
        self.assertEqual((told.user_id, told.res_model, told.res_id), (self.anna, 'res.partner', self.alpha.id))
        self.assertEqual(told.summary, "Carla seems to have left: settle it on the relationship map")
        self.assertEqual(str(self.carla.inactive_since), '2026-03-10')

    def test_archived(self):
        self.contact.action_archive()
        self.assertTrue(self.carla.has_left)
        self.assertFalse(self.carla.left_to_id)
        self.assertEqual(len(self.told(self.anna)), 1)

    def test_moved_with_the_department_above(self):
        plant = self.new_contact(self.alpha, "Plant")
        self.contact.parent_id = plant
        self.assertFalse(self.carla.has_left)
        plant.parent_id = self.gamma
        self.assertTrue(self.carla.has_left)
        self.assertEqual(len(self.told()), 1)

    def test_never_told_twice(self):
        self.move()
        self.move(self.beta)
        self.env['kam.stakeholder']._cron_sync_left()
        self.env['kam.stakeholder']._cron_sync_left()
        self.assertEqual(len(self.told()), 1)

    def test_done_without_settling_is_not_told_again(self):
        self.move()
        self.told().with_user(self.anna).action_done()
        self.env['kam.stakeholder']._cron_sync_left()
        self.assertFalse(self.told())
        self.assertTrue(self.carla.has_left)

    def test_they_come_back(self):
        self.move()
        self.move(self.alpha)
        self.assertFalse(self.carla.has_left)
        self.assertFalse(self.told())
        self.assertFalse(self.carla.inactive_since)
        self.move()
        self.assertEqual(len(self.told()), 1)

    def test_settled_by_taking_them_off_the_map(self):
        self.move()
        self.carla.action_take_off()
        self.assertFalse(self.carla.active)
        self.assertFalse(self.told())

    def test_settled_by_deleting(self):
        self.move()
        self.carla.unlink()
        self.assertFalse(self.told())

    def test_settled_by_confirming(self):
        self.move()
        self.carla.action_still_counts()
        self.assertFalse(self.carla.has_left)
        self.assertFalse(self.told())
        self.move(self.beta)
        self.assertEqual(len(self.told()), 1)

    def test_an_archived_contact_cannot_be_confirmed(self):
        self.contact.action_archive()
        with self.assertRaisesRegex(UserError, "is archived"):
            self.carla.action_still_counts()

    def test_settled_by_a_successor(self):
        self.move()
        self.carla.contact_id = self.new_contact(self.alpha, "Dora")
        self.assertFalse(self.carla.has_left)
        self.assertFalse(self.told())

    def test_followed_to_another_account_of_ours(self):
        own = self.new_account("Delta", self.anna)
        self.carla.write({'remark': "Wants the second plant", 'attitude': '2', 'current_level': '3'})
        self.move(own)
        action = self.carla.with_user(self.anna).action_follow()
        follower = self.env['kam.stakeholder'].browse(action['res_id'])
        self.assertEqual((follower.partner_id, follower.contact_id, follower.attitude, follower.current_level),
                         (own, self.contact, '2', '3'))
        self.assertFalse(follower.remark)
        self.assertFalse(follower.has_left)
        self.assertFalse(self.carla.active)
        self.assertFalse(self.told())

    def test_nobody_is_followed_to_the_account_of_another(self):
        self.move(self.beta)
        with self.assertRaisesRegex(UserError, "account of Ben"):
            self.carla.with_user(self.anna).action_follow()

    def test_nobody_is_followed_to_a_company_that_is_no_account(self):
        self.move(self.gamma)
        with self.assertRaisesRegex(UserError, "no key account"):
            self.carla.with_user(self.anna).action_follow()

    def test_a_consultant_of_another_company_has_not_left(self):
        consultant = self.new_contact(self.gamma, "Connie")
        person = self.new_person(contact_id=consultant.id)
        self.assertFalse(person.has_left)
        consultant.parent_id = self.beta
        self.assertTrue(person.has_left)

    def test_without_a_manager_the_leader_is_told(self):
        self.alpha.write({'kam_user_id': False, 'kam_team_id': self.north.id})
        self.move()
        self.assertEqual(self.told().user_id, self.leo)

    def test_without_both_the_job_tries_again(self):
        self.alpha.write({'kam_user_id': False, 'kam_team_id': False})
        self.move()
        self.assertFalse(self.told())
        self.alpha.kam_user_id = self.ben
        self.env['kam.stakeholder']._cron_sync_left()
        self.assertEqual(self.told().user_id, self.ben)

    def test_the_job_finds_what_went_past_odoo(self):
        self.env.flush_all()
        self.cr.execute("UPDATE res_partner SET commercial_partner_id = %s WHERE id = %s", [self.gamma.id, self.contact.id])
        self.env.invalidate_all()
        self.env['kam.stakeholder']._cron_sync_left()
        self.assertTrue(self.carla.has_left)
        self.assertEqual(len(self.told()), 1)

    def test_two_maps_two_managers(self):
        self.new_person(user=self.ben, account=self.beta, contact_id=self.contact.id)
        self.move()
        self.assertEqual(self.told().user_id, self.anna | self.ben)
        self.assertEqual(len(self.told()), 2)

    def test_people_off_the_map_are_not_told(self):
        self.carla.action_archive()
        self.move()
        self.assertFalse(self.told())

    def test_moving_contacts_costs_little(self):
        others = self.env['res.partner'].create([{'name': f"O{n}", 'parent_id': self.gamma.id} for n in range(50)])
        self.env.flush_all()
        people = self.env['kam.stakeholder']
        before = self.cr.sql_log_count
        people.sudo().with_context(active_test=False).search([('contact_id', 'child_of', others.ids)])._sync_left()
        self.assertLessEqual(self.cr.sql_log_count - before, 3)
