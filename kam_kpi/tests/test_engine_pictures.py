from datetime import date

from odoo.tests import tagged

from .engine_common import EngineCase

Q2 = ('2026-04-01', '2026-07-01')


@tagged('post_install', '-at_install')
class TestPictures(EngineCase):
    """Stocks: a picture of what is open is taken every day, and looked at when it is asked for. Today is 2026-06-15."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stock = cls.new_measure(
            'open_deals', 'due', kind='stock', domain="[('won_status', '=', 'pending')]", date_field='date_deadline')
        cls.new_kpi('open_kpi', 'open_deals')
        cls.deal = cls.lead(cls(), cls.alpha, expected_revenue=100, date_deadline='2026-06-20')

    def open_deals(self, *period):
        return self.figure('open_kpi', self.alpha, *(period or Q2))

    def test_open_and_due_in_the_rest_of_the_period(self):
        for due, revenue in (('2026-06-14', 1), ('2026-06-15', 20), ('2026-06-30', 300), ('2026-07-01', 4000), (False, 50000)):
            self.lead(self.alpha, expected_revenue=revenue, date_deadline=due)
        self.refresh()
        self.assertEqual(self.open_deals()['value'], 420.0)

    def test_due_by_counts_what_is_late_too(self):
        self.stock.reducer = 'due_by'
        self.lead(self.alpha, expected_revenue=7, date_deadline='2026-06-01')
        self.refresh()
        self.assertEqual(self.open_deals()['value'], 107.0)

    def test_picture_is_of_the_last_complete_day(self):
        self.refresh()
        facts = self.env['kam.fact'].search([('measure_id', '=', self.stock.id)])
        self.assertEqual([(fact.date, fact.moment.date(), fact.amount) for fact in facts], [(date(2026, 6, 14), date(2026, 6, 20), 100.0)])

    def test_picture_follows_the_documents_of_its_day(self):
        self.refresh()
        self.deal.expected_revenue = 250
        self.refresh()
        self.assertEqual(self.open_deals()['value'], 250.0)

    def test_earlier_pictures_stay(self):
        self.refresh()
        with self.calendar(date(2026, 6, 16)):
            self.deal.expected_revenue = 250
            self.refresh()
            self.assertEqual(self.open_deals()['value'], 250.0)
        self.assertEqual(self.open_deals()['value'], 100.0)

    def test_new_day_has_its_picture_though_nothing_changed(self):
        self.refresh()
        with self.calendar(date(2026, 6, 18)):
            self.refresh()
            dates = self.env['kam.fact'].search([('measure_id', '=', self.stock.id)], order='date').mapped('date')
        self.assertEqual(dates, [date(2026, 6, 14), date(2026, 6, 17)])

    def test_rebuild_leaves_earlier_pictures(self):
        self.refresh()
        with self.calendar(date(2026, 6, 16)):
            self.deal.unlink()
            self.env['kam.fact'].rebuild()
        self.assertEqual(self.open_deals()['value'], 100.0)

    def test_nothing_is_known_before_the_first_picture(self):
        self.refresh()
        self.assertNoData(self.figure('open_kpi', self.alpha, '2026-01-01', '2026-04-01'), 'no_history')

    def test_nothing_open_is_a_real_zero(self):
        self.deal.unlink()
        self.refresh()
        self.assertEqual(self.open_deals()['value'], 0.0)

    def test_old_pictures_are_kept_for_the_ends_of_months(self):
        for day in (date(2026, 4, 30), date(2026, 5, 1), date(2026, 5, 2), date(2026, 6, 10)):
            with self.calendar(day):
                self.refresh()
        self.env['kam.fact']._forget_pictures()
        dates = self.env['kam.fact'].search([('measure_id', '=', self.stock.id)], order='date').mapped('date')
        self.assertEqual(dates, [date(2026, 4, 30), date(2026, 6, 9)])


@tagged('post_install', '-at_install')
class TestKeptFacts(EngineCase):
    """Facts of documents which Odoo deletes after a while. Today is 2026-06-15."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.kept = cls.new_measure('visits', kind='snapshot', kept_days=60, aggregate='count')
        cls.new_kpi('visits_kpi', 'visits')
        cls.old = cls.won(cls(), cls.alpha, '2026-04-20 12:00:00')
        cls.new = cls.won(cls(), cls.alpha, '2026-06-01 12:00:00')
        cls.env['kam.fact'].refresh()

    def test_facts_outlive_their_documents(self):
        with self.calendar(date(2026, 8, 1)):
            (self.old | self.new).unlink()
            self.refresh()
            self.assertEqual(self.figure('visits_kpi', self.alpha, '2026-04-18', '2026-05-01')['value'], 1.0)

    def test_rebuild_keeps_them_too(self):
        with self.calendar(date(2026, 8, 1)):
            self.old.unlink()
            self.env['kam.fact'].rebuild()
            self.assertEqual(self.figure('visits_kpi', self.alpha, '2026-04-18', '2026-05-01')['value'], 1.0)

    def test_recent_deletions_count(self):
        self.new.unlink()
        self.refresh()
        self.assertEqual(self.figure('visits_kpi', self.alpha, '2026-05-01', '2026-06-15')['value'], 0.0)

    def test_no_history_before_the_first_day_that_is_known(self):
        self.assertEqual(self.kept.known_since, date(2026, 4, 17))
        self.assertNoData(self.figure('visits_kpi', self.alpha, '2026-04-16', '2026-05-01'), 'no_history')

    def test_source_missing_when_nothing_was_ever_read(self):
        self.kept.known_since = False
        self.assertNoData(self.figure('visits_kpi', self.alpha, '2026-05-01', '2026-06-01'), 'source_missing')
