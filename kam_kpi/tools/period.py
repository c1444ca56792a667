"""The one calendar: periods are half-open ``[start, stop)`` pairs of dates.

Fiscal years follow the company's last day and month; quarters and half-years
are counted from the fiscal year's start. Nothing here knows today.

>>> period_of('quarter', date(2025, 5, 15))
(datetime.date(2025, 4, 1), datetime.date(2025, 7, 1))
>>> period_of('year', date(2025, 4, 5), last_day=5, last_month=4)
(datetime.date(2024, 4, 6), datetime.date(2025, 4, 6))
>>> last_year(date(2024, 2, 1), date(2024, 3, 1))
(datetime.date(2023, 2, 1), datetime.date(2023, 3, 1))
"""
from calendar import monthrange
from datetime import date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

DAYS_PER_MONTH = 30.4375  # 365.25 / 12
MONTHS = {'month': 1, 'quarter': 3, 'semester': 6, 'year': 12, 'ttm': 12}
ONE_DAY = timedelta(days=1)


def month_end(day):
    """Last day of the day's month."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def shift_months(day, months):
    """The day so many months later (or earlier), clipped to the month's end."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def fiscal_year(day, last_day=31, last_month=12):
    """The fiscal year around a day; a last day past the month's end means its end, and so does 28 February."""
    def closing(year):
        end = month_end(date(year, last_month, 1))
        whole_month = last_day >= end.day or (last_month == 2 and last_day == 28)
        return end if whole_month else end.replace(day=last_day)
    end = closing(day.year) if day <= closing(day.year) else closing(day.year + 1)
    return closing(end.year - 1) + ONE_DAY, end + ONE_DAY


def period_of(kind, day, last_day=31, last_month=12):
    """The period of a kind (month, quarter, semester, year, ttm) around a day.

    *ttm* is the twelve months that stop at the day itself (exclusive).
    """
    if kind == 'ttm':
        return shift_months(day, -12), day
    if kind == 'month':
        start = day.replace(day=1)
        return start, shift_months(start, 1)
    year_start, year_stop = fiscal_year(day, last_day, last_month)
    length = MONTHS[kind]
    bounds = [shift_months(year_start, k) for k in range(0, 12, length)] + [year_stop]
    for start, stop in zip(bounds, bounds[1:]):
        if start <= day < stop:
            return start, stop
    raise ValueError(kind)


def previous(start, stop):
    """The window of equal length just before: by whole months between firsts of a month, else by days."""
    if start.day == stop.day == 1:
        months = (stop.year - start.year) * 12 + stop.month - start.month
        return shift_months(start, -months), start
    return start - (stop - start), start


def last_year(start, stop):
    """Both bounds twelve months back."""
    return shift_months(start, -12), shift_months(stop, -12)


def months_between(start, stop):
    """Length in months: whole between month starts, else days / 30.4375."""
    if start.day == stop.day == 1:
        return (stop.year - start.year) * 12 + stop.month - start.month
    return (stop - start).days / DAYS_PER_MONTH


def utc_bounds(start, stop, tz):
    """Naive UTC datetimes of the two local midnights, each converted by itself (daylight saving)."""
    zone = ZoneInfo(tz)
    return tuple(
        datetime.combine(day, time.min, zone).astimezone(timezone.utc).replace(tzinfo=None)
        for day in (start, stop)
    )
