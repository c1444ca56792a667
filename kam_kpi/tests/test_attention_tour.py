from odoo.fields import Date, Datetime
from odoo.tests import HttpCase, tagged

from .common import KamCase


@tagged('post_install', '-at_install')
class TestAttentionTour(KamCase, HttpCase):
    """From the morning list to a logged call, as the account manager does it."""

    def fact(self, code, days, amount=1.0, **vals):
        day = Date.subtract(self.company._kam_today(), days=days)
        return self.env['kam.fact'].create({
            'measure_id': self.env['kam.measure'].search([('code', '=', code)]).id, 'company_id': self.company.id, 'partner_id': self.alpha.id,
            'date': day, 'moment': Datetime.to_datetime(day), 'amount': amount, 'count': 1, **vals})

    def test_morning(self):
        carla = self.new_contact(self.alpha, "Carla")
        self.fact('meetings', 2, key='m')
        self.fact('nps_answers', 1, 3.0, key='contact,1', res_id=1)
        for days in (100, 130, 160):
            self.fact('bookings', days, 500.0)
        self.env['kam.attention']._refresh(self.alpha.ids)
        self.start_tour('/odoo/action-kam_kpi.kam_attention_action_today', 'kam_today_tour', login=self.anna.login)
        items = self.env['kam.attention'].search([('partner_id', '=', self.alpha.id)])
        self.assertEqual({item.kind: item.state for item in items}, {'voice': 'handled', 'late_order': 'snoozed'})
        self.assertIn("Deliveries are late", carla.message_ids[0].body)

    def test_accounts(self):
        self.fact('meetings', 1, key='m')
        self.fact('nps_answers', 0, 3.0, key='contact,1', res_id=1, moment=Datetime.to_datetime(Date.add(self.company._kam_today(), days=1)))
        self.fact('revenue', 40, 500.0)
        self.env['kam.attention']._refresh(self.alpha.ids)
        self.start_tour('/odoo/action-kam_kpi.res_partner_action_my_key_accounts', 'kam_accounts_tour', login=self.anna.login)
