from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools import scoring


class KamHealthItem(models.Model):
    """A KPI in a health group, and what its values are worth.

    ``anchors`` lists points "value: score" with scores of 0..100, for example
    ``80: 0, 95: 50, 100: 75, 110: 100``; between them a straight line, beyond
    them the score of the last one.
    """

    _name = 'kam.health.item'
    _description = "Health KPI"
    _order = 'sequence, id'

    group_id = fields.Many2one('kam.health.group', required=True, ondelete='cascade', index=True)
    kpi_id = fields.Many2one('kam.kpi', "KPI", required=True, ondelete='restrict', index=True)
    sequence = fields.Integer(default=10)
    weight = fields.Float(required=True, default=1.0, aggregator=None)
    anchors = fields.Char(required=True, help='Points "value: score from 0 to 100", separated by commas.')

    _kpi_once = models.Constraint('UNIQUE(group_id, kpi_id)', "A KPI counts once in a health group.")
    _weight_positive = models.Constraint(
        "CHECK(weight > 0 AND weight < 'Infinity')", "The weight of a KPI is a number above zero.")

    def _points(self):
        """Return ``[(value, score)]``. :raise ValueError: when ``anchors`` cannot be read"""
        self.ensure_one()
        points = [tuple(float(number) for number in point.split(':')) for point in self.anchors.split(',')]
        if any(len(point) != 2 or not 0 <= point[1] <= 100 for point in points):
            raise ValueError(self.anchors)
        scoring.interpolate(points, 0.0)
        return points

    @api.constrains('anchors')
    def _check_anchors(self):
        for item in self:
            try:
                item._points()
            except ValueError as error:
                raise ValidationError(self.env._(
                    "%(kpi)s: write the anchors as \"value: score\" with scores from 0 to 100, separated by commas, each "
                    "value once; for example 80: 0, 100: 75, 110: 100.", kpi=item.kpi_id.name)) from error

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
