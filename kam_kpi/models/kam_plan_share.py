from odoo import fields, models


class KamPlan(models.Model):
    _inherit = 'kam.plan'

    share_ids = fields.One2many('kam.share', 'plan_id', "Shared with", groups='kam_kpi.group_kam_user,kam_kpi.group_kam_reader')

    def action_share(self):
        """Share the plan with people of the customer, or look at whom it is shared with."""
        self.ensure_one()
        return self.env['kam.share']._action_for(self, 'plan_id')


class KamPlanObjective(models.Model):
    _inherit = 'kam.plan.objective'

    for_customer = fields.Boolean("Customer", help="Shown to the people of the customer with whom the plan is shared.")


class KamPlanAction(models.Model):
    """An action may be the customer's to do: they report it as done, and its owner on our side confirms it."""

    _inherit = 'kam.plan.action'

    for_customer = fields.Boolean("Customer", help="Shown to the people of the customer with whom the plan is shared.")
    side = fields.Selection([('us', "We"), ('customer', "Customer")], "Who does it", required=True, default='us')
    reported_on = fields.Datetime("Reported as done", readonly=True, copy=False)
    reported_by_id = fields.Many2one('res.partner', "Reported by", readonly=True, copy=False, ondelete='set null', index='btree_not_null')

    def write(self, vals):
        if vals.get('state') == 'open':
            vals = {**vals, 'reported_on': False, 'reported_by_id': False}
        return super().write(vals)


class KamReview(models.Model):
    _inherit = 'kam.review'

    share_ids = fields.One2many('kam.share', 'review_id', "Shared with", groups='kam_kpi.group_kam_user,kam_kpi.group_kam_reader')

    def action_share_customer(self):
        """Share the customer's edition with people of the customer, or look at whom it is shared with."""
        self.ensure_one()
        return self.env['kam.share']._action_for(self, 'review_id')
