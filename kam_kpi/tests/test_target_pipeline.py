from datetime import date
from math import sqrt

from odoo import Command
from odoo.tests import tagged

from .documents import DocumentsCase
from .vectors import vectors


class SalesTargetCase(DocumentsCase):
    """Alpha and Beta of Anna, and targets on what they buy in the first quarter of 2026; it is 1 March."""

    today = date(2026, 3, 1)

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.anna = cls.new_user('anna', 'kam_kpi.group_kam_user')
        cls.north = cls.env['crm.team'].create({
            'name': "North", 'company_id': cls.company.id, 'crm_team_member_ids': [Command.create({'user_id': cls.anna.id})]})
        cls.alpha, cls.beta = (
            cls.customer(name, key=True, kam_user_id=cls.anna.id, kam_team_id=cls.north.id, kam_since_date='2025-01-01')
            for name in ("Alpha", "Beta"))
        cls.revenue = cls.env.ref('kam_kpi.kam_kpi_revenue')

    def target(self, amount=180000, kpi=None, **vals):
        return self.env['kam.target'].create({
            'kpi_id': (kpi or self.revenue).id, 'company_id': self.company.id, 'target_value': amount,
            'date_start': '2026-01-01', 'date_end': '2026-03-31', **vals})

    def measured(self, target):
        self.refresh()
        self.env['kam.target']._refresh_actuals()
        return target

    def open_deal(self, partner, amount, probability, day='2026-03-20', **vals):
        return self.lead(partner, expected_revenue=amount, probability=probability, date_deadline=day, **vals)


@tagged('post_install', '-at_install')
class TestTargetPipeline(SalesTargetCase):

    def test_reference(self):
        [case] = [case for case in vectors('forecast') if 'opportunities' in case]
        self.invoice(self.alpha, '2026-02-10', case['actual'])
        self.order(self.alpha, '2026-02-20', self.sensor, case['backlog'])
        for amount, probability in case['opportunities']:
            self.open_deal(self.alpha, amount, probability)
        target = self.measured(self.target(partner_id=self.alpha.id))
        for field, key in (
            ('pipeline', 'forecast'), ('pipeline_deviation', 'std_dev'), ('pipeline_commit', 'commit'), ('pipeline_best', 'best_case'),
        ):
            with self.subTest(field):
                self.assertAlmostEqual(target[field], case[key], 6)
        self.assertAlmostEqual(target.pipeline_attainment, 167000 / 180000, 9)
        self.assertAlmostEqual(target.pipeline_commit_attainment, 138000 / 180000, 9)
        self.assertAlmostEqual(target.pipeline_best_attainment, 203000 / 180000, 9)
        # Never part of an actual, nor of the pace.
        self.assertEqual((target.actual_value, target.pipeline_reason), (118000, False))
        self.assertAlmostEqual(target.pace, 1.0, 9)

    def test_deal_with_a_confirmed_order_counts_once(self):
        deal = self.open_deal(self.alpha, 40000, 60)
        quotation = self.open_deal(self.alpha, 10000, 50)
        self.order(self.alpha, '2026-02-20', self.sensor, 38000, opportunity_id=deal.id)
        self.env['sale.order'].create({
            'partner_id': self.alpha.id, 'company_id': self.company.id, 'opportunity_id': quotation.id,
            'order_line': [Command.create({'product_id': self.sensor.id, 'price_unit': 9000})]})
        target = self.measured(self.target(partner_id=self.alpha.id))
        self.assertRecordValues(target, [{
            'pipeline_commit': 38000, 'pipeline': 43000, 'pipeline_best': 48000, 'pipeline_deviation': sqrt(10000 ** 2 * 0.25)}])

    def test_only_open_deals_due_in_the_rest_of_the_period(self):
        self.open_deal(self.alpha, 1000, 50)
        self.open_deal(self.alpha, 2000, 50, '2026-03-01')
        for day in ('2026-02-28', '2026-04-01', False):
            self.open_deal(self.alpha, 100000, 50, day)
        self.open_deal(self.alpha, 100000, 50, kind='lead')
        self.open_deal(self.alpha, 100000, 50).action_set_lost()
        self.open_deal(self.alpha, 100000, 50).action_set_won()
        self.open_deal(self.alpha, 100000, 50).action_archive()
        target = self.measured(self.target(partner_id=self.alpha.id))
        self.assertEqual((target.pipeline, target.pipeline_best), (1500, 3000))

    def test_backlog_is_what_is_not_invoiced_of_orders_due_before_the_end(self):
        order = self.order(self.alpha, '2026-01-20', self.sensor, 20000)
        self.order(self.alpha, '2026-01-20', self.sensor, 5000, commitment_date='2026-03-31 12:00:00')
        self.order(self.alpha, '2026-01-20', self.sensor, 70000, commitment_date='2026-04-01 12:00:00')
        self.order(self.alpha, '2026-01-20', self.sensor, 90000)._action_cancel()
        order.order_line.qty_delivered = 1
        invoice = order._create_invoices()
        invoice.invoice_line_ids.price_unit = 15000
        invoice.invoice_date = '2026-02-01'
        invoice.action_post()
        target = self.measured(self.target(partner_id=self.alpha.id))
        self.assertRecordValues(target, [{'actual_value': 15000, 'pipeline_commit': 25000, 'pipeline': 25000, 'pipeline_deviation': 0}])

    def test_order_in_another_currency_counts_at_its_own_rate(self):
        self.order(self.alpha, '2026-02-20', self.sensor, 11000, currency_id=self.usd.id)
        self.env.cr.execute("UPDATE sale_order SET currency_rate = 1.1 WHERE partner_id = %s", [self.alpha.id])
        self.env.invalidate_all()
        self.assertEqual(self.measured(self.target(partner_id=self.alpha.id)).pipeline_commit, 10000)

    def test_books_have_the_pipeline_of_their_accounts(self):
        self.open_deal(self.contact(self.alpha, "Jane"), 1000, 50)
        self.open_deal(self.beta, 2000, 25)
        self.open_deal(self.customer("No key account"), 50000, 50)
        targets = [self.target(user_id=self.anna.id), self.target(team_id=self.north.id), self.target()]
        self.measured(targets[0])
        for target in targets:
            with self.subTest(target.scope):
                self.assertEqual((target.pipeline, target.pipeline_best), (1000, 3000))

    def test_picture_follows_the_documents_of_the_day(self):
        deal = self.open_deal(self.alpha, 1000, 50)
        target = self.measured(self.target(partner_id=self.alpha.id))
        deal.probability = 20
        self.assertEqual(self.measured(target).pipeline, 200)
        deal.action_set_lost()
        self.assertEqual(self.measured(target).pipeline, 0)

    def test_nothing_open_is_a_real_zero(self):
        target = self.measured(self.target(partner_id=self.alpha.id))
        self.assertRecordValues(target, [{'pipeline': 0, 'pipeline_commit': 0, 'pipeline_reason': False}])

    def test_no_picture_is_no_forecast(self):
        self.company.kam_pictured_on = False
        target = self.target(partner_id=self.alpha.id)
        self.assertRecordValues(target, [{'pipeline': False, 'pipeline_commit': False, 'pipeline_reason': 'no_picture'}])

    def test_only_sales_which_run_have_one(self):
        leads = self.env.ref('kam_kpi.kam_kpi_qualified_leads_count')
        closed = self.target(partner_id=self.alpha.id, date_start='2025-10-01', date_end='2025-12-31')
        coming = self.target(partner_id=self.alpha.id, date_start='2026-04-01', date_end='2026-06-30')
        other = self.target(20, leads, partner_id=self.alpha.id)
        ratio = self.target(95, self.env.ref('kam_kpi.kam_kpi_nrr_pct'), partner_id=self.alpha.id)
        self.measured(closed)
        self.assertEqual(
            [target.pipeline_reason for target in (closed, coming, other, ratio)], ['closed', 'future_period', 'not_sales', 'level'])
        self.assertEqual([target.run_rate_reason for target in (closed, coming, ratio)], ['closed', 'future_period', 'level'])

    def test_order_intake_has_its_orders_already(self):
        self.order(self.alpha, '2026-02-20', self.sensor, 20000)
        self.open_deal(self.alpha, 1000, 50)
        target = self.measured(self.target(40000, self.env.ref('kam_kpi.kam_kpi_bookings'), partner_id=self.alpha.id))
        self.assertRecordValues(target, [{'actual_value': 20000, 'pipeline_commit': 20000, 'pipeline': 20500, 'pipeline_best': 21000}])

    def test_one_query_for_many_targets(self):
        accounts = [self.customer(f"Account {number}", key=True) for number in range(20)]
        targets = self.env['kam.target'].union(*(self.target(partner_id=account.id) for account in accounts))
        self.measured(targets)
        self.env.flush_all()
        with self.assertQueryCount(1):
            targets._pipeline_forecasts(self.today)

    def test_pipeline_measure_has_all_open_deals(self):
        deal = self.open_deal(self.alpha, 40000, 60)
        self.order(self.alpha, '2026-02-20', self.sensor, 38000, opportunity_id=deal.id)
        self.refresh()
        rows = self.env['kam.fact'].search([
            ('measure_id', '=', self.env.ref('kam_kpi.kam_measure_open_pipeline').id), ('partner_id', '=', self.alpha.id)])
        self.assertEqual(rows.mapped('amount'), [40000])
