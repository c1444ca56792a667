from odoo import fields, models


class KamPlanReason(models.TransientModel):
    """Asks why: a gate is opened, a blueprint refused or a plan cancelled."""

    _name = 'kam.plan.reason'
    _description = "Reason for a Decision on a Plan"

    plan_id = fields.Many2one('kam.plan', required=True, readonly=True, ondelete='cascade')
    kind = fields.Selection([
        ('gate', "Open the gate"),
        ('refuse', "Refuse the blueprint"),
        ('cancel', "Cancel the plan"),
    ], required=True, readonly=True)
    missing = fields.Text(related='plan_id.gate_message', string="Still missing")
    reason = fields.Text(required=True)

    def action_confirm(self):
        """Carry out the decision; the plan checks again who may take it."""
        self.ensure_one()
        decisions = {'gate': self.plan_id._open_gate, 'refuse': self.plan_id._refuse, 'cancel': self.plan_id._cancel}
        decisions[self.kind](self.reason.strip())
        return {'type': 'ir.actions.act_window_close'}
