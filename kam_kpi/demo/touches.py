"""Meetings, calls and mails between us and the accounts. No Odoo here."""
from collections import namedtuple
from datetime import timedelta

from .contacts import people_of
from .dice import between, day_of, pick, roll, workday
from .story import ACCOUNTS, CUSTOMERS, owner_at
from .temper import temper_of

Meeting = namedtuple('Meeting', 'account day subject contacts host guest')
Mail = namedtuple('Mail', 'account day inbound contact user on subject text')
Call = namedtuple('Call', 'account day contact user summary')

FIRST = -26  # touches reach back so far: two windows of twelve months and a bit
SUBJECTS = (
    "Monthly account meeting", "Project review", "Service review", "Line walk with maintenance", "Offer presentation",
    "Calibration planning", "Roadmap exchange", "Problem solving: drift on line 2",
)
CALLS = ("Delivery date agreed", "Asked about the last service visit", "Went through the open offer", "Birthday call", "Clarified an invoice")
# what we write, what comes back
TALKS = (
    ("Minutes of our meeting", "Thank you for your time. The minutes and the agreed dates are attached.", "Agreed, one correction on the second date."),
    ("Your order is on its way", "The parcel left our warehouse this morning.", "Received, everything complete."),
    ("Calibration slots", "We can offer the 3rd or the 17th for the on-site calibration.", "The 17th suits production better."),
    ("Price list for next year", "Please find the price list which holds from January.", "Thanks. We need to talk about the consumables."),
    ("Software update", "Release notes for Spectra Cloud, with the report your team asked for.", "Great, the team has been waiting for it."),
    ("Spare sensors", "To avoid a standstill we suggest keeping two sensors in stock.", "Makes sense, send us an offer."),
)
COMPLAINTS = (
    ("Late delivery again", "We are sorry for the delay and have moved your order forward.", "This is the third time this year. We expect a plan."),
    ("Readings drift on line 2", "Our engineer can come on Thursday.", "Thursday is too late, the line stands still."),
)


def _times(rate, *key):
    return int(rate + roll('times', *key))


def _meeting_rate(account, month):
    temper = temper_of(account.key)
    if not max(FIRST, temper.since) <= month <= temper.met_until:
        return 0
    return 0.35 if account.story == 'handed_over' and month < -13 else temper.meetings


def _meetings_of(account, today):
    for month in range(FIRST, 1):
        for number in range(_times(_meeting_rate(account, month), 'meeting', account.key, month)):
            key = (account.key, month, number)
            day = workday(day_of(today, month, between(2, 27, 'met', *key)))
            people = people_of(account.key)
            first = between(0, len(people) - 1, 'who', *key)
            # the slipping account is met through one person only
            several = 1 if account.story == 'slipping' else between(1, min(3, len(people)), 'several', *key)
            names = tuple(people[(first + i) % len(people)].name for i in range(several))
            if account.story == 'slipping':
                names = (people[2].name,)
            guest = 'leo' if roll('guest', *key) < 0.12 else None
            yield Meeting(account.key, day, pick(SUBJECTS, 'subject', *key), names, owner_at(account, month), guest)


def meetings(today):
    """Return past meetings and those agreed for the next weeks; the account which slips away has none ahead."""
    past = [meeting for account in CUSTOMERS for meeting in _meetings_of(account, today) if meeting.day < today]
    ahead = []
    for account in ACCOUNTS:
        if account.story in ('slipping', 'credit_notes', 'quiet'):
            continue
        day = today + timedelta(days=between(1, 21, 'ahead', account.key))
        day += timedelta(days=(7 - day.weekday()) * (day.weekday() > 4))
        names = tuple(contact.name for contact in people_of(account.key)[:2])
        ahead.append(Meeting(account.key, day, "Quarterly business review", names, account.owner, None))
    return past + ahead


def _months(account):
    until = -3 if account.story == 'slipping' else 0
    return range(max(FIRST, temper_of(account.key).since), until + 1)


def mails(today):
    """Return the mails: what we wrote and, mostly, what came back a day later."""
    found = []
    for account in CUSTOMERS:
        for month in _months(account):
            for number in range(_times(temper_of(account.key).mails, 'mail', account.key, month)):
                key = (account.key, month, number)
                day = workday(day_of(today, month, between(1, 28, 'mailed', *key)))
                sour = account.story in ('slipping', 'lost_category', 'credit_notes') and roll('sour', *key) < 0.5
                subject, text, answer = pick(COMPLAINTS if sour else TALKS, 'talk', *key)
                contact = pick(people_of(account.key), 'mailed', *key).name
                user, on = owner_at(account, month), pick(('partner', 'deal', 'order'), 'on', *key)
                found.append(Mail(account.key, day, False, contact, user, on, subject, text))
                if roll('answered', *key) < 0.7:
                    found.append(Mail(account.key, day + timedelta(days=1), True, contact, user, on, "Re: " + subject, answer))
    return [mail for mail in found if mail.day < today]


def calls(today):
    """Return the calls which were made and noted."""
    found = [
        Call(account.key, workday(day_of(today, month, between(1, 28, 'called', account.key, month, number))),
             pick(people_of(account.key), 'called', account.key, month, number).name,
             owner_at(account, month), pick(CALLS, 'call', account.key, month, number))
        for account in CUSTOMERS for month in _months(account)
        for number in range(_times(temper_of(account.key).calls, 'calls', account.key, month))]
    return [call for call in found if call.day < today]
