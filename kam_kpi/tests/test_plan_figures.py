from odoo.tests import freeze_time, tagged

from ..tools import portfolio
from .plan_common import PlanCase


@tagged('post_install', '-at_install')
@freeze_time('2026-03-10 09:00:00')
class TestPlanFigures(PlanCase):

    def test_figures_are_taken_with_the_plan(self):
        self.assertEqual(
            (self.plan.revenue, self.plan.gross_margin_pct, self.plan.growth_pct, self.plan.portfolio_share_pct, self.plan.quadrant),
            (1000.0, 40.0, 12.5, 25.0, 'gem'))
        self.assertEqual(str(self.plan.figures_date), '2026-03-10')

    def test_no_data_is_not_zero(self):
        plan = self.env['kam.plan'].with_user(self.ben).create({'partner_id': self.beta.id})
        self.assertIs(plan.growth_pct, False)
        self.figures['gross_margin_pct', self.beta] = None
        self.addCleanup(self.figures.__setitem__, ('gross_margin_pct', self.beta), 20.0)
        plan.action_refresh_figures()
        self.assertIs(plan.gross_margin_pct, False)
        self.assertFalse(plan.quadrant)
        self.assertIs(plan.roi_pct, False)

    def test_return_on_the_investment(self):
        self.assertIs(self.plan.roi_pct, False)
        self.plan.budget_spent = 200
        self.assertEqual(self.plan.gross_profit, 400)
        self.assertEqual(self.plan.roi_pct, 100)

    def test_share_of_wallet_from_the_latest_estimate(self):
        self.env['kam.wallet.estimate'].create([
            {'partner_id': self.alpha.id, 'amount': 2000, 'date': '2025-01-01'},
            {'partner_id': self.alpha.id, 'amount': 4000, 'date': '2026-01-01'},
        ])
        self.env.invalidate_all()
        self.assertEqual(self.plan.wallet_share_pct, 25)

    def test_a_closed_plan_keeps_its_figures(self):
        self.plan._cancel("End")
        self.figures['revenue', self.alpha] = 9.0
        self.addCleanup(self.figures.__setitem__, ('revenue', self.alpha), 1000.0)
        self.as_user(self.diana).action_refresh_figures()
        self.assertEqual(self.plan.revenue, 1000.0)

    def test_nightly_job(self):
        self.figures['revenue', self.alpha] = 1500.0
        self.addCleanup(self.figures.__setitem__, ('revenue', self.alpha), 1000.0)
        self.env['kam.plan']._cron_refresh()
        self.assertEqual(self.plan.revenue, 1500.0)

    def test_quadrants_against_the_medians(self):
        revenues, margins = [1, 2, 3], [10, 20, 30]
        self.assertEqual(portfolio.quadrant(3, 30, revenues, margins), 'star')
        self.assertEqual(portfolio.quadrant(3, 10, revenues, margins), 'volume')
        self.assertEqual(portfolio.quadrant(1, 30, revenues, margins), 'gem')
        self.assertEqual(portfolio.quadrant(1, 10, revenues, margins), 'question')
        self.assertEqual(portfolio.quadrant(2, 20, revenues, margins), 'star')
        self.assertIsNone(portfolio.quadrant(None, 20, revenues, margins))
        self.assertEqual(portfolio.quadrant(2, 20, [None, 2], [None, 20]), 'star')

    def test_share_needs_a_whole_above_zero(self):
        self.assertEqual(portfolio.share(1, 4), 25)
        self.assertIsNone(portfolio.share(None, 4))
        self.assertIsNone(portfolio.share(1, 0))
        self.assertIsNone(portfolio.share(1, -2))
