"""Which part of a target is due, when it does not build up evenly over the calendar."""
from datetime import timedelta

from .finite import weight_of
from .period import shift_months

MONTHS_OF_YEAR = 12


def share_by_months(start, stop, as_of, shares):
    """Return the part (0..1) of ``[start, stop)`` due at ``as_of`` by the season, or ``None``.

    :param shares: twelve weights, January first; their sum need not be 1. Inside
        a month the weight builds up day by day; a period that begins or ends
        within a month takes that part of it
    :return: ``None`` when the period's months weigh nothing: there is nothing to go by
    :raise ValueError: when the period is empty, or the shares are not twelve weights
    """
    weights = [weight_of(share) for share in shares]
    if len(weights) != MONTHS_OF_YEAR:
        raise ValueError("give twelve shares, one for each month of the year")
    return _part(start, stop, as_of, lambda first, last: _weight(first, last, weights))


def share_by_days(start, stop, as_of, days):
    """Return the part (0..1) of ``[start, stop)`` due at ``as_of`` when only ``days`` count, or ``None`` without any.

    :raise ValueError: when the period is empty
    """
    return _part(start, stop, as_of, lambda first, last: sum(first <= day < last for day in days))


def season_of(amounts):
    """Return twelve shares (sum 1) from the amounts of twelve months, or ``None`` when they add up to nothing.

    A month below zero, when more was credited than sold, weighs nothing.

    >>> season_of([30, -5] + [0] * 9 + [70])[:2]
    [0.3, 0.0]
    """
    amounts = [max(float(amount), 0.0) for amount in amounts]
    total = sum(amounts)
    return [amount / total for amount in amounts] if total > 0 else None


def _part(start, stop, as_of, weigh):
    if stop <= start:
        raise ValueError("the period is empty")
    whole = weigh(start, stop)
    if not whole:
        return None
    if as_of <= start:
        return 0.0
    return 1.0 if as_of >= stop else weigh(start, as_of) / whole


def _weight(start, stop, weights):
    """Add up the months of ``[start, stop)``, those at its ends by their days."""
    total = 0.0
    month = start.replace(day=1)
    while month < stop:
        following = shift_months(month, 1)
        days = (min(stop, following) - max(start, month)) // timedelta(days=1)
        total += weights[month.month - 1] * days / (following - month).days
        month = following
    return total
