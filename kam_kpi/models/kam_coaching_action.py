from odoo import fields, models


class KamCoachingAction(models.Model):
    """A step that two people agreed on in a talk; open ones are carried over into the next talk."""

    _name = 'kam.coaching.action'
    _description = "Step from a Talk"
    _order = 'done, deadline, id'

    coaching_id = fields.Many2one('kam.coaching', required=True, ondelete='cascade', index=True)
    name = fields.Char("Step", required=True)
    deadline = fields.Date()
    done = fields.Boolean()
    carried = fields.Boolean("From last time", readonly=True)
