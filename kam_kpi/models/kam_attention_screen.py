from odoo import api, models
from odoo.fields import Domain


class KamAttentionScreen(models.Model):
    """The start page: which rows it opens on, and the figures above them."""

    _inherit = 'kam.attention'

    @api.model
    def action_today(self):
        """Open the list on the accounts which concern the user: own ones, the team's, else all."""
        action = self.env['ir.actions.act_window']._for_xml_id('kam_kpi.kam_attention_action')
        accounts = self.env['res.partner'].action_kam_my_accounts()['context']
        return {**action, 'context': {'search_default_open': 1, **accounts}}

    @api.model
    def today_tiles(self, domain):
        """Return the figures above the list, of the accounts whose rows the domain finds and the user may see.

        :return: ``{'items', 'accounts', 'late', 'value', 'snoozed', 'currency_id'}``: open rows, their accounts, how many are late, the
            sum at stake (each account once: its largest), rows put off
        """
        today = self.env.company._kam_today()
        own = Domain('company_id', '=', self.env.company.id)
        rows = self._read_group(
            Domain(domain) & own & Domain('state', '=', 'open'), ['partner_id'], ['__count', 'value:max'])
        late = self.search_count(Domain(domain) & own & Domain([('state', '=', 'open'), ('date_due', '<', today)]))
        snoozed = self.search_count(own & Domain('state', '=', 'snoozed') & self._of_my_accounts())
        return {
            'items': sum(count for _account, count, _value in rows),
            'accounts': len(rows),
            'late': late,
            'value': sum(value for _account, _count, value in rows),
            'snoozed': snoozed,
            'currency_id': self.env.company.currency_id.id,
        }

    def _of_my_accounts(self):
        return Domain.TRUE if self.env.user.has_group('kam_kpi.group_kam_leader') else Domain('partner_id.kam_user_id', '=', self.env.uid)
