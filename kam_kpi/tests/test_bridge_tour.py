from odoo import Command
from odoo.tests import HttpCase, tagged

from .documents import DocumentsCase


@tagged('post_install', '-at_install')
class TestBridgeTour(DocumentsCase, HttpCase):

    def test_leader_reads_the_bridge(self):
        leo = self.new_user('leo', 'kam_kpi.group_kam_leader')
        anna = self.new_user('anna', 'kam_kpi.group_kam_user')
        self.env['crm.team'].create({
            'name': "North", 'user_id': leo.id, 'company_id': self.company.id, 'crm_team_member_ids': [Command.create({'user_id': anna.id})]})
        alpha, beta = (self.customer(name, key=True, kam_user_id=anna.id, kam_since_date='2023-01-01') for name in ("Alpha", "Beta"))
        for partner, day, product, amount in (
            (alpha, '2024-09-01', self.sensor, 1000), (alpha, '2024-09-01', self.support_plan, 400),
            (alpha, '2025-09-01', self.sensor, 900), (alpha, '2025-09-01', self.gateway, 600), (beta, '2024-09-01', self.sensor, 800),
        ):
            self.invoice(partner, day, (product, amount))
        self.env['kam.fact'].refresh()
        self.start_tour('/odoo/kam-revenue-bridge', 'kam_bridge_tour', login=leo.login)
