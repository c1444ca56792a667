from odoo.tests import tagged

from .documents import DocumentsCase
from .vectors import vectors

YEAR = ('2025-01-01', '2026-01-01')


class BridgeWorld(DocumentsCase):
    """The documents of the reference table, line by line; ``key`` says whether the customers are key accounts."""

    key = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.alpha, cls.beta, cls.gamma, cls.delta = (cls.customer(name, cls.key) for name in ("Alpha", "Beta", "Gamma", "Delta"))
        cls.accounts = cls.alpha | cls.beta | cls.gamma | cls.delta
        child = cls.contact(cls.alpha, "Alpha Paris")
        partners = {**{account.name: account for account in cls.accounts}, "Alpha Paris (child)": child}
        products = {product.name: product for product in cls.sensor | cls.gateway | cls.support_plan | cls.training_day}
        for line in vectors('bridge')['lines']:
            cls.invoice(
                cls(), partners[line['partner']], line['invoice_date'], (products[line['product']], line['price_subtotal']),
                kind=line['move_type'], state=line['state'],
                rate=line['invoice_currency_rate'] if line['currency'] == 'USD' else None)


@tagged('post_install', '-at_install')
class TestBridgeVectors(BridgeWorld):

    def test_documents_are_those_of_the_table(self):
        posted = self.env['account.move'].search([('company_id', '=', self.company.id), ('state', '=', 'posted')])
        self.assertEqual(len(posted), 15)
        [dollars] = posted.filtered(lambda move: move.currency_id == self.usd)
        self.assertEqual((dollars.amount_untaxed, dollars.amount_tax), (13200.0, 1980.0))

    def test_bridge_by_category(self):
        self.assertEqual(self.bridge(self.accounts, *YEAR), vectors('bridge')['category_level']['totals'])

    def test_bridge_by_product(self):
        for level in ('product', 'template'):
            with self.subTest(level=level):
                self.assertEqual(self.bridge(self.accounts, *YEAR, level=level), vectors('bridge')['product_level']['totals'])

    def test_bridge_of_each_account(self):
        for level in ('category', 'product'):
            for account in self.accounts:
                expected = dict(vectors('bridge')[f'{level}_level']['accounts'][account.name])
                del expected['class']
                with self.subTest(level=level, account=account.name):
                    self.assertEqual(self.bridge(account, *YEAR, level=level), expected)

    def test_upsell_at_product_level(self):
        bridge = self.bridge(self.accounts, *YEAR, level='product')
        self.assertAlmostEqual(100 * bridge['upsell'] / bridge['opening'], 9.62963, 5)

    def test_revenue(self):
        self.assertEqual(self.total('revenue', self.accounts, *YEAR)['value'], 32100.0)
        self.assertEqual(self.value('revenue', self.alpha, *YEAR), 17000.0)
        self.assertEqual(self.value('revenue', self.beta, '2024-01-01', '2025-01-01'), 10000.0)

    def test_revenue_of_a_silent_customer_is_a_real_zero(self):
        result = self.measure('revenue', self.gamma, *YEAR)[self.gamma]
        self.assertEqual((result['value'], result['state'], result['reason']), (0.0, 'ok', None))

    def test_invoice_on_the_stop_date_is_left_out(self):
        self.assertEqual(self.value('revenue', self.delta, '2026-01-01', '2026-01-02'), 7777.0)
        self.assertEqual(self.value('revenue', self.delta, *YEAR), 6000.0)

    def test_retention(self):
        for code, expected in (
            ('nrr_pct', 96.666667), ('grr_pct', 85.555556), ('logo_retention_pct', 66.666667),
            ('upsell_ratio_pct', 7.407407), ('cross_sell_ratio_pct', 5.555556), ('sales_growth_yoy_pct', 18.888889),
        ):
            with self.subTest(code=code):
                self.assertAlmostEqual(self.total(code, self.accounts, *YEAR)['value'], expected, 6)

    def test_retention_of_one_account(self):
        self.assertAlmostEqual(self.value('nrr_pct', self.alpha, *YEAR), 121.428571, 6)
        self.assertEqual(self.value('grr_pct', self.alpha, *YEAR), 100.0)
        self.assertEqual(self.value('grr_pct', self.beta, *YEAR), 91.0)
        self.assertEqual(self.value('nrr_pct', self.gamma, *YEAR), 0.0)
        self.assertEqual(self.value('logo_retention_pct', self.gamma, *YEAR), 0.0)
        self.assertAlmostEqual(self.value('upsell_ratio_pct', self.alpha, *YEAR), 100 * 2000 / 14000, 6)
        self.assertAlmostEqual(self.value('cross_sell_ratio_pct', self.alpha, *YEAR), 100 * 1500 / 14000, 6)

    def test_new_customer_is_not_in_the_cohort(self):
        for code in ('nrr_pct', 'grr_pct'):
            self.assertNoData(self.measure(code, self.delta, *YEAR)[self.delta], 'not_in_cohort')
        for code in ('logo_retention_pct', 'upsell_ratio_pct', 'cross_sell_ratio_pct', 'sales_growth_yoy_pct'):
            self.assertNoData(self.measure(code, self.delta, *YEAR)[self.delta], 'zero_denominator')

    def test_empty_cohort(self):
        self.assertNoData(self.total('logo_retention_pct', self.delta, *YEAR), 'zero_denominator')
        self.assertNoData(self.total('nrr_pct', self.delta, *YEAR), 'zero_denominator')

    def test_retention_looks_at_twelve_months_whatever_the_period(self):
        self.assertAlmostEqual(self.total('nrr_pct', self.accounts, '2025-10-01', '2026-01-01')['value'], 96.666667, 6)

    def test_contact_stands_for_its_company(self):
        child = self.alpha.child_ids
        self.assertEqual(self.value('revenue', child, *YEAR), 17000.0)

    def test_together_counts_a_contact_and_its_company_once(self):
        self.assertEqual(self.total('revenue', self.alpha | self.alpha.child_ids, *YEAR)['value'], 17000.0)

    def test_figures_after_rebuild_are_the_same(self):
        before = self.bridge(self.accounts, *YEAR)
        self.env['kam.fact'].rebuild()
        self.assertEqual(self.bridge(self.accounts, *YEAR), before)


@tagged('post_install', '-at_install')
class TestBridgeVectorsOfOtherCustomers(TestBridgeVectors):
    """Customers who are no key accounts have the same figures, though fewer facts are kept of them."""

    key = False

    def test_no_category_facts_are_kept(self):
        self.refresh()
        self.assertFalse(self.env['kam.fact.category'].search([('partner_id', 'in', self.accounts.ids)]))


@tagged('post_install', '-at_install')
class TestBridgeEdgeCases(DocumentsCase):
    """E1 to E7, as invoices and credit notes of 2024 and 2025; what came before, in 2023."""

    def check(self, name, key):
        case = vectors('bridge')['edge_cases'][name]
        account = self.customer(name, key)
        products = {'X': self.sensor, 'Y': self.training_day}
        for day, lines in (('2024-05-05', case['opening_lines']), ('2025-05-05', case['closing_lines'])):
            for _account, product, amount in lines:
                if amount > 0:
                    self.invoice(account, day, (products[product], amount))
                elif amount < 0:
                    self.credit(account, day, (products[product], -amount))
                else:
                    self.invoice(account, day, (products[product], 300))
                    self.credit(account, day, (products[product], 300))
        if case['had_revenue_before_opening']:
            self.invoice(account, '2023-05-05', (self.sensor, 50))
        for level in ('category', 'product'):
            self.assertEqual(self.bridge(account, *YEAR, level=level), case['totals'], (name, key, level))
        cohort = self.total('nrr_pct', account, *YEAR)
        self.assertEqual(cohort['denominator'], case['sub']['cohort_opening'])
        self.assertEqual(cohort['numerator'], case['sub']['cohort_closing'])
        self.assertEqual(self.total('grr_pct', account, *YEAR)['numerator'], case['sub']['gross_retained'])
        if case['sub']['cohort_opening']:
            for code, bucket in (('upsell_ratio_pct', 'upsell'), ('cross_sell_ratio_pct', 'cross_sell')):
                self.assertEqual(self.total(code, account, *YEAR)['numerator'], case['totals'][bucket], (name, code))

    def test_edge_cases(self):
        for name in vectors('bridge')['edge_cases']:
            for key in (True, False):
                with self.subTest(case=name, key=key):
                    self.check(name, key)

    def test_line_without_product_is_a_key_of_its_own(self):
        account = self.customer("Free text", True)
        self.invoice(account, '2024-05-05', 400)
        self.invoice(account, '2025-05-05', 500, (self.sensor, 70))
        bridge = self.bridge(account, *YEAR)
        self.assertEqual((bridge['upsell'], bridge['cross_sell'], bridge['churn']), (100.0, 70.0, 0.0))

    def test_cents_that_cancel_out_are_no_opening(self):
        account = self.customer("Cents", True)
        self.invoice(account, '2024-05-05', (self.sensor, 1000), (self.training_day, 0.1))
        self.invoice(account, '2024-06-05', (self.training_day, 0.2))
        self.credit(account, '2024-07-05', (self.training_day, 0.3))
        self.invoice(account, '2025-05-05', (self.sensor, 1000), (self.training_day, 80))
        bridge = self.bridge(account, *YEAR)
        self.assertEqual((bridge['upsell'], bridge['cross_sell']), (0.0, 80.0))
        self.assertEqual(self.total('cross_sell_ratio_pct', account, *YEAR)['numerator'], 80.0)
