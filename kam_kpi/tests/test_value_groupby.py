from datetime import date

from odoo.tests import TransactionCase, tagged


@tagged('post_install', '-at_install')
class TestValueGroupby(TransactionCase):
    """A group's figure is the figure of the group as one, not a mean of its rows."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.growth = cls._kpi('growth_test', 'percent', 'ratio', 100.0)
        cls.revenue = cls._kpi('revenue_test', 'currency', 'sum', 1.0)
        cls.partners = cls.env['res.partner'].create([
            {'name': name, 'is_company': True} for name in ("Alder", "Beech", "Cedar")
        ])

    @classmethod
    def _kpi(cls, code, unit, roll_up, scale, **extra):
        return cls.env['kam.kpi'].create({
            'name': code, 'code': code, 'unit': unit, 'roll_up': roll_up, 'scale': scale,
            'numerator': '1', 'denominator': '1' if roll_up == 'ratio' else False, **extra,
        })

    def _value(self, kpi, partner=0, numerator=None, denominator=None, **extra):
        """Create a row as the refresh does; without a numerator it has no data."""
        known = numerator is not None
        values = {
            'kpi_id': kpi.id, 'scope': 'account', 'partner_id': self.partners[partner].id,
            'company_id': self.env.company.id, 'frequency': 'quarter',
            'date_start': date(2026, 1, 1), 'date_end': date(2026, 3, 31),
            'numerator': numerator, 'denominator': denominator, 'state': 'ok' if known else 'no_data',
            'value': kpi.scale * numerator / (denominator or 1.0) if known else False,
            'reason': False if known else 'zero_denominator', 'scale': kpi.scale, 'roll_up': kpi.roll_up,
            **extra,
        }
        return self.env['kam.kpi.value'].create(values)

    def _total(self, *rows, groupby=(), aggregate='value:avg'):
        ids = [row.id for row in rows]
        groups = self.env['kam.kpi.value']._read_group([('id', 'in', ids)], groupby, [aggregate])
        return groups[0][-1] if not groupby else dict(groups)

    def test_ratio_of_sums_not_mean_of_ratios(self):
        # +50 % of 100 and -10 % of 900 are -4 % of 1000; the mean of the two would be +20 %.
        up = self._value(self.growth, 0, 50, 100)
        down = self._value(self.growth, 1, -90, 900)
        self.assertEqual((up.value, down.value), (50.0, -10.0))
        self.assertAlmostEqual(self._total(up, down), -4.0)

    def test_sum_adds_up(self):
        total = self._total(self._value(self.revenue, 0, 1200.5), self._value(self.revenue, 1, 300))
        self.assertAlmostEqual(total, 1500.5)

    def test_scale_is_applied_to_sums(self):
        thousands = self._kpi('thousands_test', 'count', 'sum', 0.001)
        total = self._total(self._value(thousands, 0, 1000), self._value(thousands, 1, 500))
        self.assertAlmostEqual(total, 1.5)

    def test_no_data_is_left_out(self):
        known = self._value(self.growth, 0, 5, 10)
        other = self._value(self.growth, 1, 5, 40)
        unknown = self._value(self.growth, 2)
        self.assertAlmostEqual(self._total(known, other, unknown), 20.0)

    def test_no_data_with_sums_is_left_out(self):
        # A row below the minimum sample keeps its sums and must not bring them in.
        small = self._value(self.growth, 2, 1, 1, state='no_data', value=False, reason='insufficient_sample')
        self.assertAlmostEqual(self._total(self._value(self.growth, 0, 5, 10), self._value(self.growth, 1, 5, 40), small), 20.0)

    def test_only_no_data_is_empty_not_zero(self):
        self.assertIs(self._total(self._value(self.growth, 0), self._value(self.growth, 1)), False)

    def test_zero_is_a_figure(self):
        total = self._total(self._value(self.growth, 0, 0, 10), self._value(self.growth, 1, 0, 40))
        self.assertEqual(total, 0.0)
        self.assertIsNot(total, False)

    def test_mixed_kpis_are_empty(self):
        self.assertIs(self._total(self._value(self.growth, 0, 5, 10), self._value(self.revenue, 0, 100)), False)

    def test_mixed_frequencies_are_empty(self):
        month = self._value(self.revenue, 0, 100, frequency='month', date_end=date(2026, 1, 31))
        self.assertIs(self._total(self._value(self.revenue, 1, 100), month), False)

    def test_mixed_scopes_are_empty(self):
        # The company's row already holds the account's.
        company = self._value(self.revenue, 0, 100, scope='company', partner_id=False)
        self.assertIs(self._total(self._value(self.revenue, 0, 100), company), False)

    def test_denominators_without_sum_are_empty(self):
        total = self._total(self._value(self.growth, 0, 5, 10), self._value(self.growth, 1, 5, -10))
        self.assertIs(total, False)

    def test_counted_anew_is_empty_for_several_rows(self):
        distinct = self._kpi('distinct_test', 'count', 'none', 1.0)
        one = self._value(distinct, 0, 7)
        self.assertEqual(self._total(one), 7.0)
        self.assertIs(self._total(one, self._value(distinct, 1, 5)), False)

    def test_median_is_empty_for_several_rows(self):
        median = self._kpi('median_test', 'days', 'median', 1.0)
        one = self._value(median, 0, 7)
        self.assertEqual(self._total(one), 7.0)
        self.assertIs(self._total(one, self._value(median, 1, 5)), False)

    def test_quarters_of_one_account_add_up(self):
        second = self._value(self.growth, 0, 30, 100, date_start=date(2026, 4, 1), date_end=date(2026, 6, 30))
        self.assertAlmostEqual(self._total(self._value(self.growth, 0, 50, 100), second), 40.0)

    def test_trailing_windows_of_one_account_are_empty(self):
        march = self._value(self.growth, 0, 50, 100, frequency='ttm', date_start=date(2025, 4, 1))
        june = self._value(
            self.growth, 0, 30, 100, frequency='ttm', date_start=date(2025, 7, 1), date_end=date(2026, 6, 30))
        self.assertIs(self._total(march, june), False)

    def test_trailing_windows_of_two_accounts_add_up(self):
        first = self._value(self.growth, 0, 50, 100, frequency='ttm', date_start=date(2025, 4, 1))
        second = self._value(self.growth, 1, -90, 900, frequency='ttm', date_start=date(2025, 4, 1))
        self.assertAlmostEqual(self._total(first, second), -4.0)

    def test_quarters_of_a_trailing_kpi_overlap(self):
        # Each quarter of a retention KPI looks back over twelve months.
        retention = self._kpi('retention_test', 'percent', 'ratio', 100.0, window='ttm')
        first = self._value(retention, 0, 90, 100)
        second = self._value(retention, 0, 95, 100, date_start=date(2026, 4, 1), date_end=date(2026, 6, 30))
        self.assertIs(self._total(first, second), False)
        self.assertAlmostEqual(self._total(first, self._value(retention, 1, 30, 100)), 60.0)

    def test_currencies_are_not_added(self):
        self.revenue.measure_ids = self.env.ref('kam_kpi.kam_measure_revenue')
        other = self.env['res.company'].create({
            'name': "Elsewhere", 'currency_id': self.env.ref('base.CHF').id})
        here, there = self._value(self.revenue, 0, 100), self._value(self.revenue, 1, 100, company_id=other.id)
        self.assertIs(self._total(here, there), False)

    def test_groups_and_their_totals(self):
        rows = [
            self._value(self.growth, 0, 50, 100), self._value(self.growth, 1, -90, 900),
            self._value(self.growth, 2, 10, 200),
        ]
        self.partners[:2].country_id = self.env.ref('base.be')
        self.partners[2].country_id = self.env.ref('base.de')
        result = self._total(*rows, groupby=['country_id'])
        self.assertAlmostEqual(result[self.env.ref('base.be')], -4.0)
        self.assertAlmostEqual(result[self.env.ref('base.de')], 5.0)

    def test_screens_see_the_same(self):
        """List, kanban and graph read formatted groups, the pivot reads grouping sets."""
        rows = self._value(self.growth, 0, 50, 100) + self._value(self.growth, 1, -90, 900) + self._value(self.growth, 2)
        domain = [('id', 'in', rows.ids)]
        groups = rows.formatted_read_group(domain, ['partner_id'], ['value:avg'])
        self.assertEqual([group['value:avg'] for group in groups], [50.0, -10.0, False])
        quarter, everything = rows.formatted_read_grouping_sets(domain, [['date_end:quarter'], []], ['value:avg'])
        self.assertAlmostEqual(quarter[0]['value:avg'], -4.0)
        self.assertAlmostEqual(everything[0]['value:avg'], -4.0)

    def test_groups_can_be_ordered_and_filtered_by_it(self):
        rows = self._value(self.growth, 0, 50, 100) + self._value(self.growth, 1, -90, 900)
        groups = rows._read_group(
            [('id', 'in', rows.ids)], ['partner_id'], ['value:avg'], having=[('value:avg', '<', 10)], order='value:avg')
        self.assertEqual(groups, [(self.partners[1], -10.0)])

    def test_sum_of_percentages_is_the_true_ratio_too(self):
        rows = self._value(self.growth, 0, 50, 100), self._value(self.growth, 1, -90, 900)
        self.assertAlmostEqual(self._total(*rows, aggregate='value:sum'), -4.0)
