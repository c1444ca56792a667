from fractions import Fraction
from random import Random

from odoo.tests import BaseCase, tagged

from ..tools import bridge
from .vectors import vectors

HALF = Fraction(1, 200)


@tagged('post_install', '-at_install')
class TestBridge(BaseCase):

    def rows(self, opening, closing):
        return [(account, key, before, 0) for account, key, before in opening] + [(account, key, 0, after) for account, key, after in closing]

    def subs(self, found):
        """The parts and cohort totals under the names of the vectors."""
        parts = bridge.parts(found)
        return {**parts, 'contraction_noncohort': parts.pop('non_cohort'), **bridge.cohort(found)}

    def test_edge_cases(self):
        for name, case in vectors('bridge')['edge_cases'].items():
            with self.subTest(case=name):
                found = bridge.movements(
                    self.rows(case['opening_lines'], case['closing_lines']), customers_before=case['had_revenue_before_opening'])
                self.assertEqual(bridge.total(found), case['totals'])
                subs = self.subs(found)
                self.assertEqual({code: subs[code] for code in case['sub']}, case['sub'])

    def test_reference_table(self):
        content = vectors('bridge')
        for level, names in (('product_level', {}), ('category_level', content['categories'])):
            opening, closing = (
                [(*self.place(key, names), amount) for key, amount in content[window].items()] for window in ('opening', 'closing'))
            found = bridge.movements(self.rows(opening, closing))
            self.assertEqual(bridge.total(found), content[level]['totals'])
            subs = self.subs(found)
            self.assertEqual({code: subs[code] for code in content[level]['sub']}, content[level]['sub'])
            for account, expected in content[level]['accounts'].items():
                expected = {code: expected[code] for code in bridge.BUCKETS}
                self.assertEqual(bridge.total(bridge.by(found, 'account')[account]), expected)

    def place(self, key, names):
        account, product = key.split('|')
        return account, names.get(product, product)

    def test_a_customer_of_the_opening_window_whose_sales_were_credited_is_reactivated(self):
        found = bridge.movements([('a', 'X', -20, 100)])
        self.assertEqual(bridge.parts(found)['reactivated'], 120)

    def test_a_product_credited_beyond_its_sales_is_lost(self):
        found = bridge.movements([('a', 'X', 500, 500), ('a', 'Y', 100, -10), ('a', 'Z', 100, 40)])
        parts = bridge.parts(found)
        self.assertEqual((parts['product_loss'], parts['decrease']), (110, 60))

    def test_always_reconciles(self):
        random = Random(1)
        for _round in range(3000):
            rows = [
                (random.randint(1, 3), random.choice('XYZ'), self.cents(random), self.cents(random))
                for _row in range(random.randint(0, 8))]
            found = bridge.movements(rows, HALF, customers_before={1})
            result = bridge.total(found)
            self.check(result, rows)
            self.assertEqual(result, bridge.revenue_bridge(rows, HALF))
            self.assertEqual(result['closing'], sum(row[3] for row in rows))
            self.assertTrue(all(result[bucket] >= 0 for bucket in bridge.BUCKETS[1:-1]), rows)
            self.check_parts(found, result, rows)
            for attribute in ('account', 'key'):
                lines = [bridge.total(group) for group in bridge.by(found, attribute).values()]
                for line in lines:
                    self.check(line, rows)
                for bucket in bridge.BUCKETS:
                    self.assertEqual(sum(line[bucket] for line in lines), result[bucket], rows)

    def check(self, result, rows):
        self.assertEqual(
            result['opening'] + result['new'] + result['upsell'] + result['cross_sell'] - result['contraction'] - result['churn']
            + result.get('currency', 0), result['closing'], rows)

    def check_parts(self, found, result, rows):
        parts, cohort = bridge.parts(found), bridge.cohort(found)
        for bucket, names in bridge.PARTS.items():
            self.assertEqual(sum(parts[name] for name in names), result[bucket], rows)
            self.assertTrue(all(parts[name] >= 0 for name in names), rows)
        # What net retention compares: the customers of the opening window alone.
        self.assertEqual(
            cohort['cohort_opening'] + result['upsell'] + result['cross_sell'] - (result['contraction'] - parts['non_cohort'])
            - result['churn'], cohort['cohort_closing'], rows)

    def test_currency_is_a_bar_of_its_own(self):
        random = Random(2)
        for _round in range(500):
            rows = [(random.randint(1, 3), random.choice('XYZ'), self.cents(random), self.cents(random)) for _row in range(5)]
            opening, closing = self.cents(random), self.cents(random)
            result = bridge.with_currency(bridge.revenue_bridge(rows, HALF), opening, closing)
            self.check(result, rows)
            self.assertEqual((result['opening'], result['closing']), (opening, closing))

    def cents(self, random):
        return Fraction(random.choice([0, 0, 1, -1, 5000, 12345, -3000, random.randint(-99999, 99999)]), 100)
