from datetime import date
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import KamCase


@tagged('post_install', '-at_install')
class TestKpiReview(KamCase):
    """KPIs are rated each half-year by those who use them, and kept, adjusted or retired by a director. Today is 2026-05-10."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(patch.object(cls.registry['res.company'], '_kam_today', lambda company: date(2026, 5, 10)))
        cls.env['kam.kpi'].search([]).next_review = '2027-01-01'
        cls.nps = cls.env.ref('kam_kpi.kam_kpi_nps')
        cls.nps.next_review = '2026-06-30'
        cls.review = cls.env['kam.kpi.review']._open_due()

    def as_(self, user):
        return self.review.with_user(user)

    def decide(self, decision, reason="Nobody acts on it.", **vals):
        review = self.as_(self.diana)
        review.write({'decision': decision, 'reason': reason, **vals})
        review.action_decide()

    def test_due_kpi_is_opened_for_the_half_year(self):
        self.assertEqual((self.review.kpi_id, self.review.date_start, self.review.state), (self.nps, date(2026, 1, 1), 'open'))

    def test_opened_once(self):
        for _run in range(10):
            self.env['kam.kpi.review']._cron_open()
        self.assertEqual(self.env['kam.kpi.review'].search_count([('kpi_id', '=', self.nps.id)]), 1)

    def test_kpi_never_reviewed_is_due(self):
        csat = self.env.ref('kam_kpi.kam_kpi_csat_pct')
        csat.next_review = False
        self.assertEqual(self.env['kam.kpi.review']._open_due().kpi_id, csat)

    def test_mean_of_the_ratings(self):
        self.assertFalse(self.review.usefulness)
        self.as_(self.anna).my_usefulness = '2'
        self.as_(self.leo).my_usefulness = '5'
        self.assertEqual((self.review.usefulness, self.review.opinion_count), (3.5, 2))

    def test_each_rates_once_and_may_change_it(self):
        self.as_(self.anna).my_usefulness = '2'
        self.as_(self.anna).write({'my_usefulness': '4'})
        self.assertEqual(self.review.opinion_ids.mapped('usefulness'), ['4'])
        self.assertEqual(self.as_(self.anna).my_usefulness, '4')
        self.assertFalse(self.as_(self.ben).my_usefulness)

    def test_rating_is_taken_back(self):
        self.as_(self.anna).my_usefulness = '2'
        self.as_(self.anna).my_usefulness = False
        self.assertFalse(self.review.opinion_ids)

    def test_nobody_rates_in_anothers_name(self):
        rating = self.env['kam.kpi.review.rating'].with_user(self.anna).create(
            {'review_id': self.review.id, 'user_id': self.ben.id, 'usefulness': '1'})
        self.assertEqual(rating.user_id, self.anna)
        with self.assertRaises(AccessError):
            rating.with_user(self.ben).usefulness = '5'

    def test_reader_does_not_rate(self):
        with self.assertRaises(AccessError):
            self.as_(self.rita).my_usefulness = '1'

    def test_account_manager_does_not_decide(self):
        with self.assertRaises(AccessError):
            self.as_(self.anna).write({'decision': 'retire'})

    def test_decision_needs_a_reason(self):
        with self.assertRaisesRegex(UserError, "say why"):
            self.decide('keep', reason=" ")

    def test_next_review_lies_ahead(self):
        with self.assertRaisesRegex(UserError, "later than today"):
            self.decide('keep', next_review='2026-05-10')

    def test_kept_kpi_has_its_next_review(self):
        self.decide('keep', next_review='2026-12-01')
        self.assertEqual((self.nps.active, self.nps.next_review), (True, date(2026, 12, 1)))
        self.assertEqual((self.review.state, self.review.decided_id, self.review.decided_on), ('decided', self.diana, date(2026, 5, 10)))

    def test_retired_kpi_is_archived_and_comes_back(self):
        kpi = self.env.ref('kam_kpi.kam_kpi_interactions_per_outcome')
        kpi.next_review = '2026-06-30'
        self.review = self.env['kam.kpi.review']._open_due()
        self.decide('retire')
        self.assertFalse(kpi.active)
        self.as_(self.diana).action_reopen()
        self.assertTrue(kpi.active)

    def test_kpi_in_use_is_not_retired(self):
        with self.assertRaisesRegex(UserError, "still in use"):
            self.decide('retire')

    def test_kpi_to_adjust_is_a_task_for_the_director(self):
        self.decide('adjust')
        self.assertEqual(self.review.activity_ids.user_id, self.diana)

    def test_decided_review_is_rated_no_more(self):
        self.decide('keep')
        with self.assertRaisesRegex(UserError, "next one"):
            self.as_(self.anna).my_usefulness = '1'

    def test_colleague_outside_the_groups_comments_when_asked(self):
        with self.assertRaises(AccessError):
            self.as_(self.sam).read(['description'])
        self.review.message_subscribe(self.sam.partner_id.ids)
        self.as_(self.sam).message_post(body="Customers ask for it.")
        self.assertIn("Customers ask for it.", self.review.message_ids[0].body)

    def test_colleague_outside_the_groups_does_not_rate(self):
        self.review.message_subscribe(self.sam.partner_id.ids)
        with self.assertRaises(AccessError):
            self.as_(self.sam).my_usefulness = '1'
