from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..tools import scoring
from .common import KamCase


@tagged('post_install', '-at_install')
class TestHealthHistory(KamCase):
    """What the health was on a day, and what moved since a month ago."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env['kam.health.group'].search([]).active = False
        cls.nrr, cls.csat = (cls.env.ref(f'kam_kpi.kam_kpi_{code}') for code in ('nrr_pct', 'csat_pct'))
        cls.env['kam.health.group'].create([
            {'name': "Commercial", 'weight': 60, 'item_ids': [(0, 0, {'kpi_id': cls.nrr.id, 'anchors': '0: 0, 100: 100'})]},
            {'name': "Satisfaction", 'weight': 40, 'item_ids': [(0, 0, {'kpi_id': cls.csat.id, 'anchors': '0: 0, 100: 100'})]},
        ])
        cls.figures = {kpi: cls.new_value(code, 50.0, cls.alpha) for kpi, code in ((cls.nrr, 'nrr_pct'), (cls.csat, 'csat_pct'))}

    def on(self, day, account=None, **figures):
        """The health of alpha on a day, with these figures from then on."""
        with freeze_time(day):
            for kpi in (self.nrr, self.csat):
                if kpi.code in figures:
                    self.figures[kpi].value = figures[kpi.code]
            self.env['kam.health']._refresh(self.alpha.ids)
        return self.env['kam.health'].search([('partner_id', '=', self.alpha.id)])

    def history(self):
        rows = self.env['kam.health.history'].search([('partner_id', '=', self.alpha.id)], order='date')
        return [(row.date.isoformat(), row.score) for row in rows]

    def test_each_day_of_a_change_is_kept(self):
        self.on('2026-03-02 09:00', nrr_pct=50, csat_pct=50)
        self.on('2026-03-05 09:00', nrr_pct=60)
        self.assertEqual(self.history(), [('2026-03-02', 50.0), ('2026-03-05', 56.0)])

    def test_nothing_is_kept_of_a_day_without_change(self):
        self.on('2026-03-02 09:00', nrr_pct=50, csat_pct=50)
        self.on('2026-03-03 09:00')
        self.assertEqual(self.history(), [('2026-03-02', 50.0)])

    def test_the_last_change_of_a_day_counts(self):
        self.on('2026-03-02 09:00', nrr_pct=50, csat_pct=50)
        self.on('2026-03-02 17:00', nrr_pct=80)
        self.assertEqual(self.history(), [('2026-03-02', 68.0)])

    def test_what_has_become_unknown_is_kept_as_unknown(self):
        self.on('2026-03-02 09:00', nrr_pct=50, csat_pct=50)
        self.on('2026-03-05 09:00', nrr_pct=False)
        self.assertEqual(self.history(), [('2026-03-02', 50.0), ('2026-03-05', False)])

    def test_the_health_of_a_day_is_that_of_the_last_change(self):
        self.on('2026-03-02 09:00', nrr_pct=50, csat_pct=50)
        self.on('2026-03-05 09:00', nrr_pct=60)
        as_of = self.env['kam.health.history']._as_of
        self.assertEqual(as_of(self.alpha.ids, date(2026, 3, 4))[self.alpha].score, 50.0)
        self.assertEqual(as_of(self.alpha.ids, date(2026, 3, 5))[self.alpha].score, 56.0)
        self.assertFalse(as_of(self.alpha.ids, date(2026, 3, 1)))

    def test_what_moved_adds_up_to_the_change(self):
        self.on('2026-03-02 09:00', nrr_pct=50, csat_pct=50)
        health = self.on('2026-04-02 09:00', nrr_pct=40, csat_pct=90)
        with freeze_time('2026-04-02 09:00'):
            moved = health._moved()
        self.assertAlmostEqual(moved['change'], 10.0)
        self.assertEqual([(row['kpi'], row['before'], row['after']) for row in moved['rows']], [(self.csat.id, 50.0, 90.0), (self.nrr.id, 50.0, 40.0)])
        self.assertEqual([round(row['change'], 6) for row in moved['rows']], [16.0, -6.0])

    def test_a_figure_which_appeared_moves_the_weights_of_the_others(self):
        self.on('2026-03-02 09:00', nrr_pct=50, csat_pct=False)
        health = self.on('2026-04-02 09:00', csat_pct=100)
        with freeze_time('2026-04-02 09:00'):
            moved = health._moved()
        self.assertEqual([(row['kpi'], row['before'], round(row['change'], 6)) for row in moved['rows']], [
            (self.csat.id, None, 40.0), (self.nrr.id, 50.0, -20.0)])

    def test_without_a_month_nothing_is_compared(self):
        health = self.on('2026-03-10 09:00', nrr_pct=50, csat_pct=50)
        with freeze_time('2026-04-09 09:00'):
            self.assertIsNone(health._moved())
        with freeze_time('2026-04-10 09:00'):
            self.assertEqual(health._moved()['change'], 0.0)

    def test_without_a_score_then_nothing_is_compared(self):
        self.on('2026-03-02 09:00', nrr_pct=False, csat_pct=50)
        health = self.on('2026-03-20 09:00', nrr_pct=50)
        with freeze_time('2026-04-02 09:00'):
            self.assertIsNone(health._moved())

    def test_the_weeks_show_gaps_where_nothing_was_known(self):
        self.on('2026-03-04 09:00', nrr_pct=50, csat_pct=50)
        self.on('2026-03-17 09:00', nrr_pct=False)
        health = self.on('2026-03-30 09:00', nrr_pct=100)
        with freeze_time('2026-03-30 12:00'):
            weekly = health._weekly()
        self.assertEqual(weekly, [None] * 9 + [50.0, 50.0, None, 80.0])

    def test_one_week_is_no_course(self):
        health = self.on('2026-03-30 09:00', nrr_pct=50, csat_pct=50)
        with freeze_time('2026-03-30 12:00'):
            self.assertIs(health._weekly(), False)

    def test_account_manager_reads_what_moved(self):
        self.on('2026-03-02 09:00', nrr_pct=50, csat_pct=50)
        self.on('2026-04-02 09:00', csat_pct=90)
        with freeze_time('2026-04-02 12:00'):
            html = self.alpha.with_user(self.anna).kam_health_moved
        self.assertIn("+16.0", html)
        self.assertIn("50.0 %", html)
        self.assertIn("90.0 %", html)

    def test_others_see_nothing_of_it(self):
        self.on('2026-03-02 09:00', nrr_pct=50, csat_pct=50)
        self.on('2026-04-02 09:00', csat_pct=90)
        with freeze_time('2026-04-02 12:00'):
            self.assertFalse(self.alpha.with_user(self.ben).kam_health_moved)
            self.assertFalse(self.env['kam.health.history'].with_user(self.ben).search([('partner_id', '=', self.alpha.id)]))
        with self.assertRaises(AccessError):
            self.env['kam.health.history'].with_user(self.anna).search([('partner_id', '=', self.alpha.id)], limit=1).score = 99

    def test_old_days_are_thinned_out_to_one_a_month(self):
        days = ('2024-02-10', '2024-03-01', '2025-11-03', '2025-11-20', '2026-02-02', '2026-03-01', '2026-03-02')
        self.env['kam.health.history'].create([
            {'partner_id': self.alpha.id, 'company_id': self.env.company.id, 'date': day, 'state': 'green', 'score': 80.0} for day in days])
        with freeze_time('2026-04-01 09:00'):
            self.env['kam.health.history']._gc()
        self.assertEqual([day for day, _score in self.history()], ['2024-03-01', '2025-11-20', '2026-02-02', '2026-03-01', '2026-03-02'])


@tagged('post_install', '-at_install')
class TestHealthPoints(KamCase):
    """How much of a score each KPI gives."""

    def test_points_add_up_to_the_score(self):
        parts = [
            {'group': 1, 'weight': 30.0, 'score': 70.0, 'items': [
                {'kpi': 1, 'weight': 1.0, 'value': 1, 'score': 40.0}, {'kpi': 2, 'weight': 3.0, 'value': 1, 'score': 80.0}]},
            {'group': 2, 'weight': 10.0, 'score': 50.0, 'items': [
                {'kpi': 3, 'weight': 1.0, 'value': 1, 'score': 50.0}, {'kpi': 4, 'weight': 5.0, 'value': None, 'score': None}]},
            {'group': 3, 'weight': 60.0, 'score': None, 'items': [{'kpi': 1, 'weight': 1.0, 'value': None, 'score': None}]},
        ]
        self.assertEqual(scoring.points_of(parts), {(1, 1): 7.5, (1, 2): 45.0, (2, 3): 12.5})

    def test_nothing_known_gives_nothing(self):
        self.assertEqual(scoring.points_of([{'group': 1, 'weight': 30.0, 'score': None, 'items': []}]), {})
