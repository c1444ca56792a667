from odoo import api, fields, models
from odoo.exceptions import UserError

from ..fields import NullableFloat
from .kam_kpi_value import REASONS
from .kam_review_words import DIGITS

STATUSES = [
    ('green', "On target"),
    ('amber', "Close"),
    ('red', "Off target"),
    ('no_target', "No target"),
    ('no_data', "No data"),
]
# What is worth a sentence: a change against last year of so many percent or points.
NOTABLE = 3.0
WORDS = {'comment', 'for_customer', 'sequence'}


class KamReviewKpi(models.Model):
    """A headline figure of a review, as it was when the review was filled.

    ``value``, ``value_last_year`` (the same period twelve months earlier) and
    ``value_previous`` (the period before) are in the KPI's unit, percent as
    0..100; empty is no data, for the ``reason``. ``attainment`` is a fraction.
    People write ``comment`` and ``for_customer``; all else is filled.
    """

    _name = 'kam.review.kpi'
    _description = "Figure of a Review"
    _order = 'sequence, id'
    _rec_name = 'kpi_id'

    review_id = fields.Many2one('kam.review', required=True, ondelete='cascade', index=True)
    company_id = fields.Many2one(related='review_id.company_id', store=True)
    currency_id = fields.Many2one(related='review_id.currency_id')
    kpi_id = fields.Many2one('kam.kpi', "KPI", required=True, ondelete='restrict', index=True)
    code = fields.Char(related='kpi_id.code')
    unit = fields.Selection(related='kpi_id.unit')
    sequence = fields.Integer(default=10)
    value = NullableFloat(aggregator=None)
    numerator = NullableFloat(aggregator=None)
    denominator = NullableFloat(aggregator=None)
    value_last_year = NullableFloat("Last year", aggregator=None)
    value_previous = NullableFloat("Period before", aggregator=None)
    target = NullableFloat(aggregator=None)
    attainment = NullableFloat(aggregator=None)
    status = fields.Selection(STATUSES, required=True, default='no_data')
    state = fields.Selection([('ok', "Ok"), ('no_data', "No data")], required=True, default='no_data')
    reason = fields.Selection(REASONS)
    sample_size = fields.Integer("Cases", aggregator=None)
    comment = fields.Char("So what?", help="What the figure means and what follows from it.")
    for_customer = fields.Boolean("Customer", help="Printed in the customer's edition.")
    value_text = fields.Char("Result", compute='_compute_texts')
    target_text = fields.Char("Target ", compute='_compute_texts')
    attainment_text = fields.Char("Reached", compute='_compute_texts')
    last_year_text = fields.Char("Last year ", compute='_compute_texts')
    previous_text = fields.Char("Before", compute='_compute_texts')
    change_text = fields.Char("Against last year", compute='_compute_texts')
    change_kind = fields.Selection([('better', "Better"), ('worse', "Worse"), ('same', "Same")], compute='_compute_texts')
    live_value = NullableFloat("Today", compute='_compute_live', aggregator=None)
    restated_text = fields.Char("Since then", compute='_compute_live')

    _kpi_once = models.Constraint('UNIQUE(review_id, kpi_id)', "A review shows each KPI once.")

    @api.depends('value', 'target', 'attainment', 'value_last_year', 'value_previous', 'reason', 'kpi_id')
    @api.depends_context('lang')
    def _compute_texts(self):
        for line in self:
            show = line.review_id._format_value
            line.value_text = show(line.value, line.unit)
            line.target_text = show(line.target, line.unit)
            line.attainment_text = show(line._percent(line.attainment), 'percent')
            line.last_year_text = show(line.value_last_year, line.unit)
            line.previous_text = show(line.value_previous, line.unit)
            line.change_text, line.change_kind = line._change()

    @api.depends('value', 'review_id.state')
    @api.depends_context('lang')
    def _compute_live(self):
        """What the documents say today, for signed reviews: shown beside, never merged in."""
        for review, lines in self.grouped('review_id').items():
            rows = review._measure(lines.kpi_id.mapped('code')) if review.state == 'signed' else {}
            for line in lines:
                now = rows.get(line.code, {}).get('value')
                line.live_value = now
                line.restated_text = line._restated(now) if line.code in rows else False

    def _percent(self, fraction):
        return False if fraction is False else 100 * fraction

    def _change(self):
        """The change against last year as text and whether it is for the better; percentages differ by points."""
        self.ensure_one()
        if self.value is False or self.value_last_year is False:
            return self.review_id._format_value(False, self.unit), False
        digits = DIGITS.get(self.unit, 1)
        # Of the figures as they are shown, so that the reader's own subtraction agrees.
        difference = round(self.value, digits) - round(self.value_last_year, digits)
        if self.unit == 'percent':
            text = self.review_id._format_value(difference, 'points', signed=True)
        elif self.unit == 'currency' and self.value_last_year > 0:
            text = self.review_id._format_value(100 * (self.value / self.value_last_year - 1), 'percent', signed=True)
        else:
            text = self.review_id._format_value(difference, self.unit, signed=True)
        if abs(difference) < 1e-9:
            return text, 'same'
        if self.kpi_id.direction == 'band':
            return text, False
        better = (difference > 0) == (self.kpi_id.direction == 'higher')
        return text, 'better' if better else 'worse'

    def _is_notable(self, kind):
        """Whether the change against last year is of the kind and large enough for a sentence."""
        self.ensure_one()
        if self.change_kind != kind:
            return False
        difference = abs(self.value - self.value_last_year)
        if self.unit in ('percent', 'score'):
            return difference >= NOTABLE
        return bool(self.value_last_year) and 100 * difference / abs(self.value_last_year) >= NOTABLE

    def _sentence(self):
        """The figure in words: result, change, part of the target reached."""
        self.ensure_one()
        parts = [self.value_text]
        if self.change_kind:
            parts.append(self.env._("%(change)s against last year", change=self.change_text))
        if self.attainment is not False:
            parts.append(self.env._("%(part)s of the target", part=self.attainment_text))
        return self.env._("%(kpi)s: %(facts)s.", kpi=self.kpi_id.name, facts=', '.join(parts))

    def _restated(self, now):
        """How today's figure differs from the signed one, or False when it does not."""
        self.ensure_one()
        before = None if self.value is False else self.value
        if before is None and now is None or None not in (before, now) and abs(now - before) < 0.005:
            return False
        show = self.review_id._format_value
        if None in (before, now):
            return self.env._("now %(value)s", value=show(False if now is None else now, self.unit))
        unit = 'points' if self.unit == 'percent' else self.unit
        return self.env._("%(change)s, now %(value)s", change=show(now - before, unit, signed=True), value=show(now, self.unit))

    @api.model_create_multi
    def create(self, vals_list):
        self.env['kam.review'].browse([vals['review_id'] for vals in vals_list if vals.get('review_id')])._check_open()
        return super().create(vals_list)

    def write(self, vals):
        self.review_id._check_open()
        if vals.keys() - WORDS:
            raise UserError(self.env._("The figures of a review are filled from the documents: use Refresh figures."))
        self.review_id._check_unsigned()
        return super().write(vals)

    def _store(self, vals):
        """Write figures; the review's refresh only."""
        self.review_id._check_open()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_signed(self):
        self.review_id._check_open()
