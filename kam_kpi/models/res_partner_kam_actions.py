from odoo import api, fields, models


class ResPartnerKamActions(models.Model):
    """What people open from a key account."""

    _inherit = 'res.partner'

    kam_tier_color = fields.Integer(related='kam_tier_id.color', string="Colour of the tier")
    kam_may_change = fields.Boolean("May decide about the key account", compute='_compute_kam_may_change')

    @api.depends('kam_user_id', 'kam_team_id')
    @api.depends_context('uid')
    def _compute_kam_may_change(self):
        director = self.env.su or self.env.user.has_group('kam_kpi.group_kam_manager')
        leader = self.env.user.has_group('kam_kpi.group_kam_leader')
        for partner in self:
            partner.kam_may_change = director or leader and partner._kam_leads(
                partner._origin.kam_user_id, partner._origin.kam_team_id)

    @api.model
    def action_kam_my_accounts(self):
        """Open the key accounts on those which concern the user: own ones, the team's, else all."""
        action = self.env['ir.actions.act_window']._for_xml_id('kam_kpi.res_partner_action_key_accounts')
        mine = [('is_key_account', '=', True), ('kam_is_account', '=', True)]
        if self.search_count([*mine, ('kam_user_id', '=', self.env.uid)], limit=1):
            default = {'search_default_my': 1}
        elif self.env.user.has_group('kam_kpi.group_kam_manager') or not self.env.user.has_group('kam_kpi.group_kam_user'):
            default = {}
        elif self.env.user.has_group('kam_kpi.group_kam_leader'):
            default = {'search_default_my_team': 1}
        else:
            default = {'search_default_my': 1}
        return {**action, 'context': default}

    def action_kam_values(self):
        """Open the KPI values of the account."""
        self.ensure_one()
        action = self.env['ir.actions.act_window']._for_xml_id('kam_kpi.kam_kpi_value_action')
        account = self.commercial_partner_id
        return {
            **action,
            'name': self.env._("KPIs of %(account)s", account=account.display_name),
            'path': False,
            'domain': [('partner_id', '=', account.id), ('scope', '=', 'account')],
            'context': {'search_default_current': 1},
        }

    def action_kam_scores(self):
        """Open the scorings of the account."""
        self.ensure_one()
        action = self.env['ir.actions.act_window']._for_xml_id('kam_kpi.kam_account_score_action')
        account = self.commercial_partner_id
        return {
            **action,
            'name': self.env._("Scorings of %(account)s", account=account.display_name),
            'path': False,
            'domain': [('partner_id', '=', account.id)],
            'context': {'default_partner_id': account.id},
        }
