from odoo.tests import tagged

from .review_common import ReviewCase


@tagged('post_install', '-at_install')
class TestReviewDrafts(ReviewCase):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.small = cls.new_account("Small", cls.anna, tier='C')
        cls.accounts = cls.alpha | cls.beta | cls.small

    def run_cron(self):
        with self.enter_registry_test_mode():
            self.env.ref('kam_kpi.ir_cron_kam_review_draft').method_direct_trigger()
        return self.env['kam.review'].search([('partner_id', 'in', self.accounts.ids)])

    def test_drafts_appear_for_strategic_and_key_accounts(self):
        reviews = self.run_cron()
        self.assertEqual(reviews.partner_id, self.alpha | self.beta)
        self.assertEqual(set(reviews.mapped('state')), {'draft'})
        self.assertEqual({str(review.date_end) for review in reviews}, {'2026-06-30'})
        self.assertEqual(reviews.activity_ids.user_id, self.anna | self.ben)

    def test_drafts_appear_once(self):
        reviews = self.run_cron()
        reviews[0].unlink()
        self.assertEqual(self.run_cron(), reviews.exists())

    def test_a_review_made_by_hand_is_not_doubled(self):
        review = self.new_review(self.alpha)
        self.assertEqual(self.run_cron().filtered(lambda found: found.partner_id == self.alpha), review)
