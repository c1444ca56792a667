"""When a figure that swings around a limit is told, once: enter and leave limits, a minimum time, and silence afterwards."""
from datetime import timedelta
from typing import NamedTuple

CALM, PENDING, OPEN = 'calm', 'pending', 'open'


class Limits(NamedTuple):
    """``below``: whether low figures are bad; bad beyond ``enter`` for ``min_days``, over at ``leave``; then ``cool_days`` of silence."""
    below: bool
    enter: float
    leave: float
    min_days: int = 0
    cool_days: int = 0

    def is_bad(self, value):
        """Whether a figure lies beyond the limit; at the limit it does not."""
        return value < self.enter if self.below else value > self.enter

    def is_over(self, value):
        """Whether a figure is back: at the leave limit it is."""
        return value >= self.leave if self.below else value <= self.leave


class State(NamedTuple):
    """``since``: the day of the first bad figure; ``silent_until``: no new one before that day."""
    kind: str = CALM
    since: object = None
    silent_until: object = None


def step(limits, state, day, value):
    """Return the state after a day on which the figure was ``value``.

    No data changes nothing: it neither begins, nor ripens, nor ends anything.
    """
    if value is None:
        return state
    if state.kind == OPEN:
        return State(CALM, None, day + timedelta(days=limits.cool_days)) if limits.is_over(value) else state
    if not limits.is_bad(value) or (state.silent_until and day < state.silent_until):
        return State(CALM, None, state.silent_until)
    since = state.since or day
    kind = OPEN if (day - since).days >= limits.min_days else PENDING
    return State(kind, since, state.silent_until)


def run(limits, series):
    """Return ``[(day opened, day over or None)]`` of ``[(day, value or None)]``, the oldest first."""
    state, found = State(), []
    for day, value in series:
        after = step(limits, state, day, value)
        if after.kind == OPEN and state.kind != OPEN:
            found.append((day, None))
        elif state.kind == OPEN and after.kind != OPEN:
            found[-1] = (found[-1][0], day)
        state = after
    return found
