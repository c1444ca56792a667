from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools.period import shift_months
from .kam_target import ONE_DAY

# What lies within the natural bounds of a KPI; a tolerance is a distance, not a value.
BOUND_FIELDS = ('target_value', 'stretch_value', 'baseline', 'band_low', 'band_high')


class KamTargetSmart(models.Model):
    """Whether a target is specific, measurable, achievable, relevant and time-bound; most of it by construction.

    What cannot be is refused; what is doubtful is said while one types and does not stop anybody.
    """

    _inherit = 'kam.target'

    data_warning = fields.Char(compute='_compute_data_warning')
    period_warning = fields.Char(compute='_compute_period_warning')
    smart_checks = fields.Html("SMART", compute='_compute_smart_checks', sanitize=False)

    @api.constrains('kpi_id', *BOUND_FIELDS)
    def _check_bounds(self):
        for target in self:
            low, high = target.kpi_id.value_min, target.kpi_id.value_max
            for name in BOUND_FIELDS:
                value = target[name]
                if value is False or (low is False or value >= low) and (high is False or value <= high):
                    continue
                raise ValidationError(self.env._(
                    "%(field)s: %(value)s cannot be reached, since %(kpi)s %(range)s.",
                    field=self._fields[name].get_description(self.env, ['string'])['string'],
                    value=target._value_text(value), kpi=target.kpi_id.name, range=target._bounds_text(low, high)))

    def _bounds_text(self, low, high):
        """Return the possible range in words, to go on with after the name of the KPI."""
        values = {'low': self._value_text(low), 'high': self._value_text(high)}
        if high is False:
            return self.env._("is never below %(low)s", **values)
        if low is False:
            return self.env._("is never above %(high)s", **values)
        return self.env._("lies between %(low)s and %(high)s", **values)

    @api.depends('kpi_id', 'partner_id', 'user_id', 'team_id', 'company_id')
    @api.depends_context('lang')
    def _compute_data_warning(self):
        """Say so when the KPI had no data for the subject in the last twelve months: it could never be attained."""
        for target in self:
            target.data_warning = False
            company = target.company_id or self.env.company
            if not target.kpi_id:
                continue
            today = company._kam_today()
            # sudo: whether there is data at all; the figure itself is not shown
            row = target.sudo().with_company(company)._results((shift_months(today, -12), today), today).get(target)
            if row and row['value'] is None:
                labels = dict(self.env['kam.kpi.value']._fields['reason']._description_selection(self.env))
                target.data_warning = self.env._(
                    "%(kpi)s has no data for %(subject)s in the last twelve months (%(reason)s). Until it has, nobody can tell "
                    "whether the target is met.", kpi=target.kpi_id.name, subject=target._subject_name(),
                    reason=labels.get(row['reason'], '').lower())

    @api.depends('frequency', 'date_start', 'date_end', 'company_id')
    @api.depends_context('lang')
    def _compute_period_warning(self):
        for target in self:
            target.period_warning = target._off_calendar_text()

    def _off_calendar_text(self):
        """Say when the days are not a period of the fiscal calendar, so that no other figure is of the same days."""
        if not self.date_start or not self.date_end or not self.frequency:
            return False
        company = self.company_id or self.env.company
        if self.frequency == 'ttm':
            stop = self.date_end + ONE_DAY
            expected = (shift_months(stop, -12), stop)
        else:
            expected = company._kam_period(self.frequency, self.date_start)
        if (self.date_start, self.date_end + ONE_DAY) == expected:
            return False
        labels = dict(self._fields['frequency']._description_selection(self.env))
        return self.env._(
            "%(start)s to %(end)s is no %(frequency)s of the fiscal calendar; that would be %(first)s to %(last)s. A target for "
            "other days has no earlier periods to be compared with.",
            start=self._day_text(self.date_start), end=self._day_text(self.date_end), frequency=labels[self.frequency].lower(),
            first=self._day_text(expected[0]), last=self._day_text(expected[1] - ONE_DAY))

    @api.depends(
        'kpi_id', 'scope', 'owner_id', 'objective_id', 'date_start', 'date_end', 'data_warning', 'period_warning',
        'plausibility_warning', 'partner_id', 'user_id', 'team_id')
    @api.depends_context('lang')
    def _compute_smart_checks(self):
        for target in self:
            target.smart_checks = self.env['ir.qweb']._render('kam_kpi.kam_target_smart', {'checks': target._smart_checks()})

    def _smart_checks(self):
        """Return [(what, whether it holds, in words)] of the five letters."""
        dates = bool(self.date_start and self.date_end)
        return [
            (self.env._("Specific"), bool(self.kpi_id), self.env._(
                "%(kpi)s of %(subject)s", kpi=self.kpi_id.name, subject=self._subject_name())
                if self.kpi_id else self.env._("Choose the KPI")),
            (self.env._("Measurable"), bool(self.kpi_id) and not self.data_warning,
                self.data_warning or self.env._("Computed from documents")),
            (self.env._("Achievable"), bool(self.owner_id) and not self.plausibility_warning,
                self.plausibility_warning or (self.env._("%(owner)s answers for it", owner=self.owner_id.name)
                if self.owner_id else self.env._("Name an owner"))),
            (self.env._("Relevant"), bool(self.objective_id),
                self.objective_id.display_name or self.env._("Choose the strategic objective it serves")),
            (self.env._("Time-bound"), dates and not self.period_warning,
                self.period_warning or (self._period_name() if dates else self.env._("Enter the period"))),
        ]
