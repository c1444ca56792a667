from odoo import api, fields, models
from odoo.exceptions import UserError


class KamPlanWaiver(models.Model):
    """A gate opened by a leader although something was missing.

    Written by the plan alone; nobody changes or deletes a row. A waiver of
    step 4 ends (is archived) when the blueprint changes afterwards.
    """

    _name = 'kam.plan.waiver'
    _description = "Opened Gate of a Plan"
    _order = 'id desc'
    _rec_name = 'step_id'

    plan_id = fields.Many2one('kam.plan', "Plan", required=True, readonly=True, index=True, ondelete='cascade')
    company_id = fields.Many2one(related='plan_id.company_id', store=True)
    step_id = fields.Many2one('kam.plan.step', "Step", required=True, readonly=True, index=True, ondelete='restrict')
    user_id = fields.Many2one('res.users', "Opened by", required=True, readonly=True, ondelete='restrict')
    date = fields.Datetime("Opened on", required=True, readonly=True)
    reason = fields.Text(required=True, readonly=True)
    missing = fields.Text("What was missing", readonly=True)
    active = fields.Boolean("In force", default=True, readonly=True)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_waiver(self):
        if not self.env.su:
            raise UserError(self.env._("An opened gate stays on record."))
