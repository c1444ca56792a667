from datetime import date

from odoo.tests import HttpCase, tagged

from .scorecard_common import ScorecardCase


@tagged('post_install', '-at_install')
class TestLeaderTour(ScorecardCase, HttpCase):
    """A leader goes from who is off target to the target and on to a planned one-to-one. Today is 2026-11-20."""

    today = date(2026, 11, 20)

    def test_from_a_red_card_to_a_planned_talk(self):
        for period in ('Q1', 'Q2', 'Q3', 'Q4'):
            self.agreed('t_sales', self.anna, 100, 30, period=period)
        self.env['kam.coaching']._propose()
        self.start_tour('/odoo/kam-scorecards', 'kam_leader_tour', login=self.lea.login)
        note = self.env['kam.coaching'].search([('user_id', '=', self.anna.id)])
        self.assertEqual((note.state, note.event_id.partner_ids), ('planned', (self.anna | self.lea).partner_id))
