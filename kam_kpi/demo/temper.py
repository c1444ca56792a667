"""How the accounts behave: what each turn of the story means for deals, meetings, messages and answers. No Odoo here.

Rates are per year for deals and per month otherwise. ``mood`` runs from 0 (angry)
to 1 (delighted), ``drift`` is its change per year up to today; ``met_until`` is the
month of the last meeting; ``answers`` is the share of contacts who answer a survey.
"""
from collections import namedtuple

from .dice import OLDEST
from .story import BY_KEY

Temper = namedtuple('Temper', 'deals wins meetings mails calls mood drift answers met_until since', defaults=(0.85, 0, OLDEST))

TEMPERS = {
    'stable': Temper(9, 0.66, 1.9, 3.2, 1.2, 0.74, 0.01),
    'thriving': Temper(10, 0.78, 2.2, 3.6, 1.3, 0.86, 0.05),
    'slipping': Temper(6, 0.15, 1.2, 1.6, 0.5, 0.42, -0.2, 0.95, -5),
    'steady': Temper(6, 0.62, 1.0, 2.4, 0.9, 0.66, 0.02),
    'handed_over': Temper(6, 0.55, 0.9, 2.2, 0.8, 0.62, 0.12),
    'cross_sell': Temper(8, 0.72, 1.1, 2.6, 0.9, 0.73, 0.04),
    'flat': Temper(4, 0.5, 1.0, 2.0, 0.7, 0.9, 0.0),
    'lost_category': Temper(6, 0.3, 0.8, 1.8, 0.6, 0.62, -0.08),
    'new': Temper(9, 0.6, 1.3, 3.0, 1.1, 0.8, 0.0, 0.95, 0, -10),
    'reactivated': Temper(6, 0.65, 0.7, 1.6, 0.8, 0.66, 0.1, 0.85, 0, -8),
    'credit_notes': Temper(3, 0.1, 0.35, 1.2, 0.4, 0.45, -0.1, 0.6, -4),
    'quiet': Temper(2, 0.5, 0.2, 0.7, 0.25, 0.6, 0.0, 0.0, -6),
    'candidate': Temper(4, 0.7, 0.3, 1.0, 0.4, 0.8, 0.0, 0.0),
    'small': Temper(0.5, 0.5, 0.0, 0.3, 0.1, 0.7, 0.0, 0.0),
}


def temper_of(key):
    """Return the behaviour of an account."""
    return TEMPERS[BY_KEY[key].story]


def mood_at(key, month):
    """Return the account's mood in a month, between 0 and 1."""
    temper = temper_of(key)
    return min(1.0, max(0.0, temper.mood + temper.drift * (month + 6) / 12))
