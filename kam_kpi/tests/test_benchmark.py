from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import KamCase


@tagged('post_install', '-at_install')
class TestBenchmark(KamCase):
    """What is usual for a KPI in an industry, typed or from our own accounts."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env['kam.benchmark'].search([]).unlink()
        cls.kpi = cls.env.ref('kam_kpi.kam_kpi_nrr_pct')
        cls.revenue = cls.env.ref('kam_kpi.kam_kpi_revenue')
        cls.food = cls.env['res.partner.industry'].create({'name': "Food"})
        cls.alpha.industry_id = cls.food
        cls.value = cls.new_value('nrr_pct', 90.0, account=cls.alpha)

    def _typed(self, user=None, **vals):
        return self.env['kam.benchmark'].with_user(user or self.diana).create({
            'kpi_id': self.kpi.id, 'origin': 'typed', 'typed_value': 100.0, 'source': "Trade study", 'date': '2025-05-01', **vals})

    def _computed(self, **vals):
        return self.env['kam.benchmark'].with_user(self.diana).create({'kpi_id': self.kpi.id, 'origin': 'computed', **vals})

    def _more_accounts(self, *figures, industry=None):
        for number, figure in enumerate(figures):
            account = self.new_account(f"Other {number} {figure}", self.ben, industry_id=(industry or self.food).id)
            self.new_value('nrr_pct', figure, account=account)

    def _shown(self, value=None, user=None):
        value = (value or self.value).with_user(user or self.anna)
        value.invalidate_recordset()
        return value.benchmark_value, value.benchmark_n

    def test_nothing_is_usual_unless_somebody_says_so(self):
        self.assertEqual(self._shown(), (False, 0))

    def test_a_typed_figure(self):
        self._typed()
        self.assertEqual(self._shown(), (100.0, 0))
        self.assertEqual(self.value.benchmark_label, "Trade study, 05/01/2025 (all industries)")
        self.assertEqual(self.value.benchmark_position, 'worse')

    def test_a_zero_is_a_figure(self):
        self._typed(typed_value=0.0)
        self.assertEqual(self._shown()[0], 0.0)
        self.assertIsNot(self._shown()[0], False)

    def test_the_industry_goes_before_any(self):
        self._typed()
        self._typed(typed_value=80.0, industry_id=self.food.id)
        self.assertEqual(self._shown(), (80.0, 0))
        self.alpha.industry_id = False
        self.assertEqual(self._shown(), (100.0, 0))

    def test_a_median_needs_five_accounts(self):
        self._computed()
        self._more_accounts(70.0, 80.0, 110.0)
        self.assertEqual(self._shown(), (False, 0))
        self._more_accounts(100.0)
        self.assertEqual(self._shown(), (90.0, 5))
        self.assertEqual(self.value.benchmark_label, "median of 5 accounts (all industries)")

    def test_no_data_is_no_account(self):
        self._computed()
        self._more_accounts(70.0, 80.0, 110.0, None)
        self.assertEqual(self._shown(), (False, 0))

    def test_a_median_of_the_industry(self):
        self._computed(industry_id=self.food.id)
        self._computed()
        steel = self.env['res.partner.industry'].create({'name': "Steel"})
        self._more_accounts(10.0, 20.0, 30.0, industry=steel)
        self._more_accounts(91.0, 92.0, 93.0)
        self.assertEqual(self._shown(), (90.0, 7), "four are too few: that of all industries is shown")
        self._more_accounts(94.0)
        self.assertEqual(self._shown(), (92.0, 5))

    def test_a_typed_figure_says_where_it_comes_from(self):
        for vals in ({'source': False}, {'source': " "}, {'date': False}, {'typed_value': False}):
            with self.subTest(**vals), self.assertRaisesRegex(ValidationError, "needs its figure"), self.env.cr.savepoint():
                self._typed(**vals)

    def test_money_needs_a_company(self):
        with self.assertRaisesRegex(ValidationError, "currency"):
            self._typed(kpi_id=self.revenue.id)
        self._typed(kpi_id=self.revenue.id, company_id=self.company.id)

    def test_what_is_usual_for_a_year_says_nothing_of_a_quarters_sum(self):
        self._typed(kpi_id=self.revenue.id, company_id=self.company.id)
        year = self.new_value('revenue', 500.0, account=self.alpha, roll_up='sum')
        quarter = self.new_value('revenue', 100.0, account=self.alpha, roll_up='sum', frequency='quarter', date_start='2025-04-01')
        manager = self.new_value('revenue', 900.0, user=self.anna, roll_up='sum')
        self.assertEqual([self._shown(value)[0] for value in (year, quarter, manager)], [100.0, False, False])

    def test_a_ratio_is_compared_at_every_level(self):
        self._typed()
        team = self.new_value('nrr_pct', 120.0, team=self.north, roll_up='ratio')
        self.assertEqual(self._shown(team, self.leo), (100.0, 0))
        self.assertEqual(team.with_user(self.leo).benchmark_position, 'better')

    def test_lower_may_be_better(self):
        self.kpi.direction = 'lower'
        self._typed()
        self.assertEqual(self.value.benchmark_position, 'better')

    def test_no_data_is_neither_better_nor_worse(self):
        self._typed()
        unknown = self.new_value('nrr_pct', None, account=self.beta)
        self.assertEqual((self._shown(unknown, self.ben)[0], unknown.benchmark_position), (100.0, False))

    def test_one_for_each_kpi_and_industry(self):
        self._typed()
        with self.assertRaises(UniqueViolation), mute_logger('odoo.sql_db'):
            self._computed()

    def test_only_directors_set_them(self):
        for user in (self.anna, self.leo, self.rita, self.sam):
            with self.subTest(user=user.name), self.assertRaises(AccessError):
                self._typed(user=user)

    def test_everybody_of_key_accounts_reads_them(self):
        benchmark = self._typed()
        for user in (self.anna, self.leo, self.rita, self.diana):
            with self.subTest(user=user.name):
                self.assertEqual(benchmark.with_user(user).value, 100.0)
        with self.assertRaises(AccessError):
            benchmark.with_user(self.sam).read(['value'])

    def test_those_of_other_companies_are_not_shown(self):
        other = self.env['res.company'].create({'name': "Elsewhere"})
        benchmark = self.env['kam.benchmark'].create({
            'kpi_id': self.kpi.id, 'typed_value': 1.0, 'source': "There", 'date': '2025-01-01', 'company_id': other.id})
        self.assertEqual(self._shown(), (False, 0))
        self.assertFalse(self.env['kam.benchmark'].with_user(self.diana).search([('id', '=', benchmark.id)]))

    def test_the_explanation_shows_it(self):
        self._typed()
        action = self.value.with_user(self.anna).action_explain()
        explain = self.env['kam.explain'].with_user(self.anna).browse(action['res_id'])
        self.assertEqual((explain.benchmark_value, explain.benchmark_label), (100.0, "Trade study, 05/01/2025 (all industries)"))
