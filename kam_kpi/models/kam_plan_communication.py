from odoo import fields, models


class KamPlanCommunication(models.Model):
    """Who hears what of the plan, when, how and from whom."""

    _name = 'kam.plan.communication'
    _inherit = ['kam.plan.part']
    _description = "Communication of a Plan"
    _order = 'date_planned, id'

    name = fields.Char("What", required=True)
    audience = fields.Selection([('internal', "Internal"), ('external', "Customer")], required=True, default='internal')
    partner_ids = fields.Many2many('res.partner', 'kam_plan_communication_partner_rel', 'communication_id', 'partner_id', "Who")
    channel = fields.Selection([
        ('meeting', "Meeting"),
        ('call', "Call"),
        ('email', "E-mail"),
        ('report', "Report"),
        ('portal', "Portal"),
        ('other', "Other"),
    ], required=True, default='meeting')
    user_id = fields.Many2one('res.users', "By", default=lambda self: self.env.user, ondelete='restrict')
    date_planned = fields.Date("Planned")
    date_done = fields.Date("Done on")

    def action_mark_done(self):
        """Note that it happened today, unless it already has a date."""
        self.check_access('write')
        for line in self.filtered(lambda line: not line.date_done):
            line.date_done = line.company_id._kam_today()
