from odoo import fields, models


class KamAttentionCall(models.TransientModel):
    """What was said in a call that an item asked for."""

    _name = 'kam.attention.call'
    _description = "Call with an Account"

    attention_id = fields.Many2one('kam.attention', required=True, readonly=True, ondelete='cascade')
    reason = fields.Char(related='attention_id.reason')
    partner_id = fields.Many2one(related='attention_id.partner_id')
    contact_id = fields.Many2one('res.partner', "Spoken with", domain="[('id', 'child_of', partner_id)]")
    note = fields.Text("What was said", required=True)

    def action_confirm(self):
        """Note the call; the item checks again who may."""
        self.ensure_one()
        self.attention_id._log_call(self.note.strip(), self.contact_id)
        return {'type': 'ir.actions.act_window_close'}
