from datetime import timedelta

from odoo import models
from odoo.tools.misc import format_date, formatLang

from ..tools import scoring
from ..tools.period import shift_months

TREND_WEEKS = 13
# Less than this is rounding, not a movement.
NOTHING = 0.05


class KamHealthMoved(models.Model):
    """What moved the health since a month ago, and its course over the last quarter."""

    _inherit = 'kam.health'

    def _moved(self):
        """Explain the change of the score since this day a month ago.

        :return: None without a score now or then, else ``{'since': date, 'before':
            score, 'change': points, 'rows': [{'kpi', 'before', 'after', 'change'}]}``:
            what each KPI gave and gives to the score, the largest change first;
            ``before`` and ``after`` are its values. The changes add up to ``change``.
        """
        self.ensure_one()
        day = shift_months(self.company_id._kam_today(), -1)
        then = self.env['kam.health.history'].with_company(self.company_id)._as_of(self.partner_id.ids, day).get(self.partner_id)
        if not then or then.score is False or self.score is False:
            return None
        old, new = scoring.points_of(then.parts), scoring.points_of(self.parts)
        values = [{
            (part['group'], item['kpi']): item['value'] for part in parts for item in part['items']} for parts in (then.parts, self.parts)]
        rows = [{
            'kpi': key[1], 'before': values[0].get(key), 'after': values[1].get(key), 'change': new.get(key, 0.0) - old.get(key, 0.0),
        } for key in old.keys() | new.keys()]
        rows = [row for row in rows if abs(row['change']) >= NOTHING]
        return {
            'since': day, 'before': then.score, 'change': self.score - then.score,
            'rows': sorted(rows, key=lambda row: (-abs(row['change']), row['kpi'])),
        }

    def _explain_moved(self):
        """Return what moved as a table people can read, in their language; False without a month to compare with."""
        moved = self._moved()
        if not moved:
            return False
        kpis = {kpi.id: kpi for kpi in self.env['kam.kpi'].browse([row['kpi'] for row in moved['rows']]).exists()}
        return self.env['ir.qweb']._render('kam_kpi.kam_health_moved', {
            'day': format_date(self.env, moved['since']),
            'before': formatLang(self.env, moved['before'], digits=1),
            'change': self._signed(moved['change']),
            'rows': [{
                'name': kpis[row['kpi']].name,
                'before': self._figure(kpis[row['kpi']], row['before']),
                'after': self._figure(kpis[row['kpi']], row['after']),
                'change': self._signed(row['change']),
                'better': row['change'] > 0,
            } for row in moved['rows'] if row['kpi'] in kpis],
        })

    def _signed(self, points):
        return ("+" if points > 0 else "") + formatLang(self.env, points, digits=1)

    def _figure(self, kpi, value):
        if value is None:
            return self.env._("no data")
        return formatLang(self.env, value, digits=1) + (" %" if kpi.unit == 'percent' else "")

    def _weekly(self):
        """Return the score at the end of each of the last weeks, the oldest first, today's last; None where there was none.

        False as long as there is no week before this one.
        """
        self.ensure_one()
        today = self.company_id._kam_today()
        rows = self.env['kam.health.history'].search_fetch([
            ('partner_id', '=', self.partner_id.id), ('company_id', '=', self.company_id.id), ('date', '<=', today)],
            ['date', 'score'], order='date, id')
        days = [today - timedelta(weeks=back) for back in range(TREND_WEEKS - 1, -1, -1)]
        scores = []
        for day in days:
            before = [row.score for row in rows if row.date <= day]
            scores.append(before[-1] if before and before[-1] is not False else None)
        return scores if any(score is not None for score in scores[:-1]) else False
