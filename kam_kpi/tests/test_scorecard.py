from odoo.exceptions import AccessError
from odoo.tests import tagged

from .scorecard_common import ScorecardCase


@tagged('post_install', '-at_install')
class TestScorecard(ScorecardCase):
    """Weighted attainment of the agreed targets of a subject and a period."""

    def worked_example(self, **missing):
        self.agreed('t_sales', self.anna, 100, 90, weight=40)
        self.agreed('t_retention', self.anna, 100, 130, weight=30)
        self.agreed('t_calls', self.anna, 100, None, weight=20, **missing)
        other = self.env['kam.kpi'].create({
            'name': "Meetings", 'code': 't_meetings', 'unit': 'count', 'direction': 'higher', 'numerator': 'accounts', 'objective_id': self.objective.id})
        self.kpis['t_meetings'] = other
        self.agreed('t_meetings', self.anna, 100, 50, weight=10)

    def test_weights_of_what_has_no_data_go_to_the_others(self):
        self.worked_example()
        card = self.card(self.anna)
        self.assertAlmostEqual(card.score, 0.9625)
        self.assertAlmostEqual(card.coverage, 0.8)
        self.assertEqual(card.status, 'amber')

    def test_missing_as_zero(self):
        self.worked_example(missing_as_zero=True)
        card = self.card(self.anna)
        self.assertAlmostEqual(card.score, 0.77)
        self.assertEqual(card.status, 'red')

    def test_too_little_data_gives_no_score(self):
        self.agreed('t_sales', self.anna, 100, None, weight=60)
        self.agreed('t_calls', self.anna, 100, 100, weight=40)
        card = self.card(self.anna)
        self.assertIs(card.score, False)
        self.assertEqual((card.coverage, card.status), (0.4, 'no_data'))

    def test_cap_is_a_setting(self):
        self.agreed('t_sales', self.anna, 100, 200)
        self.assertAlmostEqual(self.card(self.anna).score, 1.2)
        self.company.kam_score_cap = 1.5
        self.env['kam.scorecard']._refresh()
        self.assertAlmostEqual(self.card(self.anna).score, 1.5)

    def test_counts_of_targets_by_colour(self):
        self.worked_example()
        card = self.card(self.anna)
        self.assertEqual((card.target_count, card.green_count, card.amber_count, card.red_count, card.no_data_count), (4, 1, 1, 1, 1))

    def test_running_period_counts_what_is_due_by_now(self):
        # 44 of 91 days of the quarter have passed: 48.35 of 100 are due
        self.agreed('t_sales', self.anna, 100, 48.352, period='Q2')
        card = self.card(self.anna, 'Q2')
        self.assertAlmostEqual(card.score, 1.0, 3)
        self.assertTrue(card.is_current)

    def test_period_to_come_has_no_card(self):
        self.agreed('t_sales', self.anna, 100, 10, period='Q3')
        self.assertFalse(self.card(self.anna, 'Q3'))

    def test_proposed_target_does_not_count(self):
        self.agreed('t_sales', self.anna, 100, 90, state='proposed')
        self.assertFalse(self.card(self.anna))

    def test_agreeing_makes_the_card(self):
        target = self.agreed('t_sales', self.anna, 100, 60, period='Q2', state='proposed')
        target.with_user(self.lea).action_agree()
        self.assertTrue(self.card(self.anna, 'Q2'))

    def test_team_has_a_card_of_its_own_targets(self):
        self.agreed('t_sales', self.anna, 100, 120)
        self.agreed('t_sales', self.north, 100, 80)
        self.assertAlmostEqual(self.card(self.north).score, 0.8)

    def test_trend_against_the_period_before(self):
        self.agreed('t_sales', self.anna, 100, 90)
        self.agreed('t_retention', self.anna, 100, 100, period='Q2')
        card = self.card(self.anna, 'Q2')
        self.assertAlmostEqual(card.previous_score, 0.9)
        self.assertEqual(card.trend, 'up')
        self.assertFalse(self.card(self.anna).trend)

    def test_card_goes_with_its_targets(self):
        target = self.agreed('t_sales', self.anna, 100, 90)
        target.active = False
        self.assertFalse(self.card(self.anna))

    def test_ten_runs_change_nothing(self):
        self.worked_example()
        before = self.env['kam.scorecard'].search([]).read()
        for _run in range(10):
            self.env['kam.scorecard']._refresh()
        self.assertEqual(self.env['kam.scorecard'].search([]).read(), before)

    def test_targets_behind_the_card(self):
        target = self.agreed('t_sales', self.anna, 100, 90)
        self.agreed('t_sales', self.anna, 100, 90, period='Q2')
        action = self.card(self.anna).action_open_targets()
        self.assertEqual(self.env['kam.target'].search(action['domain']), target)

    def test_several_cards_have_no_common_score(self):
        self.agreed('t_sales', self.anna, 100, 90)
        self.agreed('t_sales', self.ben, 100, 70)
        cards = self.env['kam.scorecard'].with_user(self.dora)
        self.assertEqual(cards._read_group([('scope', '=', 'user')], [], ['score:avg']), [(False,)])
        single = cards._read_group([('scope', '=', 'user')], ['user_id'], ['score:avg'])
        self.assertEqual([(user, round(score, 4)) for user, score in single], [(self.anna, 0.9), (self.ben, 0.7)])

    def test_account_manager_sees_own_cards_and_accounts_only(self):
        self.agreed('t_sales', self.anna, 100, 90)
        self.agreed('t_sales', self.ben, 100, 70)
        self.agreed('t_sales', self.alpha, 100, 70)
        self.agreed('t_sales', self.gamma, 100, 70)
        self.agreed('t_sales', self.north, 100, 70)
        cards = self.env['kam.scorecard'].with_user(self.anna).search([])
        self.assertEqual({card._subject() for card in cards}, {self.anna, self.alpha})

    def test_leader_sees_the_team(self):
        for subject in (self.anna, self.ben, self.alpha, self.gamma, self.north, self.south):
            self.agreed('t_sales', subject, 100, 90)
        cards = self.env['kam.scorecard'].with_user(self.lea).search([])
        self.assertEqual({card._subject() for card in cards}, {self.anna, self.alpha, self.north})

    def test_director_of_one_company_sees_nothing_of_another(self):
        other = self.env['res.company'].create({'name': "Other"})
        self.env['kam.scorecard'].sudo().create({
            'scope': 'company', 'company_id': other.id, 'frequency': 'quarter', 'date_start': '2026-01-01', 'date_end': '2026-03-31'})
        self.assertFalse(self.env['kam.scorecard'].with_user(self.dora).search([]))

    def test_nobody_writes_scores(self):
        self.agreed('t_sales', self.anna, 100, 90)
        for user in (self.anna, self.lea, self.dora):
            with self.subTest(user=user.name), self.assertRaises(AccessError):
                self.card(self.anna, user=user).write({'score': 2})
