import math

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class KamCriterion(models.Model):
    """What makes a customer a key account, and how much it weighs.

    A criterion is scored from 1 (very low) to 10 (very high) by a person, or
    proposed by a KPI: ``score_from`` of the KPI is worth 1, ``score_to`` worth
    10, in a straight line between, cut at both ends. Where less is better,
    ``score_from`` lies above ``score_to``. Weights may be of any scale; only
    their proportions count, so a criterion can be switched off at any time.
    """

    _name = 'kam.criterion'
    _description = "Scoring Criterion"
    _order = 'sequence, id'

    name = fields.Char(required=True, translate=True)
    guidance = fields.Text(
        translate=True, help="What deserves a 1, a 5, a 10: so that two people score alike.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    weight = fields.Float(required=True, default=10.0, aggregator=None)
    company_id = fields.Many2one('res.company', index='btree_not_null', help="Empty: for all companies.")
    kpi_id = fields.Many2one(
        'kam.kpi', "Automatic source", ondelete='restrict', index='btree_not_null',
        help="The KPI over twelve months which proposes the score; empty: people score.")
    score_from = fields.Float("Worth 1", aggregator=None, help="The KPI's value which deserves a 1, or anything below.")
    score_to = fields.Float("Worth 10", aggregator=None, help="The KPI's value which deserves a 10, or anything above.")

    # NaN and infinity pass a plain comparison with zero.
    _weight_positive = models.Constraint(
        "CHECK(weight > 0 AND weight < 'Infinity')", "The weight of a criterion is a number above zero.")

    @api.constrains('kpi_id', 'score_from', 'score_to')
    def _check_scale(self):
        for criterion in self:
            ends = (criterion.score_from, criterion.score_to)
            if criterion.kpi_id and (ends[0] == ends[1] or not all(map(math.isfinite, ends))):
                raise ValidationError(self.env._(
                    "%(criterion)s: enter two different values of %(kpi)s, one worth 1 and one worth 10.",
                    criterion=criterion.name, kpi=criterion.kpi_id.name))
