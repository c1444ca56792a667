"""In which order to look at what needs somebody."""
from math import log10

LATE_DAYS = 60
AHEAD_DAYS = 180


def rank(severity, value, days_late):
    """How soon to look at something: severity × size of what is at stake × urgency.

    The size grows with the zeros of the amount, so that a large account does not
    bury all others. Urgency is 1 on the day itself, 2 from two months late on,
    and falls to a half for what is half a year ahead.

    :param severity: 1..5
    :param value: the amount at stake; None or below zero counts as nothing known
    :param days_late: days since it was due; negative before
    """
    if days_late >= 0:
        urgency = 1 + min(days_late, LATE_DAYS) / LATE_DAYS
    else:
        urgency = 1 - min(-days_late, AHEAD_DAYS) / (2 * AHEAD_DAYS)
    return severity * log10(10 + max(value or 0, 0)) * urgency
