from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

# Without it one reader would get what was worked out for the one before.
OF_READER = ('uid', 'allowed_company_ids', 'start_datetime', 'end_datetime')
GROUPS = 'kam_kpi.group_kam_user,kam_kpi.group_kam_reader'


class DigestDigest(models.Model):
    """Key accounts in Odoo's digest: each reader gets the figures of the own accounts, leaders those of the team's, directors of all."""

    _inherit = 'digest.digest'

    kpi_kam_revenue = fields.Boolean("Revenue of my key accounts")
    kpi_kam_revenue_value = fields.Monetary(compute='_compute_kpi_kam_revenue_value')
    kpi_kam_interactions = fields.Boolean("Contacts with my key accounts")
    kpi_kam_interactions_value = fields.Integer(compute='_compute_kpi_kam_interactions_value')
    kpi_kam_attention = fields.Boolean("Reasons to act today")
    kpi_kam_attention_value = fields.Integer(compute='_compute_kpi_kam_attention_value')
    kpi_kam_at_risk = fields.Boolean("My key accounts at risk")
    kpi_kam_at_risk_value = fields.Integer(compute='_compute_kpi_kam_at_risk_value')

    def _kam_accounts(self):
        """The key accounts whose figures the reader gets; raises AccessError for those who have none to get, so that Odoo leaves it out."""
        user = self.env.user
        if not user.has_groups(GROUPS):
            raise AccessError(self.env._("Key account figures are for people in the key account groups."))
        domain = Domain([('is_key_account', '=', True), ('kam_is_account', '=', True)])
        if not user.has_groups('kam_kpi.group_kam_manager,kam_kpi.group_kam_reader'):
            own = Domain('kam_user_id', '=', user.id)
            domain &= own | Domain('kam_team_id.user_id', '=', user.id) if user.has_group('kam_kpi.group_kam_leader') else own
        return self.env['res.partner'].search(domain)

    def _kam_sum(self, code):
        """The KPI of the reader's accounts over the days of the digest's window that are complete; 0 without accounts or figures."""
        accounts = self._kam_accounts()
        start, stop = (fields.Date.to_date(self.env.context[name]) for name in ('start_datetime', 'end_datetime'))
        if not accounts or start >= stop:
            return 0
        [row] = self.env['kam.kpi'].measure_total([code], accounts.ids, start, stop)
        return row['value'] or 0

    @api.depends_context(*OF_READER)
    def _compute_kpi_kam_revenue_value(self):
        self.kpi_kam_revenue_value = self._kam_sum('revenue')

    @api.depends_context(*OF_READER)
    def _compute_kpi_kam_interactions_value(self):
        self.kpi_kam_interactions_value = self._kam_sum('interactions_count')

    @api.depends_context(*OF_READER)
    def _compute_kpi_kam_attention_value(self):
        self._kam_accounts()
        self.kpi_kam_attention_value = self.env['kam.attention'].search_count([('state', '=', 'open'), ('user_id', '=', self.env.uid)])

    @api.depends_context(*OF_READER)
    def _compute_kpi_kam_at_risk_value(self):
        self.kpi_kam_at_risk_value = len(self._kam_accounts().filtered(lambda account: account.kam_health_state == 'red'))

    def _compute_kpis_actions(self, company, user):
        actions = super()._compute_kpis_actions(company, user)
        menu = self.env.ref('crm.crm_menu_root').id
        accounts = f'kam_kpi.res_partner_action_key_accounts?menu_id={menu}'
        return {**actions, 'kpi_kam_revenue': accounts, 'kpi_kam_at_risk': accounts}
