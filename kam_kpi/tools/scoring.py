"""Scores of accounts: how key they are (1..10), how healthy (0..100)."""
from .finite import finite, weight_of, weighted_mean

TIERS = (('A', 8.0), ('B', 6.0), ('C', 4.0))
LOWEST_TIER = 'D'
UNSCORED = 'unscored'
CRITICAL_HEALTH = 49.0


def account_score(criteria, min_coverage=0.7):
    """Return ``(score, normalised, coverage)`` of ``[(weight, score or None)]``.

    Each criterion is scored from 1 (very low) to 10 (very high); ``score`` is
    their weighted mean, ``normalised`` the same on 0..100, ``coverage`` the
    part of the weight that is scored. Below ``min_coverage`` both are
    ``None``. Dropping a criterion leaves the scores comparable.
    :raise ValueError: for a score outside 1..10, a negative weight, NaN or
        infinite numbers
    """
    rows = []
    for weight, score in criteria:
        score = finite(score, "score")
        if score is not None and not 1 <= score <= 10:
            raise ValueError(f"a score must lie between 1 and 10, not {score}")
        rows.append((weight_of(weight), score))
    score, coverage = weighted_mean(rows)
    if score is None or round(coverage, 9) < min_coverage:
        return None, None, coverage
    return score, (score - 1) / 9 * 100, coverage


def tier_of(score, tiers=TIERS, lowest=LOWEST_TIER):
    """Return the code of the tier whose minimum a score of 1..10 reaches.

    :param tiers: ``[(code, minimum)]``; a score at a minimum is in that tier
    :return: ``lowest`` below all of them, ``'unscored'`` without a score
    """
    score = finite(score, "score")
    if score is None:
        return UNSCORED
    for code, minimum in sorted(tiers, key=lambda tier: -tier[1]):
        if round(score, 6) >= minimum:
            return code
    return lowest


def linear_score(x, lo, hi):
    """Return 1..10 for ``x`` between ``lo`` (worth 1) and ``hi`` (worth 10).

    Cut at both ends; ``lo`` above ``hi`` where less is better; ``None``
    without data. :raise ValueError: when ``lo`` equals ``hi``, for NaN or
    infinite numbers
    """
    x, lo, hi = finite(x, "x"), finite(lo, "lo"), finite(hi, "hi")
    if lo is None or hi is None or lo == hi:
        raise ValueError("the ends of the scale must be two different numbers")
    if x is None:
        return None
    return 1 + 9 * min(max((x - lo) / (hi - lo), 0.0), 1.0)


def interpolate(anchors, x):
    """Return the score at ``x`` on the line through ``[(x, score)]``.

    Cut at both ends; ``None`` without data. :raise ValueError: without
    anchors, for two anchors at the same x, NaN or infinite numbers
    """
    points = sorted((finite(place, "x"), finite(score, "score")) for place, score in anchors)
    if not points or any(first[0] == second[0] for first, second in zip(points, points[1:])):
        raise ValueError("anchors must be at different places, and at least one")
    x = finite(x, "x")
    if x is None:
        return None
    if x <= points[0][0]:
        return points[0][1]
    for (left, low), (right, high) in zip(points, points[1:]):
        if x <= right:
            return low + (high - low) * (x - left) / (right - left)
    return points[-1][1]


def health_band(score):
    """Return ``'green'`` (75 or more), ``'amber'`` (50 or more), ``'red'`` or ``'no_data'``."""
    score = finite(score, "score")
    if score is None:
        return 'no_data'
    if round(score, 4) >= 75:
        return 'green'
    return 'amber' if round(score, 4) >= 50 else 'red'


def health(groups, critical=False, min_coverage=0.5):
    """Return ``(score, coverage, status)`` of ``[(weight, score 0..100 or None)]``.

    Groups without data leave their weight to the others; below
    ``min_coverage`` there is no score. ``critical`` keeps the score below the
    amber band, since an average must not hide what breaks the relationship.
    :raise ValueError: for a score outside 0..100, a negative weight, NaN or
        infinite numbers
    """
    rows = []
    for weight, score in groups:
        score = finite(score, "score")
        if score is not None and not 0 <= score <= 100:
            raise ValueError(f"a health score must lie between 0 and 100, not {score}")
        rows.append((weight_of(weight), score))
    score, coverage = weighted_mean(rows)
    if score is None or round(coverage, 9) < min_coverage:
        return None, coverage, 'no_data'
    if critical:
        score = min(score, CRITICAL_HEALTH)
    return score, coverage, health_band(score)


def points_of(parts):
    """Return ``{(group, kpi): points}``, how much of the health each KPI gives; their sum is the score.

    :param parts: as ``kam.health`` keeps them; what has no data gives nothing
        and is left out, its weight is shared by the rest
    """
    known = sum(part['weight'] for part in parts if part['score'] is not None)
    found = {}
    for part in parts:
        items = [item for item in part['items'] if item['score'] is not None]
        inside = sum(item['weight'] for item in items)
        if part['score'] is None or not known or not inside:
            continue
        for item in items:
            found[part['group'], item['kpi']] = item['score'] * item['weight'] / inside * part['weight'] / known
    return found
