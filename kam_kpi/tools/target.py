"""What a target's figure means today: the part due, the pace, the status."""
from typing import NamedTuple

from .attainment import attainment, elapsed_share, rag
from .forecast import run_rate, seasonal

RUNNING_STATUS = {'green': 'on_track', 'amber': 'at_risk', 'red': 'off_track'}


class Goal(NamedTuple):
    """What is to be reached in ``[start, stop)``.

    ``flow``: the figure builds up over the period, so only a part is due
    while it runs; else the whole target counts at any time. ``share``: that
    part (0..1), ``None`` for calendar days. ``season``: the part due by the
    season of earlier years, for the forecast; ``None`` when it is not known.
    """

    start: object
    stop: object
    direction: str = 'higher'
    target: float | None = None
    baseline: float | None = None
    low: float | None = None
    high: float | None = None
    tolerance: float | None = None
    flow: bool = False
    share: float | None = None
    season: float | None = None
    green: float = 1.0
    amber: float = 0.8


def evaluate(goal, actual, as_of):
    """Return where a goal stands, as a dict; ``None`` means no data.

    * ``attainment``: against the whole target, at any time;
    * ``due_value``: the target to be reached by now; ``pace``: the
      attainment against it, which is the attainment unless a flow runs;
    * ``run_rate`` and ``seasonal``, each with ``…_reason`` when there is none;
    * ``forecast`` and ``forecast_basis``: the seasonal one where the season is
      known, else the run rate, or why there is none;
    * ``status``: over: ``achieved`` from 1.0, else ``missed``. Running, by
      the pace: ``on_track``, ``at_risk``, ``off_track``; ``achieved`` once a
      flow where more is better has reached the whole of a target above 0. ``no_data``
      without a figure or before anything has elapsed.

    ``as_of`` is exclusive. :raise ValueError: for NaN or infinite numbers
    """
    share = _share_due(goal, as_of)
    over = as_of >= goal.stop
    if as_of <= goal.start:
        actual = None
    full = _against(goal, actual, 1.0)
    pace = _against(goal, actual, share) if share else None
    return {
        'attainment': full,
        'due_value': None if not share or goal.target is None else goal.target * share,
        'pace': pace,
        **_forecasts(goal, actual, as_of, over),
        'status': _status(goal, full, pace, over),
    }


def _share_due(goal, as_of):
    if not goal.flow:
        return 1.0
    if goal.share is None or not goal.start < as_of < goal.stop:
        return elapsed_share(goal.start, goal.stop, as_of)
    return goal.share


def _against(goal, actual, share):
    """Return the attainment when only a share of the goal is due: its baseline and band shrink with it."""
    def part(value):
        return None if value is None else value * share
    return attainment(
        actual, part(goal.target), goal.direction, part(goal.baseline),
        (part(goal.low), part(goal.high), part(goal.tolerance)))


def _status(goal, full, pace, over):
    if full is None or pace is None:
        return 'no_data'
    if over:
        return 'achieved' if rag(full) == 'green' else 'missed'
    # A planned loss is not reached before its time is over: it may still grow.
    if goal.flow and goal.direction == 'higher' and goal.target > 0 and rag(full) == 'green':
        return 'achieved'
    return RUNNING_STATUS[rag(pace, goal.green, goal.amber)]


def _forecasts(goal, actual, as_of, over):
    """Return the forecasts from the figure itself; each is empty with a reason where it says nothing."""
    if over or not goal.flow:
        reason = 'closed' if over else 'level'
        return {
            'run_rate': None, 'run_rate_reason': reason, 'seasonal': None, 'seasonal_reason': reason,
            'forecast': None, 'forecast_basis': reason,
        }
    rate, rate_reason = run_rate(actual, goal.start, goal.stop, as_of)
    if goal.season is None:
        season, season_reason = None, 'no_history'
    elif as_of <= goal.start:
        season, season_reason = None, 'future_period'
    else:
        season, season_reason = seasonal(actual, goal.season)
    known = goal.season is not None
    return {
        'run_rate': rate, 'run_rate_reason': rate_reason, 'seasonal': season, 'seasonal_reason': season_reason,
        'forecast': season if known else rate,
        'forecast_basis': (season_reason or 'seasonal') if known else (rate_reason or 'run_rate'),
    }


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
