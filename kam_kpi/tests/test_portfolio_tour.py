from odoo.exceptions import AccessError
from odoo.fields import Date
from odoo.tests import HttpCase, tagged

from .common import KamCase


@tagged('post_install', '-at_install')
class TestPortfolioTour(KamCase, HttpCase):

    def test_director_looks_at_the_portfolio(self):
        others = self.env['res.partner'].search([('is_key_account', '=', True), ('id', 'not in', (self.alpha | self.beta).ids)])
        others.is_key_account = False
        for account, revenue, margin in ((self.alpha, 1000.0, 40.0), (self.beta, 3000.0, 20.0)):
            self.new_value('revenue', revenue, account)
            self.new_value('gross_margin_pct', margin, account)
        today = self.company._kam_today()
        agreement = self.env['kam.agreement'].create({
            'name': "Supply", 'partner_id': self.beta.id, 'company_id': self.company.id, 'date_start': today, 'annual_value': 500.0,
            'date_end': Date.add(today, days=60), 'renewal_call': 'risk'})
        agreement.action_sign()
        self.start_tour('/odoo/kam-portfolio', 'kam_portfolio_tour', login=self.diana.login)

    def test_dashboard_is_for_leaders_and_readers(self):
        dashboard = self.env.ref('kam_kpi.spreadsheet_dashboard_kam_portfolio')
        for user in (self.leo, self.diana, self.rita):
            with self.subTest(user=user.name):
                self.assertEqual(dashboard.with_user(user).name, "Key Accounts")
        for user in (self.anna, self.sam):
            with self.subTest(user=user.name), self.assertRaises(AccessError):
                self.env.invalidate_all()
                dashboard.with_user(user).read(['spreadsheet_data'])
