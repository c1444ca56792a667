from odoo import fields, models


class KamPlanCheck(models.Model):
    """Somebody went through a step of a plan and found that nothing had changed."""

    _name = 'kam.plan.check'
    _inherit = ['kam.plan.part']
    _description = "Step of a Plan Gone Through"
    _order = 'date desc, id desc'
    _rec_name = 'step_id'

    step_id = fields.Many2one('kam.plan.step', "Step", required=True, readonly=True, ondelete='restrict')
    date = fields.Date("On", required=True, readonly=True)
    user_id = fields.Many2one('res.users', "By", required=True, readonly=True, ondelete='restrict')
