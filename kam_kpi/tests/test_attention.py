from contextlib import closing
from datetime import timedelta

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.sql_db import db_connect
from odoo.tests import Form, freeze_time, tagged

from ..models.kam_fact_refresh import LOCK
from .attention_common import TODAY, AttentionCase


@tagged('post_install', '-at_install')
@freeze_time('2026-06-15 09:00:00')
class TestAttention(AttentionCase):
    """One row and one activity a reason: never doubled, ended by itself, put off."""

    def setUp(self):
        super().setUp()
        self.answer = self.fact(self.alpha, 'nps_answers', 0, 3.0, key='contact,1', res_id=1)
        self.low = self.item('voice')

    def activities(self, account=None):
        return self.env['mail.activity'].search([
            ('res_model', '=', 'res.partner'), ('res_id', '=', (account or self.alpha).id),
            ('activity_type_id', '=', self.env.ref('kam_kpi.mail_activity_type_attention').id)])

    def test_one_activity_for_the_manager(self):
        activity = self.low.activity_id
        self.assertEqual(self.activities(), activity)
        self.assertEqual((activity.user_id, activity.date_deadline), (self.anna, TODAY + timedelta(days=2)))
        self.assertEqual(activity.summary, "Low score: Gave us 3 of 10 on 06/15/2026; nobody has called since.")

    def test_ten_runs(self):
        self.fact(self.beta, 'csat_satisfied', 0, 0.0, key='rating,1')
        for _run in range(10):
            items = self.refresh()
        self.assertEqual(sorted(items.mapped('kind')), ['voice', 'voice'])
        self.assertEqual(len(self.activities() | self.activities(self.beta)), 2)

    def test_some_accounts_leave_the_others_alone(self):
        self.refresh(self.beta)
        self.assertEqual(self.low.state, 'open')

    def test_cause_gone_takes_the_activity_along(self):
        self.answer.unlink()
        self.refresh()
        self.assertEqual((self.low.state, self.low.date_closed), ('gone', TODAY))
        self.assertFalse(self.activities())

    def test_done_activity_handles_it(self):
        self.low.activity_id.with_user(self.anna).action_feedback(feedback="Called")
        self.assertEqual(self.low.state, 'handled')
        self.assertEqual(self.open_kinds(), [])

    def test_cancelled_activity_handles_it(self):
        self.low.activity_id.with_user(self.anna).unlink()
        self.assertEqual(self.low.state, 'handled')
        self.assertEqual(self.open_kinds(), [])

    def test_handled_returns_after_a_month(self):
        self.low.with_user(self.anna).action_handled()
        self.env['kam.fact'].search([('partner_id', '=', self.alpha.id), ('measure_id.code', '=', 'meetings')]).key = 'old'
        with freeze_time('2026-07-15 09:00:00'):
            self.assertIn('voice', self.open_kinds())

    def test_another_answer_is_another_matter(self):
        self.low.with_user(self.anna).action_handled()
        self.fact(self.alpha, 'nps_answers', 0, 1.0, key='contact,2', res_id=2)
        self.assertEqual(self.open_kinds(), ['voice'])

    def test_hand_over(self):
        self.alpha.kam_user_id = self.ben
        self.refresh()
        self.assertEqual((self.low.user_id, self.low.activity_id.user_id), (self.ben, self.ben))
        self.assertEqual(len(self.activities()), 1)

    def test_without_manager_the_leader(self):
        self.alpha.write({'kam_user_id': False, 'kam_team_id': self.north.id})
        self.refresh()
        self.assertEqual(self.low.activity_id.user_id, self.leo)

    def test_no_longer_key_account(self):
        self.alpha.is_key_account = False
        self.refresh()
        self.assertEqual(self.low.state, 'gone')
        self.assertFalse(self.activities())

    def test_snooze_and_return(self):
        self.low.with_user(self.anna)._snooze(TODAY + timedelta(days=7), "On holiday")
        self.refresh()
        self.assertEqual((self.low.state, self.low.activity_id.date_deadline), ('snoozed', TODAY + timedelta(days=7)))
        self.env['kam.fact'].search([('partner_id', '=', self.alpha.id), ('measure_id.code', '=', 'meetings')]).unlink()
        with freeze_time('2026-06-22 09:00:00'):
            self.refresh()
            self.assertEqual((self.low.state, self.low.snoozed_until, self.low.snooze_reason), ('open', False, False))

    def test_another_cause_wakes_it(self):
        self.low.with_user(self.anna)._snooze(TODAY + timedelta(days=7))
        self.fact(self.alpha, 'nps_answers', 0, 1.0, key='contact,2', res_id=2)
        self.refresh()
        self.assertEqual(self.low.state, 'open')
        self.assertEqual(self.low.activity_id.date_deadline, TODAY + timedelta(days=2))

    def test_job_waits_for_the_refresh_of_the_figures(self):
        job = self.env.ref('kam_kpi.ir_cron_kam_attention')
        self.answer.unlink()
        with closing(db_connect(self.env.cr.dbname).cursor()) as other:
            other.execute("SELECT pg_advisory_lock(%s)", [LOCK])
            self.env['kam.attention']._cron_refresh()
            other.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
        self.assertEqual(self.low.state, 'open')
        self.assertTrue(self.env['ir.cron.trigger'].search([('cron_id', '=', job.id)]))
        self.env['kam.attention']._cron_refresh()
        self.assertEqual(self.low.state, 'gone')

    def test_no_key_account_costs_next_to_nothing(self):
        self.env.flush_all()
        with self.assertQueryCount(2):
            self.env['kam.attention']._refresh(self.gamma.ids)

    def test_snoozed_and_gone(self):
        self.low.with_user(self.anna)._snooze(TODAY + timedelta(days=7))
        self.answer.unlink()
        self.refresh()
        self.assertEqual(self.low.state, 'gone')

    def test_snooze_until_today_is_refused(self):
        with self.assertRaises(ValidationError):
            self.low.with_user(self.anna)._snooze(TODAY)

    def test_wake(self):
        low = self.low.with_user(self.anna)
        low._snooze(TODAY + timedelta(days=30))
        low.action_wake()
        self.assertEqual((low.state, low.activity_id.date_deadline), ('open', TODAY + timedelta(days=2)))

    def test_logged_call(self):
        self.forget_touches()
        self.fact(self.alpha, 'exchanges', 70, key='e')
        self.assertEqual(self.open_kinds(), ['touch', 'voice'])
        contact = self.new_contact(self.alpha, "Carla")
        form = Form(self.env['kam.attention.call'].with_user(self.anna).with_context(default_attention_id=self.low.id))
        form.contact_id = contact
        form.note = "Deliveries are late"
        form.save().action_confirm()
        message = contact.message_ids[0]
        self.assertEqual(message.mail_activity_type_id, self.env.ref('mail.mail_activity_data_call'))
        self.assertIn("Deliveries are late", message.body)
        self.assertEqual(message.author_id, self.anna.partner_id)
        self.assertEqual(set(self.refresh().mapped('state')), {'handled'})
        self.assertFalse(self.activities())

    def test_over_is_over(self):
        self.low.with_user(self.anna).action_handled()
        with self.assertRaises(UserError):
            self.low.with_user(self.anna).action_handled()

    def test_rank_of_the_day(self):
        self.fact(self.alpha, 'revenue', 1, 90.0)
        self.refresh()
        self.assertAlmostEqual(self.low.rank, 5 * 2 * (1 - 2 / 360), 4)

    def test_rights(self):
        item = self.env['kam.attention']
        for user, sees in ((self.anna, True), (self.ben, False), (self.leo, True), (self.zoe, False), (self.diana, True), (self.rita, True)):
            with self.subTest(user=user.login):
                self.assertEqual(bool(item.with_user(user).search([('id', '=', self.low.id)])), sees)
        for user in (self.ben, self.rita, self.zoe):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.low.with_user(user).action_handled()
        with self.assertRaises(AccessError):
            self.low.with_user(self.anna).write({'value': 1})
        with self.assertRaises(AccessError):
            item.with_user(self.sam).search([])

    def test_leader_acts_for_the_manager(self):
        self.low.with_user(self.leo).action_handled()
        self.assertEqual(self.low.state, 'handled')

    def test_reader_of_another_language(self):
        self.env['res.lang']._activate_lang('de_DE')
        self.anna.lang = 'de_DE'
        self.assertTrue(self.low.with_user(self.anna).with_context(lang='de_DE').reason)

    def test_tiles(self):
        tiles = self.env['kam.attention'].with_user(self.anna).today_tiles([])
        self.assertEqual((tiles['items'], tiles['accounts'], tiles['late'], tiles['snoozed']), (1, 1, 0, 0))
        self.assertEqual(self.env['kam.attention'].with_user(self.ben).today_tiles([])['items'], 0)

    def test_merged_accounts(self):
        self.env['kam.attention']._merge_accounts(self.alpha.ids, self.beta.id)
        self.assertEqual(self.low.state, 'gone')

    def test_queries_do_not_grow(self):
        def cost(number):
            accounts = self.env['res.partner'].create([{
                'name': f"Many {index}", 'is_company': True, 'company_id': self.company.id} for index in range(number)])
            self.env.flush_all()
            self.env.cr.execute(
                "UPDATE res_partner SET is_key_account = TRUE, kam_tier_id = %s, kam_user_id = %s, kam_since_date = '2024-01-01' WHERE id = ANY(%s)",
                [self.alpha.kam_tier_id.id, self.anna.id, accounts.ids])
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.env['kam.attention']._refresh(accounts.ids)
            self.env.flush_all()
            created = self.env.cr.sql_log_count - before
            self.assertEqual(self.env['kam.attention'].search_count([('partner_id', 'in', accounts.ids), ('kind', '=', 'touch')]), number)
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.env['kam.attention']._refresh(accounts.ids)
            self.env.flush_all()
            return created, self.env.cr.sql_log_count - before
        few, many = cost(5), cost(500)
        self.assertLessEqual(many[1], few[1] + 5)
        self.assertLessEqual(many[0], few[0] + 25)
