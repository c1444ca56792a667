import math

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..fields import NullableFloat
from ..tools import scoring


class KamAccountScoreLine(models.Model):
    """The score of one criterion: 1 (very low) to 10 (very high), or empty when nobody can tell.

    ``weight`` is a copy, so that later changes of the criteria leave old scorings alone.
    """

    _name = 'kam.account.score.line'
    _description = "Key Account Score Line"
    _order = 'sequence, id'

    score_id = fields.Many2one('kam.account.score', "Scoring", required=True, ondelete='cascade', index=True)
    partner_id = fields.Many2one(related='score_id.partner_id')
    criterion_id = fields.Many2one('kam.criterion', required=True, ondelete='restrict', index=True)
    sequence = fields.Integer(related='criterion_id.sequence', store=True)
    guidance = fields.Text(related='criterion_id.guidance')
    kpi_id = fields.Many2one(related='criterion_id.kpi_id', string="Automatic source")
    weight = fields.Float(required=True, aggregator=None)
    score = NullableFloat(aggregator='avg', help="From 1 (very low) to 10 (very high); empty: not scored.")
    automatic_score = NullableFloat(
        "From the KPI", readonly=True, aggregator=None, help="What the KPI proposed when the account was scored.")
    comment = fields.Char()

    _criterion_once = models.UniqueIndex('(score_id, criterion_id)', "A criterion is scored once in a scoring.")
    # NaN is above any number for PostgreSQL, hence below 10 says it as well.
    _score_range = models.Constraint("CHECK(score >= 1 AND score <= 10)", "A score lies between 1 and 10.")
    _weight_positive = models.Constraint(
        "CHECK(weight > 0 AND weight < 'Infinity')", "The weight of a criterion is a number above zero.")

    @api.onchange('criterion_id')
    def _onchange_criterion_id(self):
        if self.criterion_id:
            self.weight = self.criterion_id.weight

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_numbers(vals)
            if not vals.get('weight') and vals.get('criterion_id'):
                vals['weight'] = self.env['kam.criterion'].browse(vals['criterion_id']).weight
        lines = super().create(vals_list)
        lines.score_id._check_draft()
        return lines

    def write(self, vals):
        self._check_numbers(vals)
        self.score_id._check_draft()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_confirmed(self):
        self.score_id._check_draft()

    def _check_numbers(self, vals):
        """Raise ValidationError before a wrong score reaches the computation of the whole."""
        score, weight = vals.get('score'), vals.get('weight')
        if score is not None and score is not False and not (math.isfinite(score) and 1 <= score <= 10):
            raise ValidationError(self.env._(
                "%(score)s is no score: enter a number from 1 (very low) to 10 (very high), or nothing.", score=score))
        if weight and not (math.isfinite(weight) and weight > 0):
            raise ValidationError(self.env._("The weight of a criterion is a number above zero."))

    def _valid_score(self):
        """The score, or None without one; what is being typed may be no score yet, saving it is refused."""
        self.ensure_one()
        return self.score if self.score is not False and 1 <= self.score <= 10 else None

    def _automatic_score(self):
        """Return what the KPI of the criterion is worth, 1..10, or None without data."""
        self.ensure_one()
        criterion = self.criterion_id
        value = self.env['kam.kpi.value'].search([
            ('kpi_id', '=', criterion.kpi_id.id), ('partner_id', '=', self.score_id.partner_id.id),
            ('company_id', '=', self.score_id.company_id.id), ('scope', '=', 'account'), ('frequency', '=', 'ttm'),
            ('is_current', '=', True), ('state', '=', 'ok'),
        ], limit=1).value
        return scoring.linear_score(value, criterion.score_from, criterion.score_to)
