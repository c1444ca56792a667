from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .review_common import ReviewCase


@tagged('post_install', '-at_install')
class TestReviewRating(ReviewCase):
    """A review is rated by those who held it, each for themselves, by criteria whose words are kept."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env['kam.review.criterion'].search([]).active = False
        cls.criteria = cls.env['kam.review.criterion'].create([
            {'name': "Preparation", 'description': "1: none. 5: all."}, {'name': "Decisions"}, {'name': "Fairness", 'kind': 'user'}])
        cls.review = cls.new_review()
        cls.review.action_share()

    def rate(self, user, *scores):
        self.review.with_user(user).action_rate()
        ratings = self.review.review_rating_ids.filtered(lambda rating: rating.user_id == user)
        for rating, score in zip(ratings, scores, strict=True):
            rating.with_user(user).score = score
        return ratings

    def test_criteria_of_the_kind_are_there_to_be_rated(self):
        self.assertEqual(self.rate(self.anna, '4', '2').mapped('name'), ["Preparation", "Decisions"])

    def test_the_mean_is_that_of_all_scores(self):
        self.assertIs(self.review.rating_mean, False)
        self.rate(self.anna, '4', '2')
        self.rate(self.leo, '5', False)
        self.assertEqual((self.review.rating_mean, self.review.rater_count), (3.7, 2))

    def test_asking_again_adds_nothing(self):
        ratings = self.rate(self.anna, '4', '2')
        self.review.with_user(self.anna).action_rate()
        self.assertEqual(self.review.review_rating_ids, ratings)

    def test_a_changed_criterion_leaves_the_rating_as_it_was(self):
        ratings = self.rate(self.anna, '4', '2')
        self.criteria[0].write({'name': "Something else", 'description': "Other words"})
        self.criteria[1].unlink()
        self.assertEqual(ratings.mapped('name'), ["Preparation", "Decisions"])
        self.assertEqual(ratings[0].description, "1: none. 5: all.")

    def test_each_rates_for_themselves(self):
        ratings = self.rate(self.anna, '4', '2')
        with self.assertRaisesRegex(AccessError, "Each rates for themselves"):
            ratings[0].with_user(self.leo).score = '1'
        with self.assertRaisesRegex(AccessError, "criterion stays"):
            ratings[0].with_user(self.anna).name = "Mine"
        with self.assertRaises(AccessError):
            self.env['kam.review.rating'].with_user(self.anna).create({'review_id': self.review.id, 'name': "Mine", 'user_id': self.anna.id})

    def test_who_does_not_see_the_review_does_not_rate_it(self):
        for user in (self.ben, self.zoe, self.rita):
            with self.subTest(user=user.name), self.assertRaises(AccessError):
                self.env.invalidate_all()
                self.review.with_user(user).action_rate()

    def test_a_draft_is_not_rated(self):
        with self.assertRaisesRegex(UserError, "A draft is not rated"):
            self.new_review(date_start='2026-01-01', date_end='2026-03-31').with_user(self.anna).action_rate()

    def test_without_criteria_it_says_what_to_do(self):
        self.criteria.active = False
        with self.assertRaisesRegex(UserError, "no criteria"):
            self.review.with_user(self.anna).action_rate()

    def test_rating_a_signed_review_leaves_it_as_signed(self):
        self.sign(self.review)
        fingerprint = self.review.snapshot_hash
        self.rate(self.anna, '4', '2')
        self.assertEqual((self.review.snapshot_hash, self.review.is_untouched), (fingerprint, True))
