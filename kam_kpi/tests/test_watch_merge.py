from odoo.tests import tagged

from .common import KamCase


@tagged('post_install', '-at_install')
class TestWatchMerge(KamCase):
    """Two accounts with the same history, alerts, doubtful data and visits become one."""

    def test_nothing_stands_twice(self):
        today = self.company._kam_today()
        rule = self.env['kam.rule'].search([], limit=1)
        people = [self.new_contact(account, "Ute", email='ute@example.com') for account in (self.alpha, self.beta)]
        plan = self.env['kam.plan'].create({'partner_id': self.alpha.id})
        share = self.env['kam.share'].create({'plan_id': plan.id, 'contact_ids': [(6, 0, people[0].ids)]})
        for account, contact in zip((self.alpha, self.beta), people, strict=True):
            common = {'partner_id': account.id, 'company_id': self.company.id}
            self.env['kam.health.history'].create({**common, 'date': today, 'state': 'green', 'score': 80.0})
            self.env['kam.rule.alert'].create([
                {**common, 'rule_id': rule.id, 'state': 'open', 'opened_on': today},
                {**common, 'rule_id': rule.id, 'state': 'closed', 'opened_on': today, 'closed_on': today}])
            self.env['kam.data.issue'].create({**common, 'kind': 'no_tier'})
            self.env['kam.share.visit'].create({'share_id': share.id, 'contact_id': contact.id, 'date': today})
        self.env['base.partner.merge.automatic.wizard']._merge((self.alpha | self.beta).ids, self.alpha)
        self.env['base.partner.merge.automatic.wizard']._merge([person.id for person in people], people[0])
        self.env.invalidate_all()
        self.assertEqual(len(self.env['kam.health.history'].search([('partner_id', '=', self.alpha.id)])), 1)
        alerts = self.env['kam.rule.alert'].search([('partner_id', '=', self.alpha.id)])
        self.assertEqual(sorted(alerts.mapped('state')), ['closed', 'closed', 'open'])
        self.assertEqual(len(self.env['kam.data.issue'].search([('partner_id', '=', self.alpha.id)])), 1)
        self.assertEqual(len(share.visit_ids), 1)
