"""Where a figure that builds up over a period will end; never mixed into an actual."""
from math import sqrt

from .attainment import elapsed_share
from .finite import finite

MIN_ELAPSED = 0.2


def run_rate(actual, start, stop, as_of, min_elapsed=MIN_ELAPSED):
    """Return ``(forecast, reason)``: the pace so far, kept up to the end.

    ``reason`` is ``None`` with a forecast, else ``'future_period'`` (not
    begun), ``'immature'`` (less than ``min_elapsed`` of the days gone) or
    ``'no_data'`` (no actual). A period that is over forecasts its actual.
    """
    share = elapsed_share(start, stop, as_of)
    if not share:
        return None, 'future_period'
    return seasonal(actual, share, min_elapsed)


def seasonal(actual, share, min_share=MIN_ELAPSED):
    """Return ``(forecast, reason)``: the actual divided by the share due so far.

    ``share`` (0..1) comes from :func:`~.attainment.elapsed_share`. Reasons as
    in :func:`run_rate`.
    :raise ValueError: for a share outside 0..1, NaN or infinite numbers
    """
    actual, share = finite(actual, "actual"), finite(share, "share")
    if share is None or not 0 <= share <= 1:
        raise ValueError("the share due must lie between 0 and 1")
    if actual is None:
        return None, 'no_data'
    if not share or round(share, 9) < min_share:
        return None, 'immature'
    return finite(actual / share, "forecast"), None


def pipeline(actual, backlog, opportunities):
    """Return what is booked, what is ordered and what may be won, as a dict.

    :param backlog: ordered and not invoiced yet
    :param opportunities: ``[(amount, probability 0..100)]``, pending ones
        without a confirmed order, else the same deal counts twice
    :return: ``forecast`` (expected), ``std_dev`` for independent deals,
        ``low`` and ``high`` one deviation around it, ``commit`` (nothing more
        is won) and ``best_case`` (everything is); ``None`` without an actual
    :raise ValueError: for a probability outside 0..100, NaN or infinite
        numbers
    """
    best = expected = variance = 0.0
    for amount, percent in opportunities:
        amount = finite(amount, "amount") or 0.0
        probability = (finite(percent, "probability") or 0.0) / 100
        if not 0 <= probability <= 1:
            raise ValueError("a probability must lie between 0 and 100")
        expected += amount * probability
        best += amount
        variance += amount ** 2 * probability * (1 - probability)
    return pipeline_total(actual, backlog, best, expected, variance)


def pipeline_total(actual, backlog, best, expected, variance):
    """As :func:`pipeline`, from sums over the opportunities.

    :param best: sum of their amounts, ``expected``: of amount times probability,
        ``variance``: of amount² p (1 − p)
    """
    actual = finite(actual, "actual")
    if actual is None:
        return None
    commit = actual + (finite(backlog, "backlog") or 0.0)
    forecast, deviation = commit + finite(expected, "expected"), sqrt(max(finite(variance, "variance"), 0.0))
    return {
        'forecast': forecast, 'std_dev': deviation, 'low': forecast - deviation, 'high': forecast + deviation,
        'commit': commit, 'best_case': commit + finite(best, "best"),
    }
