from freezegun import freeze_time

from odoo.tests import tagged

from .common import KamCase
from .voice_common import VoiceCase


@tagged('post_install', '-at_install')
class TestHeadlines(KamCase):
    """The headline figures on the account's page: last year, target, quarters."""

    def headlines(self, user=None):
        with freeze_time('2025-07-01 09:00'):
            return {row['code']: row for row in self.alpha.with_user(user or self.anna).kam_headlines or []}

    def new_target(self, kpi_code, **vals):
        return self.env['kam.target'].create({
            'kpi_id': self.env.ref(f'kam_kpi.kam_kpi_{kpi_code}').id, 'partner_id': self.alpha.id, 'company_id': self.company.id,
            'date_start': '2025-07-01', 'date_end': '2025-09-30', 'frequency': 'quarter', 'target_value': 90.0, **vals})

    def store(self, target, **vals):
        """Give a target the figures and state its own methods would have written."""
        self.env.flush_all()
        columns = ", ".join(f"{name} = %s" for name in vals)
        self.env.cr.execute(f"UPDATE kam_target SET {columns} WHERE id = %s", (*vals.values(), target.id))
        self.env.invalidate_all()

    def test_figures_come_in_the_order_of_the_page(self):
        for code in ('nps', 'revenue', 'nrr_pct'):
            self.new_value(code, 10.0, self.alpha)
        self.assertEqual(list(self.headlines()), ['revenue', 'nrr_pct', 'nps'])

    def test_no_data_says_why(self):
        self.new_value('nrr_pct', None, self.alpha)
        row = self.headlines()['nrr_pct']
        self.assertEqual((row['value'], row['reason'], row['change']), (False, "No history so far back", False))

    def test_quarters_that_are_over_make_the_line(self):
        self.new_value('nps', 10.0, self.alpha)
        quarters = (
            ('2024-10-01', '2024-12-31', 5.0), ('2025-01-01', '2025-03-31', None),
            ('2025-04-01', '2025-06-30', 0.0), ('2025-07-01', '2025-09-30', 99.0))
        for start, end, value in quarters:
            self.new_value('nps', value, self.alpha, frequency='quarter', date_start=start, date_end=end, is_current=end == '2025-09-30')
        self.assertEqual(self.headlines()['nps']['trend'], [5.0, None, 0.0])

    def test_one_quarter_is_no_line(self):
        self.new_value('nps', 10.0, self.alpha)
        self.new_value('nps', 5.0, self.alpha, frequency='quarter', date_start='2025-04-01', date_end='2025-06-30', is_current=False)
        self.assertEqual(self.headlines()['nps']['trend'], [])

    def test_a_target_stands_beside_its_figure_once_it_is_agreed(self):
        self.new_value('nrr_pct', 80.0, self.alpha)
        target = self.new_target('nrr_pct')
        self.assertIs(self.headlines()['nrr_pct']['target'], False)
        self.store(target, state='agreed', attainment=0.8889, status='at_risk')
        shown = self.headlines()['nrr_pct']['target']
        self.assertEqual((shown['value'], round(shown['attainment'], 2), shown['status'], shown['period']), (90.0, 88.89, 'at_risk', "Jul – Sep 2025"))

    def test_of_two_targets_the_one_which_needs_help_is_shown(self):
        self.new_value('nrr_pct', 80.0, self.alpha)
        self.store(self.new_target('nrr_pct'), state='agreed', status='on_track')
        self.store(self.new_target('nrr_pct', frequency='year', date_start='2025-01-01', date_end='2025-12-31'), state='locked', status='off_track')
        self.assertEqual(self.headlines()['nrr_pct']['target']['status'], 'off_track')

    def test_colleagues_see_none(self):
        self.new_value('nrr_pct', 80.0, self.alpha)
        self.assertEqual(self.headlines(self.ben), {})

    def test_a_figure_opens_its_explanation(self):
        value = self.new_value('nrr_pct', 80.0, self.alpha)
        action = self.alpha.with_user(self.anna).action_kam_headline(value.id)
        self.assertEqual(action['res_model'], 'kam.explain')


@tagged('post_install', '-at_install')
@freeze_time('2026-06-15 09:00:00')
class TestWords(VoiceCase):
    """What people of the account wrote, for those who look after it."""

    def setUp(self):
        super().setUp()
        self.new_value('nrr_pct', 80.0, self.alpha)
        self.env['kam.health']._refresh(self.alpha.ids)
        self.start()

    def words(self, user=None):
        self.env.invalidate_all()
        return self.alpha.with_user(user or self.anna).kam_words

    def test_remarks_are_shown_with_person_and_answer(self):
        self.answer(self.carla, csat=4, nps=9, text="You keep your word")
        html = self.words()
        for part in ("You keep your word", "Carla", "9 / 10"):
            self.assertIn(part, html)

    def test_nothing_written_is_nothing(self):
        self.answer(self.carla)
        self.assertFalse(self.words())

    def test_who_does_not_see_the_account_reads_nothing(self):
        self.answer(self.carla, text="You keep your word")
        self.assertFalse(self.words(self.ben))
        self.assertTrue(self.words(self.leo))

    def test_an_anonymous_answer_names_nobody(self):
        self.answer(self.carla, text="You keep your word")._kam_anonymise()
        html = self.words()
        self.assertIn("You keep your word", html)
        self.assertNotIn("Carla", html)

    def test_words_are_text_not_html(self):
        self.answer(self.carla, text="<script>alert(1)</script>")
        self.assertNotIn("<script>", self.words())

    def test_test_entries_are_none(self):
        self.answer(self.carla, text="Only trying").test_entry = True
        self.assertFalse(self.words())
