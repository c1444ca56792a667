from odoo.tests import HttpCase, tagged

from .target_common import TargetCase


@tagged('post_install', '-at_install')
class TestTargetTour(TargetCase, HttpCase):
    """Targets in a browser, each as the role who uses the screen; the periods are far ahead, so that they never begin."""

    PERIOD = {'date_start': '2050-01-01', 'date_end': '2050-03-31'}

    def _tour(self, tour, user, target=None, query=''):
        path = f"/odoo/kam-targets/{target.id}" if target else f"/odoo/kam-targets{query}"
        self.start_tour(path, tour, login=user.login)
        self.env.invalidate_all()

    def test_propose_agree_lock_revise(self):
        self._tour('kam_target_propose_tour', self.anna, query='/new')
        target = self.env['kam.target'].search([('partner_id', '=', self.alpha.id), ('kpi_id', '=', self.kpis['t_sales'].id)])
        self.assertRecordValues(target, [{'target_value': 1000, 'state': 'proposed', 'proposer_id': self.anna.id}])
        self._tour('kam_target_agree_tour', self.lea, target)
        self.assertRecordValues(target, [{'target_value': 900, 'state': 'locked', 'agreed_by_id': self.lea.id}])
        self.assertEqual(target.history_ids[0].reason, "Plant closed")

    def test_hand_out_a_team_target(self):
        whole = self.target(subject=self.north, user=self.lea, target_value=1000, **self.PERIOD)
        self._tour('kam_target_cascade_tour', self.lea, whole)
        self.assertEqual(sorted(whole.child_ids.mapped('target_value')), [200, 500])
        self.assertEqual(whole.undistributed_value, 300)

    def test_import_with_a_bad_row(self):
        self._tour('kam_target_import_tour', self.anna, query='?view_type=list')
        target = self.env['kam.target'].search([('kpi_id', '=', self.kpis['t_sales'].id)])
        self.assertEqual((target.partner_id, target.target_value), (self.alpha, 100))
