"""What an account's buying says about it, against its own rhythm: plain days and amounts in, findings out.

Days are the account's own: orders where it orders in Odoo, else invoices. The
same season of the year before is asked each time, so that who never buys in
August is not late in August.
"""
from datetime import timedelta
from statistics import median
from typing import NamedTuple

YEAR = 365
RECENT = 90
MIN_ORDERS = 3
LATE_FACTOR = 2
BASKET_SHARE = .6
VALUE_SHARE = .75


class LateOrder(NamedTuple):
    """``gap``: the usual days between orders; ``last``: the day of the last one; ``at_stake``: what 90 days bring."""
    gap: float
    last: object
    at_stake: float


class Shrink(NamedTuple):
    """What is bought ``now`` and what was usual ``before``."""
    now: float
    before: float


def within(days, start, stop):
    """The items of ``{day: figure}`` in the half-open window, by day."""
    return sorted((day, figure) for day, figure in days.items() if start <= day < stop)


def late_order(days, today):
    """An order that is overdue by the account's own rhythm, or None.

    Three orders in a year make a rhythm; late is more than twice the usual
    gap. Nothing is late when the customer of then did not buy in the same
    days of the year before either.

    :param days: ``{day: ordered amount}``, days with orders only; three years of them
    """
    year = within(days, today - timedelta(days=YEAR), today + timedelta(days=1))
    if len(year) < MIN_ORDERS:
        return None
    dates = [day for day, _amount in year]
    gap = median((after - before).days for before, after in zip(dates, dates[1:], strict=False))
    last = dates[-1]
    if (today - last).days <= LATE_FACTOR * gap:
        return None
    if _was_quiet(days, last + timedelta(days=1), today):
        return None
    return LateOrder(gap, last, sum(amount for _day, amount in year) * RECENT / YEAR)


def _was_quiet(days, start, stop):
    """Whether a customer of then bought nothing in the same days of the year before."""
    start, stop = start - timedelta(days=YEAR), stop - timedelta(days=YEAR)
    before = within(days, start - timedelta(days=YEAR), start)
    return bool(before) and not within(days, start, stop)


def lost_category(quarters, running):
    """What a quarter of a category was worth which is bought no more, or None.

    Bought in three of the four quarters before the last full one, among them
    the same quarter of the year before, and neither in the last one nor since.
    Only a positive amount is a purchase: returns are none.

    :param quarters: five amounts, the oldest first, the last full quarter last
    :param running: the amount since
    """
    *earlier, last = quarters
    bought = [amount for amount in earlier if amount > 0]
    if last > 0 or running > 0 or len(bought) < 3 or earlier[0] <= 0:
        return None
    return median(bought)


def shrinking_basket(lines, today):
    """Fewer lines an order than usual, or None; the season of the year before must have been fuller as well.

    :param lines: ``{day: number of lines}``
    """
    now = [count for _day, count in within(lines, today - timedelta(days=RECENT), today)]
    before = [count for _day, count in within(lines, today - timedelta(days=YEAR), today - timedelta(days=RECENT))]
    season = [count for _day, count in within(
        lines, today - timedelta(days=YEAR + RECENT), today - timedelta(days=YEAR))]
    if len(now) < 2 or len(before) < MIN_ORDERS or median(now) >= BASKET_SHARE * median(before):
        return None
    if season and median(now) >= BASKET_SHARE * median(season):
        return None
    return Shrink(median(now), median(before))


def value_drop(amounts, today):
    """Less value in 90 days than in the same days last year and than in a usual quarter, or None.

    :param amounts: ``{day: net amount}``, credits included
    """
    def total(back):
        return sum(amount for _day, amount in within(
            amounts, today - timedelta(days=back + RECENT), today - timedelta(days=back)))

    now, season = total(0), total(YEAR)
    usual = median(total(back) for back in (RECENT, 2 * RECENT, 3 * RECENT))
    if season <= 0 or usual <= 0 or now >= VALUE_SHARE * season or now >= VALUE_SHARE * usual:
        return None
    return Shrink(now, min(season, usual))
