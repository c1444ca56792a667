from odoo import api, fields, models


class KamHealthGroup(models.Model):
    """One side of an account's health, with the KPIs that tell it."""

    _name = 'kam.health.group'
    _description = "Health Group"
    _order = 'sequence, id'

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    weight = fields.Float(required=True, default=10.0, aggregator=None)
    item_ids = fields.One2many('kam.health.item', 'group_id', "KPIs", copy=True)

    _weight_positive = models.Constraint(
        "CHECK(weight > 0 AND weight < 'Infinity')", "The weight of a health group is a number above zero.")

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        self.env['kam.health']._refresh_all()
        return records

    def write(self, vals):
        result = super().write(vals)
        self.env['kam.health']._refresh_all()
        return result

    def unlink(self):
        result = super().unlink()
        self.env['kam.health']._refresh_all()
        return result
