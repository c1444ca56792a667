from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, freeze_time, tagged

from .target_common import TargetCase


@tagged('post_install', '-at_install')
@freeze_time('2026-03-01 12:00:00')
class TestTargetSmart(TargetCase):

    # ------------------------------------------------------------------
    # natural bounds
    # ------------------------------------------------------------------

    def test_value_beyond_the_bounds_is_refused(self):
        self.kpis['t_retention'].write({'value_min': 0, 'value_max': 100})
        with self.refused(ValidationError, "Target: 140.0 % cannot be reached, since Retention lies between 0.0 % and 100.0 %"):
            self.target('t_retention', target_value=140)
        for name, value in (('stretch_value', 101), ('baseline', -1)):
            with self.subTest(name), self.refused(ValidationError, "cannot be reached"):
                self.target('t_retention', target_value=90, **{name: value})
        target = self.target('t_retention', target_value=100)
        with self.refused(ValidationError, "cannot be reached"):
            target.target_value = 100.1

    def test_one_sided_bounds(self):
        self.kpis['t_calls'].value_min = 0
        with self.refused(ValidationError, "is never below"):
            self.target('t_calls', target_value=-1)
        self.kpis['t_sales'].value_max = 10
        with self.refused(ValidationError, "is never above"):
            self.target(target_value=11)

    def test_band_is_bound_too(self):
        self.kpis['t_stock'].value_max = 20
        with self.refused(ValidationError, "Best up to: 21.00 cannot be reached"):
            self.target('t_stock', band_low=5, band_high=21)
        self.target('t_stock', band_low=5, band_high=20, band_tolerance=50)

    def test_percentage_without_bounds_is_free(self):
        self.assertEqual(self.target('t_retention', target_value=140).target_value, 140)

    def test_shipped_bounds(self):
        bounds = {
            kpi.code: (kpi.value_min, kpi.value_max) for kpi in self.env['kam.kpi'].search([])
            if kpi.value_min is not False or kpi.value_max is not False}
        self.assertEqual(bounds['csat_pct'], (0, 100))
        self.assertEqual(bounds['nps'], (-100, 100))
        self.assertEqual(bounds['win_rate_pct'], (0, 100))
        self.assertNotIn('nrr_pct', bounds)
        self.assertNotIn('revenue', bounds)

    def test_bounds_must_be_in_order(self):
        for bounds in ({'value_min': 5, 'value_max': 5}, {'value_min': 6, 'value_max': 5}):
            with self.subTest(bounds=bounds), self.refused(ValidationError, "must be above the lowest"):
                self.kpis['t_sales'].write(bounds)
        self.kpis['t_sales'].write({'value_min': -5, 'value_max': 0})

    def test_bounds_are_the_directors(self):
        for user in (self.anna, self.lea, self.rita):
            with self.subTest(user.name), self.assertRaises(AccessError):
                self.kpis['t_sales'].with_user(user).value_max = 5
        self.kpis['t_sales'].with_user(self.dora).value_max = 5

    def test_tolerance_must_be_above_nothing(self):
        with self.refused(ValidationError, "tolerance of the band must be above 0"):
            self.target('t_stock', band_low=5, band_high=10, band_tolerance=0)
        with self.refused(ValidationError, "not a band"):
            self.target(band_tolerance=5)

    # ------------------------------------------------------------------
    # the fiscal calendar
    # ------------------------------------------------------------------

    def test_period_off_the_calendar_warns(self):
        target = self.target(date_start='2026-02-01', date_end='2026-04-30')
        self.assertIn("02/01/2026 to 04/30/2026 is no quarter of the fiscal calendar", target.period_warning)
        self.assertIn("that would be 01/01/2026 to 03/31/2026", target.period_warning)

    def test_periods_of_the_calendar_do_not(self):
        for frequency, start, end in (
            ('month', '2026-03-01', '2026-03-31'), ('quarter', '2026-01-01', '2026-03-31'), ('semester', '2026-01-01', '2026-06-30'),
            ('year', '2026-01-01', '2026-12-31'), ('ttm', '2025-04-01', '2026-03-31'),
        ):
            with self.subTest(frequency):
                self.assertFalse(self.target(frequency=frequency, date_start=start, date_end=end).period_warning)

    def test_fiscal_year_decides(self):
        self.env.company.write({'fiscalyear_last_day': 31, 'fiscalyear_last_month': '5'})
        self.assertFalse(self.target(date_start='2026-03-01', date_end='2026-05-31').period_warning)
        self.assertTrue(self.target(date_start='2026-04-01', date_end='2026-06-30').period_warning)

    def test_eleven_months_are_no_trailing_year(self):
        self.assertTrue(self.target(frequency='ttm', date_start='2025-05-01', date_end='2026-03-31').period_warning)

    # ------------------------------------------------------------------
    # data, owner, objective
    # ------------------------------------------------------------------

    def test_kpi_without_data_for_the_subject_warns_while_one_types(self):
        self.figures['t_retention', self.alpha] = 90
        form = Form(self.env['kam.target'].with_user(self.anna))
        form.kpi_id = self.kpis['t_retention']
        form.partner_id = self.beta
        self.assertIn("Retention has no data for Beta in the last twelve months (too few cases)", form.data_warning)
        form.partner_id = self.alpha
        self.assertFalse(form.data_warning)
        form.target_value = 95
        self.assertTrue(form.save())

    def test_owner_is_required(self):
        target = self.target()
        with self.refused_by_database("owner"):
            self.cr.execute("UPDATE kam_target SET owner_id = NULL WHERE id = %s", [target.id])

    def _checks(self, target):
        return {what: (holds, words) for what, holds, words in target._smart_checks()}

    def test_five_letters(self):
        self.figures['t_sales', self.alpha] = 118000
        checks = self._checks(self.target())
        self.assertTrue(all(holds for holds, _words in checks.values()))
        self.assertEqual({what: words for what, (_holds, words) in checks.items()}, {
            'Specific': "Sales of Alpha", 'Measurable': "Computed from documents", 'Achievable': "Anna answers for it",
            'Relevant': "Grow with few customers", 'Time-bound': "Jan – Mar 2026"})

    def test_doubtful_letters_say_what_is_wrong(self):
        target = self.target(date_start='2026-02-01', date_end='2026-04-30')
        checks = self._checks(target)
        self.assertEqual([what for what, (holds, _words) in checks.items() if not holds], ['Measurable', 'Time-bound'])
        self.assertIn("has no data for Alpha", checks['Measurable'][1])
        self.assertIn("fa-exclamation-triangle", target.smart_checks)

    def test_empty_form_asks_for_what_is_missing(self):
        form = Form(self.env['kam.target'].with_user(self.anna))
        self.assertIn("Choose the KPI", form.smart_checks)
        self.assertIn("Choose the strategic objective it serves", form.smart_checks)
