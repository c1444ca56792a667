from odoo import fields, models
from odoo.fields import Domain


class ResPartner(models.Model):
    """Whether a person wants to be asked, and what an account's low answers wait for."""

    _inherit = 'res.partner'

    kam_voice_opt_out = fields.Boolean(
        "Wants no surveys", copy=False, tracking=True, help="Campaigns do not ask this person. They said so themselves, or told one of us.")

    def _kam_voice_company(self):
        """The company in which an answer of this account counts: its own, else that which holds it, else the main one."""
        self.ensure_one()
        main = self.env['res.company'].browse(self.env['kam.fact']._main_company_id())
        if self.company_id:
            return self.company_id
        today = main._kam_today()
        assignments = self.env['kam.assignment'].sudo()  # sudo: the answer may come from somebody without rights
        held = assignments.search(
            assignments._domain_covering(today, today) & Domain('partner_id', '=', self.id), order='date_from desc, id', limit=1)
        return held.company_id or main

    def action_kam_voice(self):
        """Show the invitations and answers of the account's people."""
        self.ensure_one()
        action = self.env['ir.actions.act_window']._for_xml_id('kam_kpi.kam_voice_invitation_action')
        return {**action, 'domain': [('partner_id', '=', self.id)], 'context': {}, 'name': self.display_name}
