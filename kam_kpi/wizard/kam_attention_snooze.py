from odoo import fields, models


class KamAttentionSnooze(models.TransientModel):
    """Until when an item is put off, and why."""

    _name = 'kam.attention.snooze'
    _description = "Put Off"

    attention_id = fields.Many2one('kam.attention', required=True, readonly=True, ondelete='cascade')
    reason_shown = fields.Char(related='attention_id.reason')
    until = fields.Date("Remind me on", required=True, default=lambda self: fields.Date.add(self.env.company._kam_today(), days=7))
    reason = fields.Char("Why later")

    def action_confirm(self):
        """Put it off; the item checks again who may."""
        self.ensure_one()
        self.attention_id._snooze(self.until, self.reason)
        return {'type': 'ir.actions.act_window_close'}
