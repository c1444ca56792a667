from odoo import fields, models

PURPOSES = [
    ('win', "Win: a customer who buys little from us yet"),
    ('grow', "Grow: more of what they buy"),
    ('keep', "Keep: what we have"),
    ('recover', "Recover: an account that slips away"),
]


class KamPlanTemplate(models.Model):
    """What plans of one purpose usually hold: objectives, actions, communications and a strategy to begin with.

    A proposal, not a rule: a plan that is filled from it goes its own way.
    """

    _name = 'kam.plan.template'
    _description = "Plan Template"
    _order = 'sequence, id'

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    purpose = fields.Selection(PURPOSES, required=True)
    description = fields.Text(translate=True, help="For which accounts the template is meant.")
    strategy = fields.Selection(selection='_strategies')
    hours_planned = fields.Float("Planned hours", help="Of a year. 0: left open.")
    line_ids = fields.One2many('kam.plan.template.line', 'template_id', "Lines", copy=True)

    _sensible_hours = models.Constraint(
        "CHECK (hours_planned IS NULL OR (hours_planned >= 0 AND hours_planned < 1e6))", "Planned hours are an ordinary number, zero or more.")

    def _strategies(self):
        return self.env['kam.plan']._fields['strategy']._description_selection(self.env)
