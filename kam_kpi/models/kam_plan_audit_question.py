from odoo import fields, models


class KamPlanAuditQuestion(models.Model):
    """A question of the audit checklist, copied into each new plan."""

    _name = 'kam.plan.audit.question'
    _description = "Audit Question"
    _order = 'sequence, id'

    name = fields.Char("Question", required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
