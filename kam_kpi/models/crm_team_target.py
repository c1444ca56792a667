from odoo import api, fields, models

from ..fields import NullableFloat
from ..tools.attainment import scorecard


class CrmTeam(models.Model):
    _inherit = 'crm.team'

    kam_target_ids = fields.One2many('kam.target', 'team_id', "Targets", groups='kam_kpi.group_kam_user,kam_kpi.group_kam_reader')
    kam_attainment = NullableFloat(
        "Target attainment", compute='_compute_kam_attainment', aggregator=None,
        groups='kam_kpi.group_kam_user,kam_kpi.group_kam_reader',
        help="How the team stands against its targets of the running periods: by their weights, each at most 120 %, "
             "against what is due by now. Empty: too few of them have data.")

    @api.depends('kam_target_ids.pace', 'kam_target_ids.active', 'kam_target_ids.date_start', 'kam_target_ids.date_end')
    @api.depends_context('company')
    def _compute_kam_attainment(self):
        company = self.env.company
        today = company._kam_today()
        running = self.env['kam.target'].search([
            ('team_id', 'in', self.ids), ('company_id', '=', self.env.company.id),
            ('date_start', '<=', today), ('date_end', '>=', today),
        ]).grouped('team_id')
        for team in self:
            items = [(target.weight, None if target.pace is False else target.pace, target.missing_as_zero) for target in running.get(team, ())]
            team.kam_attainment = scorecard(items, company.kam_score_cap, company.kam_score_coverage)[0]

    def action_kam_targets(self):
        """Open the team's own targets."""
        action = self.env['ir.actions.act_window']._for_xml_id('kam_kpi.kam_target_action')
        return {**action, 'domain': [('team_id', 'in', self.ids)], 'context': {'default_team_id': self[:1].id, 'search_default_running': 1}}
