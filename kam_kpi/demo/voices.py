"""What the customers say of us: survey answers and ratings. No Odoo here."""
from collections import namedtuple
from datetime import timedelta

from .contacts import people_of
from .dice import between, day_of, pick, roll
from .story import ACCOUNTS
from .temper import mood_at, temper_of

Answer = namedtuple('Answer', 'account day contact csat nps text')
Rating = namedtuple('Rating', 'account day contact value text')

WAVES = (-32, -26, -20, -14, -8, -2)
PRAISE = ("Always quick to help.", "The service engineers are excellent.", "Good instruments, honest advice.", "The cloud reports save us a day a month.")
MIXED = ("Fine, but invoices are hard to read.", "Delivery times could be shorter.", "Good products, prices are high.")
# What somebody said yesterday, so that the morning has a call to make.
YESTERDAY = ('montclair', 1, "Two weeks without an answer about our calibration.")
BLAME = ("Third late delivery this year.", "Nobody has visited us for months.", "Calibration was better with the other supplier.")


def _spread(mood, *key):
    """Return a mood shaken by the person who feels it."""
    return min(1.0, max(0.0, mood + 0.6 * (roll('spread', *key) - 0.5)))


def _text(mood, *key):
    words = PRAISE if mood > 0.75 else MIXED if mood > 0.45 else BLAME
    return pick(words, 'words', *key) if roll('words', *key) < 0.6 else None


def answers(today):
    """Return the survey answers: a wave each half-year, one answer a person; None is a question skipped."""
    found = []
    for account in ACCOUNTS:
        temper = temper_of(account.key)
        for wave in WAVES:
            if wave < max(temper.since, account.since):
                continue
            for contact in people_of(account.key):
                key = (account.key, wave, contact.name)
                if roll('answers', *key) >= temper.answers:
                    continue
                mood = _spread(mood_at(account.key, wave), *key)
                csat = min(5, 1 + int(mood * 5.2))
                nps = None if roll('skips', *key) < 0.04 else min(10, int(mood * 12.2))
                day = day_of(today, wave, 6) + timedelta(days=between(0, 16, 'answered', *key))
                found.append(Answer(account.key, day, contact.name, csat, nps, _text(mood, *key)))
    return [answer for answer in found if answer.day < today]


def ratings(today):
    """Return the ratings of support chats: happy (5), neutral (3) or unhappy (1)."""
    found = []
    for account in ACCOUNTS:
        if not temper_of(account.key).answers:
            continue
        for month in range(max(-24, temper_of(account.key).since), 1):
            if roll('rated', account.key, month) < 0.4:
                mood = _spread(mood_at(account.key, month), 'rating', account.key, month)
                contact = pick(people_of(account.key), 'rated', account.key, month).name
                value = 5 if mood > 0.55 else 3 if mood > 0.33 else 1
                found.append(Rating(account.key, day_of(today, month, between(1, 28, 'rated', account.key, month)), contact, value, _text(mood, month)))
    account, value, text = YESTERDAY
    found.append(Rating(account, today - timedelta(days=1), people_of(account)[0].name, value, text))
    return [rating for rating in found if rating.day < today]
