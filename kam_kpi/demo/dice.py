"""Deterministic chance and the story's calendar. No Odoo here.

Months are counted back from the day of loading: 0 is the running month, -35
the oldest of the story. The same key always gives the same number, whatever
was drawn before.
"""
import calendar
import hashlib
from datetime import date, datetime, timedelta

OLDEST = -35


def roll(*key):
    """Return a number in [0, 1) that depends on the key only."""
    digest = hashlib.blake2b('|'.join(map(str, key)).encode(), digest_size=8).digest()
    return int.from_bytes(digest, 'big') / 2**64


def between(low, high, *key):
    """Return a whole number from low to high, both included."""
    return low + int(roll(*key) * (high - low + 1))


def pick(choices, *key):
    """Return one of the choices."""
    return choices[int(roll(*key) * len(choices))]


def day_of(today, month, day):
    """Return that day of the month which lies ``month`` months from today's; a day too high becomes the last one."""
    index = today.year * 12 + today.month - 1 + month
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day, calendar.monthrange(year, month + 1)[1]))


def moment(day, *key):
    """Return a naive UTC time within office hours on both sides of the Atlantic."""
    return datetime(day.year, day.month, day.day, 14) + timedelta(minutes=15 * between(0, 23, 'moment', *key))


def workday(day):
    """Return the day itself, or the Friday before a weekend."""
    return day - timedelta(days=max(0, day.weekday() - 4))
