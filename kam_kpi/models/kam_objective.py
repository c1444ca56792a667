from odoo import fields, models


class KamObjective(models.Model):
    """A strategic objective of the company which KPIs, targets and plans serve."""

    _name = 'kam.objective'
    _description = "Strategic Objective"
    _order = 'sequence, id'

    name = fields.Char(required=True, translate=True)
    description = fields.Text(translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    user_id = fields.Many2one('res.users', "Owner", ondelete='restrict')
    company_id = fields.Many2one('res.company', help="Empty: shared by all companies.")
    kpi_ids = fields.One2many('kam.kpi', 'objective_id', "KPIs")
