from odoo import api, fields, models

from .kam_health import STATES
from .kam_value_mixin import KAM_GROUPS


class ResPartnerKamJudgement(models.Model):
    _inherit = 'res.partner'

    kam_health_computed = fields.Selection(STATES, "By the figures", compute='_compute_kam_health_judgement', groups=KAM_GROUPS)
    kam_health_judgement = fields.Char("Judged", compute='_compute_kam_health_judgement', groups=KAM_GROUPS)

    @api.depends('commercial_partner_id')
    @api.depends_context('uid', 'company', 'lang')
    def _compute_kam_health_judgement(self):
        healths = self.env['kam.health'].search([
            ('partner_id', 'in', self.commercial_partner_id._origin.ids), ('company_id', '=', self.env.company.id)]).grouped('partner_id')
        for partner in self:
            health = healths.get(partner.commercial_partner_id._origin, self.env['kam.health'])
            judgement = health.judgement_id.sudo()  # sudo: part of the health, which was read by its rules
            partner.kam_health_computed = health.computed_state if judgement else False
            partner.kam_health_judgement = self.env._(
                "%(user)s until %(day)s: %(reason)s", user=judgement.user_id.name, day=fields.Date.to_string(judgement.date_until),
                reason=judgement.reason) if judgement else False

    def action_kam_judge(self):
        """Say how the account does, against its figures."""
        self.ensure_one()
        return {
            'type': 'ir.actions.act_window', 'name': self.env._("Judge the health"), 'res_model': 'kam.health.judgement', 'views': [(False, 'form')],
            'target': 'new', 'context': {'default_partner_id': self.commercial_partner_id.id}}

    def action_kam_judge_end(self):
        """Have the figures speak again."""
        health = self.env['kam.health'].search([('partner_id', '=', self.commercial_partner_id.id), ('company_id', '=', self.env.company.id)])
        health.judgement_id.action_end()
