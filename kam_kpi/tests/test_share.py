import json

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Date
from odoo.tests import freeze_time, tagged

from .share_common import SECRET, SHOWN, ShareCase


@tagged('post_install', '-at_install')
class TestShare(ShareCase):
    """Who shares what with whom, and when it ends."""

    def test_the_contact_sees_it(self):
        self.assertEqual(self.visible_to(self.carla), self.share.sudo())

    def test_nobody_else_sees_it(self):
        self.assertFalse(self.visible_to(self.dan))
        self.assertFalse(self.visible_to(self.eve))

    def test_nothing_is_seen_before_it_is_published(self):
        self.new_share(self.dan, publish=False)
        self.assertFalse(self.visible_to(self.dan))

    def test_it_ends_after_the_last_day(self):
        self.share.date_until = self.today
        self.assertTrue(self.visible_to(self.carla))
        with freeze_time(f'{Date.add(self.today, days=1)} 09:00:00'):
            self.assertFalse(self.visible_to(self.carla))
            self.assertEqual(self.share.state, 'ended')

    def test_revoked_is_over_at_once(self):
        self.share.action_revoke()
        self.assertFalse(self.visible_to(self.carla))
        self.assertEqual((self.share.state, self.share.revoked_by_id), ('revoked', self.anna))

    def test_revoked_is_not_published_again(self):
        self.share.action_revoke()
        with self.assertRaisesRegex(UserError, "make a new share"):
            self.share.action_publish()

    def test_who_moves_to_another_company_sees_nothing_any_more(self):
        self.carla.parent_id = self.beta
        self.assertFalse(self.visible_to(self.carla))
        self.assertIn("No longer with the account", self.share.warning)

    def test_of_an_archived_account_nothing_is_seen(self):
        self.alpha.active = False
        self.assertFalse(self.visible_to(self.carla))

    def test_who_cannot_log_in_is_told(self):
        fay = self.new_contact(self.alpha, "Fay")
        share = self.new_share(fay)
        self.assertIn("Cannot log in yet: Fay", share.warning)
        self.assertFalse(self.share.warning)

    def test_who_may_give_access_gets_the_assistant_for_them(self):
        fay = self.new_contact(self.alpha, "Fay", email='fay@alpha.example')
        share = self.new_share(fay)
        self.anna.group_ids += self.env.ref('base.group_partner_manager')
        action = share.action_invite()
        wizard = self.env['portal.wizard'].with_user(self.anna).with_context(**action['context']).create({})
        self.assertEqual(wizard.user_ids.partner_id, fay)

    def test_who_may_not_give_access_is_told_whom_to_ask(self):
        share = self.new_share(self.new_contact(self.alpha, "Fay"))
        self.anna.group_ids -= self.env.ref('base.group_partner_manager')
        with self.assertRaisesRegex(UserError, "right to create contacts"):
            share.action_invite()

    def test_who_looked_is_forgotten_after_a_year(self):
        visits = self.env['kam.share.visit'].create([
            {'share_id': self.share.id, 'contact_id': self.carla.id, 'date': Date.subtract(self.today, months=12, days=days)} for days in (0, 1)])
        self.env['kam.share.visit']._gc()
        self.assertEqual(visits.exists(), visits[0])

    def test_only_with_people_of_the_account(self):
        for stranger in (self.eve, self.beta, self.anna.partner_id):
            with self.subTest(stranger=stranger.name), self.assertRaisesRegex(ValidationError, "do not belong to Alpha"):
                self.share.contact_ids = [Command.link(stranger.id)]

    def test_with_somebody(self):
        with self.assertRaisesRegex(ValidationError, "Say with whom"):
            self.share.contact_ids = [Command.clear()]

    def test_for_a_year_at_most(self):
        with self.assertRaisesRegex(ValidationError, "a year at most"):
            self.share.date_until = Date.add(self.today, months=12, days=1)

    def test_what_is_shared_stays(self):
        with self.assertRaisesRegex(UserError, "What is shared stays"):
            self.share.plan_id = False

    def test_states_can_be_searched(self):
        draft = self.new_share(self.dan, publish=False)
        revoked = self.new_share(self.dan)
        revoked.action_revoke()
        search = self.env['kam.share'].with_user(self.anna).search
        self.assertEqual(search([('state', '=', 'open')]), self.share)
        self.assertEqual(search([('state', 'in', ('draft', 'revoked'))]), revoked | draft)
        self.assertEqual(search([('state', '!=', 'open')]), revoked | draft)


@tagged('post_install', '-at_install')
class TestShareContent(ShareCase):
    """What goes out is named; nothing else does."""

    def text(self, share=None):
        return json.dumps((share or self.share).sudo().content)

    def test_nothing_internal_goes_out(self):
        self.assertNotIn(SECRET, self.text())
        self.assertNotIn('77310', self.text())
        self.assertNotIn('harvest', self.text())

    def test_what_is_marked_goes_out(self):
        for part in ('goal', 'objective', 'ours', 'theirs', 'review', 'value'):
            with self.subTest(part=part):
                self.assertIn(f"{SHOWN} {part}", self.text())

    def test_each_part_can_be_left_out(self):
        parts = {
            'show_goals': 'goal', 'show_objectives': 'objective', 'show_actions': 'theirs', 'show_communication': 'review', 'show_value': 'value'}
        for name, part in parts.items():
            with self.subTest(name=name):
                self.assertNotIn(f"{SHOWN} {part}", self.text(self.new_share(self.carla, **{name: False})))

    def test_changes_go_out_when_they_are_published(self):
        self.plan.objective_ids.filtered('for_customer').name = "Another one"
        self.assertNotIn("Another one", self.text())
        self.share.action_publish()
        self.assertIn("Another one", self.text())

    def test_the_page_shows_what_has_become_of_the_actions(self):
        self.ours.action_mark_done()
        actions = {row['name']: row for row in self.share.sudo()._page('en_US')['actions']}
        self.assertTrue(actions[f"{SHOWN} ours"]['done'])
        self.assertEqual((actions[f"{SHOWN} ours"]['tick'], actions[f"{SHOWN} theirs"]['tick']), (False, True))

    def test_a_deleted_action_is_left_out(self):
        self.theirs.unlink()
        self.assertEqual([row['name'] for row in self.share.sudo()._page('en_US')['actions']], [f"{SHOWN} ours"])


@tagged('post_install', '-at_install')
class TestShareVisitor(ShareCase):
    """What the customer may do."""

    def visit(self, contact=None):
        contact = contact or self.carla
        return self.env['kam.share'].with_user(self.portal[contact])._of_visitor(), contact.sudo()

    def test_an_action_is_reported_as_done(self):
        share, contact = self.visit()
        share._report(self.theirs.id, True, contact)
        self.assertEqual((self.theirs.reported_by_id, self.theirs.state), (self.carla, 'open'))
        message = self.plan.sudo().message_ids[0]
        self.assertEqual((message.author_id, message.notified_partner_ids), (self.carla, self.anna.partner_id))
        self.assertIn("reports as done", message.body)

    def test_it_is_taken_back(self):
        share, contact = self.visit()
        share._report(self.theirs.id, True, contact)
        share._report(self.theirs.id, False, contact)
        self.assertFalse(self.theirs.reported_on or self.theirs.reported_by_id)

    def test_reporting_twice_tells_once(self):
        share, contact = self.visit()
        share._report(self.theirs.id, True, contact)
        before = len(self.plan.sudo().message_ids)
        share._report(self.theirs.id, True, contact)
        self.assertEqual(len(self.plan.sudo().message_ids), before)

    def test_only_own_and_shared_actions_are_reported(self):
        share, contact = self.visit()
        for action in (self.ours, self.internal):
            with self.subTest(action=action.name), self.assertRaises(AccessError):
                share._report(action.id, True, contact)
        with self.assertRaises(AccessError):
            share._report(0, True, contact)

    def test_nothing_is_reported_where_that_is_switched_off(self):
        self.share.may_tick = False
        share, contact = self.visit()
        with self.assertRaises(AccessError):
            share._report(self.theirs.id, True, contact)

    def test_opening_an_action_again_forgets_the_report(self):
        share, contact = self.visit()
        share._report(self.theirs.id, True, contact)
        self.theirs.action_mark_done()
        self.theirs.action_reopen()
        self.assertFalse(self.theirs.reported_on)

    def test_a_comment_is_kept_and_told(self):
        share, contact = self.visit()
        share._comment("  Good <b>plan</b>\nthanks ", contact)
        self.assertEqual((self.share.comment_ids.body, self.share.comment_ids.contact_id), ("Good <b>plan</b>\nthanks", self.carla))
        message = self.plan.sudo().message_ids[0]
        self.assertIn("&lt;b&gt;plan", message.body)
        self.assertEqual(message.notified_partner_ids, self.anna.partner_id)
        self.assertNotIn(self.carla, self.plan.sudo().message_partner_ids)

    def test_comments_have_limits(self):
        share, contact = self.visit()
        for body, words in (("  ", "Write something"), ("x" * 2001, "too long")):
            with self.subTest(words=words), self.assertRaisesRegex(UserError, words):
                share._comment(body, contact)
        for _number in range(20):
            share._comment("Again", contact)
        with self.assertRaisesRegex(UserError, "enough for today"):
            share._comment("Again", contact)

    def test_no_comments_where_they_are_switched_off(self):
        self.share.may_comment = False
        share, contact = self.visit()
        with self.assertRaises(AccessError):
            share._comment("Hello", contact)

    def test_asking_twice_is_one_activity(self):
        share, contact = self.visit()
        share._ask(contact)
        share._ask(contact)
        activity = self.plan.activity_ids.filtered(lambda activity: 'asks for an update' in (activity.summary or ''))
        self.assertEqual((len(activity), activity.user_id), (1, self.anna))

    def test_seen_is_noted_once_a_day(self):
        share, contact = self.visit()
        share._seen_by(contact)
        share._seen_by(contact)
        self.assertEqual((self.share.visit_ids.contact_id, self.share.last_visit), (self.carla, self.today))
