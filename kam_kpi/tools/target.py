"""What a target's figure means today: the part due, the pace, the status."""
from typing import NamedTuple

from .attainment import attainment, elapsed_share, rag
from .forecast import run_rate

RUNNING_STATUS = {'green': 'on_track', 'amber': 'at_risk', 'red': 'off_track'}


class Goal(NamedTuple):
    """What is to be reached in ``[start, stop)``.

    ``flow``: the figure builds up over the period, so only a part is due
    while it runs; else the whole target counts at any time.
    """

    start: object
    stop: object
    direction: str = 'higher'
    target: float | None = None
    baseline: float | None = None
    low: float | None = None
    high: float | None = None
    flow: bool = False
    green: float = 1.0
    amber: float = 0.8


def evaluate(goal, actual, as_of):
    """Return where a goal stands, as a dict; ``None`` means no data.

    * ``attainment``: against the whole target, at any time;
    * ``due_value``: the target to be reached by now; ``pace``: the
      attainment against it, which is the attainment unless a flow runs;
    * ``forecast`` and ``forecast_basis``: run rate, or why there is none;
    * ``status``: over: ``achieved`` from 1.0, else ``missed``. Running, by
      the pace: ``on_track``, ``at_risk``, ``off_track``; ``achieved`` once a
      flow where more is better has reached the whole of a target above 0. ``no_data``
      without a figure or before anything has elapsed.

    ``as_of`` is exclusive. :raise ValueError: for NaN or infinite numbers
    """
    share = elapsed_share(goal.start, goal.stop, as_of) if goal.flow else 1.0
    over = as_of >= goal.stop
    if as_of <= goal.start:
        actual = None
    full = _against(goal, actual, 1.0)
    pace = _against(goal, actual, share) if share else None
    forecast, basis = _forecast(goal, actual, as_of, over)
    return {
        'attainment': full,
        'due_value': None if not share or goal.target is None else goal.target * share,
        'pace': pace,
        'forecast': forecast,
        'forecast_basis': basis,
        'status': _status(goal, full, pace, over),
    }


def _against(goal, actual, share):
    """Return the attainment when only a share of the goal is due: its baseline and band shrink with it."""
    def part(value):
        return None if value is None else value * share
    return attainment(actual, part(goal.target), goal.direction, part(goal.baseline), (part(goal.low), part(goal.high)))


def _status(goal, full, pace, over):
    if full is None or pace is None:
        return 'no_data'
    if over:
        return 'achieved' if rag(full) == 'green' else 'missed'
    # A planned loss is not reached before its time is over: it may still grow.
    if goal.flow and goal.direction == 'higher' and goal.target > 0 and rag(full) == 'green':
        return 'achieved'
    return RUNNING_STATUS[rag(pace, goal.green, goal.amber)]


def _forecast(goal, actual, as_of, over):
    if over:
        return None, 'closed'
    if not goal.flow:
        return None, 'level'
    forecast, reason = run_rate(actual, goal.start, goal.stop, as_of)
    return forecast, reason or 'run_rate'


def plausible_range(values, margin=0.5):
    """Return ``(low, high)``: the range of earlier values, extended by ``margin`` of its width on both sides.

    ``None`` with fewer than three values: they say too little. What has never been
    below zero is not expected there.
    """
    values = [value for value in values if value is not None]
    if len(values) < 3:
        return None
    low, high = min(values), max(values)
    margin *= high - low
    return max(low - margin, 0) if low >= 0 else low - margin, high + margin
