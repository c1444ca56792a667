"""How each measure becomes a column: its reducer over its window, as SQL over fact ``f``."""
from collections import defaultdict
from datetime import date
from typing import NamedTuple

from odoo.tools import SQL

from ..tools import period
from .kam_kpi_window import Window

# Reducers whose figure does not exist where nothing was counted: neither is it 0.
UNKNOWN_WHEN_EMPTY = ('median', 'days_since')
# Reducers which count once what may belong to several accounts: a group of accounts is counted anew.
COUNTED_ANEW = ('distinct', 'median')
# Reducers which look at one row of each key.
ONE_OF_EACH_KEY = ('latest_sum', 'latest_count', 'last_sum')
# Reducers of stocks, which look at the last picture.
PICTURED = ('due', 'due_by', 'last')


class Asked(NamedTuple):
    """A measure over the window of a term; ``stop`` is the end of the period asked for, which may be still to come."""
    measure: object
    window: Window
    stop: object = None

    @property
    def key(self):
        return self.measure.id, self.window.start, self.window.stop, self.stop if self.measure.reducer in ('due', 'due_by') else None


def looked_at(measure, window):
    """The days whose facts the reducer looks at: some look further back than the window."""
    if measure.reducer == 'last_sum':
        oldest = measure.max_age_months and window.stop and period.shift_months(window.stop, -measure.max_age_months)
        return Window(oldest or None, window.stop)
    if measure.reducer in ('days_since', *PICTURED):
        return Window(None, window.stop)
    return window


def is_known(measure, window):
    """Whether the window lies in the time that is known, for what cannot be read again: pictures and deleted documents."""
    base = measure.base_id or measure
    if base.kind == 'stock':
        return bool(base.known_since and window.stop and window.stop > base.known_since)
    if base.kind == 'snapshot':
        return bool(base.known_since and window.start and window.start >= base.known_since)
    return True


def within(window):
    """Condition that fact ``f`` lies in a window; false for one without an end."""
    lower = SQL("f.date >= %s AND ", window.start) if window.start else SQL()
    return SQL("%sf.date < %s", lower, window.stop) if window.stop else SQL("FALSE")


def reduce_sql(asked, condition, as_of_utc, companies):
    """The aggregate of a measure over facts ``f``, NULL for nothing.

    :param condition: further condition on the facts
    :param as_of_utc: the moment up to which documents are complete
    """
    measure, window, stop = asked
    base_id = (measure.base_id or measure).id
    where = SQL("f.measure_id = %s AND %s AND %s", base_id, within(looked_at(measure, window)), condition)
    over = SQL("%s AND (f.moment IS NULL OR f.moment < %s)", where, as_of_utc)  # what has begun and is not over yet is no observation
    match measure.reducer:
        case 'distinct':
            return SQL("COUNT(DISTINCT f.key) FILTER (WHERE %s)", over)
        case 'median':
            return SQL("(PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY f.amount) FILTER (WHERE %s))::numeric", over)
        case 'days_since':
            return SQL("(%s - MAX(f.date) FILTER (WHERE %s))::numeric", window.stop, where)
        case 'past':
            return SQL("SUM(COALESCE(f.amount, 1)) FILTER (WHERE %s AND f.moment < %s)", where, as_of_utc)
        case 'due' | 'due_by' | 'last':
            where = SQL("%s AND f.date = %s", where, _last_picture(base_id, window.stop, companies))
            if measure.reducer == 'due':
                where = SQL("%s AND f.moment >= %s AND f.moment < %s", where, window.stop, stop)
            elif measure.reducer == 'due_by':
                where = SQL("%s AND (f.moment IS NULL OR f.moment < %s)", where, stop)
    return SQL("SUM(f.amount) FILTER (WHERE %s)", where)


def facts_looked_at(asked, companies):
    """Condition that fact ``f`` is one which any of the :class:`Asked` looks at.

    Said measure by measure and day by day, so that the indexes find the few facts among all of them.
    """
    windows, pictures = defaultdict(set), set()
    for measure, window, _stop in asked:
        base_id = (measure.base_id or measure).id
        if measure.reducer in PICTURED:
            pictures.add((base_id, window.stop))
        elif window.stop:
            windows[base_id].add(looked_at(measure, window)[:2])
    of_same_days = defaultdict(list)
    for base_id, spans in windows.items():
        of_same_days[tuple(_joined(spans))].append(base_id)
    parts = [
        SQL("f.measure_id = ANY(%s) AND (%s)", sorted(base_ids), SQL(" OR ").join(within(Window(*span)) for span in spans))
        for spans, base_ids in of_same_days.items()]
    parts += [
        SQL("f.measure_id = %s AND f.date = %s", base_id, _last_picture(base_id, stop, companies))
        for base_id, stop in sorted(pictures, key=str) if stop]
    return SQL("(%s)", SQL(" OR ").join(SQL("(%s)", part) for part in parts)) if parts else SQL("FALSE")


def _joined(spans):
    """Half-open spans with those that overlap or touch made one; a start of None is the beginning of time."""
    joined = []
    for start, stop in sorted(spans, key=lambda span: span[0] or date.min):
        if joined and (start is None or start <= joined[-1][1]):
            joined[-1] = (joined[-1][0], max(joined[-1][1], stop))
        else:
            joined.append((start, stop))
    return joined


def _last_picture(base_id, stop, companies):
    return SQL(
        "(SELECT MAX(picture.date) FROM kam_fact picture WHERE picture.measure_id = %s AND picture.company_id = ANY(%s) AND picture.date < %s)",
        base_id, companies, stop)
