from odoo import fields, models

from .kam_attention import OPEN


class MailActivity(models.Model):
    """An activity of the morning list: who does or cancels it has handled what it is about."""

    _inherit = 'mail.activity'

    kam_attention_ids = fields.One2many('kam.attention', 'activity_id', "Needs attention")
    kam_attention_cause = fields.Char(readonly=True)

    def _action_done(self, feedback=False, attachment_ids=None):
        items = self._kam_attention()
        result = super()._action_done(feedback=feedback, attachment_ids=attachment_ids)
        items.exists()._settle()
        return result

    def unlink(self):
        items = self._kam_attention()
        result = super().unlink()
        items.exists()._settle()
        return result

    def _kam_attention(self):
        if self.env.context.get('kam_attention_closing') or not self.ids:
            return self.env['kam.attention']
        return self.env['kam.attention'].sudo().search([  # sudo: whoever may work on the activity moves its item along with it
            ('activity_id', 'in', self.ids), ('state', 'in', OPEN)])
