from odoo.tests import HttpCase, tagged

from .common import KamCase


@tagged('post_install', '-at_install')
class TestRuleTour(KamCase, HttpCase):

    def test_from_the_rule_to_the_judged_alert(self):
        self.env['kam.rule'].search([]).active = False
        self.new_value('nrr_pct', 80.0, self.alpha)
        self.new_value('nrr_pct', 120.0, self.beta)
        self.start_tour('/odoo/kam-rules', 'kam_rule_make_tour', login=self.diana.login)
        rule = self.env['kam.rule'].search([('name', '=', "Buys less")])
        self.assertEqual((rule.enter, rule.leave), (85.0, 95.0))
        self.assertFalse(rule.alert_ids)
        self.env['kam.rule']._run()
        self.env['kam.attention']._refresh()
        self.start_tour('/odoo/action-kam_kpi.kam_attention_action_today', 'kam_rule_alert_tour', login=self.anna.login)
        self.env.invalidate_all()
        self.assertEqual((rule.alert_ids.partner_id, rule.alert_ids.useful), (self.alpha, 'yes'))
