from odoo import fields, models

FOLLOWED = ('summary', 'user_id', 'date_deadline')


class MailActivity(models.Model):
    _inherit = 'mail.activity'

    kam_action_id = fields.Many2one('kam.plan.action', "Plan action", index='btree_not_null', ondelete='set null')
    kam_stakeholder_id = fields.Many2one(
        'kam.stakeholder', "Person who seems to have left", index='btree_not_null', ondelete='cascade')

    def write(self, vals):
        result = super().write(vals)
        if any(name in vals for name in FOLLOWED):
            self._kam_open_actions()._follow_activity()
        return result

    def _action_done(self, feedback=False, attachment_ids=None):
        actions = self._kam_open_actions()
        result = super()._action_done(feedback=feedback, attachment_ids=attachment_ids)
        actions.filtered(lambda action: action.state == 'open').state = 'done'
        return result

    def unlink(self):
        actions = self.filtered('active')._kam_open_actions()
        result = super().unlink()
        for action in actions.filtered(lambda action: action.state == 'open' and action.user_id and action.date_deadline):
            action.state = 'cancelled'
        return result

    def _kam_open_actions(self):
        """The open plan actions behind these activities."""
        actions = self.sudo().kam_action_id  # whoever may work on the activity moves its action along with it
        return actions.filtered(lambda action: action.state == 'open')
