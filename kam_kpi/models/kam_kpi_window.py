from datetime import timedelta
from typing import NamedTuple

from odoo import models

from ..tools import period


class Window(NamedTuple):
    """What a term sums over: days from ``start`` (None: from the beginning) to before ``stop``; ``months`` is its length."""
    start: object
    stop: object
    months: float = 0


class KamKpiWindow(models.Model):
    """The days a KPI looks at, for a period asked for."""

    _inherit = 'kam.kpi'

    def _as_of(self):
        """The day up to which (exclusive) documents are complete: today's half day does not count."""
        return self.env.company._kam_today()

    def _base_window(self, date_start, date_stop):
        """The window of this KPI for the half-open period, cut at today."""
        self.ensure_one()
        stop = min(date_stop, self._as_of())
        start = {
            'period': lambda: date_start,
            'ttm': lambda: period.shift_months(stop, -12),
            'ytd': lambda: self.env.company._kam_period('year', stop - timedelta(days=1))[0],
            'lifetime': lambda: None,
        }[self.window]()
        if start is None or start >= stop:
            return Window(start, stop, 0)
        return Window(start, stop, period.months_between(start, stop))

    def _term_window(self, shift, date_start, date_stop):
        """The window of a term: the KPI's own, or the one it is compared with.

        While a period runs it is compared like with like: the other window is
        cut to as many days as have passed of this one.
        """
        base = self._base_window(date_start, date_stop)
        if not shift or base.start is None:
            return base if not shift else Window(None, base.start)
        if shift == 'before':
            return Window(None, base.start)
        whole_stop = date_stop if self.window == 'period' else base.stop
        move = {'prior': period.previous, 'last_year': period.last_year}[shift]
        start, stop = move(base.start, whole_stop)
        if base.stop < whole_stop:
            stop = min(stop, start + (base.stop - base.start))
        return Window(start, stop, period.months_between(start, stop))
