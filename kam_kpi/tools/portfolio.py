"""An account's place in the portfolio: revenue against margin."""
from statistics import median


def quadrant(revenue, margin, revenues, margins):
    """Place of one account against the medians of the portfolio, or None without its own two figures.

    On the median counts as high, so an account alone in its portfolio is a
    'star'. Accounts without data do not move the medians.
    """
    known_revenues = [x for x in revenues if x is not None]
    known_margins = [x for x in margins if x is not None]
    if revenue is None or margin is None or not known_revenues or not known_margins:
        return None
    large = revenue >= median(known_revenues)
    rich = margin >= median(known_margins)
    if large:
        return 'star' if rich else 'volume'
    return 'gem' if rich else 'question'


def share(part, whole):
    """Percent of the whole, None when either is unknown or the whole is not above zero."""
    if part is None or whole is None or whole <= 0:
        return None
    return 100.0 * part / whole


def return_on_investment(gain, cost):
    """Percent gained on a cost above zero, else None: ``100 * (gain - cost) / cost``."""
    if gain is None or not cost or cost < 0:
        return None
    return 100.0 * (gain - cost) / cost


# Of an account's share of the hours in its share of the contribution: beyond these it gets much more, or much less, than it gives.
OVER_SERVED, UNDER_SERVED = 1.5, 0.5


def limits(revenues, margins):
    """Return the medians ``(revenue, margin)`` between small and large, thin and rich; None where nothing is known."""
    return tuple(median(known) if (known := [x for x in values if x is not None]) else None for values in (revenues, margins))


def concentration(revenues, tops=(1, 3, 5, 10)):
    """Return how much of the revenue the largest accounts bring: ``[(how many, percent)]``, as far as there are that many.

    Accounts whose revenue is unknown or below zero bring nothing. Empty when nothing is brought at all.
    """
    known = sorted((x for x in revenues if x is not None and x > 0), reverse=True)
    whole = sum(known)
    return [(top, 100.0 * sum(known[:top]) / whole) for top in tops if top <= len(known)] if whole else []


def service_ratio(hours, contribution, all_hours, all_contribution):
    """Share of the hours an account gets, divided by its share of the contribution it gives; None where one is not known.

    An account which gives nothing, or less, has no such share: hours spent on it are ``float('inf')`` times what it gives.
    """
    if hours is None or contribution is None or not all_hours or all_contribution is None or all_contribution <= 0:
        return None
    if contribution <= 0:
        return float('inf') if hours else None
    return hours * all_contribution / (all_hours * contribution)


def served(ratio):
    """Return 'over', 'fair' or 'under'; None without a ratio."""
    if ratio is None:
        return None
    return 'over' if ratio > OVER_SERVED else 'under' if ratio < UNDER_SERVED else 'fair'
