import io

from odoo.exceptions import UserError, ValidationError
from odoo.modules import Manifest
from odoo.tests import BaseCase, Form, tagged
from odoo.tools import file_open
from odoo.tools.convert import convert_xml_import

from ..tools.fraction import has_division, split
from .common import KamCase


@tagged('post_install', '-at_install')
class TestFraction(BaseCase):
    """A formula written as one fraction, taken apart."""

    def test_what_is_one(self):
        for text, parts in (
            ('1000 * complaints / orders', (1000, 'complaints', 'orders')),
            ('complaints / orders', (1, 'complaints', 'orders')),
            ('100 * (complaints / orders)', (100, 'complaints', 'orders')),
            ('complaints / orders * 100', (100, 'complaints', 'orders')),
            ('(a - b) / prior(a)', (1, 'a - b', 'prior(a)')),
            ('complaints * 10 / (orders + returns)', (10, 'complaints', 'orders + returns')),
        ):
            with self.subTest(formula=text):
                self.assertEqual(split(text), parts)

    def test_what_is_none(self):
        for text in ('complaints', 'a / b + 1', 'a / b / c', 'a / b * c / d', 'a / (b / c)', 'a / 12', '0 * a / b', 'a /', '', None):
            with self.subTest(formula=text):
                self.assertIsNone(split(text))

    def test_division(self):
        self.assertEqual([has_division(text) for text in ('a / b + 1', 'a - b', 'a /', None)], [True, False, False, False])


@tagged('post_install', '-at_install')
class TestKpiDefinition(KamCase):
    """How a director defines, copies, archives and puts back KPIs."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env['crm.lead'].create([
            {'name': "Case", 'type': 'opportunity', 'partner_id': cls.alpha.id, 'company_id': cls.company.id, 'date_deadline': day}
            for day in ('2026-01-10', '2026-02-10', '2026-02-11')])
        cls.env['kam.measure'].with_user(cls.diana).create([
            {'name': name, 'code': code, 'model_name': 'crm.lead', 'date_field': 'date_deadline', 'account_path': 'partner_id', 'domain': domain}
            for name, code, domain in (
                ("Complaints", 'complaints_x', "[('date_deadline', '=', '2026-02-11')]"), ("Orders", 'orders_x', '[]'))])
        cls.env['kam.fact'].refresh()
        cls.shipped = cls.env.ref('kam_kpi.kam_kpi_nrr_pct')
        cls.shipped_formula = cls.shipped.numerator

    def _form(self, record=None):
        return Form((record or self.env['kam.kpi']).with_user(self.diana), 'kam_kpi.kam_kpi_view_form')

    def _today(self, day='2026-05-10'):
        return self.patch(type(self.env['res.company']), '_kam_today', lambda company: self.env['kam.kpi']._fields['next_review'].to_date(day))

    def _upgrade(self):
        """Load the data of the addon as an upgrade does."""
        self.env.flush_all()
        self.env.invalidate_all()
        for path in Manifest.for_addon('kam_kpi')['data']:
            if path.startswith('data/kpi_'):
                with file_open(f'kam_kpi/{path}', 'rb') as file:
                    content = io.BytesIO(file.read())
                content.name = path
                convert_xml_import(self.env, 'kam_kpi', content, mode='update')
        self.env.invalidate_all()

    def test_a_fraction_is_taken_apart(self):
        form = self._form()
        form.name = "Complaints per thousand orders"
        form.numerator = '1000 * complaints_x / orders_x'
        self.assertEqual(
            (form.code, form.numerator, form.denominator, form.scale, form.roll_up, form.unit),
            ('complaints_per_thousand_orders', 'complaints_x', 'orders_x', 1000.0, 'ratio', 'ratio'))
        self.assertEqual([measure['code'] for measure in form.used_measure_ids], ['complaints_x', 'orders_x'])

    def test_money_over_money_is_a_percentage(self):
        form = self._form()
        form.numerator = 'revenue - prior(revenue)'
        self.assertEqual((form.unit, form.roll_up), ('currency', 'sum'))
        form.denominator = 'prior(revenue)'
        self.assertEqual((form.unit, form.scale, form.roll_up), ('percent', 100.0, 'ratio'))

    def test_what_is_counted_once_is_counted_anew(self):
        form = self._form()
        form.numerator = 'meetings'
        self.assertEqual(form.roll_up, 'none')

    def test_choices_on_a_saved_kpi_stay(self):
        form = self._form(self.shipped)
        scale, unit = form.scale, form.unit
        form.denominator = 'revenue'
        self.assertEqual((form.scale, form.unit), (scale, unit))

    def test_a_misspelt_measure_is_named_with_what_may_be_meant(self):
        form = self._form()
        form.name = "Complaints"
        form.numerator = 'complaint_x'
        self.assertIn("there is no measure “complaint_x”. Did you mean “complaints_x”?", form.formula_message)
        with self.assertRaisesRegex(ValidationError, "complaint_x"):
            form.save()

    def test_an_archived_measure_is_named(self):
        self.env['kam.measure'].search([('code', '=', 'complaints_x')]).active = False
        form = self._form()
        form.numerator = 'complaints_x'
        self.assertIn("measure “complaints_x” is archived", form.formula_message)

    def test_hints(self):
        form = self._form()
        form.numerator = 'complaints_x + 1 / orders_x'
        self.assertIn("sum of its accounts' fractions", form.formula_hint)

    def test_the_preview_follows_what_is_typed(self):
        self._today()
        form = self._form()
        form.numerator = 'complaints_x'
        self.assertRegex(form.preview, r"Alpha")
        self.assertRegex(form.preview, r'fw-bold">1<')
        form.numerator = 'orders_x'
        self.assertRegex(form.preview, r'fw-bold">3<')
        form.denominator = 'complaints_x'
        form.numerator = 'orders_x +'
        self.assertIn("as soon as the formulas can be computed", form.preview)

    def test_the_preview_changes_nothing(self):
        self._today()
        form = self._form(self.env['kam.kpi'].create({'name': "Saved", 'code': 'saved_x', 'numerator': 'orders_x'}))
        form.numerator = 'complaints_x'
        saved = self.env['kam.kpi'].search([('code', '=', 'saved_x')])
        self.assertEqual((saved.numerator, saved.measure_ids.code), ('orders_x', 'orders_x'))

    def test_account_managers_have_no_preview(self):
        self.assertFalse(self.shipped.with_user(self.anna).preview)

    def test_a_copy_has_everything_but_the_code(self):
        copies = self.shipped.with_user(self.diana).copy() | self.shipped.with_user(self.diana).copy()
        self.assertEqual(copies.mapped('code'), ['nrr_pct_copy', 'nrr_pct_copy_2'])
        self.assertEqual(copies[0].check_ids.mapped('formula'), self.shipped.check_ids.mapped('formula'))
        self.assertTrue(self.shipped.check_ids)
        self.assertEqual((copies[0].numerator, copies[0].measure_ids), (self.shipped.numerator, self.shipped.measure_ids))
        self.assertFalse(copies[0].is_shipped)

    def test_a_measure_is_copied_too(self):
        copy = self.env.ref('kam_kpi.kam_measure_revenue').with_user(self.diana).copy()
        self.assertEqual((copy.code, copy.domain), ('revenue_copy', self.env.ref('kam_kpi.kam_measure_revenue').domain))

    def test_shipped_records_are_not_deleted(self):
        kpi = self.env.ref('kam_kpi.kam_kpi_win_rate_pct')
        with self.assertRaisesRegex(UserError, "archive it instead"):
            kpi.with_user(self.diana).unlink()
        with self.assertRaisesRegex(UserError, "archive it instead|is used by"):
            self.env.ref('kam_kpi.kam_measure_revenue').with_user(self.diana).unlink()

    def test_own_ones_are(self):
        self.shipped.with_user(self.diana).copy().unlink()

    def test_a_kpi_in_use_is_not_archived(self):
        self._today()
        self.env['kam.health.item'].search([('kpi_id', '=', self.shipped.id)]).unlink()
        self.env['kam.criterion'].search([('kpi_id', '=', self.shipped.id)]).unlink()
        target = self.env['kam.target'].create({
            'kpi_id': self.shipped.id, 'partner_id': self.alpha.id, 'date_start': '2026-04-01', 'date_end': '2026-06-30', 'target_value': 100})
        self.assertIn("Targets that are not over: 1", self.shipped.usage)
        with self.assertRaisesRegex(ValidationError, "still in use.*\n.*Targets"):
            self.shipped.with_user(self.diana).active = False
        target.active = False
        self.shipped.with_user(self.diana).active = False
        self.shipped.with_user(self.diana).active = True

    def test_an_upgrade_follows_the_addon(self):
        self.env.cr.execute("UPDATE kam_kpi SET numerator = 'revenue' WHERE id = %s", [self.shipped.id])
        self._upgrade()
        self.assertEqual(self.shipped.numerator, self.shipped_formula)
        self.assertFalse(self.shipped.is_changed_here)

    def test_an_upgrade_leaves_what_a_director_changed(self):
        self.shipped.with_user(self.diana).write({'numerator': 'revenue', 'check_ids': [(5, 0, 0)]})
        self.assertTrue(self.shipped.is_changed_here)
        self._upgrade()
        self.assertEqual((self.shipped.numerator, len(self.shipped.check_ids)), ('revenue', 0))

    def test_back_to_the_shipped_definition(self):
        checks = self.shipped.check_ids.mapped('formula')
        self.shipped.with_user(self.diana).write({
            'numerator': 'revenue', 'min_sample': 77, 'check_ids': [(5, 0, 0), (0, 0, {'formula': 'revenue', 'code': 'odd'})]})
        self.shipped.with_user(self.diana).action_reset_to_shipped()
        self.assertEqual(
            (self.shipped.numerator, self.shipped.min_sample, self.shipped.check_ids.mapped('formula')), (self.shipped_formula, 0, checks))
        self.assertFalse(self.shipped.is_changed_here)
        self.assertEqual(self.shipped.check_ids.mapped('code'), ['not_in_cohort'])

    def test_a_measure_goes_back_too(self):
        measure = self.env.ref('kam_kpi.kam_measure_revenue')
        domain = measure.domain
        measure.with_user(self.diana).write({'domain': "[('balance', '>', 0)]", 'sign': '1'})
        measure.with_user(self.diana).action_reset_to_shipped()
        self.assertEqual((measure.domain, measure.sign, measure.is_changed_here), (domain, '-1', False))

    def test_only_directors_go_back(self):
        for user in (self.anna, self.leo, self.rita):
            with self.subTest(user=user.name), self.assertRaisesRegex(Exception, "not allowed"):
                self.shipped.with_user(user).action_reset_to_shipped()

    def test_own_ones_have_nothing_to_go_back_to(self):
        with self.assertRaisesRegex(UserError, "does not come with the addon"):
            self.shipped.copy().action_reset_to_shipped()
