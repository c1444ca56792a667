from datetime import date
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import KamCase

TODAY = date(2026, 5, 10)


@tagged('post_install', '-at_install')
class TestCandidate(KamCase):
    """Customers by the criteria that a KPI scores. Today is 2026-05-10; the figures are set here.

    Two criteria count: revenue (weight 60, 10 points from 100,000) and margin (weight 40, 10 points from 50 %).
    Tiers begin at 4, 6 and 8 points.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.calendar = {'today': TODAY}
        cls.startClassPatcher(patch.object(cls.registry['res.company'], '_kam_today', lambda company: cls.calendar['today']))
        cls.env['kam.criterion'].search([]).active = False
        for code, weight, most in (('revenue', 60, 100000), ('gross_margin_pct', 40, 50)):
            cls.env['kam.criterion'].create({
                'name': code, 'weight': weight, 'score_from': 0, 'score_to': most, 'kpi_id': cls.env.ref(f'kam_kpi.kam_kpi_{code}').id})
        for code, limit in (('a', 8), ('b', 6), ('c', 4)):
            cls.env.ref(f'kam_kpi.kam_tier_{code}').min_score = limit
        cls.figures = {}
        cls.startClassPatcher(patch.object(cls.registry['kam.kpi'], 'measure_kpis', lambda kpis, codes, ids, start, stop: [
            {'partner_id': partner, 'code': code, 'value': cls.figures.get((partner, code))} for partner in ids for code in codes]))
        cls.startClassPatcher(patch.object(cls.registry['kam.candidate'], '_customers', lambda self: cls.alpha | cls.beta | cls.gamma))

    def setUp(self):
        super().setUp()
        self.calendar['today'] = TODAY
        self.figures.clear()
        for account in (self.alpha, self.beta, self.gamma):
            self.set(account, 60000, 30)

    def set(self, account, revenue, margin):
        self.figures[account.id, 'revenue'], self.figures[account.id, 'gross_margin_pct'] = revenue, margin

    def find(self, user=None):
        self.env['kam.candidate']._find()
        return self.env['kam.candidate'].with_user(user or self.diana).search([])

    def test_customer_who_reaches_a_tier_is_proposed(self):
        candidate = self.find()
        # 1 + 9 x 0.6 = 6.4 for both criteria
        self.assertEqual((candidate.partner_id, candidate.kind, round(candidate.score, 6), candidate.tier_id.code), (self.gamma, 'promote', 6.4, 'B'))
        self.assertEqual(candidate.reason, "revenue: 6.4 of 10 ($\xa060,000.00)\ngross_margin_pct: 6.4 of 10 (30)")

    def test_customer_below_all_tiers_is_not(self):
        self.set(self.gamma, 20000, 10)
        self.assertFalse(self.find())

    def test_too_little_data_is_no_proposal(self):
        self.set(self.gamma, 100000, None)  # 60 % of the weight; 70 % are needed
        self.assertFalse(self.find())

    def test_key_account_below_all_tiers_is_to_be_demoted(self):
        self.set(self.gamma, 0, 0)
        self.set(self.alpha, 20000, 10)
        candidate = self.find()
        self.assertEqual((candidate.partner_id, candidate.kind, candidate.tier_id.code), (self.alpha, 'demote', False))

    def test_score_of_people_goes_before_the_figures(self):
        self.set(self.gamma, 0, 0)
        self.set(self.alpha, 20000, 10)
        score = self.env['kam.account.score'].create({
            'partner_id': self.alpha.id, 'line_ids': [(0, 0, {'criterion_id': self.env['kam.criterion'].search([], limit=1).id, 'weight': 10, 'score': 7})]})
        score.action_confirm()
        self.assertFalse(self.find())

    def test_ten_runs_propose_once(self):
        for _run in range(10):
            candidates = self.find()
        self.assertEqual(len(candidates), 1)

    def test_proposal_goes_when_its_reason_is_gone(self):
        self.find()
        self.set(self.gamma, 0, 0)
        self.assertFalse(self.find())

    def test_accepting_makes_a_key_account(self):
        candidate = self.find()
        candidate.user_id = self.ben
        candidate.action_accept()
        self.assertEqual((self.gamma.is_key_account, self.gamma.kam_tier_id.code, self.gamma.kam_user_id), (True, 'B', self.ben))
        self.assertEqual((candidate.state, candidate.decided_id), ('accepted', self.diana))

    def test_accepting_a_demotion(self):
        self.set(self.gamma, 0, 0)
        self.set(self.alpha, 20000, 10)
        self.find().action_accept()
        self.assertFalse(self.alpha.is_key_account)

    def test_dismissing_needs_a_reason(self):
        with self.assertRaisesRegex(UserError, "few words"):
            self.find().action_dismiss()

    def test_dismissed_comes_back_after_half_a_year(self):
        candidate = self.find()
        candidate.dismiss_reason = "One big project"
        candidate.action_dismiss()
        self.find()
        self.assertEqual(candidate.state, 'dismissed')
        self.calendar['today'] = date(2026, 11, 8)
        self.find()
        self.assertEqual(candidate.state, 'proposed')

    def test_full_portfolio_warns(self):
        self.company.kam_account_cap = 1
        candidate = self.find()
        self.assertFalse(candidate.cap_warning)
        candidate.user_id = self.anna
        self.assertEqual(candidate.cap_warning, "Anna manages 1 key accounts already; the agreed limit is 1.")

    def test_account_manager_has_no_access(self):
        with self.assertRaises(AccessError):
            self.find(self.anna)

    def test_leader_sees_customers_of_the_team_and_of_nobody(self):
        self.assertEqual(self.find(self.leo).partner_id, self.gamma)
        self.gamma.user_id = self.new_user('olga', 'sales_team.group_sale_salesman')
        self.assertFalse(self.find(self.leo))

    def test_reader_decides_nothing(self):
        with self.assertRaises(AccessError):
            self.find(self.rita).action_accept()
