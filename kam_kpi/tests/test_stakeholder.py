from datetime import date

import psycopg2

from odoo import Command
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from ..tools import relationship
from .plan_common import PlanCase


def person(**changes):
    return {
        'power': 3, 'support': 0, 'level': 2, 'wanted': 2, 'owner': 1, 'role': 'user', 'freshness': 'fresh', 'left': False,
        **changes,
    }


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
        self.assertTrue(other.has_left)

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
        stakeholder = self.new_stakeholder(last_contact='2026-02-01', cadence_days=30)
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
        self.new_stakeholder("A", role='decision_maker', influence='5', wanted_level='4', current_level='2', user_id=self.anna.id)
        self.new_stakeholder("B", influence='2', wanted_level='2', current_level='2')
        self.env.invalidate_all()
        self.assertEqual(self.plan.relationship_coverage, 42)
        self.assertEqual(self.plan.relationship_index, 0)
        self.assertIn("Silence", self.plan.relationship_warnings)

    # the arithmetic, without records

    def test_freshness(self):
        today = date(2026, 3, 10)
        self.assertEqual(relationship.freshness(None, 30, today), 'never')
        self.assertEqual(relationship.freshness(date(2026, 2, 8), 30, today), 'fresh')
        self.assertEqual(relationship.freshness(date(2026, 2, 7), 30, today), 'due')
        self.assertEqual(relationship.freshness(date(2026, 1, 8), 30, today), 'overdue')
        self.assertEqual(relationship.freshness(date(2020, 1, 1), 0, today), 'fresh')

    def test_coverage_without_people_is_unknown(self):
        self.assertIsNone(relationship.coverage([]))
        self.assertIsNone(relationship.relationship_index([]))

    def test_index(self):
        self.assertEqual(relationship.relationship_index([person(support=2)]), 100)
        self.assertEqual(relationship.relationship_index([person(support=-2)]), 0)
        self.assertAlmostEqual(relationship.relationship_index([person(support=0, freshness='due')]), 35)

    def test_warnings(self):
        decider, friend = person(role='decision_maker', support=-1, owner=2), person(role='champion')
        self.assertEqual(relationship.warnings([]), ['empty'])
        self.assertEqual(relationship.warnings([decider, friend]), [])
        self.assertEqual(relationship.warnings([decider]), ['single_thread_them', 'no_champion'])
        self.assertEqual(relationship.warnings([{**decider, 'owner': 1}, friend]), ['single_thread_us'])
        self.assertEqual(relationship.warnings([friend, person(owner=2)]), ['no_decision_maker'])
        self.assertEqual(relationship.warnings([decider, friend, person(power=4, owner=False)]), ['powerful_without_owner'])
        self.assertEqual(relationship.warnings([decider, friend, person(power=5, support=-1)]), ['powerful_against'])
        self.assertEqual(relationship.warnings([decider, friend, person(power=4, freshness='overdue')]), ['powerful_silent'])
        self.assertEqual(relationship.warnings([decider, friend, person(left=True)]), ['left'])
        rosy = [person(role='decision_maker', support=1, owner=2), person(role='champion', support=1), person(support=2)]
        self.assertEqual(relationship.warnings(rosy), ['too_rosy'])
