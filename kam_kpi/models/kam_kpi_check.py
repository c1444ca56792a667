from odoo import fields, models


class KamKpiCheck(models.Model):
    """An outcome of a KPI besides plain ok: a formula which flags the value or withdraws it.

    It holds when the formula's sum over the scope is above zero or, with
    ``below``, when it is below that limit.
    """

    _name = 'kam.kpi.check'
    _inherit = ['kam.definitions']
    _description = "KPI Outcome"
    _order = 'sequence, id'

    kpi_id = fields.Many2one('kam.kpi', required=True, ondelete='cascade', index=True)
    sequence = fields.Integer(default=10)
    formula = fields.Char(required=True, help="In the language of the KPI; the outcome holds when its sum is above zero.")
    below = fields.Float(help="If set, the outcome holds when the sum is below this instead.")
    outcome = fields.Selection([('no_data', "No data"), ('flag', "Flag")], required=True, default='flag')
    code = fields.Char(required=True, help="For example not_in_cohort.")
    account_only = fields.Boolean("Single accounts only")
