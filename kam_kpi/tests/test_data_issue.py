from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .documents import DocumentsCase


class DataIssueCase(DocumentsCase):
    """An account of Anna's with nothing wrong but what a test adds; it is 15 June 2026."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.anna, cls.ben, cls.leo, cls.rita = (cls.new_user(login, f'kam_kpi.group_kam_{group}') for login, group in (
            ('anna', 'user'), ('ben', 'user'), ('leo', 'leader'), ('rita', 'reader')))
        cls.alpha = cls.customer(
            "Alpha", key=True, kam_user_id=cls.anna.id, kam_since_date='2024-01-01', kam_tier_id=cls.env.ref('kam_kpi.kam_tier_b').id,
            industry_id=cls.env['res.partner.industry'].search([], limit=1).id, country_id=cls.env.ref('base.de').id)
        cls.jane = cls.contact(cls.alpha, "Jane", email='jane@alpha.example')
        cls.env['kam.stakeholder'].create({'partner_id': cls.alpha.id, 'contact_id': cls.jane.id, 'company_id': cls.company.id})
        cls.sensor.standard_price = 10.0

    def setUp(self):
        super().setUp()
        self.rating_given()

    def rating_given(self):
        measure = self.env['kam.measure'].search([('code', '=', 'csat_answers')])
        self.env['kam.fact'].create({
            'measure_id': measure.id, 'company_id': self.company.id, 'partner_id': self.alpha.id, 'date': '2026-05-01', 'amount': 1.0, 'count': 1})

    def issues(self, **vals):
        """{kind: issue} of what is open after a look."""
        self.env['kam.data.issue']._refresh()
        found = self.env['kam.data.issue'].search([('partner_id', '=', self.alpha.id), ('state', '!=', 'gone')])
        return {issue.kind: issue for issue in found}

    def kinds(self):
        return sorted(self.issues())


@tagged('post_install', '-at_install')
class TestDataIssue(DataIssueCase):
    """Each kind, and its absence."""

    def test_nothing_wrong_is_nothing(self):
        self.invoice(self.alpha, '2026-05-10', (self.sensor, 100))
        self.env['kam.fact'].refresh()
        self.assertEqual(self.kinds(), [])

    def test_lines_without_a_product(self):
        self.invoice(self.alpha, '2026-05-10', 100, 50)
        self.invoice(self.alpha, '2026-05-11', 30, kind='out_refund')
        self.invoice(self.alpha, '2024-05-10', 999)
        issue = self.issues()['no_product']
        self.assertEqual((issue.count, issue.amount), (3, 120.0))
        self.assertIn("3 invoice lines worth", issue.words)

    def test_drafts_are_no_lines(self):
        self.invoice(self.alpha, '2026-05-10', 100, state='draft')
        self.assertNotIn('no_product', self.issues())

    def test_products_without_a_category(self):
        product = self.new_product("Loose", self.env['product.category'], standard_price=1.0)
        self.invoice(self.alpha, '2026-05-10', (product, 100), (product, 50), (self.sensor, 10))
        self.assertEqual(self.issues()['no_category'].count, 1)
        product.categ_id = self.sensor.categ_id
        self.assertNotIn('no_category', self.issues())

    def test_revenue_without_a_known_cost(self):
        free = self.new_product("Unknown", self.sensor.categ_id, standard_price=0.0)
        self.invoice(self.alpha, '2026-05-10', (free, 70), (self.sensor, 100))
        self.env['kam.fact'].refresh()
        self.assertEqual(self.issues()['no_cost'].amount, 70.0)

    def test_revenue_without_an_account_manager(self):
        self.invoice(self.alpha, '2026-05-10', (self.sensor, 100))
        self.invoice(self.alpha, '2026-05-20', (self.sensor, 40))
        self.env['kam.fact'].refresh()
        self.assertNotIn('no_holder', self.issues())
        assignment = self.alpha.kam_assignment_ids
        assignment.sudo().date_to = '2026-05-15'
        issue = self.issues()['no_holder']
        self.assertEqual((issue.count, issue.amount), (1, 40.0))

    def test_people_without_an_address(self):
        self.jane.email = False
        self.assertEqual(self.issues()['no_email'].count, 1)

    def test_no_answer_for_a_year(self):
        fact = self.env['kam.fact'].search([('partner_id', '=', self.alpha.id), ('measure_id.code', '=', 'csat_answers')])
        fact.date = '2025-06-14'
        self.assertIn('no_answer', self.issues())
        fact.date = '2025-06-15'
        self.assertNotIn('no_answer', self.issues())

    def test_what_is_not_filled_in_on_the_account(self):
        for kind, name in (('no_tier', 'kam_tier_id'), ('no_industry', 'industry_id'), ('no_country', 'country_id')):
            with self.subTest(kind=kind):
                before = self.alpha[name]
                self.alpha[name] = False
                self.assertEqual(self.kinds(), [kind])
                self.alpha[name] = before
                self.assertEqual(self.kinds(), [])

    def test_kpis_without_enough_cases(self):
        kpi = self.env.ref('kam_kpi.kam_kpi_win_rate_pct')
        common = {
            'kpi_id': kpi.id, 'company_id': self.company.id, 'frequency': 'ttm', 'date_start': '2025-06-15', 'date_end': '2026-06-14', 'is_current': True}
        value = self.env['kam.kpi.value'].create({
            **common, 'partner_id': self.alpha.id, 'state': 'no_data', 'reason': 'insufficient_sample'})
        self.assertNotIn('few_cases', self.issues(), "nobody has cases")
        self.env['kam.kpi.value'].create({**common, 'partner_id': self.customer("Beta", key=True).id, 'state': 'ok', 'value': 50.0})
        issue = self.issues()['few_cases']
        self.assertEqual((issue.count, issue.kpi_ids), (1, kpi))
        value.reason = 'not_in_cohort'
        self.assertNotIn('few_cases', self.issues())


@tagged('post_install', '-at_install')
class TestDataIssueLife(DataIssueCase):
    """Found once, left with a reason, ended when mended, mended by a click."""

    def setUp(self):
        super().setUp()
        self.invoice(self.alpha, '2026-05-10', 100)
        self.issue = self.issues()['no_product']

    def test_ten_looks_find_it_once(self):
        for _time in range(10):
            self.env['kam.data.issue']._refresh()
        self.assertEqual(self.env['kam.data.issue'].search_count([('partner_id', '=', self.alpha.id), ('kind', '=', 'no_product')]), 1)

    def test_it_grows_and_ends(self):
        move = self.invoice(self.alpha, '2026-05-12', 50)
        self.assertEqual(self.issues()['no_product'].amount, 150.0)
        move.button_draft()
        self.env['account.move'].search([('partner_id', '=', self.alpha.id), ('state', '=', 'posted')]).button_draft()
        self.assertNotIn('no_product', self.issues())
        self.assertEqual((self.issue.state, str(self.issue.gone_on)), ('gone', '2026-06-15'))

    def test_left_with_a_reason_it_stays_left(self):
        issue = self.issue.with_user(self.anna)
        with self.assertRaisesRegex(UserError, "Say why"):
            issue.action_ignore(" ")
        issue.action_ignore("Freight is never a product")
        self.assertEqual((self.issues()['no_product'], self.issue.state), (self.issue, 'ignored'))
        issue.action_reopen()
        self.assertEqual((self.issue.state, self.issue.ignore_reason), ('open', False))

    def test_the_click_leads_to_the_lines(self):
        action = self.issue.with_user(self.diana).sudo().action_mend()
        lines = self.env['account.move.line'].search(action['domain'])
        self.assertEqual((action['res_model'], lines.mapped('balance')), ('account.move.line', [-100.0]))

    def test_who_may_not_see_them_is_told_whom_to_ask(self):
        with self.assertRaisesRegex(UserError, "Ask somebody who keeps them"):
            self.issue.with_user(self.rita).action_mend()

    def test_each_kind_leads_somewhere(self):
        for kind, _label in self.env['kam.data.issue']._fields['kind'].selection:
            with self.subTest(kind=kind):
                self.issue.sudo().kind = kind
                self.assertIn(self.issue.action_mend()['type'], ('ir.actions.act_window', 'ir.actions.client'))

    def test_the_explanation_of_a_figure_tells_it(self):
        kpi = self.env.ref('kam_kpi.kam_kpi_cross_sell_ratio_pct')
        explain = self.env['kam.explain'].new({'kpi_id': kpi.id, 'partner_id': self.alpha.id, 'company_id': self.company.id})
        self.assertIn("name no product", explain.doubts)
        explain.kpi_id = self.env.ref('kam_kpi.kam_kpi_nps')
        self.assertFalse(explain.doubts)

    def test_who_sees_it(self):
        for user, seen in ((self.anna, 1), (self.diana, 1), (self.rita, 1), (self.ben, 0), (self.leo, 0)):
            with self.subTest(user=user.name):
                self.assertEqual(self.env['kam.data.issue'].with_user(user).search_count([('id', '=', self.issue.id)]), seen)

    def test_nobody_writes_it(self):
        for user in (self.anna, self.diana):
            with self.subTest(user=user.name), self.assertRaises(AccessError):
                self.issue.with_user(user).amount = 1
        with self.assertRaises(AccessError):
            self.issue.with_user(self.rita).action_ignore("No")
        self.issue.with_user(self.anna).action_ignore("Freight")
        with self.assertRaises(AccessError):
            self.issue.with_user(self.rita).action_reopen()
        self.assertEqual(self.issue.state, 'ignored')

    def test_queries_do_not_grow_with_the_accounts(self):
        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.env['kam.data.issue']._refresh()
            self.env.flush_all()
            return self.env.cr.sql_log_count - before
        few = (count(), count())[1]
        for number in range(50):
            self.customer(f"More {number}", key=True, kam_user_id=self.anna.id)
        count()
        self.assertLessEqual(count(), few + 5)
