from odoo.exceptions import UserError, ValidationError
from odoo.tests import freeze_time, tagged

from .attention_common import TODAY
from .rule_common import RuleCase


@tagged('post_install', '-at_install')
@freeze_time('2026-06-15 09:00:00')
class TestRule(RuleCase):
    """From the figure to the alert and back."""

    def test_an_alert_opens_and_is_over(self):
        alert = self.on('2026-06-15', alpha=80)
        self.assertEqual((alert.state, alert.opened_on, alert.value), ('open', TODAY, 80.0))
        self.assertEqual(self.on('2026-06-20', alpha=94).state, 'open')
        self.assertEqual(alert.value_now, 94.0)
        self.on('2026-06-25', alpha=95)
        self.assertEqual((alert.state, str(alert.closed_on)), ('closed', '2026-06-25'))

    def test_ten_runs_do_what_one_does(self):
        self.on('2026-06-15', alpha=80, times=10)
        self.assertEqual(len(self.alerts()), 1)
        self.env['kam.attention']._refresh()
        self.assertEqual(self.env['kam.attention'].search_count([('partner_id', '=', self.alpha.id), ('kind', '=', 'alert'), ('state', '=', 'open')]), 1)

    def test_colleagues_accounts_are_left_alone(self):
        self.on('2026-06-15', alpha=80)
        self.assertEqual(self.env['kam.rule.alert'].search([('rule_id', '=', self.rule.id)]).partner_id, self.alpha)

    def test_it_has_to_last(self):
        self.rule.min_days = 10
        alert = self.on('2026-06-15', alpha=80)
        self.assertEqual((alert.state, alert.opened_on), ('pending', False))
        self.assertEqual(self.on('2026-06-24').state, 'pending')
        self.assertEqual(self.on('2026-06-25').state, 'open')

    def test_what_did_not_last_leaves_no_trace(self):
        self.rule.min_days = 10
        self.on('2026-06-15', alpha=80)
        self.assertFalse(self.on('2026-06-20', alpha=90))

    def test_silence_afterwards(self):
        self.rule.cool_days = 30
        self.on('2026-06-15', alpha=80)
        self.on('2026-06-20', alpha=99)
        self.assertEqual(self.on('2026-07-19', alpha=80).mapped('state'), ['closed'])
        self.assertEqual(sorted(self.on('2026-07-20').mapped('state')), ['closed', 'open'])

    def test_no_data_neither_opens_nor_ends(self):
        self.figures[self.alpha].value = False
        self.assertFalse(self.on('2026-06-15'))
        alert = self.on('2026-06-16', alpha=80)
        self.figures[self.alpha].value = False
        self.on('2026-06-17')
        self.assertEqual((alert.state, alert.value_now), ('open', 80.0))

    def test_dismissed_is_silent_until_the_figure_is_back(self):
        alert = self.on('2026-06-15', alpha=80)
        alert.with_user(self.anna).action_dismiss("Known: plant closed for a month")
        self.assertEqual((alert.state, alert.dismissed_by_id), ('dismissed', self.anna))
        self.assertEqual(self.on('2026-06-20', alpha=70), alert)
        self.on('2026-06-25', alpha=96)
        self.assertEqual(alert.state, 'closed')
        self.assertEqual(self.on('2026-06-26', alpha=80).filtered(lambda other: other != alert).state, 'open')

    def test_dismissing_takes_a_reason(self):
        alert = self.on('2026-06-15', alpha=80)
        with self.assertRaisesRegex(UserError, "Say why"):
            alert.with_user(self.anna).action_dismiss("  ")

    def test_a_rule_that_is_switched_off_ends_its_alerts(self):
        alert = self.on('2026-06-15', alpha=80)
        self.rule.active = False
        self.on('2026-06-16')
        self.assertEqual(alert.state, 'closed')

    def test_an_account_that_is_none_any_more_has_no_alert(self):
        alert = self.on('2026-06-15', alpha=80)
        self.alpha.is_key_account = False
        self.on('2026-06-16')
        self.assertEqual(alert.state, 'closed')

    def test_only_the_tiers_of_the_rule(self):
        self.rule.tier_ids = self.env.ref('kam_kpi.kam_tier_a')
        self.assertFalse(self.on('2026-06-15', alpha=80))

    def test_wrong_limits_are_refused_in_words(self):
        for direction, enter, leave in (('below', 85, 80), ('above', 60, 61)):
            with self.subTest(direction=direction), self.assertRaisesRegex(ValidationError, "cannot be over at"):
                self.new_rule(direction=direction, enter=enter, leave=leave)
        self.new_rule(enter=85, leave=85)
        with self.assertRaisesRegex(ValidationError, "choose the KPI"):
            self.new_rule(kpi_id=False)
        with self.assertRaisesRegex(ValidationError, "choose the finding"):
            self.new_rule(source='finding')

    def test_the_rule_in_words(self):
        self.assertIn("An alert opens when Net revenue retention", self.rule.words)
        self.assertIn("below 85. It is over at 95 or more.", self.rule.words)

    def test_shipped_rules_can_be_worked_out(self):
        rules = self.env['kam.rule'].with_context(active_test=False).search([])
        self.assertGreaterEqual(len(rules), 10)
        rules.active = True
        self.env['kam.rule']._run()
        for rule in rules:
            with self.subTest(rule=rule.name):
                self.assertTrue(rule.words and rule.advice)
                self.assertIn('known', rule.with_user(self.diana)._trial())


@tagged('post_install', '-at_install')
@freeze_time('2026-06-15 09:00:00')
class TestRuleSources(RuleCase):
    """The figures a rule looks at."""

    def value(self, source, account=None, **vals):
        rule = self.new_rule(source=source, **{'direction': 'above', 'enter': 0, 'leave': 0, **vals})
        from ..models.kam_attention_day import Day
        return rule._values(Day(self.env))[(account or self.alpha).id]

    def test_kpi_of_a_period_that_is_over(self):
        for start, end, value in (('2025-10-01', '2025-12-31', 60.0), ('2026-01-01', '2026-03-31', 70.0), ('2026-04-01', '2026-06-30', 10.0)):
            self.new_value('nrr_pct', value, self.alpha, frequency='quarter', date_start=start, date_end=end, is_current=end == '2026-06-30')
        self.assertEqual(self.value('kpi', frequency='quarter'), 70.0)
        self.assertEqual(self.value('kpi_change', frequency='quarter'), 10.0)

    def test_health_and_its_change(self):
        self.env['kam.health'].create({'partner_id': self.alpha.id, 'company_id': self.company.id, 'score': 40.0, 'state': 'red'})
        self.assertEqual(self.value('health'), 40.0)
        self.assertIsNone(self.value('health_change'))
        self.env['kam.health.history'].create({
            'partner_id': self.alpha.id, 'company_id': self.company.id, 'date': '2026-05-20', 'score': 55.0, 'state': 'amber'})
        self.assertEqual(self.value('health_change', change_days=14), -15.0)
        self.assertIsNone(self.value('health_change', change_days=60))

    def test_days_since_the_last_contact(self):
        self.assertEqual(self.value('contact'), 1)

    def test_days_since_the_plan_was_worked_on(self):
        self.assertIsNone(self.value('plan'))
        self.env['kam.plan'].create({'partner_id': self.alpha.id, 'year': 2026})._set_figures({'worked_on': '2026-06-01'})
        self.assertEqual(self.value('plan'), 14)

    def test_days_to_the_end_of_an_agreement(self):
        self.assertIsNone(self.value('renewal'))
        agreement = self.env['kam.agreement'].create({
            'name': "Supply", 'partner_id': self.alpha.id, 'company_id': self.company.id, 'date_start': '2026-01-01', 'date_end': '2026-07-15',
            'annual_value': 1.0})
        agreement.action_sign()
        self.assertEqual(self.value('renewal'), 30)

    def test_findings_of_the_x_ray(self):
        self.assertIsNone(self.value('finding', finding='no_decision_maker'))
        self.assertEqual(self.value('finding', finding='empty'), 1.0)
        contact = self.new_contact(self.alpha, "Ute")
        self.env['kam.stakeholder'].create({
            'partner_id': self.alpha.id, 'contact_id': contact.id, 'company_id': self.company.id, 'role': 'user', 'influence': '2'})
        self.assertEqual(self.value('finding', finding='no_decision_maker'), 1.0)
        self.assertEqual(self.value('finding', finding='powerful_against'), 0.0)
        self.assertEqual(self.value('finding', finding='empty'), 0.0)
        self.assertEqual(self.value('coverage'), 0.0)

    def person(self, name, **vals):
        contact = self.new_contact(self.alpha, name)
        return self.env['kam.stakeholder'].create({
            'partner_id': self.alpha.id, 'contact_id': contact.id, 'company_id': self.company.id, 'user_id': self.anna.id, **vals})

    def test_one_of_us_who_holds_most_relationships(self):
        people = [self.person(f"P{number}") for number in range(4)]
        self.assertEqual(self.value('finding', finding='held_by_one'), 1.0)
        people[0].user_id = self.leo
        self.assertEqual(self.value('finding', finding='held_by_one'), 1.0)
        people[1].user_id = self.leo
        self.assertEqual(self.value('finding', finding='held_by_one'), 0.0)

    def test_a_decision_maker_who_is_alone_with_us(self):
        self.person("Boss", role='decision_maker', influence='5', attitude='1')
        against = self.person("Engineer", role='influencer', influence='4', attitude='-1')
        self.assertEqual(self.value('finding', finding='decider_alone'), 1.0)
        against.attitude = '1'
        self.assertEqual(self.value('finding', finding='decider_alone'), 0.0)

    def test_mails_which_came_back(self):
        person = self.person("Ute")
        for bounces, found in ((1, 0.0), (2, 1.0)):
            person.contact_id.message_bounce = bounces
            self.assertEqual(self.value('finding', finding='bounced'), found)
