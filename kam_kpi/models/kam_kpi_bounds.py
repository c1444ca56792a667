from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..fields import NullableFloat


class KamKpiBounds(models.Model):
    """What targets may ask of a KPI: the values it can take at all, and what its forecast rests on."""

    _inherit = 'kam.kpi'

    value_min = NullableFloat(
        "Cannot be below", aggregator=None, help="No figure of this KPI can be lower: a target below it is refused. Empty: no limit.")
    value_max = NullableFloat(
        "Cannot be above", aggregator=None, help="No figure of this KPI can be higher: a target above it is refused. Empty: no limit.")
    pipeline_kind = fields.Selection([
        ('revenue', "Orders not yet invoiced and open opportunities"),
        ('bookings', "Open opportunities"),
    ], "Still to come", help="What is added to the actual in the pipeline forecast of a target; only for sales in money.")

    @api.constrains('value_min', 'value_max')
    def _check_value_bounds(self):
        for kpi in self:
            if kpi.value_min is not False and kpi.value_max is not False and kpi.value_min >= kpi.value_max:
                raise ValidationError(self.env._("The highest possible value of “%(kpi)s” must be above the lowest.", kpi=kpi.name))
