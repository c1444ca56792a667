from datetime import date

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import KamCase


@tagged('post_install', '-at_install')
class TestMeasureDefinition(KamCase):
    """A director defines what is counted; facts follow the definition."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env['crm.lead'].create([
            {'name': f"Deal {amount}", 'type': 'opportunity', 'partner_id': cls.alpha.id, 'company_id': cls.company.id,
             'expected_revenue': amount, 'date_deadline': '2026-02-10'} for amount in (100, 250)])
        cls.measure = cls.env['kam.measure'].with_user(cls.diana).create({
            'name': "Deals", 'code': 'deals', 'model_name': 'crm.lead', 'date_field': 'date_deadline',
            'account_path': 'partner_id.commercial_partner_id'})
        cls.kpi = cls.env['kam.kpi'].with_user(cls.diana).create({'name': "Deals", 'code': 'deals', 'numerator': 'deals'})
        cls.env['kam.fact'].refresh()

    def _deals(self):
        [result] = self.env['kam.kpi'].with_user(self.anna).measure_kpis(['deals'], self.alpha.ids, date(2026, 1, 1), date(2026, 4, 1))
        return result['value']

    def test_a_new_measure_counts_what_is_there_already(self):
        self.assertEqual(self._deals(), 2.0)

    def test_another_definition_gives_other_facts(self):
        self.measure.write({'domain': "[('expected_revenue', '>', 200)]"})
        self.env['kam.fact'].refresh()
        self.assertEqual(self._deals(), 1.0)

    def test_a_measure_of_a_watched_source_follows_its_definition_too(self):
        self.measure.write({'source': 'leads'})
        self.env['kam.fact'].refresh()
        self.measure.write({'aggregate': 'sum', 'value_field': 'expected_revenue'})
        self.env['kam.fact'].refresh()
        self.assertEqual(self._deals(), 350.0)

    def test_the_hourly_job_makes_unwatched_measures_anew_with_nothing_queued(self):
        self.env['crm.lead'].search([('name', '=', "Deal 100")]).date_deadline = False
        self.env.flush_all()
        self.env['kam.fact.queue'].search([]).unlink()
        with self.enter_registry_test_mode():
            self.env.ref('kam_kpi.ir_cron_kam_fact_refresh').method_direct_trigger()
        self.assertEqual(self._deals(), 1.0)

    def test_periods_that_are_none_are_refused(self):
        for start, stop in (('2026-04-01', '2026-01-01'), ('soon', '2026-01-01'), (False, '2026-01-01')):
            with self.assertRaisesRegex(Exception, "A period runs"):
                self.env['kam.kpi'].measure_kpis(['deals'], self.alpha.ids, start, stop)

    def test_dates_may_be_texts(self):
        [result] = self.env['kam.kpi'].measure_total(['deals'], self.alpha.ids, '2026-01-01', '2026-04-01')
        self.assertEqual(result['value'], 2.0)

    def test_the_model_may_be_picked_instead_of_named(self):
        measure = self.env['kam.measure'].with_user(self.diana).create({
            'name': "Picked", 'code': 'picked', 'model_id': self.env['ir.model']._get_id('crm.lead'), 'date_field': 'create_date'})
        self.assertEqual(measure.model_name, 'crm.lead')

    def test_a_path_that_leads_nowhere_is_named(self):
        with self.assertRaisesRegex(ValidationError, "kunde"):
            self.measure.account_path = 'kunde.commercial_partner_id'

    def test_a_path_must_end_on_a_contact(self):
        with self.assertRaisesRegex(ValidationError, "res.partner"):
            self.measure.account_path = 'user_id'

    def test_a_filter_that_is_none_is_refused(self):
        with self.assertRaises(ValidationError):
            self.measure.domain = "[('expected_revenue', '>'"

    def test_a_word_of_the_language_is_no_code(self):
        with self.assertRaisesRegex(ValidationError, "prior"):
            self.measure.code = 'prior'

    def test_a_kpi_without_a_formula_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "numerator is missing"):
            self.env['kam.kpi'].create({'name': "Empty", 'code': 'empty'})

    def test_a_kpi_needs_a_name_and_a_code(self):
        for vals in ({'name': " ", 'code': 'blank'}, {'name': "Blank", 'code': 'x y'}, {'name': "Blank", 'code': 'Ümlaut'}):
            with self.assertRaisesRegex(ValidationError, "Give the KPI a name"):
                self.env['kam.kpi'].create({**vals, 'numerator': 'deals'})

    def test_a_typo_in_a_formula_is_named_and_changes_nothing(self):
        with self.assertRaisesRegex(ValidationError, "there is no measure “revenu”"):
            self.kpi.numerator = 'revenu - deals'
        self.kpi.invalidate_recordset()
        self.assertEqual(self.kpi.measure_ids, self.measure)
