from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from .plan_common import PlanCase

SPEC = {'revision': {}, 'summary': {}, 'challenges': {}}


@tagged('post_install', '-at_install')
@freeze_time('2026-03-10 09:00:00')
class TestPlanRevision(PlanCase):
    """Two people with the same plan open, saving as the web client does."""

    def load(self, user):
        return self.as_user(user).web_read(SPEC)[0]['revision']

    def save(self, user, revision, **vals):
        return self.as_user(user).web_save({**vals, 'revision': revision}, SPEC)[0]

    def test_second_save_on_an_old_revision_is_refused(self):
        anna, leo = self.load(self.anna), self.load(self.leo)
        self.save(self.leo, leo, challenges="Leo's words")
        with self.assertRaisesRegex(UserError, r"Leo saved this plan at \d\d:\d\d"):
            self.save(self.anna, anna, challenges="Anna's words")
        self.assertEqual(self.as_user(self.anna).challenges, "Leo's words")

    def test_nothing_of_a_refused_save_is_kept(self):
        anna, leo = self.load(self.anna), self.load(self.leo)
        self.save(self.leo, leo, challenges="Leo's words")
        with self.assertRaises(UserError), self.cr.savepoint():
            self.save(self.anna, anna, summary="Anna's", swot_ids=[Command.create({'kind': 'threat', 'name': "Anna's"})])
        self.assertFalse(self.plan.summary)
        self.assertFalse(self.plan.swot_ids)

    def test_own_second_window(self):
        one, two = self.load(self.anna), self.load(self.anna)
        self.save(self.anna, one, summary="One")
        with self.assertRaisesRegex(UserError, "in another window"):
            self.save(self.anna, two, summary="Two")

    def test_saves_one_after_the_other(self):
        first = self.save(self.anna, self.load(self.anna), summary="One")
        second = self.save(self.anna, first['revision'], summary="Two")
        self.assertEqual(second['revision'], first['revision'] + 1)
        self.assertEqual(second['summary'], "Two")

    def test_lines_count_as_a_save(self):
        anna = self.load(self.anna)
        self.save(self.leo, anna, stakeholder_ids=[Command.create({'name': "Mr X"})])
        with self.assertRaises(UserError):
            self.save(self.anna, anna, summary="Old")

    def test_transitions_count_as_a_save(self):
        anna = self.load(self.anna)
        self.as_user(self.leo)._open_gate("Go")
        with self.assertRaises(UserError):
            self.save(self.anna, anna, summary="Old")

    def test_a_revision_cannot_be_created(self):
        plan = self.env['kam.plan'].with_user(self.ben).create({'partner_id': self.beta.id, 'revision': 7})
        self.assertEqual(plan.revision, 1)
