from datetime import date
from random import Random

from odoo.tests import tagged

from .documents import DocumentsCase
from .world import World

START, STOP = date(2025, 1, 1), date(2025, 4, 1)
TODAY = date(2026, 6, 15)
# Of what stands today there is a picture of today alone, and visits are forgotten soon.
PERIODS = {'stock': (date(2026, 4, 1), date(2026, 7, 1)), 'snapshot': (date(2026, 5, 1), date(2026, 6, 1))}


@tagged('post_install', '-at_install')
class TestMeasureDrill(DocumentsCase):
    """The documents behind a figure reduce to the figure, for every measure there is."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.world = World(cls(), Random(0))
        cls.world.populate()
        self = cls()
        for account, day in ((cls.world.accounts[0], '2026-06-20'), (cls.world.accounts[1], '2026-06-30'), (cls.world.accounts[1], '2026-07-01')):
            self.lead(account, date_deadline=day, expected_revenue=1000, probability=40)
        if 'website.track' in cls.env:
            website = cls.env['website'].create({'name': "World", 'company_id': cls.company.id})
            visitor = cls.env['website.visitor'].create({'access_token': 'f' * 32, 'website_id': website.id})
            visitor.partner_id = cls.world.accounts[0]
            cls.env['website.track'].create({'visitor_id': visitor.id, 'visit_datetime': '2026-05-10 10:00:00'})
        if 'project_id' in cls.env['account.analytic.line']._fields:
            project = cls.env['project.project'].create({'name': "World", 'partner_id': cls.world.accounts[0].id, 'company_id': cls.company.id})
            worker = cls.env['hr.employee'].create({'name': "World", 'company_id': cls.company.id})
            cls.env['account.analytic.line'].create({
                'name': "World", 'unit_amount': 2.5, 'date': START, 'project_id': project.id, 'employee_id': worker.id, 'company_id': cls.company.id})
        cls.env['kam.fact'].rebuild()
        cls.measures = cls.env['kam.measure'].search([])
        cls.kpis = {
            measure: cls.env['kam.kpi'].create({'name': measure.name, 'code': f'drill_{measure.code}', 'numerator': measure.code})
            for measure in cls.measures
        }

    def period(self, measure):
        return PERIODS.get((measure.base_id or measure).kind, (START, STOP))

    def drill(self, measure, ids):
        start, stop = self.period(measure)
        return measure._drill(ids, start, min(stop, TODAY), until=stop)

    def figure(self, measure, accounts, start=None, stop=None):
        """The measure as a KPI would have it, None for unknown; ``accounts`` None: the whole company."""
        start, stop = (start, stop) if start else self.period(measure)
        kpi = self.kpis[measure]
        kpi.population = 'all' if accounts is None else 'key'
        [row] = kpi.measure_total([kpi.code], None if accounts is None else accounts.ids, start, stop)
        return row['numerator']

    def check(self, measure, accounts, ids):
        drill = self.drill(measure, ids)
        rows, count, total = measure._documents(drill, limit=None)
        expected = self.figure(measure, accounts)
        self.assertEqual(total is None, expected is None)
        self.assertEqual(len(rows), count)
        if expected is not None:
            self.assertAlmostEqual(total, expected, 6)
        if measure._is_additive():
            self.assertAlmostEqual(sum(row['amount'] for row in rows), expected or 0.0, 6)
        return rows

    def test_documents_of_an_account(self):
        for measure in self.measures:
            for account in self.world.accounts:
                with self.subTest(measure=measure.code, account=account.name):
                    self.check(measure, account, account.ids)

    def test_documents_of_accounts_together(self):
        for measure in self.measures:
            with self.subTest(measure=measure.code):
                self.check(measure, self.world.accounts, self.world.accounts.ids)

    def test_documents_of_the_whole_company(self):
        for measure in self.measures:
            with self.subTest(measure=measure.code):
                self.check(measure, None, None)

    def test_something_is_behind_every_measure(self):
        for measure in self.measures.filtered(lambda measure: measure.state == 'ok'):
            with self.subTest(measure=measure.code):
                self.assertTrue(measure._documents(self.drill(measure, None))[1])

    def test_months_add_up_to_the_figure(self):
        for measure in self.measures.filtered(lambda measure: measure.reducer in ('sum', 'distinct')):
            for account in self.world.accounts:
                with self.subTest(measure=measure.code, account=account.name):
                    months = measure._monthly(self.drill(measure, account.ids))
                    self.assertAlmostEqual(sum(amount for _month, amount in months), self.figure(measure, account) or 0.0, 6)

    def test_months_are_the_figures_of_the_months(self):
        alpha = self.world.accounts[0]
        for measure in self.measures.filtered(lambda measure: measure.reducer in ('sum', 'distinct', 'median')):
            for month, amount in measure._monthly(measure._drill(alpha.ids, START, STOP)):
                with self.subTest(measure=measure.code, month=month):
                    following = date(2025, month.month + 1, 1)
                    self.assertAlmostEqual(amount, self.figure(measure, alpha, month, following), 6)

    def test_a_picture_of_before_is_what_was_kept_of_it(self):
        measure = self.env.ref('kam_kpi.kam_measure_open_pipeline')
        account = self.world.accounts[0]
        with self.calendar(date(2026, 6, 20)):
            self.env['crm.lead'].search([('partner_id', '=', account.id), ('expected_revenue', '=', 1000)]).expected_revenue = 700
            self.refresh()
            rows, count, total = measure._documents(measure._drill(account.ids, PERIODS['stock'][0], TODAY, until=PERIODS['stock'][1]))
            self.assertEqual((count, total, rows[0]['date'], rows[0]['res_id']), (1, 1000.0, date(2026, 6, 20), None))
            self.assertEqual(measure._reduced(measure._drill(account.ids, PERIODS['stock'][0], date(2026, 6, 20), until=PERIODS['stock'][1])), (1, 700.0))
        self.assertEqual(measure._reduced(measure._drill(account.ids, date(2026, 1, 1), date(2026, 4, 1))), (0, None))

    def test_pages_of_documents(self):
        measure = self.env.ref('kam_kpi.kam_measure_revenue')
        drill = measure._drill(self.world.accounts[0].ids, START, STOP)
        everything, count, total = measure._documents(drill, limit=None)
        pages = [row for offset in range(0, count, 4) for row in measure._documents(drill, limit=4, offset=offset)[0]]
        self.assertEqual(pages, everything)
        self.assertEqual(measure._documents(drill, limit=1)[1:], (count, total))

    def test_documents_exist_and_lie_in_the_window(self):
        for measure in self.measures.filtered(lambda measure: measure.kind in ('flow', 'observation')):
            for row in measure._documents(measure._drill(self.world.accounts.ids, START, STOP), limit=None)[0]:
                self.assertTrue(row['date'] < STOP)
                self.assertTrue(row['date'] >= START or measure.reducer in ('last_sum', 'days_since'))
                self.assertTrue(self.env[row['model']].with_context(active_test=False).browse(row['res_id']).exists(), measure.code)

    def test_what_some_people_did(self):
        measure = self.env.ref('kam_kpi.kam_measure_meetings')
        users = self.env['res.users'].search([])
        alpha = self.world.accounts[0]
        for user in users:
            kpi = self.kpis[measure]
            kpi.population = 'key'
            [row] = kpi.measure_total([kpi.code], alpha.ids, START, STOP, user_id=user.id)
            count, total = measure._reduced(measure._drill(alpha.ids, START, STOP, user_ids=user.ids))
            self.assertEqual((count, total), (row['numerator'], row['numerator']))
