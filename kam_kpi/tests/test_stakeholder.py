import psycopg2

from odoo import Command
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from .plan_common import PlanCase


@tagged('post_install', '-at_install')
@freeze_time('2026-03-10 09:00:00')
class TestStakeholder(PlanCase):

    def new_stakeholder(self, name="Mr X", user=None, **vals):
        return self.env['kam.stakeholder'].with_user(user or self.anna).create({
            'partner_id': self.alpha.id, 'name': name, **vals})

    def test_name_follows_the_contact(self):
        contact = self.new_contact(self.alpha, "Carla", function="Buyer")
        stakeholder = self.new_stakeholder(name=False, contact_id=contact.id)
        self.assertEqual((stakeholder.name, stakeholder.function), ("Carla", "Buyer"))

    def test_a_person_is_on_the_map_once(self):
        contact = self.new_contact(self.alpha, "Carla")
        self.new_stakeholder(contact_id=contact.id)
        with self.assertRaises(psycopg2.IntegrityError), mute_logger('odoo.sql_db'), self.cr.savepoint():
            self.new_stakeholder(contact_id=contact.id)

    def test_the_same_person_at_two_accounts(self):
        contact = self.new_contact(self.alpha, "Carla")
        self.new_stakeholder(contact_id=contact.id, attitude='2')
        other = self.new_stakeholder(user=self.ben, partner_id=self.beta.id, contact_id=contact.id, attitude='-1')
        self.assertEqual(other.attitude, '-1')
        self.assertFalse(other.has_left)

    def test_a_contact_who_left_is_flagged(self):
        contact = self.new_contact(self.alpha, "Carla")
        stakeholder = self.new_stakeholder(contact_id=contact.id)
        self.assertFalse(stakeholder.has_left)
        contact.parent_id = self.gamma
        self.assertTrue(stakeholder.has_left)

    def test_no_loop_in_reports_to(self):
        boss, worker = self.new_stakeholder("Boss"), self.new_stakeholder("Worker")
        worker.reports_to_id = boss
        with self.assertRaisesRegex(ValidationError, "Nobody reports to themselves"):
            boss.reports_to_id = worker

    def test_reports_to_stays_on_the_map(self):
        other = self.new_stakeholder(user=self.ben, partner_id=self.beta.id)
        with self.assertRaisesRegex(ValidationError, "two accounts"):
            self.new_stakeholder().with_user(self.diana).reports_to_id = other

    def test_remark_is_short(self):
        self.new_stakeholder(remark="x" * 500)
        with self.assertRaises(psycopg2.IntegrityError), mute_logger('odoo.sql_db'), self.cr.savepoint():
            self.new_stakeholder(remark="x" * 501)

    def test_next_contact_by_cadence(self):
        stakeholder = self.new_stakeholder(noted_contact='2026-02-01', cadence_days=30)
        self.assertEqual(str(stakeholder.next_contact), '2026-03-03')
        self.assertEqual(stakeholder.freshness, 'due')
        stakeholder.action_contacted()
        self.assertEqual((str(stakeholder.last_contact), stakeholder.freshness), ('2026-03-10', 'fresh'))

    def test_own_accounts_only(self):
        stakeholder = self.new_stakeholder()
        with self.assertRaises(AccessError):
            stakeholder.with_user(self.ben).read(['remark'])
        with self.assertRaises(AccessError):
            self.new_stakeholder(user=self.ben)
        stakeholder.with_user(self.leo).read(['remark'])
        self.assertFalse(self.env['kam.stakeholder'].with_user(self.zoe).search([('id', '=', stakeholder.id)]))

    def test_readers_see_no_people(self):
        self.new_stakeholder()
        with self.assertRaises(AccessError):
            self.env['kam.stakeholder'].with_user(self.rita).search([])
        with self.assertRaises(AccessError):
            self.as_user(self.rita).read(['stakeholder_ids'])
        with self.assertRaises(AccessError):
            self.as_user(self.rita).read(['relationship_warnings'])

    def test_edited_on_the_plan_s_page(self):
        self.plan.web_save({'stakeholder_ids': [Command.create({'name': "Mr X", 'role': 'champion'})]}, {})
        stakeholder = self.env['kam.stakeholder'].search([('partner_id', '=', self.alpha.id)])
        self.assertEqual(stakeholder.role, 'champion')
        self.env.invalidate_all()
        self.plan.web_save({'stakeholder_ids': [Command.update(stakeholder.id, {'attitude': '1'})]}, {})
        self.assertEqual(stakeholder.attitude, '1')
        self.plan.web_save({'stakeholder_ids': [Command.delete(stakeholder.id)]}, {})
        self.assertFalse(stakeholder.exists())

    def test_a_plan_reaches_the_people_of_its_account_only(self):
        other = self.new_stakeholder(user=self.ben, partner_id=self.beta.id)
        self.plan.with_user(self.diana).write({'stakeholder_ids': [Command.delete(other.id), Command.update(other.id, {'name': "Y"})]})
        self.assertEqual(other.name, "Mr X")

    def test_coverage_and_index_of_a_plan(self):
        known = {'noted_contact': '2026-03-01', 'cadence_days': 30}
        self.new_stakeholder("A", role='decision_maker', influence='5', wanted_level='4', current_level='2', user_id=self.anna.id, **known)
        self.new_stakeholder("B", influence='2', wanted_level='2', current_level='2', **known)
        self.env.invalidate_all()
        self.assertEqual(self.plan.relationship_coverage, 25)  # (5 × 2/4 + 2 × 0) of (5 + 2 + 3 for the champion)
        self.assertEqual(self.plan.relationship_index, 50)
        self.assertEqual(self.plan.relationship_warnings.splitlines(), [
            "Single thread: one of us holds all the relationships.",
            "Blind spot: nobody speaks for us when we are not in the room."])

    def test_a_new_row_on_the_plan_s_page_has_no_name_yet(self):
        with Form(self.plan.with_user(self.anna)) as form, form.stakeholder_ids.new() as line:
            line.influence = '5'
            line.name = "Mr X"
        self.assertEqual(self.plan.stakeholder_ids.mapped('name'), ["Mr X"])

    def test_cadence_of_the_tier(self):
        self.alpha.kam_tier_id.contact_days = 45
        self.assertEqual(self.new_stakeholder().cadence_days, 45)
        self.assertEqual(self.new_stakeholder(cadence_days=0).cadence_days, 0)
        self.assertEqual(self.new_stakeholder(cadence_days=10).cadence_days, 10)

    def test_people_of_who_goes_report_to_the_next_above(self):
        top = self.new_stakeholder("Top")
        middle = self.new_stakeholder("Middle", reports_to_id=top.id)
        low = self.new_stakeholder("Low", reports_to_id=middle.id)
        middle.action_archive()
        self.assertEqual(low.reports_to_id, top)
        top.unlink()
        self.assertFalse(low.reports_to_id)

    def test_two_levels_that_go_at_once(self):
        top = self.new_stakeholder("Top")
        middle = self.new_stakeholder("Middle", reports_to_id=top.id)
        low = self.new_stakeholder("Low", reports_to_id=middle.id)
        (top | middle).action_archive()
        self.assertFalse(low.reports_to_id)

    def test_dragging_in_the_chart_changes_the_boss(self):
        boss, other, worker = (self.new_stakeholder(name) for name in ("Boss", "Other", "Worker"))
        worker.web_save({'reports_to_id': boss.id}, {})
        worker.web_save({'reports_to_id': other.id}, {})
        rows = self.env['kam.stakeholder'].with_user(self.anna).hierarchy_read(
            [('partner_id', '=', self.alpha.id)], {'name': {}}, 'reports_to_id', 'report_ids')
        self.assertEqual({row['name']: row['reports_to_id'] and row['reports_to_id']['id'] for row in rows},
                         {"Boss": False, "Other": False, "Worker": other.id})

    def test_the_board_places_a_person(self):
        person = self.new_stakeholder()
        person.place('5', '-2')
        self.assertEqual((person.influence, person.attitude), ('5', '-2'))
        with self.assertRaises(AccessError):
            person.with_user(self.ben).place('1', '0')
        with self.assertRaises(ValueError):
            person.place('9', '0')
