from odoo import api, fields, models


class KamTargetWeight(models.Model):
    """What a target counts on the scorecard of its subject, and that the scorecards follow the targets."""

    _inherit = 'kam.target'

    weight = fields.Float(default=1.0, aggregator=None, tracking=True, help="How much it counts on the scorecard, against the others there.")
    missing_as_zero = fields.Boolean(
        "Missing counts as zero", tracking=True,
        help="Without data it counts as nothing attained, for example a survey that nobody sent. Otherwise its weight goes to the others.")

    _weight_positive = models.Constraint('CHECK(weight >= 0)', "The weight of a target cannot be below zero: 0 leaves it out of the scorecard.")

    def write(self, vals):
        result = super().write(vals)
        if {'state', 'weight', 'missing_as_zero', 'active'} & vals.keys():
            self.env['kam.scorecard']._refresh(self)
        return result

    @api.model
    def _refresh_actuals(self, partner_ids=None):
        super()._refresh_actuals(partner_ids)
        self.env['kam.scorecard']._refresh()
