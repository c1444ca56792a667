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
