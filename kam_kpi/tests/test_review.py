from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .review_common import ReviewCase


@tagged('post_install', '-at_install')
class TestReviewFill(ReviewCase):

    def test_review_takes_last_closed_quarter_by_default(self):
        review = self.env['kam.review'].with_user(self.anna).create({'partner_id': self.alpha.id})
        self.assertEqual((str(review.date_start), str(review.date_end)), ('2026-04-01', '2026-06-30'))
        self.assertEqual(review.frequency, 'quarter')
        self.assertEqual(review.name, "Alpha: Q2 2026")

    def test_one_day_is_enough_to_choose_a_period(self):
        review = self.env['kam.review'].with_user(self.anna).create({
            'partner_id': self.alpha.id, 'frequency': 'semester', 'date_start': '2025-08-20'})
        self.assertEqual((str(review.date_start), str(review.date_end)), ('2025-07-01', '2025-12-31'))
        self.assertEqual(review.name, "Alpha: H2 2025")

    def test_days_tell_the_kind_of_period(self):
        review = self.env['kam.review'].with_user(self.anna).create({
            'partner_id': self.alpha.id, 'date_start': '2025-01-01', 'date_end': '2025-12-31'})
        self.assertEqual(review.frequency, 'year')

    def test_quarters_follow_the_fiscal_year(self):
        self.company.write({'fiscalyear_last_day': 31, 'fiscalyear_last_month': '3'})
        review = self.new_review()
        self.assertEqual(review.name, "Alpha: Q1 2026/27")

    def test_figures_are_those_of_the_period_last_year_and_before(self):
        line = self.line(self.new_review(user=self.anna), 'revenue')
        self.assertEqual((line.value, line.value_last_year, line.value_previous), (12000.0, 10000.0, 11000.0))
        self.assertEqual((line.change_text, line.change_kind), ('+20.0\xa0%', 'better'))

    def test_percentages_change_by_points(self):
        line = self.line(self.new_review(), 'csat_pct')
        self.assertEqual((line.change_text, line.change_kind), ('-20.0\xa0points', 'worse'))

    def test_no_data_is_a_dash_with_a_reason_and_never_zero(self):
        line = self.line(self.new_review(), 'nps')
        self.assertIs(line.value, False)
        self.assertEqual((line.value_text, line.status, line.reason), ('–', 'no_data', 'insufficient_sample'))

    def test_zero_is_a_figure(self):
        self.figures['revenue']['2026-04-01'] = 0.0
        self.addCleanup(self.figures['revenue'].update, {'2026-04-01': 12000.0})
        line = self.line(self.new_review(), 'revenue')
        self.assertEqual((line.value, line.state), (0.0, 'ok'))

    def test_target_of_the_period_gives_attainment_and_status(self):
        self.new_target('revenue', 15000.0, '2026-04-01', '2026-06-30')
        line = self.line(self.new_review(), 'revenue')
        self.assertEqual((line.target, line.attainment, line.status), (15000.0, 0.8, 'amber'))

    def test_yearly_target_of_a_percentage_holds_in_each_quarter(self):
        self.new_target('nrr_pct', 105.0, '2026-01-01', '2026-12-31', 'year')
        line = self.line(self.new_review(), 'nrr_pct')
        self.assertEqual((line.target, line.status), (105.0, 'green'))

    def test_yearly_target_of_an_amount_is_not_a_quarters(self):
        self.new_target('revenue', 50000.0, '2026-01-01', '2026-12-31', 'year')
        line = self.line(self.new_review(), 'revenue')
        self.assertEqual((line.target, line.status), (False, 'no_target'))

    def test_targets_of_the_next_period_are_listed(self):
        self.new_target('revenue', 16000.0, '2026-07-01', '2026-09-30')
        rows = self.new_review()._report_data()['next_targets']
        self.assertEqual([row['target'].replace('\xa0', '') for row in rows], [self.money(16000)])

    def test_trend_has_eight_quarters_oldest_first(self):
        trend = self.new_review().figures['trend']
        self.assertEqual([quarter['start'] for quarter in trend], [
            '2024-07-01', '2024-10-01', '2025-01-01', '2025-04-01', '2025-07-01', '2025-10-01', '2026-01-01', '2026-04-01'])
        self.assertEqual([quarter['values']['revenue'] for quarter in trend[-2:]], [11000.0, 12000.0])
        self.assertIsNone(trend[0]['values']['revenue'])

    def test_bridge_reconciles(self):
        bridge = self.new_review().figures['bridge']
        self.assertEqual((bridge['start'], bridge['stop']), ('2025-07-01', '2026-07-01'))
        self.assertEqual(
            bridge['opening'] + bridge['new'] + bridge['upsell'] + bridge['cross_sell'] - bridge['contraction'] - bridge['churn'],
            bridge['closing'])

    def test_refresh_brings_new_figures_and_keeps_words(self):
        review = self.new_review(user=self.anna)
        review.highlights = "A good quarter."
        self.line(review, 'revenue').comment = "One large order."
        self.figures['revenue']['2026-04-01'] = 13000.0
        self.addCleanup(self.figures['revenue'].update, {'2026-04-01': 12000.0})
        review.action_refresh_figures()
        line = self.line(review, 'revenue')
        self.assertEqual((line.value, line.comment, review.highlights), (13000.0, "One large order.", "A good quarter."))

    def test_first_wording_names_what_stands_out(self):
        review = self.new_review()
        self.assertIn(self.env.ref('kam_kpi.kam_kpi_revenue').name, review.highlights)
        self.assertIn("-20.0", review.risks)
        self.assertIn(self.money(44000), review.so_what.replace('\xa0', ''))

    def test_open_steps_of_the_last_review_come_first(self):
        last = self.new_review(date_start='2026-01-01', date_end='2026-03-31')
        self.env['kam.review.action'].with_user(self.anna).create([
            {'review_id': last.id, 'name': "Send the offer", 'date_agreed': '2026-04-10'},
            {'review_id': last.id, 'name': "Visit the plant", 'done': True},
        ])
        actions = self.new_review().action_ids
        self.assertEqual(actions.mapped('name'), ["Send the offer"])
        self.assertEqual((actions.carried, str(actions.date_agreed)), (True, '2026-04-10'))

    def test_managers_review_takes_the_accounts_held_on_the_last_day(self):
        self.new_account("Epsilon", self.anna)
        self.new_account("Zeta", self.ben)
        review = self.env['kam.review'].with_user(self.leo).create({
            'user_id': self.anna.id, 'date_start': '2026-04-01', 'date_end': '2026-06-30'})
        self.assertEqual(self.line(review, 'revenue').value, 24000.0)

    def test_a_contact_is_not_reviewed(self):
        contact = self.new_contact(self.alpha, "Alice")
        with self.assertRaises(ValidationError):
            self.new_review(contact)

    @mute_logger('odoo.sql_db')
    def test_one_review_per_account_and_period(self):
        self.new_review()
        with self.assertRaises(IntegrityError), self.cr.savepoint():
            self.new_review()

    @mute_logger('odoo.sql_db')
    def test_review_has_exactly_one_subject(self):
        with self.assertRaises(IntegrityError), self.cr.savepoint():
            self.new_review(user_id=self.anna.id)

    def test_merged_accounts_keep_the_signed_review(self):
        signed = self.new_review(self.beta)
        self.sign(signed)
        draft = self.new_review(self.alpha)
        self.env['base.partner.merge.automatic.wizard'].create({})._merge((self.alpha | self.beta).ids, self.alpha)
        self.env.invalidate_all()
        self.assertEqual((signed.partner_id, signed.active, draft.active), (self.alpha, True, False))

    def money(self, amount):
        review = self.env['kam.review'].new({'company_id': self.company.id})
        return review._format_value(amount, 'currency').replace('\xa0', '')

    def new_target(self, code, value, date_start, date_end, frequency='quarter', **vals):
        kpi = self.env.ref(f'kam_kpi.kam_kpi_{code}')
        return self.env['kam.target'].create({
            'kpi_id': kpi.id, 'partner_id': self.alpha.id, 'company_id': self.company.id, 'frequency': frequency,
            'date_start': date_start, 'date_end': date_end, 'target_value': value,
            'objective_id': self.env['kam.objective'].search([], limit=1).id, **vals})


@tagged('post_install', '-at_install')
class TestReviewSigned(ReviewCase):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.review = cls.new_review()
        cls.env['kam.review.action'].create({'review_id': cls.review.id, 'name': "Send the offer", 'user_id': cls.anna.id})
        cls.review = cls.review.with_user(cls.anna)

    def test_both_sides_sign_before_it_freezes(self):
        self.review.action_share()
        self.review.action_sign_internal()
        self.assertEqual(self.review.state, 'shared')
        self.review.counterpart_name = "Carla Customer"
        self.review.action_sign_counterpart()
        self.assertEqual((self.review.state, self.review.internal_signed_id), ('signed', self.anna))

    def test_a_draft_is_shared_before_it_is_signed(self):
        with self.assertRaises(UserError):
            self.review.action_sign_internal()

    def test_the_other_side_needs_a_name(self):
        self.review.action_share()
        with self.assertRaises(UserError):
            self.review.action_sign_counterpart()

    def test_a_running_period_is_not_signed(self):
        review = self.new_review(date_start='2026-07-01', date_end='2026-09-30')
        review.action_share()
        with self.assertRaises(UserError):
            review.action_sign_internal()

    def test_one_signature_closes_the_text_until_withdrawn(self):
        self.review.action_share()
        self.review.action_sign_internal()
        with self.assertRaises(UserError):
            self.review.highlights = "Something else"
        with self.assertRaises(UserError):
            self.review.action_refresh_figures()
        self.review.action_withdraw()
        self.review.highlights = "Something else"
        self.assertFalse(self.review.internal_signed_on)

    def test_signed_review_refuses_every_change(self):
        self.sign(self.review)
        for values in ({'highlights': "New"}, {'date_meeting': '2026-08-01'}, {'state': 'draft'}, {'active': False}):
            with self.subTest(values=values), self.assertRaises(UserError):
                self.review.sudo().write(values)
        with self.assertRaises(UserError):
            self.review.sudo().action_refresh_figures()
        with self.assertRaises(UserError):
            self.review.sudo().action_draft()
        with self.assertRaises(UserError):
            self.review.sudo().kpi_ids[0].comment = "Later"
        with self.assertRaises(UserError):
            self.review.sudo().kpi_ids[0].unlink()
        with self.assertRaises(UserError):
            self.env['kam.review.action'].create({'review_id': self.review.id, 'name': "Later"})
        with self.assertRaises(UserError):
            self.review.sudo().unlink()

    def test_a_step_of_a_signed_review_can_still_be_done(self):
        self.sign(self.review)
        self.review.action_ids.done = True
        self.assertEqual(self.review._report_data()['actions'][0]['done'], False, "the document stays as signed")
        with self.assertRaises(UserError):
            self.review.action_ids.name = "Something else"

    def test_later_documents_change_nothing_but_are_shown_beside(self):
        self.sign(self.review)
        self.figures['revenue']['2026-04-01'] = 7800.0
        self.addCleanup(self.figures['revenue'].update, {'2026-04-01': 12000.0})
        line = self.line(self.review, 'revenue')
        line.invalidate_recordset()
        self.assertEqual((line.value, line.live_value), (12000.0, 7800.0))
        self.assertIn(self.review._format_value(-4200, 'currency'), self.review.restatement)
        self.assertTrue(self.review.is_untouched)

    def test_nothing_is_shown_beside_while_nothing_changed(self):
        self.sign(self.review)
        self.assertFalse(self.review.restatement)

    def test_a_retired_kpi_leaves_the_signed_review_readable(self):
        self.sign(self.review)
        revenue = self.env.ref('kam_kpi.kam_kpi_revenue')
        self.env['kam.criterion'].search([('kpi_id', '=', revenue.id)]).unlink()
        made_of_it = self.env['kam.kpi'].search([('code', 'in', ('quota_attainment_pct', 'pipeline_coverage_ratio'))])
        (revenue | made_of_it).active = False
        self.env.invalidate_all()
        line = self.line(self.review, 'revenue')
        self.assertEqual((line.value, line.restated_text), (12000.0, False))
        self.assertFalse(self.review.restatement)

    def test_fingerprint_tells_a_figure_changed_behind_its_back(self):
        self.sign(self.review)
        self.assertEqual(len(self.review.snapshot_hash), 64)
        self.env.flush_all()
        self.env.cr.execute("UPDATE kam_review_kpi SET value = value + 1 WHERE id = %s", [self.line(self.review, 'revenue').id])
        self.env.invalidate_all()
        self.assertFalse(self.review.is_untouched)

    def test_snapshot_keeps_names_apart_from_numbers(self):
        self.sign(self.review)
        self.assertNotIn("Carla", str(self.review.snapshot['numbers']))
        self.assertIn("Carla", str(self.review.snapshot['names']))

    def test_figures_and_state_are_not_written_by_hand(self):
        for values in ({'state': 'signed'}, {'figures': {}}, {'internal_signed_on': '2026-07-01'}, {'health': 99.0}):
            with self.subTest(values=values), self.assertRaises(AccessError):
                self.review.write(values)
        with self.assertRaises(UserError):
            self.review.kpi_ids[0].value = 1.0
        with self.assertRaises(AccessError):
            self.new_review(self.beta, state='signed')

    def test_defaults_of_the_context_do_not_sign(self):
        review = self.env['kam.review'].with_user(self.diana).with_context(default_state='signed', default_snapshot_hash='x').create({
            'partner_id': self.beta.id})
        self.assertEqual((review.state, review.snapshot_hash), ('draft', False))

    def test_subject_and_period_stay(self):
        with self.assertRaises(UserError):
            self.review.date_end = '2026-12-31'
        self.review.write({'date_end': '2026-06-30', 'partner_id': self.alpha.id})
