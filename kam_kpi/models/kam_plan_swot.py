from odoo import api, fields, models

SWOT_KINDS = [
    ('strength', "Strength"),
    ('weakness', "Weakness"),
    ('opportunity', "Opportunity"),
    ('threat', "Threat"),
]


class KamPlanSwot(models.Model):
    """A strength, weakness, opportunity or threat of our position at the account."""

    _name = 'kam.plan.swot'
    _inherit = ['kam.plan.part']
    _description = "SWOT Item"
    _order = 'kind_order, id'

    name = fields.Char("Finding", required=True)
    kind = fields.Selection(SWOT_KINDS, required=True, default='strength')
    kind_order = fields.Integer(compute='_compute_kind_order', store=True, precompute=True, aggregator=None)

    @api.depends('kind')
    def _compute_kind_order(self):
        order = {kind: index for index, (kind, _label) in enumerate(SWOT_KINDS)}
        for item in self:
            item.kind_order = order.get(item.kind, 0)
