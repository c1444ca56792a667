from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .common import KamCase


@tagged('post_install', '-at_install')
@freeze_time('2026-05-10')
class TestExplain(KamCase):
    """A figure explains itself: formula, months and the documents that add up to it.

    Alpha's deals: 100 and 50 in January, 30 in March 2026; 90 in December and
    30 in October 2025. So the first quarter has 180 against 120: +50 %.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.measure = cls.env['kam.measure'].create({
            'name': "Deals", 'code': 'deals_test', 'model_name': 'crm.lead', 'date_field': 'date_deadline',
            'account_path': 'partner_id.commercial_partner_id', 'actor_path': 'user_id',
            'aggregate': 'sum', 'value_field': 'expected_revenue', 'monetary': True,
        })
        cls.kpi = cls.env['kam.kpi'].create({
            'name': "Deal growth", 'code': 'deal_growth_test', 'unit': 'percent', 'scale': 100, 'roll_up': 'ratio',
            'numerator': 'deals_test - prior(deals_test)', 'denominator': 'prior(deals_test)',
        })
        cls.leads = cls.env['crm.lead'].create([
            {'name': f"Deal {day}", 'type': 'opportunity', 'partner_id': partner.id, 'expected_revenue': amount,
             'date_deadline': day, 'user_id': user.id, 'company_id': cls.company.id}
            for partner, user, day, amount in (
                (cls.alpha, cls.anna, '2026-01-05', 100),
                (cls.alpha, cls.ben, '2026-01-31', 50),
                (cls.alpha, cls.anna, '2026-03-31', 30),
                (cls.alpha, cls.anna, '2026-04-01', 1000),
                (cls.alpha, cls.anna, '2025-12-31', 90),
                (cls.alpha, cls.anna, '2025-10-01', 30),
                (cls.beta, cls.ben, '2026-02-01', 7),
            )
        ])
        cls.env['kam.fact'].refresh()
        cls.value = cls._stored(partner_id=cls.alpha.id)

    @classmethod
    def _stored(cls, date_end='2026-03-31', **subject):
        """The row which the refresh has stored for a quarter."""
        return cls.env['kam.kpi.value'].search([
            ('kpi_id', '=', cls.kpi.id), ('frequency', '=', 'quarter'), ('date_end', '=', date_end),
            *((name, '=', value) for name, value in subject.items()),
        ])

    def _explain(self, user, value=None):
        action = (value or self.value).with_user(user).action_explain()
        return self.env[action['res_model']].with_user(user).browse(action['res_id'])

    def _line(self, explain, shift=False):
        return explain.line_ids.filtered(lambda line: line.shift == shift)

    def test_figure_and_formula_in_words(self):
        explain = self._explain(self.anna)
        self.assertEqual((explain.numerator, explain.denominator, explain.value), (60.0, 120.0, 50.0))
        self.assertEqual(explain.numerator_words, "Deals − Deals [window before]")
        self.assertEqual(explain.denominator_words, "Deals [window before]")
        self.assertEqual(explain.heading, "Alpha, 01/01/2026 – 03/31/2026")

    def test_measures_with_their_windows(self):
        explain = self._explain(self.anna)
        current, before = self._line(explain), self._line(explain, 'prior')
        self.assertEqual((current.amount, current.date_start, current.date_stop), (180.0, date(2026, 1, 1), date(2026, 4, 1)))
        self.assertEqual((before.amount, before.date_start, before.date_stop), (120.0, date(2025, 10, 1), date(2026, 1, 1)))

    def test_months_add_up_and_silent_ones_are_there(self):
        explain = self._explain(self.anna)
        self.assertEqual(self._line(explain).months, [['2026-01-01', 150.0], ['2026-02-01', 0.0], ['2026-03-01', 30.0]])
        self.assertEqual(
            self._line(explain, 'prior').months, [['2025-10-01', 30.0], ['2025-11-01', 0.0], ['2025-12-01', 90.0]])
        self.assertIn("Deals", explain.months)
        self.assertIn("Jan 2026", explain.months)

    def test_documents_add_up_to_the_measure(self):
        line = self._line(self._explain(self.anna))
        page = line.get_documents()
        self.assertEqual(page['count'], 3)
        self.assertEqual(page['total'], line.amount_text)
        self.assertEqual(
            [row['number'] for row in page['rows']], ["Deal 2026-03-31", "Deal 2026-01-31", "Deal 2026-01-05"])

    def test_documents_open_only_where_the_user_may_read_them(self):
        # A salesman reads own deals only; the figure is of the whole account.
        rows = self._line(self._explain(self.anna)).get_documents()['rows']
        self.assertEqual([bool(row['res_id']) for row in rows], [True, False, True])
        self.assertEqual(rows[0]['model'], 'crm.lead')
        self.assertEqual(rows[0]['res_id'], self.leads[2].id)
        self.assertIs(rows[1]['model'], False)

    def test_next_page(self):
        line = self._line(self._explain(self.anna))
        page = line.get_documents(offset=2)
        self.assertEqual([row['number'] for row in page['rows']], ["Deal 2026-01-05"])
        self.assertEqual(page['count'], 3)

    def test_colleague_cannot_explain(self):
        with self.assertRaises(AccessError):
            self.value.with_user(self.ben).action_explain()

    def test_leader_explains_an_account_of_the_team(self):
        self.assertEqual(self._line(self._explain(self.leo)).amount, 180.0)

    def test_reader_explains_and_opens_nothing_more(self):
        page = self._line(self._explain(self.rita)).get_documents()
        self.assertEqual((page['count'], [row['res_id'] for row in page['rows']]), (3, [False, False, False]))

    def test_former_manager_sees_the_figure_without_documents(self):
        self.alpha.kam_user_id = self.ben
        explain = self._explain(self.anna)
        self.assertTrue(explain.is_closed_off)
        self.assertEqual(explain.value, 50.0)
        self.assertFalse(explain.line_ids)

    def test_documents_are_checked_again_when_asked_for(self):
        line = self._line(self._explain(self.anna))
        self.alpha.kam_user_id = self.ben
        with self.assertRaises(AccessError):
            line.get_documents()

    def test_nobody_forges_an_explanation(self):
        explain = self._explain(self.anna)
        with self.assertRaises(AccessError):
            explain.write({'partner_id': self.beta.id})
        with self.assertRaises(AccessError):
            self.env['kam.explain'].with_user(self.anna).create({
                'kpi_id': self.kpi.id, 'partner_id': self.beta.id, 'company_id': self.company.id,
                'date_start': '2026-01-01', 'date_end': '2026-03-31'})

    def test_later_documents_are_pointed_out(self):
        self.assertFalse(self._explain(self.anna).is_changed)
        self.leads[2].expected_revenue = 90
        self.env['kam.fact'].refresh()
        explain = self._explain(self.anna)
        self.assertTrue(explain.is_changed)
        self.assertEqual((explain.value, explain.live_value), (50.0, 100.0))

    def test_no_data_says_why(self):
        value = self._stored('2025-09-30', partner_id=self.alpha.id)
        explain = self._explain(self.anna, value)
        self.assertIs(explain.value, False)
        self.assertEqual(explain.reason, 'zero_denominator')
        self.assertFalse(explain.is_changed)

    def test_team_is_explained_by_its_accounts(self):
        beta = self._stored(partner_id=self.beta.id)
        team = self._stored(scope='team', team_id=self.north.id)
        self.assertEqual((team.numerator, team.denominator), (67.0, 120.0))
        explain = self._explain(self.leo, team)
        self.assertEqual(explain.account_value_ids, self.value | beta)
        self.assertEqual(sum(explain.account_value_ids.mapped('numerator')), explain.numerator)
        self.assertEqual((self._line(explain).amount, self._line(explain, 'prior').amount), (187.0, 120.0))

    def test_explain_on_request_is_live(self):
        action = self.env['kam.kpi'].with_user(self.anna).action_explain(
            'deal_growth_test', self.alpha.id, '2026-01-01', '2026-04-01')
        explain = self.env[action['res_model']].with_user(self.anna).browse(action['res_id'])
        self.assertEqual((explain.numerator, explain.denominator, explain.value), (60.0, 120.0, 50.0))
        self.assertEqual(explain.date_end, date(2026, 3, 31))

    def test_explain_on_request_checks_the_account(self):
        with self.assertRaises(AccessError):
            self.env['kam.kpi'].with_user(self.anna).action_explain(
                'deal_growth_test', self.beta.id, date(2026, 1, 1), date(2026, 4, 1))

    def test_unknown_kpi_is_named(self):
        with self.assertRaisesRegex(UserError, "nonsense"):
            self.env['kam.kpi'].with_user(self.anna).action_explain(
                'nonsense', self.alpha.id, date(2026, 1, 1), date(2026, 4, 1))


@tagged('post_install', '-at_install')
class TestFormulaWords(KamCase):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env['kam.measure'].create({'name': "Net sales", 'code': 'sales_test', 'model_name': 'crm.lead', 'date_field': 'create_date'})

    def _words(self, formula):
        return self.env['kam.kpi']._formula_words(formula)

    def test_choice(self):
        self.assertEqual(
            self._words('sales_test if prior(sales_test) > 0 else 0'),
            "Net sales if Net sales [window before] is above 0, else 0")

    def test_brackets_where_needed(self):
        self.assertEqual(self._words('(sales_test + 1) / months'), "(Net sales + 1) ÷ months")

    def test_extremes_and_levels(self):
        self.assertEqual(
            self._words('max(0, account(last_year(sales_test)))'),
            "the larger of 0 and Net sales of the whole account [a year earlier]")

    def test_unknown_measure_keeps_its_code(self):
        self.assertEqual(self._words('nowhere'), "nowhere")

    def test_incomplete_formula_has_no_words(self):
        self.assertIs(self._words('sales_test +'), False)
