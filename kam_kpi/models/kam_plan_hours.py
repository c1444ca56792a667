from odoo import api, fields, models

from ..fields import NullableFloat
from ..tools import period

# Hours so far beyond what was planned for the days gone are told.
TOLERANCE = 0.25


class KamPlan(models.Model):
    """Step 6: the hours people wrote down for the account, against those the plan meant to spend by now."""

    _inherit = 'kam.plan'

    hours_measured = NullableFloat(
        "Hours in timesheets", readonly=True, copy=False, aggregator='sum',
        help="Written down for the account since the plan's first day. Empty: timesheets are not installed.")
    hours_due = NullableFloat(
        "Planned by now", compute='_compute_hours', aggregator=None, help="The planned hours for the part of the plan's days that are gone.")
    hours_state = fields.Selection([
        ('over', "More than planned"),
        ('as_planned', "As planned"),
        ('under', "Less than planned"),
    ], "Effort", compute='_compute_hours', help="A quarter more or less than planned by now is told. Empty where something is not known.")

    @api.depends('hours_planned', 'hours_measured', 'hours_actual', 'date_start', 'date_end', 'figures_date')
    def _compute_hours(self):
        for plan in self:
            plan.hours_due = plan._hours_due()
            spent = plan._hours_spent()
            if plan.hours_due is False or not plan.hours_due or spent is None:
                plan.hours_state = False
                continue
            share = spent / plan.hours_due - 1
            plan.hours_state = 'over' if share > TOLERANCE else 'under' if share < -TOLERANCE else 'as_planned'

    def _hours_due(self):
        if not (self.hours_planned and self.date_start and self.date_end):
            return False
        days = (self.date_end - self.date_start).days + 1
        until = self.figures_date or self.company_id._kam_today()
        gone = min(max((until - self.date_start).days, 0), days)
        return self.hours_planned * gone / days

    def _hours_spent(self):
        """Hours of the timesheets, else those that were typed in; None when neither is known."""
        return self.hours_measured if self.hours_measured is not False else self.hours_actual or None

    def action_refresh_figures(self):
        result = super().action_refresh_figures()
        living = self.filtered(lambda plan: plan._is_living() and plan.date_start)
        for (company, start, end), plans in living.grouped(lambda plan: (plan.company_id, plan.date_start, plan.date_end)).items():
            plans._refresh_hours(company, start, min(end + period.ONE_DAY, company._kam_today()))
        return result

    def _refresh_hours(self, company, start, stop):
        """Take the hours of these plans of one company and time; a plan that has not begun has none yet."""
        found = {}
        if start < stop:
            kpis = self.sudo().with_company(company).env['kam.kpi']  # sudo: of the plans' own accounts, to which access was checked
            found = {
                row['partner_id']: row['value'] for row in kpis.measure_kpis(['service_hours'], self.partner_id.ids, start, stop)
                if row['state'] == 'ok'}
        for plan in self:
            hours = found.get(plan.partner_id.id)
            if plan.hours_measured != (False if hours is None else hours):
                plan._set_figures({'hours_measured': hours})
