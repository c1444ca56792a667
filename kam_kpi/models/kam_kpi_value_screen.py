from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.tools.misc import format_date

from ..fields import NullableFloat

# A year and a day back there is a period before, whatever the frequency.
LOOK_BACK = relativedelta(years=1, days=1)


class KamKpiValueScreen(models.Model):
    """What people see of a KPI value besides the figure: whose it is, of when, and better or worse than before."""

    _inherit = 'kam.kpi.value'

    subject = fields.Char(
        compute='_compute_subject', help="Whose figure it is: an account, an account manager, a sales team or the company.")
    period_label = fields.Char("Period", compute='_compute_period_label')
    previous_value = NullableFloat(
        "Before", compute='_compute_previous', aggregator=None,
        help="The figure of the period before, where you may see it.")
    trend = fields.Selection([
        ('better', "Better"),
        ('same', "Unchanged"),
        ('worse', "Worse"),
    ], compute='_compute_previous', help="Against the period before, by the direction of the KPI. Empty: nothing to compare with.")

    @api.depends('scope', 'partner_id', 'user_id', 'team_id', 'company_id')
    def _compute_subject(self):
        for value in self:
            subject = {
                'account': value.partner_id, 'user': value.user_id, 'team': value.team_id, 'company': value.company_id,
            }[value.scope]
            value.subject = subject.display_name

    @api.depends('kpi_id', 'subject', 'period_label')
    def _compute_display_name(self):
        for value in self:
            value.display_name = self.env._(
                "%(kpi)s: %(subject)s, %(period)s",
                kpi=value.kpi_id.name, subject=value.subject, period=value.period_label)

    @api.depends('frequency', 'date_start', 'date_end')
    @api.depends_context('lang')
    def _compute_period_label(self):
        for value in self:
            value.period_label = value.date_end and self._period_text(value.frequency, value.date_start, value.date_end)

    @api.model
    def _period_text(self, frequency, date_start, date_end):
        """Return a period in words; ``date_end`` is its last day."""
        end = format_date(self.env, date_end, date_format='MMM y')
        if frequency == 'month':
            return end
        if frequency == 'ttm':
            return self.env._("12 months to %(day)s", day=format_date(self.env, date_end))
        start = format_date(self.env, date_start, date_format='MMM' if date_start.year == date_end.year else 'MMM y')
        return self.env._("%(first_month)s – %(last_month)s", first_month=start, last_month=end)

    # What tells a series is named as well, so that it is read along with the rows.
    @api.depends(
        'value', 'is_current', 'kpi_id.direction', 'kpi_id.flow', 'kpi_id.window',
        'company_id', 'scope', 'subject_id', 'frequency', 'date_start', 'date_end')
    def _compute_previous(self):
        self.env['kam.kpi']._know()
        previous = self._previous_values()
        for value in self:
            before = previous.get(value.id, False)
            value.previous_value = before
            value.trend = value._trend_against(before)

    def _trend_against(self, before):
        if before is False or self.value is False or self.kpi_id.direction == 'band':
            return False
        change = round(self.value - before, 6)
        if not change:
            return 'same'
        return 'better' if (change > 0) == (self.kpi_id.direction == 'higher') else 'worse'

    def _previous_values(self):
        """Return ``{id: value}``: the latest known figure of the same subject that ended earlier, if any.

        Read as the user, so that nobody sees through a trend what the period
        before held for somebody else.
        """
        stored = self.filtered('date_end')
        if not stored:
            return {}
        earlier = self.search_fetch([
            ('kpi_id', 'in', stored.kpi_id.ids),
            ('scope', 'in', list(set(stored.mapped('scope')))),
            ('frequency', 'in', list(set(stored.mapped('frequency')))),
            ('subject_id', 'in', list(set(stored.mapped('subject_id')))),
            ('date_end', '>=', min(stored.mapped('date_end')) - LOOK_BACK),
            ('date_end', '<', max(stored.mapped('date_end'))),
            ('value', '!=', False),
        ], ['kpi_id', 'company_id', 'scope', 'subject_id', 'frequency', 'date_end', 'value'], order='date_end desc')
        by_series = earlier.grouped(lambda value: value._series())
        return {
            value.id: next(
                (row.value for row in by_series.get(value._series(), ()) if row.date_end < value.date_end), False)
            for value in stored
        }

    def _series(self):
        """Return what the values of one curve have in common."""
        self.ensure_one()
        return self.kpi_id, self.company_id, self.scope, self.frequency, self.subject_id

    def _account_values(self):
        """Return the values of the accounts which make up a figure of a person, a team or the company."""
        if not self or self.scope == 'account':
            return self.browse()
        holder = {'user': [('user_id', '=', self.user_id.id)], 'team': [('team_id', '=', self.team_id.id)]}
        return self.search([
            ('kpi_id', '=', self.kpi_id.id),
            ('scope', '=', 'account'),
            ('frequency', '=', self.frequency),
            ('date_end', '=', self.date_end),
            ('company_id', '=', self.company_id.id),
            *holder.get(self.scope, []),
        ], order='numerator desc, partner_id')

    def action_explain(self):
        """Open the explanation of this figure; the documents only where its accounts are the user's."""
        self.ensure_one()
        self.check_access('read')
        # The figure is of one company, whichever others the user looks at.
        kpi = self.kpi_id.with_context(allowed_company_ids=self.company_id.ids)
        return kpi.env['kam.explain']._open(
            kpi, self.scope, self.subject_id, self.date_start, self.date_end + relativedelta(days=1), stored=self)

    def _differs(self, live_value):
        if (self.value is False) != (live_value is False):
            return True
        return self.value is not False and round(self.value - live_value, 2) != 0
