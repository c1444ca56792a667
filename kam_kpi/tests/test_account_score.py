from psycopg2 import IntegrityError

from odoo.addons.kam_kpi.tools.tiering import propose_tier
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger
from odoo.tools.sql import SQL

from .common import KamCase

TIERS = [('A', 8.0), ('B', 6.0), ('C', 4.0), ('D', 1.0)]


@tagged('post_install', '-at_install')
class TestAccountScore(KamCase):
    """A weighted score from 1 to 10 per account; a person decides the tier."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env['kam.criterion'].search([]).active = False
        cls.potential, cls.fit, cls.profitability, cls.relationship, cls.growth = cls.env['kam.criterion'].create([
            {'name': name, 'weight': weight} for name, weight in (
                ("Potential", 30), ("Fit", 25), ("Profitability", 20), ("Relationship", 15), ("Growth", 10))])
        cls.criteria = cls.potential | cls.fit | cls.profitability | cls.relationship | cls.growth

    def score(self, *scores, account=None, user=None):
        """Score an account on the criteria in their order; None leaves one out."""
        return self.env['kam.account.score'].with_user(user or self.anna).create({
            'partner_id': (account or self.alpha).id,
            'date': '2025-06-30',
            'line_ids': [
                (0, 0, {'criterion_id': criterion.id, 'score': score})
                for criterion, score in zip(self.criteria, scores)],
        })

    def test_weighted_mean(self):
        scoring = self.score(8, 7, 6, 9, 5)
        self.assertAlmostEqual(scoring.score, 7.2)
        self.assertAlmostEqual(scoring.normalised, 68.8888888889)
        self.assertAlmostEqual(scoring.coverage, 100.0)

    def test_missing_criterion_leaves_its_weight_to_the_rest(self):
        scoring = self.score(8, 7, 6, None, 5)
        self.assertAlmostEqual(scoring.score, 6.8823529412)
        self.assertAlmostEqual(scoring.coverage, 85.0)

    def test_too_little_scored_is_unscored(self):
        scoring = self.score(8, 7, None, None, None)
        self.assertIs(scoring.score, False)
        self.assertIs(scoring.normalised, False)
        self.assertAlmostEqual(scoring.coverage, 55.0)

    def test_seventy_percent_is_enough(self):
        self.assertAlmostEqual(self.score(8, 8, None, 8, None).score, 8.0)

    def test_unscored_cannot_be_confirmed(self):
        with self.assertRaisesRegex(UserError, "Only 55 % of the weight is scored for Alpha"):
            self.score(8, 7, None, None, None).action_confirm()

    def test_unscored_cannot_be_confirmed_by_writing_the_state(self):
        with self.assertRaises(UserError):
            self.score(8, 7, None, None, None).state = 'confirmed'

    def test_weight_is_a_copy(self):
        scoring = self.score(8, 7, 6, 9, 5)
        self.potential.weight = 1000
        self.assertAlmostEqual(scoring.score, 7.2)

    def test_score_above_ten_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "11 is no score"):
            self.score(11, 7, 6, 9, 5)

    def test_score_zero_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "0 is no score"):
            self.score(0, 7, 6, 9, 5)

    def test_nan_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "nan is no score"):
            self.score(float('nan'), 7, 6, 9, 5)

    def test_wrong_score_is_refused_by_writing(self):
        scoring = self.score(8, 7, 6, 9, 5)
        with self.assertRaises(ValidationError):
            scoring.line_ids[0].score = 10.5

    def test_database_refuses_nan(self):
        line = self.score(8, 7, 6, 9, 5).line_ids[0]
        with self.assertRaises(IntegrityError), mute_logger('odoo.sql_db'):
            self.env.cr.execute(SQL("UPDATE kam_account_score_line SET score = 'NaN' WHERE id = %s", line.id))

    def test_weight_must_be_above_zero(self):
        for weight in (0, -1, float('nan'), float('inf')):
            with self.subTest(weight=weight), self.assertRaises(IntegrityError), mute_logger('odoo.sql_db'), \
                    self.env.cr.savepoint():
                self.env['kam.criterion'].create({'name': "Wrong", 'weight': weight})

    def test_confirmed_scoring_stays(self):
        scoring = self.score(8, 7, 6, 9, 5)
        scoring.action_confirm()
        with self.assertRaisesRegex(UserError, "stays as it is"):
            scoring.line_ids[0].score = 1
        with self.assertRaises(UserError):
            scoring.state = 'draft'
        with self.assertRaises(UserError):
            scoring.unlink()

    def test_form_offers_all_criteria_of_the_company(self):
        form = Form(self.env['kam.account.score'].with_user(self.anna).with_context(default_partner_id=self.alpha.id))
        self.assertEqual(len(form.line_ids), 5)

    def test_partner_shows_the_latest_confirmed_score(self):
        self.score(8, 8, 8, 8, 8).action_confirm()
        self.score(2, 2, 2, 2, 2)
        self.assertAlmostEqual(self.alpha.with_user(self.anna).kam_score, 77.7777777778)

    def test_partners_are_searched_and_sorted_by_score(self):
        self.score(8, 8, 8, 8, 8).action_confirm()
        self.score(4, 4, 4, 4, 4, account=self.beta, user=self.ben).action_confirm()
        partners = self.env['res.partner'].with_user(self.diana)
        accounts = self.alpha | self.beta | self.gamma
        self.assertEqual(partners.search([('id', 'in', accounts.ids), ('kam_score', '<', 50)]), self.beta)
        self.assertEqual(partners.search([('id', 'in', accounts.ids), ('kam_score', '=', False)]), self.gamma)
        self.assertEqual(
            partners.search([('id', 'in', accounts.ids)], order='kam_score desc').ids, (self.alpha + self.beta + self.gamma).ids)

    def test_account_manager_cannot_score_an_account_of_a_colleague(self):
        with self.assertRaises(AccessError):
            self.score(8, 8, 8, 8, 8, account=self.beta)

    # tiers

    def test_tier_is_proposed_not_applied(self):
        scoring = self.score(9, 9, 9, 9, 9)
        scoring.action_confirm()
        self.assertEqual(scoring.proposed_tier_id.code, 'A')
        self.assertEqual(self.alpha.kam_tier_id.code, 'B')

    def test_leader_applies_the_tier(self):
        scoring = self.score(9, 9, 9, 9, 9)
        scoring.action_confirm()
        scoring.with_user(self.leo).action_apply_tier()
        self.assertEqual(self.alpha.kam_tier_id.code, 'A')

    def test_account_manager_cannot_apply_the_tier(self):
        scoring = self.score(9, 9, 9, 9, 9)
        scoring.action_confirm()
        with self.assertRaises(AccessError):
            scoring.action_apply_tier()

    def test_draft_proposes_but_cannot_be_applied(self):
        with self.assertRaisesRegex(UserError, "Confirm the scoring first"):
            self.score(9, 9, 9, 9, 9).with_user(self.leo).action_apply_tier()

    def test_tier_limits(self):
        for score, tier in ((8.0, 'A'), (7.99, 'B'), (6.0, 'B'), (5.99, 'C'), (4.0, 'C'), (3.99, 'D'), (1.0, 'D')):
            with self.subTest(score=score):
                self.assertEqual(propose_tier(score, None, TIERS), tier)

    def test_tier_changes_only_beyond_the_margin(self):
        for present, score, tier in (
                ('B', 8.24, 'B'), ('B', 8.25, 'A'), ('B', 5.76, 'B'), ('B', 5.75, 'C'), ('A', 7.76, 'A'), ('A', 7.75, 'B'),
                ('D', 6.1, 'C'), ('D', 4.2, 'D')):
            with self.subTest(present=present, score=score):
                self.assertEqual(propose_tier(score, present, TIERS), tier)

    def test_unscored_proposes_no_tier(self):
        self.assertIsNone(propose_tier(None, 'B', TIERS))

    # automatic criteria

    def test_kpi_proposes_the_score(self):
        self.new_value('revenue', 600000, self.alpha)
        self.fit.write({
            'kpi_id': self.env.ref('kam_kpi.kam_kpi_revenue').id, 'score_from': 0, 'score_to': 1000000})
        scoring = self.score(8, None, 6, 9, 5)
        line = scoring.line_ids.filtered(lambda line: line.criterion_id == self.fit)
        self.assertAlmostEqual(line.automatic_score, 6.4)
        self.assertAlmostEqual(line.score, 6.4)

    def test_own_judgement_stays(self):
        self.new_value('revenue', 600000, self.alpha)
        self.fit.write({
            'kpi_id': self.env.ref('kam_kpi.kam_kpi_revenue').id, 'score_from': 0, 'score_to': 1000000})
        scoring = self.score(8, 3, 6, 9, 5)
        line = scoring.line_ids.filtered(lambda line: line.criterion_id == self.fit)
        self.assertEqual((line.score, round(line.automatic_score, 6)), (3.0, 6.4))

    def test_kpi_without_data_leaves_the_criterion_open(self):
        self.new_value('revenue', None, self.alpha)
        self.fit.write({
            'kpi_id': self.env.ref('kam_kpi.kam_kpi_revenue').id, 'score_from': 0, 'score_to': 1000000})
        scoring = self.score(8, None, 6, 9, 5)
        self.assertAlmostEqual(scoring.coverage, 75.0)

    def test_scale_needs_two_ends(self):
        with self.assertRaisesRegex(ValidationError, "two different values"):
            self.fit.write({'kpi_id': self.env.ref('kam_kpi.kam_kpi_revenue').id, 'score_from': 5, 'score_to': 5})
