from fractions import Fraction
from random import Random

from odoo.tests import BaseCase, tagged

from ..tools.bridge import BUCKETS, revenue_bridge
from .vectors import vectors


@tagged('post_install', '-at_install')
class TestBridge(BaseCase):

    def rows(self, opening, closing):
        return [(account, key, before, 0) for account, key, before in opening] + [(account, key, 0, after) for account, key, after in closing]

    def test_edge_cases(self):
        for name, case in vectors('bridge')['edge_cases'].items():
            with self.subTest(case=name):
                self.assertEqual(revenue_bridge(self.rows(case['opening_lines'], case['closing_lines'])), case['totals'])

    def test_reference_table(self):
        content = vectors('bridge')
        for level, names in (('product_level', {}), ('category_level', content['categories'])):
            opening, closing = (
                [(*self.place(key, names), amount) for key, amount in content[window].items()] for window in ('opening', 'closing'))
            self.assertEqual(revenue_bridge(self.rows(opening, closing)), content[level]['totals'])

    def place(self, key, names):
        account, product = key.split('|')
        return account, names.get(product, product)

    def test_always_reconciles(self):
        random = Random(1)
        for _round in range(2000):
            rows = [
                (random.randint(1, 3), random.choice('XYZ'), self.cents(random), self.cents(random))
                for _row in range(random.randint(0, 8))]
            total = revenue_bridge(rows, Fraction(1, 200))
            self.assertEqual(
                total['opening'] + total['new'] + total['upsell'] + total['cross_sell'] - total['contraction'] - total['churn'],
                total['closing'], rows)
            self.assertEqual(total['closing'], sum(row[3] for row in rows))
            self.assertTrue(all(total[bucket] >= 0 for bucket in BUCKETS[1:-1]), rows)

    def cents(self, random):
        return Fraction(random.choice([0, 0, 1, -1, 5000, 12345, -3000, random.randint(-99999, 99999)]), 100)
