from unittest.mock import patch

from odoo import SUPERUSER_ID, api
from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import SQL

from ..models.kam_fact_refresh import LOCK
from .documents import DocumentsCase
from .world import facts

YEAR = ('2025-01-01', '2026-01-01')


@tagged('post_install', '-at_install')
class TestRefresh(DocumentsCase):
    """One refresh at a time, by those who may, all or nothing."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.alpha = cls.customer("Alpha", key=True)
        cls.env['kam.fact'].refresh()

    def test_second_refresh_does_nothing(self):
        self.invoice(self.alpha, '2025-02-01', 100)
        first = self.refresh()
        self.assertEqual((first['accounts'], first['months']), (1, 1))
        self.assertNotIn('busy', first)
        before = facts(self.env)
        second = self.refresh()
        self.assertEqual((second['accounts'], second['months']), (0, 0))
        self.assertEqual(facts(self.env), before)

    def test_each_account_and_month_is_told_once(self):
        beta = self.customer("Beta")
        self.refresh()
        for account, day in ((self.alpha, '2025-02-01'), (self.alpha, '2025-02-03'), (self.alpha, '2025-03-01'), (beta, '2025-02-01')):
            self.invoice(account, day, 100)
        result = self.refresh()
        self.assertEqual((result['accounts'], result['months']), (2, 3))
        self.assertGreaterEqual(result['seconds'], 0)

    def test_what_touches_everything_is_counted_as_well(self):
        reason = self.env['crm.lost.reason'].create({'name': "Spam"})
        self.lead(self.alpha)
        self.refresh()
        reason.kam_spam = True
        self.assertGreaterEqual(self.refresh()['accounts'], 1)
        self.assertEqual(self.refresh()['accounts'], 0)

    def test_drafts_change_nothing(self):
        self.invoice(self.alpha, '2025-02-01', 100, state='draft')
        before = facts(self.env)
        self.refresh()
        self.assertEqual(facts(self.env), before)

    def test_account_managers_may_not(self):
        for groups in ('kam_kpi.group_kam_user', 'kam_kpi.group_kam_leader', 'kam_kpi.group_kam_reader', 'base.group_user'):
            user = self.new_user(groups.split('.')[1], groups)
            for work in ('refresh', 'rebuild'):
                with self.subTest(groups=groups, work=work), self.assertRaises(AccessError):
                    getattr(self.env['kam.fact'].with_user(user), work)()

    def test_directors_may(self):
        self.invoice(self.alpha, '2025-02-01', 100)
        self.assertEqual(self.env['kam.fact'].with_user(self.diana).refresh()['accounts'], 1)

    def test_the_menu_refreshes_and_says_so(self):
        self.invoice(self.alpha, '2025-02-01', 100)
        action = self.env.ref('kam_kpi.kam_fact_action_refresh').with_user(self.diana)
        self.assertIn("changed documents: 1", action.run()['params']['message'])
        self.assertEqual(action.run()['params']['message'], "The figures are up to date.")

    def test_directors_find_the_documents_of_a_measure(self):
        lead = self.env['ir.model']._get('crm.lead')
        self.assertIn(lead.id, [found for found, _name in self.env['ir.model'].with_user(self.diana).name_search('crm.lead')])

    def test_the_menu_is_for_directors(self):
        leader = self.new_user('leader', 'kam_kpi.group_kam_leader')
        with self.assertRaises(AccessError):
            self.env.ref('kam_kpi.kam_fact_action_refresh').with_user(leader).run()

    def test_breaking_off_halfway_loses_nothing(self):
        self.invoice(self.alpha, '2025-02-01', 100)
        self.env.flush_all()
        queued = self.env['kam.fact.queue'].search_count([])
        before = facts(self.env)
        with patch.object(self.registry['kam.fact'], '_insert_shared_facts', side_effect=KeyboardInterrupt), \
                self.assertRaises(KeyboardInterrupt), self.env.cr.savepoint(flush=False):
            self.refresh()
        self.env.invalidate_all(flush=False)
        self.assertEqual(facts(self.env), before)
        self.assertEqual(self.env['kam.fact.queue'].search_count([]), queued)
        self.assertEqual(self.value('revenue', self.alpha, *YEAR), 100.0)

    def test_triggers_are_all_there(self):
        self.assertEqual(self.env['kam.fact']._missing_triggers(), [])

    def test_figures_cost_no_more_statements_for_more_accounts(self):
        accounts = self.env['res.partner'].create([
            {'name': f"Account {number}", 'company_id': self.company.id, 'is_key_account': bool(number % 2)} for number in range(30)])
        for account in accounts[:4]:
            self.invoice(account, '2025-02-01', (self.sensor, 100))
        self.refresh()
        kpi = self.env['kam.kpi']
        codes = kpi.search([]).mapped('code')
        start, stop = (kpi._fields['next_review'].to_date(day) for day in YEAR)
        counts = []
        for partners in (accounts[:3], accounts):
            self.env.invalidate_all()
            kpi.measure_kpis(codes, partners.ids, start, stop)
            before = self.env.cr.sql_log_count
            kpi.measure_kpis(codes, partners.ids, start, stop)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])
        self.assertLess(counts[0], 20)


@tagged('post_install', '-at_install')
class TestBusy(DocumentsCase):
    """A class of its own: a transaction keeps the lock of its refresh until it ends."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.alpha = cls.customer("Alpha", key=True)

    def test_busy_while_another_one_runs(self):
        self.invoice(self.alpha, '2025-02-01', 100)
        self.env.flush_all()
        queued = self.env['kam.fact.queue'].search_count([])
        with self.registry.cursor() as other:
            other.execute("SET LOCAL lock_timeout = '10s'")
            other.execute(SQL("SELECT pg_try_advisory_xact_lock(%s)", LOCK))
            self.assertEqual(other.fetchone(), (True,))
            for work in ('refresh', 'rebuild'):
                self.assertEqual(
                    getattr(self.env['kam.fact'], work)(), {'accounts': 0, 'months': 0, 'seconds': 0.0, 'busy': True})
            self.assertEqual(self.env['kam.fact.queue'].search_count([]), queued)
        self.assertNotIn('busy', self.refresh())
        self.assertEqual(self.value('revenue', self.alpha, *YEAR), 100.0)


@tagged('post_install', '-at_install', 'kam_concurrency')
class TestRealConcurrency(DocumentsCase):
    """What only real transactions show: changes of others, committed late or never."""

    def setUp(self):
        super().setUp()
        self.committed = []
        self.addCleanup(self.remove_committed)

    def remove_committed(self):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            partners = env['res.partner'].browse(self.committed).exists()
            env['crm.lead'].with_context(active_test=False).search([('partner_id', 'in', partners.ids)]).unlink()
            partners.unlink()
            cr.execute("DELETE FROM kam_fact_queue WHERE partner_id = ANY(%s)", [self.committed])

    def new_partner(self):
        with self.registry.cursor() as cr:
            partner = api.Environment(cr, SUPERUSER_ID, {'tracking_disable': True})['res.partner'].create({'name': "Concurrent", 'is_company': True})
            self.committed.append(partner.id)
        return partner.id

    def test_change_committed_late_is_not_missed(self):
        partner_id = self.new_partner()
        with self.registry.cursor() as slow:
            slow_env = api.Environment(slow, SUPERUSER_ID, {'tracking_disable': True})
            slow_env['crm.lead'].create({'name': "Late", 'type': 'opportunity', 'partner_id': partner_id}).flush_recordset()
            self.assertFalse(self.seen(partner_id), "not committed yet")
        self.assertTrue(self.seen(partner_id))

    def seen(self, partner_id):
        """Whether a refresh in a transaction of its own, rolled back, finds the partner's opportunity."""
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            env['kam.fact'].refresh()
            found = env['kam.fact'].search_count([('partner_id', '=', partner_id)])
            cr.rollback()
        return bool(found)

    def test_two_refreshes_at_once(self):
        with self.registry.cursor() as first, self.registry.cursor() as second:
            self.assertNotIn('busy', api.Environment(first, SUPERUSER_ID, {})['kam.fact'].refresh())
            self.assertIs(api.Environment(second, SUPERUSER_ID, {})['kam.fact'].refresh()['busy'], True)
            first.rollback()
            self.assertNotIn('busy', api.Environment(second, SUPERUSER_ID, {})['kam.fact'].refresh())
            second.rollback()
