import json

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .review_common import ReviewCase
from .share_common import SECRET, SHOWN, ShareCase


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
