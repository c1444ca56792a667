from datetime import datetime, timezone
from zoneinfo import ZoneInfo

from odoo import api, fields, models
from odoo.addons.base.models.res_partner import _tz_get

from ..tools import period


class ResCompany(models.Model):
    _inherit = 'res.company'

    kam_tz = fields.Selection(
        _tz_get, "Reporting time zone",
        help="Days of key account figures begin at midnight here. Empty: the time zone of the working hours.")
    kam_timezone = fields.Char(
        compute='_compute_kam_timezone', store=True,
        help="The time zone in force: figures never depend on who looks at them.")
    kam_closing_days = fields.Integer(
        "Days to close a period", default=10,
        help="So many days after its end a period's figures are kept as reported.")
    kam_account_cap = fields.Integer(
        "Accounts per manager", default=12,
        help="A warning is shown beyond it; 0: no limit.")
    kam_min_sample = fields.Integer(
        "Plain figures from", default=30,
        help="Figures from fewer cases are marked as a small sample.")
    kam_remark_months = fields.Integer(
        "Keep remarks about people (months)", default=24,
        help="Remarks about stakeholders who have been inactive for so long are erased; 0: kept until somebody erases them.")
    kam_pictured_on = fields.Date("Last picture of", readonly=True, help="The last day whose picture of stocks (open opportunities and the like) was taken.")
    kam_grace_days = fields.Integer(
        "Days of grace", default=30,
        help="An agreement is renewed when the next one begins within so many days after its end; later it counts as lost.")
    kam_acquisition_source = fields.Selection([
        ('analytic', "Marked analytic accounts"),
        ('ledger', "Marked ledger accounts"),
        ('manual', "Typed by month"),
    ], "Cost of winning customers", required=True, default='analytic', help="Where the cost of winning new customers is taken from.")

    _kam_grace_days_positive = models.Constraint('CHECK(kam_grace_days >= 0)', "The days of grace cannot be below zero.")

    @api.depends('kam_tz', 'resource_calendar_id.tz', 'partner_id.tz')
    def _compute_kam_timezone(self):
        for company in self:
            company.kam_timezone = company.kam_tz or company.resource_calendar_id.tz or company.partner_id.tz or 'UTC'

    def _kam_today(self):
        """Today in the company's time zone: the day up to which (exclusive) figures are complete."""
        self.ensure_one()
        now = datetime.now(timezone.utc)
        return now.astimezone(ZoneInfo(self.kam_timezone or 'UTC')).date()

    def _kam_midnight(self):
        """The UTC time at which the company's today began: up to then documents are complete."""
        today = self._kam_today()
        return period.utc_bounds(today, today, self.kam_timezone or 'UTC')[0]

    def _kam_period(self, kind, day):
        """The half-open period of a kind around a day, by the company's fiscal year."""
        self.ensure_one()
        return period.period_of(kind, day, self.fiscalyear_last_day, int(self.fiscalyear_last_month))
