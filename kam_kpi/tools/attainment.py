"""How far a figure has come towards its target.

Attainment is a fraction, 1.0 means met. One formula serves all kinds of
targets: ``(actual - baseline) / (target - baseline)``, where the baseline is
what is worth 0. Where none is given it lies one target's size on the bad side
of the target, which gives actual/target for an ordinary positive target and
stays right for negative ones, where the plain quotient does not.
"""
from .finite import finite, weight_of, weighted_mean
from .period import shift_months

DIRECTIONS = {'higher': 1, 'lower': -1}


def attainment(actual, target, direction, baseline=None, band=None):
    """Return the attainment as a fraction that is not clipped, or ``None``.

    :param actual: the figure; ``None`` = no data → ``None``
    :param target: the target; ``None`` = no target → ``None``; not used for
        a band
    :param direction: ``'higher'``, ``'lower'`` or ``'band'``: what is better
    :param baseline: the figure worth 0; it must be worse than the target. For
        a target of 0 without a baseline the answer is 1.0 when met, else 0.0
    :param band: ``(low, high)`` or ``(low, high, tolerance)``: 1.0 inside,
        outside less by the distance divided by the tolerance. Default
        tolerance: the width, or the size of a point target; a band from 0 to
        0 without tolerance is 1.0 when met, else 0.0
    :raise ValueError: for NaN or infinite numbers, a baseline that is not
        worse than the target, a band with low > high, an unknown direction
    """
    actual = finite(actual, "actual")
    if direction == 'band':
        return _band_attainment(actual, band)
    if direction not in DIRECTIONS:
        raise ValueError(f"unknown direction {direction!r}")
    target = finite(target, "target")
    baseline = finite(baseline, "baseline")
    sign = DIRECTIONS[direction]
    if baseline is not None and target is not None and sign * (target - baseline) <= 0:
        raise ValueError(f"the baseline {baseline} must be worse than the target {target}")
    if actual is None or target is None:
        return None
    if baseline is None:
        if not target:
            return 1.0 if sign * actual >= 0 else 0.0
        baseline = target - sign * abs(target)
    return finite((actual - baseline) / (target - baseline), "attainment")


def _band_attainment(actual, band):
    low, high, tolerance = (*(band or ()), None, None, None)[:3]
    low, high, tolerance = finite(low, "low"), finite(high, "high"), finite(tolerance, "tolerance")
    if low is None or high is None:
        return None
    if low > high:
        raise ValueError(f"the band's lower end {low} is above its upper end {high}")
    if tolerance is not None and tolerance <= 0:
        raise ValueError("the tolerance of a band must be above 0")
    if actual is None:
        return None
    distance = max(low - actual, actual - high, 0.0)
    if not distance:
        return 1.0
    width = tolerance or (high - low) or abs(low)
    return finite(1.0 - distance / width, "attainment") if width else 0.0


def rag(att, green=1.0, amber=0.8):
    """Return ``'green'``, ``'amber'``, ``'red'`` or ``'no_data'``.

    Compared after rounding to 4 decimals, so that a target met to the cent is
    met. :raise ValueError: for NaN or infinite numbers
    """
    att = finite(att, "attainment")
    if att is None:
        return 'no_data'
    att = round(att, 4)
    if att >= green:
        return 'green'
    return 'amber' if att >= amber else 'red'


def elapsed_share(start, stop, as_of, shares=None):
    """Return which part (0..1) of the target for ``[start, stop)`` is due.

    ``as_of`` is exclusive: the first day that does not count yet. By calendar
    days, or by ``shares``: one weight for each month of the period, the first
    for the month that begins at ``start``; linear inside a month; their sum
    need not be 1.
    :raise ValueError: when the period is empty, or the shares are not one for
        each month, negative, or all 0
    """
    if stop <= start:
        raise ValueError("the period is empty")
    if as_of <= start:
        return 0.0
    if as_of >= stop:
        return 1.0
    if shares is None:
        return (as_of - start).days / (stop - start).days
    weights = [weight_of(share) for share in shares]
    bounds = [shift_months(start, number) for number in range(len(weights) + 1)]
    if bounds[-1] != stop or not sum(weights):
        raise ValueError("give one share for each month of the period, not all 0")
    due = 0.0
    for weight, first, last in zip(weights, bounds, bounds[1:]):
        due += weight * min(max((as_of - first).days / (last - first).days, 0.0), 1.0)
    return due / sum(weights)


def prorate(target, start, stop, as_of, shares=None):
    """Return the part of ``target`` which is due at ``as_of``, or ``None``.

    For KPIs that build up over the period; percentages and scores are
    compared with the whole target at any time. ``None`` when nothing has
    elapsed or there is no target; the whole target once the period is over.
    See :func:`elapsed_share` for the arguments and errors.
    """
    target = finite(target, "target")
    share = elapsed_share(start, stop, as_of, shares)
    if target is None or as_of <= start:
        return None
    return target * share


def scorecard(items, cap=1.2, min_coverage=0.6):
    """Return ``(score, coverage, status)`` of weighted attainments.

    :param items: ``(weight, attainment)`` or ``(weight, attainment,
        missing_as_zero)``; an item without data leaves its weight to the
        others unless it is to count as zero
    :param cap: the most one item may count; below 0 counts as 0, so that one
        good or bad figure does not hide the rest
    :param min_coverage: the part of the weight that must have data, else the
        score is ``None`` and the status ``'no_data'``
    :raise ValueError: for a negative weight, NaN or infinite numbers
    """
    rows = []
    for weight, att, *flag in items:
        att = finite(att, "attainment")
        if att is None and flag and flag[0]:
            att = 0.0
        rows.append((weight_of(weight), None if att is None else min(max(att, 0.0), cap)))
    score, coverage = weighted_mean(rows)
    if round(coverage, 9) < min_coverage:
        score = None
    return score, coverage, rag(score)
