from odoo import fields, models

from .kam_value_mixin import kpi_float


class CrmTeam(models.Model):
    """A sales team can look after key accounts; then it has their figures, taken together."""

    _name = 'crm.team'
    _inherit = ['crm.team', 'kam.value.mixin']

    _kam_scope = 'team'
    _kam_subject_field = 'team_id'

    kam_is_key_account_team = fields.Boolean(
        "Key account team", help="The team looks after key accounts: its retention, upsell and satisfaction are shown.")
    kam_account_count = fields.Integer("Key accounts", compute='_compute_kam_account_count')
    kam_nrr = kpi_float("NRR (%)", 'nrr_pct', help="Net revenue retention of the team's accounts, twelve months.")
    kam_upsell_ratio = kpi_float(
        "Upsell ratio (%)", 'upsell_ratio_pct', help="Growth in categories bought before, of last year's revenue.")
    kam_csat = kpi_float("CSAT (%)", 'csat_pct', help="Satisfied answers among all answers of the team's accounts.")

    def _compute_kam_account_count(self):
        counts = dict(self.env['res.partner']._read_group(
            self._kam_account_domain(), ['kam_team_id'], ['__count']))
        for team in self:
            team.kam_account_count = counts.get(team, 0)

    def _kam_account_domain(self):
        return [('kam_team_id', 'in', self.ids), ('is_key_account', '=', True), ('kam_is_account', '=', True)]

    def action_kam_accounts(self):
        """Open the key accounts of the team."""
        action = self.env['ir.actions.act_window']._for_xml_id('kam_kpi.res_partner_action_key_accounts')
        return {**action, 'path': False, 'domain': self._kam_account_domain(), 'context': {}}
