from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..fields import NullableFloat


class KamCustomerGoal(models.Model):
    """What the customer wants to reach, measured: the success our work is judged by.

    ``actual`` empty means that nobody knows yet, which counts as not reached
    once the goal is due. The weight says how much the customer cares.
    """

    _name = 'kam.customer.goal'
    _description = "Goal of a Customer"
    _order = 'due_date, id'

    name = fields.Char("Goal", required=True)
    plan_id = fields.Many2one('kam.plan', "Plan", index='btree_not_null', ondelete='set null')
    partner_id = fields.Many2one(
        'res.partner', "Account", compute='_compute_from_plan', store=True, readonly=False, precompute=True,
        required=True, index=True, ondelete='restrict')
    company_id = fields.Many2one(
        'res.company', compute='_compute_from_plan', store=True, readonly=False, precompute=True, required=True,
        default=lambda self: self.env.company)
    unit = fields.Char(help="What is counted: days, %, tickets…")
    baseline = fields.Float("From", aggregator=None)
    target = fields.Float("To", aggregator=None)
    actual = NullableFloat("Now", aggregator=None, help="Empty: not measured yet.")
    direction = fields.Selection(
        [('higher', "Higher is better"), ('lower', "Lower is better")], compute='_compute_direction', store=True, readonly=False,
        precompute=True, required=True)
    due_date = fields.Date("Due")
    weight = fields.Float(default=1.0, aggregator=None)
    confirmed_by_id = fields.Many2one(
        'res.partner', "Confirmed by", ondelete='set null', index='btree_not_null',
        domain="[('commercial_partner_id', '=', partner_id)]", help="Who at the customer said so; empty: our assumption.")
    is_reached = fields.Boolean("Reached", compute='_compute_is_reached')

    _weight_positive = models.Constraint('CHECK (weight > 0)', "A goal's weight is above zero.")

    @api.depends('plan_id')
    def _compute_from_plan(self):
        for goal in self:
            goal.partner_id = goal.plan_id.partner_id or goal.partner_id
            goal.company_id = goal.plan_id.company_id or goal.company_id or self.env.company

    @api.depends('baseline', 'target')
    def _compute_direction(self):
        for goal in self:
            goal.direction = 'lower' if goal.target < goal.baseline else goal.direction or 'higher'

    @api.depends('actual', 'target', 'direction')
    def _compute_is_reached(self):
        for goal in self:
            if goal.actual is False:
                goal.is_reached = False
            else:
                goal.is_reached = goal.actual <= goal.target if goal.direction == 'lower' else goal.actual >= goal.target

    @api.constrains('plan_id', 'partner_id')
    def _check_account(self):
        for goal in self:
            if goal.plan_id and goal.plan_id.partner_id != goal.partner_id:
                raise ValidationError(self.env._("The goal “%(goal)s” belongs to another account than its plan.", goal=goal.name))

    @api.model_create_multi
    def create(self, vals_list):
        goals = super().create(vals_list)
        goals.plan_id._check_open()
        return goals

    def write(self, vals):
        self.plan_id._check_open()
        result = super().write(vals)
        self.plan_id._check_open()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_frozen(self):
        self.plan_id._check_open()

    def _renewed_values(self):
        """Values for the same goal in next year's plan, which starts from what is reached now."""
        self.ensure_one()
        start = self.baseline if self.actual is False else self.actual
        return {
            'name': self.name, 'unit': self.unit, 'baseline': start, 'target': self.target, 'actual': self.actual,
            'direction': self.direction, 'weight': self.weight, 'confirmed_by_id': self.confirmed_by_id.id,
            'due_date': self.due_date and fields.Date.add(self.due_date, years=1),
        }
