from odoo import fields, models
from odoo.fields import Domain

from ..tools import attainment, period

# What a review shows, in this order, besides the KPIs which have a target in the period.
HEADLINE = (
    'revenue', 'sales_growth_yoy_pct', 'gross_margin_pct', 'nrr_pct', 'grr_pct', 'upsell_ratio_pct', 'cross_sell_ratio_pct',
    'csat_pct', 'nps', 'win_rate_pct', 'interactions_count', 'meeting_frequency',
)
# The customer's edition is a whitelist: nothing is shown to the customer unless it is named here or ticked.
FOR_CUSTOMER = {'revenue', 'sales_growth_yoy_pct', 'csat_pct', 'nps', 'meeting_frequency'}
TREND = ('revenue', 'nrr_pct', 'csat_pct')
QUARTERS = 8


class KamReviewFill(models.AbstractModel):
    """How a review fills itself: every figure comes from the public methods of ``kam.kpi``.

    A review of an account measures that account; one of a manager or a team
    measures the accounts held on the period's last day taken together.
    """

    _name = 'kam.review.fill'
    _description = "Filling of a Review"

    def action_refresh_figures(self):
        """Bring the figures up to date; words, comments and next steps stay."""
        self.check_access('write')
        self._check_open()
        self._check_unsigned()
        self._fill()

    def _fill(self):
        for review in self:
            review._fill_lines()
            partner = review.partner_id
            review._store({
                'filled_on': fields.Datetime.now(),
                'figures': {
                    'bridge': review._bridge(),
                    'trend': review._trend(),
                    'plan': review._plan_progress(),
                    'relations': review._relations(),
                    'factors': review._factors(),
                    'next_targets': review._next_targets(),
                },
                'health': partner.kam_health if partner and partner.kam_health_state not in (False, 'no_data') else False,
                'health_state': (partner.kam_health_state or 'no_data') if partner else False,
            })
            review._draft_words()

    def _fill_lines(self):
        """Make the lines equal to what the KPIs say now; comments and ticks are kept."""
        self.ensure_one()
        start, stop = self.date_start, self.date_end + period.ONE_DAY
        targets = self._targets()
        kpis = self.env['kam.kpi'].search([('code', 'in', HEADLINE)]) | targets.kpi_id
        order = {code: position for position, code in enumerate(HEADLINE)}
        kpis = kpis.sorted(lambda kpi: (order.get(kpi.code, len(order)), kpi.sequence, kpi.code))
        codes = kpis.mapped('code')
        now = self._measure(codes)
        last_year = self._measure(codes, *period.last_year(start, stop))
        before = self._measure(codes, *period.previous(start, stop))
        # Lines are written by the review only, so people have no right to create them; the review itself was checked.
        Line = self.env['kam.review.kpi'].sudo()  # figures only: see above
        known = {line.kpi_id: line for line in self.sudo().kpi_ids}  # same
        for position, kpi in enumerate(kpis):
            vals = self._prepare_line(kpi, now.get(kpi.code), targets.filtered(lambda target, kpi=kpi: target.kpi_id == kpi)[:1])
            vals['value_last_year'] = self._value(last_year, kpi.code)
            vals['value_previous'] = self._value(before, kpi.code)
            if kpi in known:
                known[kpi]._store(vals)
            else:
                Line.create({
                    **vals, 'review_id': self.id, 'kpi_id': kpi.id, 'sequence': 10 * (position + 1),
                    'for_customer': kpi.code in FOR_CUSTOMER,
                })
        Line.browse([line.id for kpi, line in known.items() if kpi not in kpis]).unlink()

    def _prepare_line(self, kpi, row, target):
        """The figure of a KPI with its target; ``row`` as ``measure_kpis`` gives it, or None."""
        row = row or {'value': None, 'state': 'no_data', 'reason': 'source_missing'}
        if row['value'] is None:
            status = 'no_data'
        elif not target:
            status = 'no_target'
        else:
            due = self._attainment(kpi, row['value'], target, share=self._elapsed(kpi))
            status = attainment.rag(due, kpi.green_from, kpi.amber_from)
        return {
            'value': row['value'],
            'numerator': row.get('numerator'),
            'denominator': row.get('denominator'),
            'state': row['state'],
            'reason': row['reason'] or False,
            'sample_size': row.get('sample_size') or 0,
            'target': target.target_value if target else None,
            'attainment': self._attainment(kpi, row['value'], target),
            'status': status,
        }

    def _elapsed(self, kpi):
        """The part of the target that is due: all of it, but for what builds up over a running period."""
        stop = self.date_end + period.ONE_DAY
        today = self.company_id._kam_today()
        return attainment.elapsed_share(self.date_start, stop, today) if kpi.flow and self.date_start < today < stop else 1.0

    def _attainment(self, kpi, value, target, share=1.0):
        """How far the figure reached so much of the target, as a fraction; None without either."""
        if not target or value is None:
            return None
        given = {name: None if target[name] is False else target[name] for name in ('target_value', 'baseline', 'band_low', 'band_high')}
        aim = None if given['target_value'] is None else given['target_value'] * share
        baseline = given['baseline'] if share == 1.0 else None
        return attainment.attainment(value, aim, kpi.direction, baseline, (given['band_low'], given['band_high']))

    def _value(self, rows, code):
        return rows.get(code, {}).get('value')

    def _measure(self, codes, start=None, stop=None):
        """Measure the review's accounts, by default over its own period: ``{code: row}``, empty without accounts."""
        self.ensure_one()
        start, stop = start or self.date_start, stop or self.date_end + period.ONE_DAY
        account_ids = self._account_ids()
        if not account_ids or not codes:
            return {}
        # Who may open the review may see the figures in it, also of accounts which have changed hands since.
        Kpi = self.env['kam.kpi'].sudo().with_company(self.company_id)  # read access to the review was checked
        codes = Kpi.search([('code', 'in', list(codes))]).mapped('code')  # KPIs retired since are measured no more
        if self.partner_id:
            rows = Kpi.measure_kpis(codes, account_ids, start, stop)
        else:
            rows = Kpi.measure_total(codes, account_ids, start, stop)
        return {row['code']: row for row in rows}

    def _account_ids(self):
        """The accounts reviewed: the account itself, or those held on the last day."""
        self.ensure_one()
        if self.partner_id:
            return self.partner_id.ids
        owner = Domain('user_id', '=', self.user_id.id) if self.user_id else Domain('team_id', '=', self.team_id.id)
        assignments = self.env['kam.assignment'].search(owner & Domain([
            ('date_from', '<=', self.date_end),
            '|', ('date_to', '=', False), ('date_to', '>=', self.date_end),
            ('company_id', 'in', [self.company_id.id, False]),
        ]))
        return assignments.partner_id.ids

    def _bridge(self):
        """Twelve months to the period's end against the twelve before: the buckets, or None without accounts."""
        self.ensure_one()
        stop = self.date_end + period.ONE_DAY
        start, account_ids = period.shift_months(stop, -12), self._account_ids()
        if not account_ids:
            return None
        Kpi = self.env['kam.kpi'].sudo().with_company(self.company_id)  # as in _measure
        bridge = Kpi.revenue_bridge(account_ids, start, stop)
        return {'start': str(start), 'stop': str(stop), **{code: float(bridge[code]) for code in (
            'opening', 'new', 'upsell', 'cross_sell', 'contraction', 'churn', 'closing')}}

    def _trend(self):
        """The last eight quarters up to the period's end, oldest first."""
        self.ensure_one()
        quarters, day = [], self.date_end
        codes = self.kpi_ids.filtered(lambda line: line.code in TREND).mapped('code')
        for _number in range(QUARTERS):
            start, stop = self.company_id._kam_period('quarter', day)
            rows = self._measure(codes, start, stop)
            quarters.append({'start': str(start), 'stop': str(stop), 'values': {code: self._value(rows, code) for code in codes}})
            day = start - period.ONE_DAY
        return quarters[::-1]

    def _targets(self):
        """The targets of the period itself or, for percentages and scores, of a longer one around it."""
        self.ensure_one()
        targets = self._subject_targets(Domain([('date_start', '<=', self.date_start), ('date_end', '>=', self.date_end)]))
        exact = targets.filtered(lambda target: (target.date_start, target.date_end) == (self.date_start, self.date_end))
        around = targets.filtered(lambda target: not target.kpi_id.flow and target.kpi_id not in exact.kpi_id)
        return exact | around.sorted('date_start desc')

    def _next_targets(self):
        """What is aimed at in the next period of the same length."""
        self.ensure_one()
        start = self.date_end + period.ONE_DAY
        _start, stop = self.company_id._kam_period(self.frequency, start)
        targets = self._subject_targets(Domain([('date_start', '=', start), ('date_end', '=', stop - period.ONE_DAY)]))
        return [{'kpi_id': target.kpi_id.id, 'target': target.target_value} for target in targets]

    def _subject_targets(self, domain):
        subject = {'partner_id': self.partner_id.id, 'user_id': self.user_id.id, 'team_id': self.team_id.id}
        return self.env['kam.target'].search(domain & Domain.AND(
            Domain(name, '=', value) for name, value in subject.items()) & Domain('company_id', '=', self.company_id.id))
