from datetime import date
from unittest.mock import patch

from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from .common import KamCase

BROKEN = 'odoo.addons.kam_kpi.models.kam_measure_broken'


@tagged('post_install', '-at_install')
class TestMeasureBroken(KamCase):
    """A definition that does not work (any more) takes no other with it, and says what is wrong."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env['crm.lead'].create({
            'name': "Deal", 'type': 'opportunity', 'partner_id': cls.alpha.id, 'company_id': cls.company.id, 'date_deadline': '2026-02-10',
            'expected_revenue': 5})
        cls.sick, cls.sound = (
            cls.env['kam.measure'].with_user(cls.diana).create({
                'name': name, 'code': f'{name.lower()}_deals', 'model_name': 'crm.lead', 'date_field': 'date_deadline',
                'account_path': 'partner_id.commercial_partner_id'}) for name in ("Sick", "Sound"))
        cls.kpis = cls.env['kam.kpi'].with_user(cls.diana).create([
            {'name': measure.name, 'code': measure.code, 'numerator': measure.code} for measure in (cls.sick, cls.sound)])
        cls.env['kam.fact'].refresh()

    def _figures(self):
        rows = self.env['kam.kpi'].measure_kpis(self.kpis.mapped('code'), self.alpha.ids, date(2026, 1, 1), date(2026, 4, 1))
        return [row['value'] if row['state'] == 'ok' else row['reason'] for row in rows]

    def _break(self, **columns):
        """What a module update or a removed field leaves behind."""
        self.env.flush_all()
        for column, value in columns.items():
            self.env.cr.execute(SQL("UPDATE kam_measure SET %s = %s WHERE id = %s", SQL.identifier(column), value, self.sick.id))
        self.env.invalidate_all()

    def test_both_work(self):
        self.assertEqual(self._figures(), [1.0, 1.0])

    def test_a_field_that_is_gone(self):
        self._break(date_field='x_gone')
        self.assertEqual(self.sick.state, 'broken')
        self.assertIn("x_gone", self.sick.state_reason)
        self.env['kam.fact'].refresh()
        self.assertEqual(self._figures(), ['source_missing', 1.0])

    def test_a_filter_that_is_none(self):
        self._break(domain="[('expected_revenue', '>'")
        self.env['kam.fact'].rebuild()
        self.assertEqual((self.sick.state, self._figures()), ('broken', ['source_missing', 1.0]))

    def test_a_model_that_is_gone(self):
        self._break(model_name='helpdesk.ticket')
        self.env['kam.fact'].refresh()
        self.assertEqual((self.sick.state, self._figures()), ('source_missing', ['source_missing', 1.0]))

    def test_what_only_the_database_notices(self):
        rows_of = type(self.sick)._rows

        def rows(measure, *args, **kwargs):
            sql = rows_of(measure, *args, **kwargs)
            return SQL("SELECT r.* FROM (%s) r WHERE 1 / (r.amount - r.amount) > 0", sql) if measure.id == self.sick.id else sql

        with patch.object(type(self.sick), '_rows', rows), mute_logger('odoo.sql_db', BROKEN):
            self.env['kam.fact'].refresh()
        self.assertEqual((self.sick.state, self.sick.state_reason), ('broken', "division by zero"))
        self.assertFalse(self.env['kam.fact'].search_count([('measure_id', '=', self.sick.id)]))
        self.assertEqual(self._figures(), ['source_missing', 1.0])
        self.env['kam.fact'].refresh()
        self.assertEqual((self.sick.state, self._figures()), ('ok', [1.0, 1.0]), "the next refresh tries again")

    def test_mending_it_brings_the_figures_back(self):
        self._break(domain="[('gone', '=', 1)]")
        self.env['kam.fact'].refresh()
        self.sick.with_user(self.diana).domain = '[]'
        self.env['kam.fact'].refresh()
        self.assertEqual((self.sick.state, self._figures()), ('ok', [1.0, 1.0]))

    def test_a_measure_in_use_is_not_archived(self):
        with self.assertRaisesRegex(ValidationError, "is used by Sick"):
            self.sick.active = False

    def test_an_archived_measure_leaves_no_facts(self):
        self.kpis[0].active = False
        self.sick.active = False
        self.assertFalse(self.env['kam.fact'].search_count([('measure_id', '=', self.sick.id)]))
        self.sick.active = True
        self.env['kam.fact'].refresh()
        self.assertEqual(self.env['kam.fact'].search_count([('measure_id', '=', self.sick.id)]), 1)

    def test_observations_without_code(self):
        """How many wrote, the median deal, and the latest deal of each who wrote: declared on the screen."""
        self.env['crm.lead'].create([
            {'name': "Deal", 'type': 'opportunity', 'partner_id': self.alpha.id, 'company_id': self.company.id, 'date_deadline': '2026-02-11',
             'expected_revenue': amount, 'email_from': mail} for amount, mail in ((7, 'a@x.example'), (30, 'a@x.example'), (9, 'b@x.example'))])
        common = {'model_name': 'crm.lead', 'date_field': 'date_deadline', 'account_path': 'partner_id', 'kind': 'observation'}
        self.env['kam.measure'].with_user(self.diana).create([
            {**common, 'name': "Writers", 'code': 'writers', 'reducer': 'distinct', 'key_path': 'email_from'},
            {**common, 'name': "Median", 'code': 'median_deal', 'reducer': 'median', 'aggregate': 'sum', 'value_field': 'expected_revenue'},
            {**common, 'name': "Latest", 'code': 'latest_deal', 'reducer': 'latest_sum', 'key_path': 'email_from', 'aggregate': 'sum',
             'value_field': 'expected_revenue'},
        ])
        codes = ['writers', 'median_deal', 'latest_deal']
        self.env['kam.kpi'].with_user(self.diana).create([
            {'name': code, 'code': code, 'numerator': code, 'roll_up': 'none'} for code in codes])
        self.env['kam.fact'].refresh()
        rows = self.env['kam.kpi'].measure_kpis(codes, self.alpha.ids, date(2026, 1, 1), date(2026, 4, 1))
        self.assertEqual([row['value'] for row in rows], [2.0, 8.0, 30.0 + 9.0])
