from odoo import api, fields, models
from odoo.tools.misc import format_date, formatLang

from ..models.kam_attention_day import Day
from ..tools import hysteresis

SHOWN = 50


class KamRuleTry(models.TransientModel):
    """What a rule would do: whom it would tell about today, and how often it would have done so before. Writes nothing."""

    _name = 'kam.rule.try'
    _description = "Try a Rule"

    rule_id = fields.Many2one('kam.rule', required=True, readonly=True, ondelete='cascade')
    words = fields.Text(related='rule_id.words')
    result = fields.Html(compute='_compute_result', sanitize=False)

    @api.depends('rule_id')
    @api.depends_context('uid', 'company', 'lang')
    def _compute_result(self):
        for trial in self:
            trial.result = self.env['ir.qweb']._render('kam_kpi.kam_rule_try_result', trial.rule_id._trial())


class KamRule(models.Model):
    _inherit = 'kam.rule'

    def _trial(self):
        """Return what the rule sees in the current company, of the accounts the user may see.

        ``{'known', 'unknown': numbers of accounts, 'bad': [{'name', 'value'}], 'past': number of alerts or None, 'past_accounts', 'since':
        first day looked at}``. An account is bad today without regard to how long.
        """
        self.ensure_one()
        self.check_access('read')
        day, limits = Day(self.env), self._limits()
        values = self._values(day)
        known = {account_id: value for account_id, value in values.items() if value is not None}
        bad = [account_id for account_id, value in known.items() if limits.is_bad(value)]
        names = {account.id: account.name for account in day.accounts}
        bad.sort(key=lambda account_id: (known[account_id] if limits.below else -known[account_id], names[account_id]))
        past = self._past(day)
        episodes = {account_id: hysteresis.run(limits, series) for account_id, series in past.items() if account_id in values}
        days = [when for series in past.values() for when, _value in series]
        return {
            'known': len(known), 'unknown': len(values) - len(known), 'count': len(bad),
            'bad': [{'name': names[account_id], 'value': formatLang(self.env, known[account_id], digits=1)} for account_id in bad[:SHOWN]],
            'yes_no': self.source == 'finding',
            'past': sum(map(len, episodes.values())) if past else None,
            'past_accounts': len([1 for found in episodes.values() if found]),
            'since': format_date(self.env, min(days)) if days else '',
        }
