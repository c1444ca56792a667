from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .rule_common import RuleCase


@tagged('post_install', '-at_install')
@freeze_time('2026-06-15 09:00:00')
class TestRuleEffects(RuleCase):
    """What an alert brings about."""

    def item(self):
        self.env['kam.attention']._refresh()
        return self.env['kam.attention'].search([('partner_id', '=', self.alpha.id), ('kind', '=', 'alert'), ('state', '=', 'open')])

    def test_it_stands_in_the_list_of_the_day(self):
        alert = self.on('2026-06-15', alpha=80)
        item = self.item().with_user(self.anna)
        self.assertEqual((item.reason, item.advice), ("Buys less, since 06/15/2026.", "Ask the people who use it."))
        self.assertEqual((item.user_id, item.res_id, item.severity), (self.anna, alert.id, 3))
        self.on('2026-06-15', alpha=99)
        self.assertFalse(self.item())

    def test_the_plan_of_activities_starts_once(self):
        self.rule.activity_plan_id = self.env.ref('kam_kpi.mail_activity_plan_win_back')
        self.rule.min_days = 1
        self.on('2026-06-15', alpha=80)
        self.assertFalse(self.alpha.activity_ids)
        self.on('2026-06-16', times=3)
        self.on('2026-06-17')
        activities = self.alpha.activity_ids.sorted('date_deadline')
        self.assertEqual(activities.mapped('user_id'), self.anna)
        self.assertEqual([str(activity.date_deadline) for activity in activities], ['2026-06-18', '2026-06-26', '2026-06-30'])

    def test_the_leader_is_told_once(self):
        self.rule.escalate_days = 7
        self.on('2026-06-15', alpha=80)
        self.on('2026-06-21')
        self.assertFalse(self.alpha.activity_ids)
        self.on('2026-06-22', times=3)
        activity = self.alpha.activity_ids
        self.assertEqual((activity.user_id, activity.summary), (self.leo, "Buys less: Alpha"))
        self.on('2026-06-30', alpha=99)
        self.assertFalse(self.alpha.activity_ids)

    def test_of_what_was_dismissed_the_leader_is_not_told(self):
        self.rule.escalate_days = 7
        self.on('2026-06-15', alpha=80).with_user(self.anna).action_dismiss("Known")
        self.on('2026-06-30')
        self.assertFalse(self.alpha.activity_ids)

    def test_the_account_shows_its_open_alerts(self):
        self.on('2026-06-15', alpha=80)
        contact = self.new_contact(self.alpha, "Ute")
        self.assertEqual([record.with_user(self.anna).kam_alert_count for record in (self.alpha, contact, self.gamma)], [1, 1, 0])
        action = self.alpha.with_user(self.anna).action_kam_alerts()
        self.assertEqual(self.env['kam.rule.alert'].search(action['domain']), self.alerts())
        for name in ('action_kam_issues', 'action_kam_shares'):
            self.assertEqual(getattr(self.alpha.with_user(self.anna), name)()['type'], 'ir.actions.act_window')

    def test_what_was_useful_adds_up_on_the_rule(self):
        self.on('2026-06-15', alpha=80).with_user(self.anna).action_useful()
        self.on('2026-06-20', alpha=99)
        self.on('2026-06-25', alpha=80).filtered(lambda alert: alert.state == 'open').with_user(self.anna).action_not_useful()
        rule = self.rule.with_user(self.diana)
        self.assertEqual((rule.alert_count, rule.open_count, rule.rated_count, rule.useful_pct), (2, 1, 2, 50.0))

    def test_trying_writes_nothing(self):
        self.figures[self.alpha].value = 80.0
        self.figures[self.beta].value = False
        self.env['kam.rule.alert'].search([]).unlink()
        trial = self.rule.with_user(self.diana)._trial()
        found = [row for row in trial['bad'] if row['name'] in ("Alpha", "Beta")]
        self.assertEqual(found, [{'name': "Alpha", 'value': "80.0"}])
        self.assertGreaterEqual(trial['unknown'], 1)
        self.assertIsNone(trial['past'])
        self.assertFalse(self.env['kam.rule.alert'].search([]))

    def test_trying_looks_at_the_past(self):
        self.rule.frequency = 'quarter'
        for start, end, value in (
                ('2025-01-01', '2025-03-31', 80.0), ('2025-04-01', '2025-06-30', 96.0), ('2025-07-01', '2025-09-30', 70.0), ('2025-10-01', '2025-12-31', 88.0)):
            self.new_value('nrr_pct', value, self.alpha, frequency='quarter', date_start=start, date_end=end, is_current=False)
        trial = self.rule.with_user(self.diana)._trial()
        self.assertEqual((trial['past'], trial['past_accounts']), (2, 1))


@tagged('post_install', '-at_install')
@freeze_time('2026-06-15 09:00:00')
class TestRuleRights(RuleCase):
    """Directors make rules; everybody sees alerts of own accounts."""

    def test_only_directors_change_rules(self):
        for user in (self.anna, self.leo, self.rita):
            with self.subTest(user=user.name), self.assertRaises(AccessError):
                self.rule.with_user(user).enter = 50
        self.rule.with_user(self.diana).enter = 50

    def test_directors_keep_plans_of_activities_for_contacts(self):
        self.env['mail.activity.plan'].with_user(self.diana).create({'name': "Ours", 'res_model': 'res.partner', 'template_ids': [
            Command.create({'activity_type_id': self.env.ref('mail.mail_activity_data_call').id})]})
        with self.assertRaises(AccessError):
            self.env['mail.activity.plan'].with_user(self.anna).create({'name': "Mine", 'res_model': 'res.partner'})

    def test_who_sees_an_alert(self):
        alert = self.on('2026-06-15', alpha=80)
        for user, seen in ((self.anna, 1), (self.leo, 1), (self.diana, 1), (self.rita, 1), (self.ben, 0), (self.zoe, 0)):
            with self.subTest(user=user.name):
                self.assertEqual(self.env['kam.rule.alert'].with_user(user).search_count([('id', '=', alert.id)]), seen)

    def test_nobody_writes_what_the_job_writes(self):
        alert = self.on('2026-06-15', alpha=80)
        with self.assertRaises(AccessError):
            alert.with_user(self.anna).state = 'closed'
        with self.assertRaises(AccessError):
            self.env['kam.rule.alert'].with_user(self.diana).create({'rule_id': self.rule.id, 'partner_id': self.alpha.id, 'company_id': self.company.id})
        alert.with_user(self.anna).remark = "Told us in time"

    def test_a_colleague_cannot_dismiss_it(self):
        alert = self.on('2026-06-15', alpha=80)
        with self.assertRaises(AccessError):
            alert.with_user(self.ben).action_dismiss("Not mine")

    def test_companies_are_apart(self):
        other = self.env['res.company'].create({'name': "Other", 'kam_tz': 'UTC'})
        self.rule.company_id = other
        self.assertFalse(self.on('2026-06-15', alpha=80))

    def test_queries_do_not_grow_with_the_accounts(self):
        self.env['kam.rule'].with_context(active_test=False).search([]).active = True
        self.env['kam.rule']._run()

        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.env['kam.rule']._run()
            self.env.flush_all()
            return self.env.cr.sql_log_count - before
        few = count()
        for number in range(60):
            self.new_value('nrr_pct', 100.0, self.new_account(f"More {number}", self.anna))
        self.env['kam.rule']._run()
        self.assertLessEqual(count(), few + 5)
