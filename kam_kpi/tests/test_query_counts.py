from odoo.fields import Date
from odoo.tests import tagged

from .common import KamCase

START, STOP = Date.to_date('2026-01-01'), Date.to_date('2026-04-01')
# Reads of user, contact of the user, company and currency, which each request does for itself.
FRAMEWORK = 4


@tagged('post_install', '-at_install')
class TestQueryCounts(KamCase):
    """How many statements figures and screens take: few, and the same for one account and for many."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.many = cls.env['res.partner'].create([
            {'name': f"Account {number}", 'is_company': True, 'is_key_account': True, 'kam_user_id': cls.anna.id} for number in range(40)])
        cls.codes = cls.env['kam.kpi'].search([('company_only', '=', False)]).mapped('code')
        cls.env['kam.fact'].refresh()

    def statements(self, work):
        """Statements of the second call: definitions are read once a process."""
        work()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        work()
        return self.env.cr.sql_log_count - before

    def test_all_kpis_of_one_account(self):
        count = self.statements(lambda: self.env['kam.kpi'].measure_kpis(self.codes, self.many[:1].ids, START, STOP))
        self.assertLessEqual(count, 8)

    def test_all_kpis_of_many_accounts(self):
        one = self.statements(lambda: self.env['kam.kpi'].measure_kpis(self.codes, self.many[:1].ids, START, STOP))
        many = self.statements(lambda: self.env['kam.kpi'].measure_kpis(self.codes, self.many.ids, START, STOP))
        self.assertEqual(many, one)

    def test_few_kpis_take_no_more_than_all(self):
        few = self.statements(lambda: self.env['kam.kpi'].measure_kpis(['revenue', 'nps'], self.many.ids, START, STOP))
        self.assertLessEqual(few - FRAMEWORK, 3)

    def cards(self, limit):
        values = self.env['kam.kpi.value']
        arch = values.get_views([(False, 'kanban')])['views']['kanban']['arch']
        names = {name: {} for name in values.fields_get() if f'name="{name}"' in arch}
        domain = [('scope', '=', 'account'), ('frequency', '=', 'ttm'), ('is_current', '=', True)]
        return self.statements(lambda: values.web_search_read(domain, names, limit=limit, order='partner_id, kpi_id', count_limit=10001))

    def test_page_of_eighty_cards(self):
        self.assertLessEqual(self.cards(80), 8)

    def test_no_statement_is_a_cards_own(self):
        self.assertLessEqual(self.cards(80), self.cards(10) + 1)

    def test_key_accounts_as_their_manager_sees_them(self):
        partners = self.env['res.partner'].with_user(self.anna)
        view = self.env.ref('kam_kpi.res_partner_view_kanban_key_accounts')
        arch = partners.get_views([(view.id, 'kanban')])['views']['kanban']['arch']
        names = {name: {} for name in partners.fields_get() if f'name="{name}"' in arch}
        domain = [('is_key_account', '=', True), ('kam_is_account', '=', True)]

        def page(limit):
            return self.statements(lambda: partners.web_search_read(domain, names, limit=limit, order='name'))
        self.assertLessEqual(page(40), page(5) + 2)
