from odoo import fields, models


class KamRuleDismiss(models.TransientModel):
    """Asks why an alert needs nothing."""

    _name = 'kam.rule.dismiss'
    _description = "Dismiss an Alert"

    alert_id = fields.Many2one('kam.rule.alert', required=True, readonly=True, ondelete='cascade')
    reason = fields.Char(required=True)

    def action_confirm(self):
        """Dismiss it; the alert checks who may."""
        self.ensure_one()
        self.alert_id.action_dismiss(self.reason)
        return {'type': 'ir.actions.act_window_close'}
