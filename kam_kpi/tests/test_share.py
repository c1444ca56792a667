import json

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Date
from odoo.tests import freeze_time, tagged

from .review_common import ReviewCase
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


@tagged('post_install', '-at_install')
class TestShareRights(ShareCase):
    """Own, team, all; nothing for portal users and the public."""

    def test_who_shares_what(self):
        for user in (self.anna, self.leo, self.diana):
            with self.subTest(user=user.name):
                self.assertTrue(self.new_share(self.dan, user=user))
        for user in (self.ben, self.zoe, self.rita, self.sam):
            with self.subTest(user=user.name), self.assertRaises(AccessError):
                self.env.invalidate_all()
                self.new_share(self.dan, user=user)

    def test_colleagues_do_not_see_it(self):
        for user, seen in ((self.anna, 1), (self.leo, 1), (self.diana, 1), (self.rita, 1), (self.ben, 0), (self.zoe, 0)):
            with self.subTest(user=user.name):
                self.assertEqual(self.env['kam.share'].with_user(user).search_count([('id', '=', self.share.id)]), seen)

    def test_the_portal_has_no_right_on_any_model_of_ours(self):
        models = [name for name, model in self.env.items() if name.startswith('kam.') and not model._abstract]
        for user in (self.portal[self.carla], self.env.ref('base.public_user')):
            for name in models:
                for operation in ('read', 'write', 'create', 'unlink'):
                    with self.subTest(user=user.login, model=name, operation=operation):
                        self.assertFalse(self.env[name].with_user(user).has_access(operation))

    def test_outsiders_cannot_follow_a_plan(self):
        with self.assertRaisesRegex(UserError, "cannot follow this"):
            self.plan.message_subscribe(self.carla.ids)
        self.plan.message_post(body="Between us", message_type='comment', subtype_xmlid='mail.mt_comment', partner_ids=self.carla.ids)
        self.assertNotIn(self.carla, self.plan.message_partner_ids)
        self.plan.message_subscribe(self.leo.partner_id.ids)
        self.assertIn(self.leo.partner_id, self.plan.message_partner_ids)


@tagged('post_install', '-at_install')
class TestShareReview(ReviewCase):
    """A review goes out in the customer's edition."""

    def setUp(self):
        super().setUp()
        self.carla = self.new_contact(self.alpha, "Carla", email='carla@alpha.example', lang='en_US')
        self.review = self.new_review(internal_note=SECRET, risks=SECRET, factors=SECRET, highlights=f"{SHOWN} well done")

    def share(self, **vals):
        return self.env['kam.share'].with_user(self.anna).create({'review_id': self.review.id, 'contact_ids': [Command.set(self.carla.ids)], **vals})

    def test_a_draft_is_not_shared(self):
        with self.assertRaisesRegex(UserError, "is a draft"):
            self.share().action_publish()

    def test_the_edition_of_the_customer_goes_out(self):
        self.review.action_share()
        share = self.share()
        share.action_publish()
        page = share.sudo()._page('en_US')
        self.assertIn(f"{SHOWN} well done", page['highlights'])
        self.assertNotIn(SECRET, json.dumps(page))
        self.assertEqual({row['name'] for row in page['rows']}, {line.kpi_id.name for line in self.review.kpi_ids if line.for_customer})
        self.assertFalse(page['pdf'])

    def test_the_signed_review_is_there_as_pdf(self):
        self.sign(self.review)
        share = self.share()
        share.action_publish()
        self.assertTrue(share.sudo()._page('en_US')['pdf'])

    def test_the_review_of_a_person_is_not_for_customers(self):
        review = self.env['kam.review'].with_user(self.diana).create({'user_id': self.anna.id, 'date_start': '2026-04-01', 'date_end': '2026-06-30'})
        with self.assertRaisesRegex(ValidationError, "Only the review of an account"):
            self.env['kam.share'].with_user(self.diana).create({'review_id': review.id, 'contact_ids': [Command.set(self.carla.ids)]})
