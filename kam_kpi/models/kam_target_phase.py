from collections import defaultdict
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL

from ..tools.period import shift_months
from ..tools.phasing import season_of, share_by_days, share_by_months

ONE_DAY = timedelta(days=1)


class KamTargetPhase(models.Model):
    """How a target builds up over its period: which part of it is due by now.

    Only for figures which build up. Where the chosen phasing has nothing to
    go by (no working days, no history), calendar days are counted and
    ``phasing_note`` says so.
    """

    _inherit = 'kam.target'

    phasing = fields.Selection([
        ('calendar', "Evenly, by calendar days"),
        ('working', "Evenly, by working days"),
        ('profile', "By season: a profile"),
        ('last_year', "By season: as last year's revenue"),
    ], "Builds up", required=True, default='calendar', tracking=True,
        help="Which part is due by now while the period runs. Working days are those of the company's working hours, "
             "without public holidays.")
    profile_id = fields.Many2one(
        'kam.target.profile', "Profile", ondelete='restrict', index='btree_not_null', tracking=True,
        domain="[('company_id', 'in', (False, company_id))]")
    season = fields.Json(
        readonly=True, copy=False, help="Shares of the twelve months in the subject's revenue of the year before the period.")
    builds_up = fields.Boolean(compute='_compute_builds_up')
    phasing_note = fields.Char(compute='_compute_phasing_note')

    @api.depends('kpi_id.flow', 'frequency')
    def _compute_builds_up(self):
        for target in self:
            target.builds_up = target._is_flow()

    @api.depends('phasing', 'season', 'profile_id', 'kpi_id', 'frequency', 'date_start', 'date_end', 'company_id')
    @api.depends_context('lang')
    def _compute_phasing_note(self):
        for target in self:
            target.phasing_note = False
            if not target._is_flow() or not target.date_start or not target.date_end or target.date_end < target.date_start:
                continue
            if target.phasing == 'last_year' and not target.season:
                target.phasing_note = self.env._(
                    "There are no twelve months of revenue before the period: calendar days are counted.")
            elif target.phasing == 'working' and not target._work_days(target.date_start, target.date_end + ONE_DAY):
                target.phasing_note = self.env._("There are no working days in the period: calendar days are counted.")

    @api.constrains('phasing', 'profile_id', 'date_start', 'date_end')
    def _check_profile(self):
        for target in self.filtered(lambda target: target.phasing == 'profile'):
            if not target.profile_id:
                raise ValidationError(self.env._("Choose the profile by which %(target)s builds up.", target=target.display_name))
            if target._season_part(target.profile_id._shares(), target.date_start) is None:
                raise ValidationError(self.env._(
                    "By the profile “%(profile)s” nothing is due in the months of %(target)s: choose another one.",
                    profile=target.profile_id.name, target=target.display_name))

    def _shares_due(self, today):
        """Return ``{target: (part due by the phasing, part due by the season)}``; ``None`` where there is nothing to go by."""
        return {target: (target._phased_share(today), target._season_share(today)) for target in self if target._is_flow()}

    def _phased_share(self, today):
        self.ensure_one()
        if self.phasing == 'working':
            start, stop = self.date_start, self.date_end + ONE_DAY
            return share_by_days(start, stop, today, self._work_days(start, stop))
        if self.phasing in ('profile', 'last_year'):
            return self._season_share(today)
        return None

    def _season_share(self, today):
        """The part due by the profile, else by last year's revenue, which only says something of money or if it was chosen."""
        self.ensure_one()
        if self.phasing == 'profile' and self.profile_id:
            return self._season_part(self.profile_id._shares(), today)
        if self.season and (self.phasing == 'last_year' or self.unit == 'currency'):
            return self._season_part(self.season, today)
        return None

    def _season_part(self, shares, today):
        return share_by_months(self.date_start, self.date_end + ONE_DAY, today, shares)

    def _work_days(self, start, stop):
        """Return the days of ``[start, stop)`` on which the company works."""
        company = self.company_id or self.env.company
        calendar = company.resource_calendar_id.sudo()  # sudo: everybody is measured by the same working hours
        if not calendar:
            return []
        zone = ZoneInfo(calendar.tz or 'UTC')
        holidays = [('time_type', '=', 'leave'), ('company_id', 'in', (False, company.id))]
        intervals = calendar._work_intervals_batch(
            datetime.combine(start, time.min, zone), datetime.combine(stop, time.min, zone), domain=holidays)[False]
        return sorted({begin.date() for begin, _end, _meta in intervals})

    # ------------------------------------------------------------------
    # last year's months
    # ------------------------------------------------------------------

    def _set_season(self, again=False):
        """Keep the season of the targets which have none yet; ``again``: of all, since their terms changed.

        It stays as it was then: what is due must not move because an invoice of last year is credited.
        """
        groups = defaultdict(list)
        for target in self.filtered(lambda target: target._is_flow() and (again or not target.season)):
            groups[target.company_id, target._season_window()].append(target)
        for (company, window), targets in groups.items():
            books = {target: target._season_accounts(window) for target in targets}
            history = self._revenue_by_month(company, {account for book in books.values() for account in book}, window)
            for target, accounts in books.items():
                season = target._season_from([history[account] for account in accounts if account in history], window)
                if season != (target.season or None):
                    target.season = season or False

    def _season_window(self):
        """The twelve whole months before the period, or before today for one that has not begun."""
        today = (self.company_id or self.env.company)._kam_today()
        stop = min(self.date_start, today).replace(day=1)
        return shift_months(stop, -12), stop

    def _season_accounts(self, window):
        """Whose revenue counts: the account's, or of those which the subject holds now."""
        if self.scope == 'account':
            return [self.partner_id.id]
        day = min(self.date_end, self.company_id._kam_today())
        return self.env['kam.kpi']._scope_accounts(self.scope, (self.user_id or self.team_id).id, day, self.company_id)

    @api.model
    def _revenue_by_month(self, company, account_ids, window):
        """Return ``{account id: (day of the first revenue, {month 1..12: amount in the window})}`` in one query."""
        self.env['kam.fact'].flush_model()
        rows = self.env.execute_query(SQL(
            """SELECT partner_id, EXTRACT(MONTH FROM date)::int, MIN(date),
                      COALESCE(SUM(amount) FILTER (WHERE date >= %(start)s AND date < %(stop)s), 0)
                 FROM kam_fact
                WHERE measure_id = %(revenue)s AND company_id = %(company)s AND partner_id = ANY(%(accounts)s)
                GROUP BY 1, 2""",
            start=window[0], stop=window[1], revenue=self.env.ref('kam_kpi.kam_measure_revenue').id, company=company.id,
            accounts=sorted(account_ids)))
        history = {}
        for account, month, first, amount in rows:
            earliest, months = history.get(account, (first, {}))
            months[month] = amount
            history[account] = (min(earliest, first), months)
        return history

    @api.model
    def _season_from(self, histories, window):
        """Return twelve shares, or ``None`` unless there was revenue from the first month of the window on."""
        if not histories or min(first for first, _months in histories) >= shift_months(window[0], 1):
            return None
        season = season_of([sum(months.get(month, 0) for _first, months in histories) for month in range(1, 13)])
        return season and [round(share, 8) for share in season]
