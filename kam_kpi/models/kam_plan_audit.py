from odoo import fields, models


class KamPlanAudit(models.Model):
    """One answered question of a plan's resource audit; the wording is the plan's own copy."""

    _name = 'kam.plan.audit'
    _inherit = ['kam.plan.part']
    _description = "Audit of a Plan's Resources"
    _order = 'sequence, id'

    name = fields.Char("Question", required=True)
    sequence = fields.Integer(default=10)
    answer = fields.Selection([('yes', "Yes"), ('no', "No"), ('na', "Not applicable")])
    finding = fields.Char(help="What was found; needed when the answer is No.")
