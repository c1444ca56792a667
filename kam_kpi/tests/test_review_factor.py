from odoo.tests import tagged

from .common import KamCase


@tagged('post_install', '-at_install')
class TestReviewFactor(KamCase):
    """External factors in the reviews of their time: kept with the figures, internal only."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.factor = cls.env['kam.factor'].create({
            'name': "Plant burnt down", 'kind': 'customer', 'effect': 'hurts', 'date_start': '2026-02-10', 'partner_ids': cls.alpha.ids})
        cls.review = cls.new_review(cls.alpha, cls.anna)

    @classmethod
    def new_review(cls, account, user, start='2026-01-01', end='2026-03-31'):
        return cls.env['kam.review'].with_user(user).create({'partner_id': account.id, 'date_start': start, 'date_end': end})

    def test_review_names_the_factor(self):
        self.assertEqual(self.review.noted_factors, "At the customer: Plant burnt down (Hurts, since 02/10/2026)")

    def test_printed_for_us_and_not_for_the_customer(self):
        self.assertEqual(self.review._report_data('internal')['factors'], [self.review.noted_factors])
        self.assertNotIn('factors', self.review._report_data('customer'))

    def test_review_of_another_account_does_not_name_it(self):
        self.assertFalse(self.new_review(self.beta, self.ben).noted_factors)

    def test_review_of_the_quarter_before_does_not_name_it(self):
        self.assertFalse(self.new_review(self.alpha, self.anna, '2025-10-01', '2025-12-31').noted_factors)

    def test_review_of_the_manager_names_it(self):
        review = self.env['kam.review'].with_user(self.leo).create({'user_id': self.anna.id, 'date_start': '2026-01-01', 'date_end': '2026-03-31'})
        self.assertIn("Plant burnt down", review.noted_factors)

    def test_what_is_kept_does_not_change_with_the_factor(self):
        self.factor.name = "Plant was repaired"
        self.assertIn("Plant burnt down", self.review.noted_factors)
        self.review.action_refresh_figures()
        self.assertIn("Plant was repaired", self.review.noted_factors)
