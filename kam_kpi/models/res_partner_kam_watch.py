from odoo import api, fields, models

from .kam_value_mixin import KAM_GROUPS


class ResPartnerKamWatch(models.Model):
    """What the rules say of a key account, what is doubtful behind its figures, and what its people see."""

    _inherit = 'res.partner'

    kam_alert_count = fields.Integer("Open alerts", compute='_compute_kam_watch', groups=KAM_GROUPS)
    kam_issue_count = fields.Integer("Doubtful data", compute='_compute_kam_watch', groups=KAM_GROUPS)
    kam_share_count = fields.Integer("Shared with them", compute='_compute_kam_watch', groups=KAM_GROUPS)

    @api.depends('commercial_partner_id')
    @api.depends_context('uid')
    def _compute_kam_watch(self):
        """Of the account; contacts show their company's."""
        accounts = self.commercial_partner_id.ids

        def count(model, *domain):
            return dict(self.env[model]._read_group([('partner_id', 'in', accounts), *domain], ['partner_id'], ['__count']))

        alerts = count('kam.rule.alert', ('state', '=', 'open'))
        issues = count('kam.data.issue', ('state', '=', 'open'))
        shares = count('kam.share', ('state', '=', 'open'))
        for partner in self:
            account = partner.commercial_partner_id
            partner.kam_alert_count, partner.kam_issue_count = alerts.get(account, 0), issues.get(account, 0)
            partner.kam_share_count = shares.get(account, 0)

    def _kam_open_of_account(self, xmlid):
        """The action on the records of the account, with its name in the title."""
        self.ensure_one()
        account = self.commercial_partner_id
        action = self.env['ir.actions.act_window']._for_xml_id(xmlid)
        return {
            **action, 'path': False, 'name': f"{action['name']}: {account.name}", 'context': {'search_default_open': 1},
            'domain': [('partner_id', '=', account.id), *([('state', '!=', 'pending')] if action['res_model'] == 'kam.rule.alert' else [])]}

    def action_kam_alerts(self):
        """Open the alerts of the account."""
        return self._kam_open_of_account('kam_kpi.kam_rule_alert_action')

    def action_kam_issues(self):
        """Open what makes figures of the account doubtful."""
        return self._kam_open_of_account('kam_kpi.kam_data_issue_action')

    def action_kam_shares(self):
        """Open what is shared with people of the account."""
        return self._kam_open_of_account('kam_kpi.kam_share_action')
