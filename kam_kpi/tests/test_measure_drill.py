from datetime import date
from random import Random

from odoo.tests import tagged

from .documents import DocumentsCase
from .world import World

START, STOP = date(2025, 1, 1), date(2025, 4, 1)
OF_THE_COMPANY = ('ledger_profit', 'ledger_income', 'acquisition_cost')  # what belongs to no account


@tagged('post_install', '-at_install')
class TestMeasureDrill(DocumentsCase):
    """The documents behind a figure add up to the figure, for every measure there is."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.world = World(cls(), Random(0))
        cls.world.populate()
        cls.env['kam.fact'].rebuild()
        cls.measures = cls.env['kam.measure'].search([])

    def figure(self, measure, account, start, stop):
        """The measure as a KPI would have it."""
        kpi = self.env['kam.kpi'].create({'name': measure.name, 'code': f'drill_{measure.code}', 'numerator': measure.code})
        [row] = kpi.measure_kpis([kpi.code], account.ids, start, stop)
        kpi.unlink()
        return row['numerator'] or 0.0

    def test_documents_add_up_to_the_figure(self):
        for measure in self.measures:
            for account in self.world.accounts:
                with self.subTest(measure=measure.code, account=account.name):
                    expected = self.figure(measure, account, START, STOP)
                    rows, count, total = measure._documents(account.ids, START, STOP, limit=None)
                    self.assertAlmostEqual(total, expected, 6)
                    self.assertAlmostEqual(sum(row['amount'] for row in rows), expected, 6)
                    self.assertEqual(len(rows), count)

    def test_something_is_behind_every_measure(self):
        for measure in self.measures.filtered(lambda measure: measure.code not in OF_THE_COMPANY):
            with self.subTest(measure=measure.code):
                self.assertTrue(any(measure._documents(account.ids, START, STOP)[1] for account in self.world.accounts))

    def test_months_add_up_to_the_figure(self):
        for measure in self.measures.filtered(lambda measure: measure.reducer not in ('latest_sum', 'latest_count', 'last_sum')):
            for account in self.world.accounts:
                with self.subTest(measure=measure.code, account=account.name):
                    months = measure._monthly(account.ids, START, STOP)
                    self.assertAlmostEqual(sum(amount for _month, amount in months), self.figure(measure, account, START, STOP), 6)

    def test_months_are_the_figures_of_the_months(self):
        alpha = self.world.accounts[0]
        for measure in self.measures.filtered(lambda measure: measure.reducer not in ('latest_sum', 'latest_count', 'last_sum')):
            for month, amount in measure._monthly(alpha.ids, START, STOP):
                with self.subTest(measure=measure.code, month=month):
                    following = date(2025, month.month + 1, 1)
                    self.assertAlmostEqual(amount, self.figure(measure, alpha, month, following), 6)

    def test_pages_of_documents(self):
        measure = self.env.ref('kam_kpi.kam_measure_revenue')
        alpha = self.world.accounts[0]
        everything, count, total = measure._documents(alpha.ids, START, STOP, limit=None)
        pages = [row for offset in range(0, count, 4) for row in measure._documents(alpha.ids, START, STOP, limit=4, offset=offset)[0]]
        self.assertEqual(pages, everything)
        self.assertEqual(measure._documents(alpha.ids, START, STOP, limit=1)[1:], (count, total))

    def test_documents_exist_and_lie_in_the_window(self):
        for measure in self.measures:
            for row in measure._documents(self.world.accounts.ids, START, STOP, limit=None)[0]:
                self.assertTrue(START <= row['date'] < STOP)
                self.assertTrue(self.env[row['model']].with_context(active_test=False).browse(row['res_id']).exists(), measure.code)
