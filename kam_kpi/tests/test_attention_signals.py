from datetime import datetime, timedelta

from odoo.fields import Date
from odoo.tests import freeze_time, tagged

from .attention_common import TODAY, AttentionCase


@tagged('post_install', '-at_install')
@freeze_time('2026-06-15 09:00:00')
class TestAttentionSignals(AttentionCase):
    """What brings an account onto the list, and what does not."""

    def test_nothing_wrong(self):
        self.assertEqual(self.open_kinds(), [])

    # touch-points

    def test_no_contact_beyond_the_tiers_days(self):
        self.forget_touches()
        self.fact(self.alpha, 'exchanges', 61, key='e')
        self.fact(self.alpha, 'revenue', 100, 5000.0)
        item = self.item('touch')
        self.assertEqual(item.reason, "No contact for 61 days; tier B is owed one every 60.")
        self.assertEqual((item.date_due, item.value, item.lane, item.user_id), (self.ago(1), 5000.0, 'touch', self.anna))

    def test_last_day_of_the_cadence(self):
        self.forget_touches()
        self.fact(self.alpha, 'calls', 60, key='c')
        self.fact(self.alpha, 'meetings', 60, key='m')
        self.assertEqual(self.open_kinds(), [])

    def test_never_in_touch(self):
        self.forget_touches()
        self.assertEqual(self.item('touch').reason, "No contact on record; tier B is owed one every 60 days.")

    def test_new_account_has_time(self):
        self.forget_touches()
        self.alpha.kam_since_date = self.ago(10)
        self.assertEqual(self.open_kinds(), [])

    def test_without_tier_no_cadence(self):
        self.forget_touches()
        self.alpha.kam_tier_id = False
        self.assertEqual(self.open_kinds(), [])

    def test_two_meetings_missed(self):
        self.forget_touches()
        self.fact(self.alpha, 'exchanges', 2, key='e')
        self.fact(self.alpha, 'meetings', 62, key='m')
        self.assertEqual(self.item('meeting').reason, "No meeting for 62 days; for tier B two are missed after 61.")

    def test_planned_meeting_answers_it(self):
        self.forget_touches()
        self.fact(self.alpha, 'meetings', 90, key='m')
        self.fact(self.alpha, 'meetings', -14, key='next')
        self.assertEqual(self.open_kinds(), [])

    def test_meeting_in_a_month_is_too_late(self):
        self.forget_touches()
        self.fact(self.alpha, 'meetings', 90, key='m')
        self.fact(self.alpha, 'meetings', -30, key='next')
        self.assertEqual(self.open_kinds(), ['touch'])

    # voice

    def test_low_answer_waits_for_a_call(self):
        self.fact(self.alpha, 'nps_answers', 0, 6.0, key='contact,1', res_id=7)
        item = self.item('voice')
        self.assertEqual(item.reason, "Gave us 6 of 10 on 06/15/2026; nobody has called since.")
        self.assertEqual((item.date_due, item.severity), (TODAY + timedelta(days=2), 5))

    def test_seven_is_not_low(self):
        self.fact(self.alpha, 'nps_answers', 0, 7.0, key='contact,1')
        self.assertEqual(self.open_kinds(), [])

    def test_call_after_the_answer_settles_it(self):
        self.fact(self.alpha, 'nps_answers', 5, 2.0, key='contact,1')
        self.fact(self.alpha, 'calls', 4, key='call')
        self.assertEqual(self.open_kinds(), [])

    def test_call_before_the_answer_does_not(self):
        self.forget_touches()
        self.fact(self.alpha, 'calls', 6, key='call')
        self.fact(self.alpha, 'meetings', 6, key='m')
        self.fact(self.alpha, 'nps_answers', 5, 2.0, key='contact,1')
        self.assertEqual(self.open_kinds(), ['voice'])

    def test_better_answer_of_the_same_person(self):
        self.fact(self.alpha, 'nps_answers', 0, 2.0, key='contact,1')
        self.fact(self.alpha, 'nps_answers', 0, 9.0, key='contact,1', moment=datetime(2026, 6, 15, 8, 30))
        self.assertEqual(self.open_kinds(), [])

    def test_dissatisfied(self):
        self.fact(self.alpha, 'csat_satisfied', 0, 0.0, key='rating,1')
        self.fact(self.beta, 'csat_satisfied', 0, 1.0, key='rating,2')
        self.assertEqual((self.open_kinds(), self.open_kinds(self.beta)), (['voice'], []))

    def test_three_of_five_is_no_alarm(self):
        for account, points in ((self.alpha, 3.0), (self.beta, 2.0)):
            self.fact(account, 'csat_satisfied', 0, 0.0, key='rating,1')
            self.fact(account, 'csat_points', 0, points, key='rating,1')
        self.assertEqual((self.open_kinds(), self.open_kinds(self.beta)), ([], ['voice']))
        self.assertEqual(self.item('voice', self.beta).reason, "A dissatisfied answer of 06/15/2026 waits for a call.")

    def test_old_answer_is_history(self):
        self.forget_touches()
        self.fact(self.alpha, 'exchanges', 1, key='e')
        self.alpha.kam_tier_id.meetings_per_month = 0
        self.fact(self.alpha, 'nps_answers', 61, 2.0, key='contact,1')
        self.assertEqual(self.open_kinds(), [])

    # buying

    def test_late_order(self):
        for days in (70, 100, 130, 160):
            self.fact(self.alpha, 'bookings', days, 730.0)
        item = self.item('late_order')
        self.assertEqual(item.reason, "No order for 70 days; usually one every 30.")
        self.assertEqual((item.value, item.date_due), (720.0, self.ago(40)))

    def test_order_closes_it(self):
        for days in (70, 100, 130, 160):
            self.fact(self.alpha, 'bookings', days, 730.0)
        item = self.item('late_order')
        self.fact(self.alpha, 'bookings', 0, 730.0)
        self.refresh()
        self.assertEqual((item.state, item.date_closed), ('gone', TODAY))

    def test_invoices_where_there_are_no_orders(self):
        for days in (70, 100, 130, 160):
            self.fact(self.alpha, 'revenue', days, 100.0)
        self.assertIn('late_order', self.open_kinds())

    def test_returns_are_no_orders(self):
        for days in (70, 100, 130, 160):
            self.fact(self.alpha, 'revenue', days, 100.0)
        self.fact(self.alpha, 'revenue', 3, -100.0)
        self.assertIn('late_order', self.open_kinds())

    def test_two_orders_give_nothing(self):
        for days in (200, 230):
            self.fact(self.alpha, 'bookings', days, 100.0)
        self.assertEqual(self.open_kinds(), [])

    def test_seasonal_customer(self):
        for year in (0, 365, 730):
            for days in (75, 105, 135):
                self.fact(self.alpha, 'bookings', year + days, 100.0)
        self.assertEqual(self.open_kinds(), [])

    def test_lost_category(self):
        sensors, cables = self.env['product.category'].create([{'name': "Sensors"}, {'name': "Cables"}])
        for day in ('2025-02-10', '2025-05-10', '2025-08-10', '2025-11-10'):
            self.category_fact(self.alpha, sensors, day, 1200.0)
            self.category_fact(self.alpha, cables, day, 10.0)
        self.category_fact(self.alpha, cables, '2026-03-03', 99999.0)
        item = self.item('lost_category')
        self.assertEqual(item.reason.replace('\xa0', ' '), "Sensors not bought since 01/01/2026; it brought $ 1,200 a quarter.")
        self.assertEqual(item.value, 1200.0)
        self.assertEqual(item.action_open_source()['res_model'], 'res.partner', "a category is no place to work on it")

    def test_category_bought_again(self):
        sensors = self.env['product.category'].create({'name': "Sensors"})
        for day in ('2025-02-10', '2025-05-10', '2025-08-10', '2025-11-10', '2026-06-01'):
            self.category_fact(self.alpha, sensors, day, 1200.0)
        self.assertEqual(self.open_kinds(), [])

    def test_less_value(self):
        for days, amount in ((10, 700.0), (40, 0.0), (100, 1000.0), (190, 1000.0), (280, 1000.0), (375, 1100.0)):
            self.fact(self.alpha, 'revenue', days, amount)
        item = self.item('value_drop')
        self.assertEqual((item.figures, item.value), ({'now': 700, 'before': 1000}, 300.0))

    def test_shrinking_basket(self):
        for days, count in ((10, 2), (30, 2), (100, 6), (130, 6), (160, 6), (375, 6)):
            self.fact(self.alpha, 'revenue', days, 100.0, count=count)
        self.assertEqual(self.item('basket').reason, "2 lines an order in 90 days, usually 6.")

    # targets, agreements, plans, reviews

    def target(self, status, **vals):
        target = self.env['kam.target'].create({
            'kpi_id': self.env.ref('kam_kpi.kam_kpi_revenue').id, 'partner_id': self.alpha.id, 'target_value': 1000.0,
            'frequency': 'quarter', 'date_start': '2026-04-01', 'date_end': '2026-06-30', **vals})
        target.sudo().write({'status': status, 'state': 'agreed', 'actual_value': 400.0, 'due_value': 800.0, 'pace': .5, 'attainment': .4})
        return target

    def test_target_behind(self):
        target = self.target('off_track')
        item = self.item('target')
        self.assertEqual(item.reason, "Revenue is at 50 % of what is due by now.")
        self.assertEqual((item.value, item.date_due, item.res_id, item.lane), (400.0, target.date_end, target.id, 'growth'))
        self.assertEqual(item.with_user(self.anna).action_open_source()['res_model'], 'kam.target')

    def test_target_on_track(self):
        self.target('on_track')
        self.assertEqual(self.open_kinds(), [])

    def test_target_nobody_agreed(self):
        self.target('off_track').sudo().state = 'proposed'
        self.assertEqual(self.open_kinds(), [])

    def agreement(self, days, account=None, **vals):
        return self.env['kam.agreement'].create({
            'name': "Frame contract", 'partner_id': (account or self.alpha).id, 'date_start': '2024-01-01',
            'date_end': TODAY + timedelta(days=days), 'annual_value': 12000.0, 'state': 'active', **vals})

    def test_renewal_checkpoints(self):
        agreement = self.agreement(181)
        self.assertEqual(self.open_kinds(), [])
        agreement.date_end = TODAY + timedelta(days=180)
        item = self.item('renewal')
        self.assertEqual((item.severity, item.value), (2, 12000.0))
        agreement.date_end = TODAY + timedelta(days=90)
        self.refresh()
        self.assertEqual((item.state, item.severity), ('open', 5))
        self.assertEqual(item.reason.replace('\xa0', ' '), "“Frame contract” ($ 12,000 a year) ends in 90 days.")

    def test_handled_at_180_comes_back_at_90(self):
        agreement = self.agreement(100)
        self.item('renewal').with_user(self.anna).action_handled()
        self.assertEqual(self.open_kinds(), [])
        agreement.date_end = TODAY + timedelta(days=89)
        self.assertEqual(self.open_kinds(), ['renewal'])

    def test_renewed_agreement(self):
        agreement = self.agreement(30)
        item = self.item('renewal')
        agreement.successor_id = self.agreement(400, date_start=TODAY + timedelta(days=31))
        self.refresh()
        self.assertEqual(item.state, 'gone')

    def test_lost_agreement(self):
        self.agreement(30).state = 'lost'
        self.assertEqual(self.open_kinds(), [])

    def plan(self, touched):
        plan = self.env['kam.plan'].create({'partner_id': self.alpha.id, 'year': 2026})
        plan.flush_recordset()
        self.env.cr.execute("UPDATE kam_plan SET worked_on = %s WHERE id = %s", [touched, plan.id])
        plan.invalidate_recordset()
        return plan

    def test_stale_plan(self):
        self.plan('2026-04-15')
        self.assertEqual(self.item('plan').reason, "Nothing changed in the plan Alpha 2026 for 61 days.")

    def test_plan_touched_lately(self):
        self.plan('2026-05-15')
        self.assertEqual(self.open_kinds(), [])

    def test_new_figures_are_no_work_on_a_plan(self):
        plan = self.plan('2026-04-15')
        revision = plan.revision
        self.env['kam.plan']._cron_refresh()
        self.assertEqual(self.item('plan').reason, "Nothing changed in the plan Alpha 2026 for 61 days.")
        self.assertEqual(plan.revision, revision)

    def test_review_to_prepare(self):
        review = self.env['kam.review'].create({
            'partner_id': self.alpha.id, 'date_start': '2026-01-01', 'date_end': '2026-03-31', 'date_meeting': '2026-06-20'})
        item = self.item('review')
        self.assertEqual((item.date_due, item.res_id), (Date.to_date('2026-06-20'), review.id))
        review._store({'state': 'shared'})
        self.refresh()
        self.assertEqual(item.state, 'gone')
