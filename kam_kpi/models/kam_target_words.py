import json

from odoo import api, fields, models
from odoo.tools import format_amount, format_date, formatLang

from ..tools.target import plausible_range
from .kam_target import VALUE_FIELDS

RECENT_PERIODS = 8
PLAUSIBLE_FIELDS = ('target_value', 'band_low', 'band_high')
DECIMALS = {'currency': 0, 'percent': 1, 'count': 0, 'score': 1, 'ratio': 2, 'days': 1, 'hours': 1}


class KamTargetWords(models.Model):
    """Targets in words: whom, when, how much, and what was reached before."""

    _inherit = 'kam.target'

    subject = fields.Char(compute='_compute_subject')
    period = fields.Char(compute='_compute_period')
    target_text = fields.Char("Target as text", compute='_compute_texts')
    actual_text = fields.Char("Actual as text", compute='_compute_texts')
    attainment_percent = fields.Float(
        compute='_compute_attainment_percent', help="For the bar: attainment between 0 and 100.")
    standing = fields.Char(compute='_compute_standing')
    recent_values = fields.Char("Periods before", compute='_compute_recent')
    recent_chart = fields.Text(compute='_compute_recent')
    plausibility_warning = fields.Char(compute='_compute_recent')

    @api.depends('scope', 'partner_id', 'user_id', 'team_id', 'company_id')
    def _compute_subject(self):
        for target in self:
            target.subject = target._subject_name()

    @api.depends('frequency', 'date_start', 'date_end', 'company_id')
    @api.depends_context('lang')
    def _compute_period(self):
        for target in self:
            target.period = target._period_name()

    @api.depends('unit', 'currency_id', 'actual_value', *VALUE_FIELDS)
    @api.depends_context('lang')
    def _compute_texts(self):
        for target in self:
            target.actual_text = target._value_text(target.actual_value)
            if target.direction == 'band':
                target.target_text = self.env._(
                    "%(low)s to %(high)s", low=target._value_text(target.band_low),
                    high=target._value_text(target.band_high))
            else:
                target.target_text = target._value_text(target.target_value)

    @api.depends('attainment')
    def _compute_attainment_percent(self):
        for target in self:
            target.attainment_percent = min(max(target.attainment or 0.0, 0.0), 1.0) * 100

    @api.depends('attainment', 'pace', 'status', 'reason', 'date_end')
    @api.depends_context('lang')
    def _compute_standing(self):
        for target in self:
            target.standing = target._standing_text()

    @api.depends('kpi_id', 'partner_id', 'user_id', 'team_id', 'company_id', 'frequency', 'date_start', *VALUE_FIELDS)
    @api.depends_context('lang')
    def _compute_recent(self):
        """Show what the same figure was in the periods before, beside the field people type in."""
        for target in self:
            values = target._recent_values()
            target.recent_values = self.env._("None kept yet") if not values else " · ".join(
                f"{target._period_name(value)}: {target._value_text(value.value)}" for value in values)
            points = [{'x': target._period_name(value), 'y': value.value} for value in values if value.value is not False]
            target.recent_chart = json.dumps([{'key': target.kpi_id.name, 'values': points}]) if points else False
            target.plausibility_warning = target._implausible_text([point['y'] for point in points])

    # ------------------------------------------------------------------

    def _subject_name(self):
        """Return whom the target is for, in one name."""
        self.ensure_one()
        subject = self.partner_id or self.user_id or self.team_id or self.company_id
        return subject.display_name or ""

    def _period_name(self, record=None):
        """Return the period in words.

        :param record: another record with ``frequency``, ``date_start`` and ``date_end``
        """
        record = record or self
        if not record.date_start or not record.date_end:
            return ""
        return self.env['kam.kpi.value']._period_text(record.frequency, record.date_start, record.date_end)

    def _day_text(self, day):
        return format_date(self.env, day)

    def _value_text(self, value):
        """Return a value in the KPI's unit, or a dash for no data."""
        self.ensure_one()
        if value is False or value is None:
            return "–"
        if self.unit == 'currency':
            return self._amount_text(value)
        digits = DECIMALS.get(self.unit, 2)
        if digits == 0 and value != round(value):
            digits = 1
        text = formatLang(self.env, value, digits=digits)
        if self.unit == 'percent':
            return self.env._("%(value)s %%", value=text)
        if self.unit == 'days':
            return self.env._("%(value)s days", value=text)
        if self.unit == 'hours':
            return self.env._("%(value)s h", value=text)
        return text

    def _standing_text(self):
        """Return how far the target is, in a few words."""
        if self.attainment is False or self.pace is False:
            return dict(self._fields['reason']._description_selection(self.env)).get(self.reason, "")
        whole = self._percent_text(self.attainment)
        if self.pace == self.attainment:
            return self.env._("%(percent)s of the target", percent=whole)
        return self.env._(
            "%(percent)s reached, %(due)s of what is due", percent=whole, due=self._percent_text(self.pace))

    @api.model
    def _percent_text(self, fraction):
        """Return a fraction as a whole percentage; what is just short of 100 % does not read as met."""
        percent = fraction * 100
        short_of_it = percent < 99.995 and round(percent) == 100
        return self.env._("%(value)s %%", value=formatLang(
            self.env, min(percent, 99.9) if short_of_it else percent, digits=1 if short_of_it else 0))

    def _amount_text(self, value):
        """Return an amount in the company's currency; from 1,000 on without cents, which say nothing there."""
        currency = self.currency_id or self.env.company.currency_id
        if abs(value) < 1000:
            return format_amount(self.env, value, currency)
        amount = formatLang(self.env, value, digits=0)
        symbol = currency.symbol or currency.name
        return f"{symbol}\N{NO-BREAK SPACE}{amount}" if currency.position == 'before' else f"{amount}\N{NO-BREAK SPACE}{symbol}"

    def _recent_values(self):
        """Return the kept values of the same figure for the periods before, the oldest first."""
        if not self.kpi_id or not self.date_start or not self.frequency:
            return self.env['kam.kpi.value']
        field, subject = {
            'account': ('partner_id', self.partner_id), 'user': ('user_id', self.user_id),
            'team': ('team_id', self.team_id),
        }.get(self.scope, ('company_id', self.company_id))
        return self.env['kam.kpi.value'].search([
            ('kpi_id', '=', self.kpi_id._origin.id),
            ('scope', '=', self.scope),
            (field, '=', subject._origin.id),
            ('company_id', '=', self.company_id._origin.id),
            ('frequency', '=', self.frequency),
            ('date_end', '<', self.date_start),
        ], order='date_end desc', limit=RECENT_PERIODS).sorted('date_end')

    def _implausible_text(self, values):
        expected = plausible_range(values)
        given = [self[name] for name in PLAUSIBLE_FIELDS if self[name] is not False]
        if not expected or not given or all(expected[0] <= value <= expected[1] for value in given):
            return False
        return self.env._(
            "Far from what was reached before: the last %(count)s periods suggest between %(low)s and %(high)s. "
            "Check the value, or note why it is within reach.",
            count=len(values), low=self._value_text(expected[0]), high=self._value_text(expected[1]))
