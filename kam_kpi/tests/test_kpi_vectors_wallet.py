from datetime import date

from odoo.tests import tagged

from .documents import DocumentsCase
from .vectors import vectors

YEAR = ('2025-01-01', '2026-01-01')


@tagged('post_install', '-at_install')
class TestWallet(DocumentsCase):
    """How much of what customers spend they spend with us."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.alpha, cls.beta, cls.gamma = (cls.customer(name, key=True) for name in ("Alpha", "Beta", "Gamma"))

    def share(self, partner=None, *period):
        return self.measure('share_of_wallet_pct', partner or self.alpha, *(period or YEAR))[partner or self.alpha]

    def test_vectors(self):
        single, portfolio = vectors('kpis')['share_of_wallet_pct']
        accounts = {account.name: account for account in self.alpha | self.beta | self.gamma}
        for row in portfolio['input']['accounts']:
            if row['rev']:
                self.invoice(accounts[row['a']], '2025-05-05', row['rev'])
            if row['wallet']:
                self.wallet(accounts[row['a']], '2025-01-15', row['wallet'])
        self.assertEqual(self.share()['value'], single['expected'])
        self.assertAlmostEqual(self.total('share_of_wallet_pct', self.alpha | self.beta | self.gamma, *YEAR)['value'], portfolio['expected'], 6)

    def test_without_an_estimate_the_source_is_missing(self):
        self.invoice(self.alpha, '2025-05-05', 100)
        self.assertNoData(self.share(), 'source_missing')
        self.assertNoData(self.total('share_of_wallet_pct', self.alpha | self.gamma, *YEAR), 'source_missing')
        self.wallet(self.beta, '2025-05-05', 1000)
        self.assertEqual(self.total('share_of_wallet_pct', self.alpha | self.beta, *YEAR)['value'], 0.0)

    def test_old_estimates_do_not_count(self):
        self.invoice(self.alpha, '2025-05-05', 100)
        estimate = self.wallet(self.alpha, '2023-12-31', 1000)
        self.assertNoData(self.share(), 'source_missing')
        estimate.date = '2024-01-01'
        self.assertEqual(self.share()['value'], 10.0)

    def test_the_latest_estimate_before_the_end_counts(self):
        self.invoice(self.alpha, '2025-05-05', 100)
        self.wallet(self.alpha, '2025-06-01', 500)
        self.wallet(self.alpha, '2025-01-01', 1000)
        self.wallet(self.alpha, '2026-01-01', 200)
        self.assertEqual(self.share()['value'], 20.0)

    def test_of_two_on_a_day_the_later_one_counts(self):
        self.invoice(self.alpha, '2025-05-05', 100)
        for amount in (1000, 400):
            self.wallet(self.alpha, '2025-06-01', amount)
        self.assertEqual(self.share()['value'], 25.0)

    def test_revenue_in_the_categories_of_the_estimate(self):
        small = self.env['product.category'].create({'name': "Small", 'parent_id': self.hardware.id})
        probe = self.new_product("Probe", small)
        self.invoice(self.alpha, '2025-05-05', (self.sensor, 100), (probe, 50), (self.training_day, 7000), 3)
        estimate = self.wallet(self.alpha, '2025-06-01', 1000, self.hardware)
        self.assertEqual(self.share()['value'], 15.0)
        estimate.categ_ids += self.training
        self.assertEqual(self.share()['numerator'], 7150.0)
        estimate.categ_ids = small
        self.assertEqual(self.share()['value'], 5.0)
        small.parent_id = self.training
        estimate.categ_ids = self.training
        self.assertEqual(self.share()['numerator'], 7050.0)
        small.parent_id = False
        self.assertEqual(self.share()['numerator'], 7000.0)
        estimate.categ_ids = False
        self.assertEqual(self.share()['numerator'], 7153.0)

    def test_an_estimate_too_low_is_told_and_not_capped(self):
        self.invoice(self.alpha, '2025-05-05', 150)
        self.wallet(self.alpha, '2025-01-01', 100)
        self.assertEqual(self.share()['value'], 150.0)
        kpi = self.env['kam.kpi'].search([('code', '=', 'share_of_wallet_pct')])
        dates = (date(2025, 1, 1), date(2026, 1, 1))
        self.assertEqual(kpi._outcomes({0: self.alpha.ids}, *dates)[kpi.id, 0]['flags'], ['estimate_too_low'])
        self.credit(self.alpha, '2025-05-05', 50)
        self.refresh()
        self.assertEqual(kpi._outcomes({0: self.alpha.ids}, *dates)[kpi.id, 0]['flags'], [])

    def test_twelve_months_of_revenue(self):
        for day, amount in (('2024-12-31', 7000), ('2025-01-01', 100), ('2025-12-31', 100), ('2026-01-01', 7000)):
            self.invoice(self.alpha, day, amount)
        self.wallet(self.alpha, '2025-11-01', 1000)
        self.assertEqual(self.share(self.alpha, '2025-12-01', '2026-01-01')['value'], 20.0)

    def test_estimate_in_dollars_at_the_rate_of_its_day(self):
        self.dollar_rate(2.0)
        self.dollar_rate(4.0, '2025-03-01')
        self.invoice(self.alpha, '2025-05-05', 100)
        self.wallet(self.alpha, '2025-02-28', 2000, currency_id=self.usd.id)
        self.assertEqual(self.share()['value'], 10.0)

    def test_an_estimate_of_the_contacts_company_after_the_account_became_a_contact(self):
        self.invoice(self.alpha, '2025-05-05', 100)
        self.wallet(self.beta, '2025-01-01', 1000)
        self.alpha.write({'parent_id': self.beta.id, 'is_company': False})
        self.assertEqual(self.share(self.beta)['value'], 10.0)

    def test_each_company_has_its_own_estimate(self):
        other = self.new_company("Elsewhere", self.eur)
        self.alpha.company_id = False
        self.invoice(self.alpha, '2025-05-05', (self.sensor, 100), (self.training_day, 60))
        self.wallet(self.alpha, '2025-01-01', 1000, self.hardware)
        self.wallet(self.alpha, '2025-06-01', 500, self.training, company_id=other.id)
        self.assertEqual(self.share()['value'], 10.0)
