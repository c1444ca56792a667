from random import Random
from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import SQL

from ..models import kam_measure_trigger
from .documents import DocumentsCase
from .world import facts

SEEDS = range(1, 21)


@tagged('post_install', '-at_install')
class TestMeasureTrigger(DocumentsCase):
    """Measures made on the screen are watched by triggers, and then changed partition by partition."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.accounts = [cls.customer(name, key=True, company_id=False) for name in ("Alpha", "Beta")]
        cls.contact = cls.env['res.partner'].create({'name': "Contact", 'parent_id': cls.accounts[0].id})
        cls.measure = cls.env['kam.measure'].with_user(cls.diana).create({
            'name': "Deals", 'code': 'own_deals', 'model_name': 'crm.lead', 'date_field': 'date_deadline', 'account_path': 'partner_id',
            'aggregate': 'sum', 'value_field': 'expected_revenue', 'domain': "[('priority', 'in', ['2', '3'])]"})
        cls.timed = cls.env['kam.measure'].with_user(cls.diana).create({
            'name': "Closed", 'code': 'own_closed', 'model_name': 'crm.lead', 'date_field': 'date_closed', 'account_path': 'partner_id'})

    def setUp(self):
        super().setUp()
        self.env['kam.measure']._sync_triggers()
        self.env['kam.fact'].refresh()

    def _lead(self, **vals):
        return self.env['crm.lead'].create({
            'name': "Deal", 'type': 'opportunity', 'partner_id': self.accounts[0].id, 'company_id': self.company.id,
            'date_deadline': '2026-02-10', 'expected_revenue': 100, 'priority': '2', 'user_id': False, 'team_id': False, **vals})

    def _amounts(self):
        return {(fact.partner_id, str(fact.date)): fact.amount for fact in self.env['kam.fact'].search([('measure_id', '=', self.measure.id)])}

    def _queued(self, source='crm.lead'):
        self.env.flush_all()
        return self.env['kam.fact.queue'].search_count([('source', '=', source)])

    def test_the_measure_is_watched_once_the_job_ran(self):
        self.assertTrue(self.measure.watched and self.timed.watched)

    def test_create_edit_move_and_delete_are_noticed(self):
        lead = self._lead()
        self.env['kam.fact'].refresh()
        self.assertEqual(self._amounts(), {(self.accounts[0], '2026-02-10'): 100})
        lead.write({'expected_revenue': 70, 'date_deadline': '2026-03-01'})
        self.env['kam.fact'].refresh()
        self.assertEqual(self._amounts(), {(self.accounts[0], '2026-03-01'): 70})
        lead.partner_id = self.accounts[1]
        self.env['kam.fact'].refresh()
        self.assertEqual(self._amounts(), {(self.accounts[1], '2026-03-01'): 70})
        lead.priority = '1'
        self.env['kam.fact'].refresh()
        self.assertEqual(self._amounts(), {})
        lead.priority = '3'
        self.env['kam.fact'].refresh()
        lead.unlink()
        self.env['kam.fact'].refresh()
        self.assertEqual(self._amounts(), {})

    def test_other_columns_queue_nothing(self):
        lead = self._lead()
        self.env['kam.fact'].refresh()
        lead.description = "Another text"
        self.assertEqual(self._queued(), 0)

    def test_only_what_changed_is_rebuilt(self):
        self._lead()
        self._lead(partner_id=self.accounts[1].id)
        self.env['kam.fact'].refresh()
        self.env.cr.execute("UPDATE kam_fact SET amount = 1 WHERE measure_id = %s", [self.measure.id])
        self.env['kam.fact'].invalidate_model()
        self._lead(date_deadline='2026-04-01')
        self.env['kam.fact'].refresh()
        self.assertEqual(self._amounts(), {
            (self.accounts[0], '2026-02-10'): 1, (self.accounts[1], '2026-02-10'): 1, (self.accounts[0], '2026-04-01'): 100})

    def test_random_histories(self):
        """Incremental equals rebuild, whatever was done to the documents."""
        for seed in SEEDS:
            random = Random(seed)
            with self.subTest(seed=seed), self.env.cr.savepoint() as savepoint:
                leads = self.env['crm.lead']
                for _step in range(12):
                    leads = self._step(random, leads.exists())
                    if random.random() < 0.3:
                        self.env['kam.fact'].refresh()
                self.env['kam.fact'].refresh()
                left = facts(self.env)
                self.env['kam.fact'].rebuild()
                self.assertEqual(left, facts(self.env))
                savepoint.rollback()
                self.env.invalidate_all()

    def _step(self, random, leads):
        kind = random.choice(['create', 'edit', 'edit', 'move', 'delete', 'holder', 'contact'])
        partner = random.choice([*self.accounts, self.contact, self.env['res.partner']])
        day = random.choice([False, '2026-01-31', '2026-02-01', '2026-03-15'])
        if kind == 'create' or not leads:
            return leads | self._lead(partner_id=partner.id, date_deadline=day, company_id=random.choice([False, self.company.id]),
                                      date_closed=day and f'{day} 23:30:00')
        lead = random.choice(leads)
        if kind == 'edit':
            lead.write({'expected_revenue': random.randint(1, 9), 'date_deadline': day, 'priority': random.choice('0123')})
        elif kind == 'move':
            lead.partner_id = partner
        elif kind == 'delete':
            lead.unlink()
        elif kind == 'holder':
            self.env['kam.assignment'].search([]).unlink()
        else:
            self.contact.parent_id = random.choice(self.accounts)
        return leads

    def test_a_changed_definition_is_unwatched_until_the_job_has_seen_it(self):
        self.measure.date_field = 'date_closed'
        self.assertFalse(self.measure.watched)
        self.env['kam.measure']._sync_triggers()
        self.assertTrue(self.measure.watched)

    def test_what_reads_other_records_stays_unwatched(self):
        for vals in (
            {'domain': "[('tag_ids.name', '=', 'Complaint')]"}, {'domain': "[('partner_id', 'ilike', 'Alpha')]"},
            {'domain': "[('partner_id', 'child_of', [1])]"}, {'domain': "[('tag_ids', 'in', [1])]"}, {'domain': '[]', 'category_path': False,
             'account_path': 'order_id.partner_id', 'model_name': 'sale.order.line', 'date_field': 'create_date', 'value_field': 'price_subtotal'},
        ):
            with self.subTest(**vals):
                self.measure.write(vals)
                self.env['kam.measure']._sync_triggers()
                self.assertFalse(self.measure.watched)
                self.assertIsNone(self.measure._watched_columns())

    def test_the_job_does_not_wait_for_long(self):
        other = self.env['kam.measure'].with_user(self.diana).create({
            'name': "Orders", 'code': 'own_orders', 'model_name': 'sale.order', 'date_field': 'date_order', 'account_path': 'partner_id'})
        with self.registry.cursor() as busy, patch.object(kam_measure_trigger, 'LOCK_TIMEOUT', '50ms'):
            busy.execute("LOCK TABLE sale_order IN ROW EXCLUSIVE MODE")
            with self.assertLogs('odoo.sql_db', 'ERROR'):
                self.env['kam.measure']._sync_triggers()
        self.assertFalse(other.watched)
        self.env['kam.measure']._sync_triggers()
        self.assertTrue(other.watched)

    def test_a_dropped_column_stops_nobody(self):
        self.env.cr.execute("ALTER TABLE crm_lead ADD COLUMN x_number numeric")
        with patch.object(type(self.measure), '_watched_columns', lambda measure: {'x_number', 'date_deadline'}):
            self.env['kam.measure']._sync_triggers()
        self.env.cr.execute("ALTER TABLE crm_lead DROP COLUMN x_number")
        self._lead().expected_revenue = 5
        self.assertTrue(self._queued())

    def test_archived_and_deleted_measures_are_no_longer_watched(self):
        self.measure.active = False
        self.timed.unlink()
        self.env['kam.measure']._sync_triggers()
        self.assertNotIn('crm_lead', self.env['kam.measure']._present_functions())
        self.env['kam.fact'].refresh()
        self._lead()
        self.assertEqual(self._queued(), 0)

    def test_a_missing_trigger_is_noticed_and_put_back(self):
        self.env.cr.execute("DROP TRIGGER kam_watch_crm_lead_update ON crm_lead")
        with self.assertLogs('odoo.addons.kam_kpi.models.kam_measure_trigger', 'WARNING'):
            self.env['kam.fact']._repair_triggers()
        self.assertTrue(self.env.execute_query(SQL("SELECT 1 FROM pg_trigger WHERE tgname = 'kam_watch_crm_lead_update'")))
        self.assertTrue(self.measure.watched)

    def test_uninstalling_leaves_nothing_behind(self):
        self.env['kam.fact']._drop_triggers()
        self.assertFalse(self.env.execute_query(SQL("SELECT 1 FROM pg_proc WHERE proname LIKE 'kam_watch_%%'")))
        self.env['kam.fact']._create_triggers()
