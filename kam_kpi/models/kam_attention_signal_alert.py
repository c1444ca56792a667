from odoo import fields, models

from .kam_attention_day import Signal


class KamAttentionSignalAlert(models.Model):
    """Open alerts of the rules; the most serious is named."""

    _inherit = 'kam.attention'

    def _signals_alert(self, day):
        alerts = self.env['kam.rule.alert'].search([
            ('company_id', '=', day.company.id), ('partner_id', 'in', day.ids), ('state', '=', 'open')])
        for account, of in alerts.grouped('partner_id').items():
            worst = min(of, key=lambda alert: (-int(alert.severity), alert.opened_on, alert.id))
            yield Signal(
                account.id, 'alert', f"alert:{','.join(map(str, sorted(of.ids)))}", int(worst.severity), day.revenue.get(account.id), worst.opened_on,
                {'count': len(of), 'opened': fields.Date.to_string(worst.opened_on)}, worst)

    def _words_alert(self, figures, source):
        rule = source.rule_id.with_env(self.env).sudo() if source else self.env['kam.rule']  # sudo: what a rule says is no secret
        name = rule.name or self.env._("A rule")
        if figures['count'] == 1:
            reason = self.env._("%(rule)s, since %(day)s.", rule=name, day=self._day_text(figures['opened']))
        else:
            reason = self.env._("%(rule)s, since %(day)s; %(count)s alerts are open.", rule=name, day=self._day_text(figures['opened']), count=figures['count'])
        return reason, (rule.advice or '').strip().splitlines()[0] if rule.advice else self.env._("Look into it, or dismiss it with a reason.")
