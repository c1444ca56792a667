import doctest

from odoo.tests import BaseCase, tagged

from ..tools import chart

BRIDGE = {'opening': 100, 'new': 10, 'upsell': 30, 'cross_sell': 20, 'contraction': 25, 'churn': 15, 'closing': 120}


@tagged('post_install', '-at_install')
class TestChart(BaseCase):

    def test_examples(self):
        result = doctest.testmod(chart)
        self.assertEqual((result.failed, result.attempted > 5), (0, True))

    def test_bars_float_from_the_level_before(self):
        bars = chart.waterfall(BRIDGE)['bars']
        for before, bar in zip(bars[1:5], bars[2:6]):
            reached = before['y'] if before['kind'] == 'up' else before['y'] + before['height']
            starts = bar['y'] + bar['height'] if bar['kind'] == 'up' else bar['y']
            self.assertAlmostEqual(reached, starts, delta=0.2)

    def test_totals_stand_on_the_base_line(self):
        drawing = chart.waterfall(BRIDGE)
        for bar in (drawing['bars'][0], drawing['bars'][-1]):
            self.assertAlmostEqual(bar['y'] + bar['height'], drawing['base'], delta=0.2)

    def test_height_is_in_proportion(self):
        bars = {bar['code']: bar for bar in chart.waterfall(BRIDGE)['bars']}
        self.assertAlmostEqual(bars['upsell']['height'] / bars['opening']['height'], 0.3, places=2)

    def test_negative_opening_hangs_below_the_base_line(self):
        drawing = chart.waterfall({**dict.fromkeys(BRIDGE, 0), 'opening': -100, 'new': 150, 'closing': 50})
        self.assertAlmostEqual(drawing['bars'][0]['y'], drawing['base'], delta=0.2)

    def test_all_zero_is_drawn_flat(self):
        drawing = chart.waterfall(dict.fromkeys(BRIDGE, 0))
        self.assertEqual({bar['height'] for bar in drawing['bars']}, {1.0})

    def test_without_figures_there_is_no_chart(self):
        self.assertIsNone(chart.waterfall(None))
        self.assertIsNone(chart.columns([None, None]))
        self.assertIsNone(chart.line([None, 3, None]))

    def test_everything_stays_inside(self):
        for drawing in (chart.waterfall(BRIDGE), chart.columns([5, None, -7, 1e9])):
            for bar in drawing['bars']:
                self.assertTrue(bar['x'] >= 0 and bar['x'] + bar['width'] <= drawing['width'])
                self.assertTrue(bar['y'] >= 0 and bar['y'] + bar['height'] <= drawing['height'])
        for point in chart.line([-40.0, -20.0, None, -35.0])['points']:
            self.assertTrue(0 <= point['y'] <= 200)

    def test_gap_breaks_the_line(self):
        self.assertEqual(len(chart.line([1, 2, None, 4, 5])['segments']), 2)
