from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .scorecard_common import ScorecardCase


@tagged('post_install', '-at_install')
class TestRanking(ScorecardCase):
    """Account managers by scorecard: ties share a rank, who has no score has none, and the company decides who sees whom."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cleo, cls.dan = (new_test_user(
            cls.env, f'ranking_{name}', 'kam_kpi.group_kam_user', name=name.title(), context={'no_reset_password': True}) for name in ('cleo', 'dan'))
        cls.north.member_ids = [Command.link(cls.cleo.id), Command.link(cls.dan.id)]

    def setUp(self):
        super().setUp()
        for user, actual in ((self.anna, 90), (self.ben, 110), (self.cleo, 90), (self.dan, None)):
            self.agreed('t_sales', user, 100, actual)

    def ranks(self, user=None):
        rows = self.env['kam.ranking'].with_user(user or self.dora).search([('date_end', '=', '2026-03-31')])
        return {row.user_id.name: row.rank for row in rows}

    def test_ties_share_a_rank_and_no_score_has_none(self):
        self.assertEqual(self.ranks(), {'Ben': 1, 'Anna': 2, 'Cleo': 2, 'Dan': 0})

    def test_next_rank_after_a_tie(self):
        self.agreed('t_retention', self.dan, 100, 50)
        self.company.kam_score_coverage = 0.5
        self.env['kam.scorecard']._refresh()
        self.assertEqual(self.ranks()['Dan'], 4)

    def test_improvement_against_the_period_before(self):
        self.agreed('t_retention', self.anna, 100, 100, period='Q2')
        row = self.env['kam.ranking'].search([('user_id', '=', self.anna.id), ('date_end', '=', '2026-06-30')])
        self.assertAlmostEqual(row.improvement, 0.1)

    def test_off_at_first(self):
        self.assertEqual(self.company.kam_ranking, 'off')
        self.assertEqual(self.ranks(self.anna), {})

    def test_own_rank_only(self):
        self.company.kam_ranking = 'own'
        self.assertEqual(self.ranks(self.anna), {'Anna': 2})

    def test_own_and_first_three(self):
        self.company.kam_ranking = 'top'
        self.assertEqual(self.ranks(self.dan), {'Ben': 1, 'Anna': 2, 'Cleo': 2, 'Dan': 0})
        self.agreed('t_retention', self.dan, 100, 50)
        self.company.kam_score_coverage = 0.5
        self.env['kam.scorecard']._refresh()
        self.assertEqual(self.ranks(self.anna), {'Ben': 1, 'Anna': 2, 'Cleo': 2})

    def test_everybody(self):
        self.company.kam_ranking = 'all'
        self.assertEqual(len(self.ranks(self.anna)), 4)

    def test_leader_sees_the_team_whatever_is_shown_to_others(self):
        self.assertEqual(set(self.ranks(self.lea)), {'Anna', 'Cleo', 'Dan'})

    def test_reader_has_no_access(self):
        with self.assertRaises(AccessError):
            self.ranks(self.rita)

    def test_ten_runs_change_nothing(self):
        before = self.env['kam.ranking'].search([]).read()
        for _run in range(10):
            self.env['kam.ranking']._refresh()
        self.assertEqual(self.env['kam.ranking'].search([]).read(), before)
