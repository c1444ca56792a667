from odoo.tests import freeze_time

from .attention_common import AttentionCase


@freeze_time('2026-06-15 09:00:00')
class RuleCase(AttentionCase):
    """A rule over the net revenue retention: below 85, over at 95."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env['kam.rule'].search([]).active = False
        cls.nrr = cls.env.ref('kam_kpi.kam_kpi_nrr_pct')
        cls.figures = {account: cls.new_value('nrr_pct', 100.0, account) for account in cls.accounts}
        cls.rule = cls.new_rule()

    @classmethod
    def new_rule(cls, **vals):
        return cls.env['kam.rule'].create({
            'name': "Buys less", 'source': 'kpi', 'kpi_id': cls.nrr.id, 'enter': 85, 'leave': 95, 'cool_days': 0, 'escalate_days': 0,
            'advice': "Ask the people who use it.", **vals})

    def on(self, day, alpha=None, times=1):
        """Run the job on a day on which Alpha's figure is this; the living alerts of Alpha."""
        if alpha is not None:
            self.figures[self.alpha].value = alpha
        with freeze_time(f'{day} 09:00:00'):
            for _time in range(times):
                self.env['kam.rule']._run()
        self.env.invalidate_all()
        return self.alerts()

    def alerts(self, **domain):
        return self.env['kam.rule.alert'].search([('partner_id', '=', self.alpha.id), *[(name, '=', value) for name, value in domain.items()]])
