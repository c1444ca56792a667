from odoo.tests import tagged

from .common import KamCase


@tagged('post_install', '-at_install')
class TestValueTrend(KamCase):
    """Better or worse than the period before, by the direction of the KPI."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.kpi = cls.env['kam.kpi'].create({'name': "Trend", 'code': 'trend_test', 'unit': 'percent', 'numerator': '1'})

    def _value(self, value, quarter, **vals):
        """A row of Alpha for a quarter of 2026."""
        start, end = {1: ('01-01', '03-31'), 2: ('04-01', '06-30'), 3: ('07-01', '09-30')}[quarter]
        return self.env['kam.kpi.value'].create({
            'kpi_id': self.kpi.id, 'partner_id': self.alpha.id, 'company_id': self.company.id, 'frequency': 'quarter',
            'date_start': f'2026-{start}', 'date_end': f'2026-{end}', 'value': value, 'state': 'no_data' if value is False else 'ok', **vals,
        })

    def test_more_is_better(self):
        self._value(80.0, 1)
        row = self._value(90.0, 2)
        self.assertEqual((row.previous_value, row.trend), (80.0, 'better'))

    def test_less_is_better_where_lower_is(self):
        self.kpi.direction = 'lower'
        self._value(80.0, 1)
        self.assertEqual(self._value(90.0, 2).trend, 'worse')

    def test_zero_before_is_a_figure(self):
        self._value(0.0, 1)
        row = self._value(0.0, 2)
        self.assertEqual((row.previous_value, row.trend), (0.0, 'same'))
        self.assertIsNot(row.previous_value, False)

    def test_nothing_before_has_no_trend(self):
        row = self._value(90.0, 2)
        self.assertIs(row.previous_value, False)
        self.assertIs(row.trend, False)

    def test_no_data_before_is_passed_over(self):
        self._value(70.0, 1)
        self._value(False, 2)
        self.assertEqual(self._value(60.0, 3).previous_value, 70.0)

    def test_no_data_now_has_no_trend(self):
        self._value(70.0, 1)
        row = self._value(False, 2)
        self.assertEqual((row.previous_value, row.trend), (70.0, False))

    def test_other_accounts_do_not_count(self):
        self._value(70.0, 1, partner_id=self.beta.id)
        self.assertIs(self._value(20.0, 2).previous_value, False)

    def test_a_page_of_cards_needs_few_queries(self):
        rows = self._value(70.0, 1) | self._value(80.0, 2) | self._value(75.0, 3)
        rows.invalidate_recordset()
        rows.mapped('kpi_id.direction')
        self.env['kam.kpi']._definitions()  # read once a process
        with self.assertQueryCount(2):
            rows.mapped('trend')

    def test_periods_in_words(self):
        words = self.env['kam.kpi.value']._period_text
        day = self.env['kam.kpi.value']._fields['date_end'].to_date
        self.assertEqual(words('quarter', day('2026-01-01'), day('2026-03-31')), "Jan – Mar 2026")
        self.assertEqual(words('quarter', day('2025-12-01'), day('2026-02-28')), "Dec 2025 – Feb 2026")
        self.assertEqual(words('month', day('2026-01-01'), day('2026-01-31')), "Jan 2026")
        self.assertEqual(words('ttm', day('2025-04-01'), day('2026-03-31')), "12 months to 03/31/2026")
