"""Deals won, lost and open, and leads which came in. No Odoo here."""
from collections import namedtuple
from datetime import timedelta

from .contacts import people_of
from .dice import OLDEST, between, day_of, pick, roll, workday
from .story import CUSTOMERS, owner_at
from .temper import temper_of

Deal = namedtuple('Deal', 'account owner name contact created converted closed outcome reason stage value probability deadline')
Lead = namedtuple('Lead', 'name company email created owner account spam')
Step = namedtuple('Step', 'kind summary days')

# name, expected revenue from, to
OFFERS = (
    ("Analyser replacement, line %s", 24000, 96000), ("Sensor refit, building %s", 6000, 28000),
    ("Service contract, site %s", 9000, 42000), ("Calibration programme, year %s", 5000, 22000),
    ("Spectra Cloud roll-out, phase %s", 8000, 36000), ("Consumables frame order, lot %s", 12000, 64000),
)
REASONS = {'price': "Too expensive", 'rival': "Competitor's frame contract", 'budget': "Budget postponed", 'skills': "We don't have people/skills"}
SPAM_REASON = "Spam or duplicate"
# stage, from which share of the expected duration, probability
STAGES = (('new', 0.0, 15), ('qualified', 0.35, 40), ('proposition', 0.65, 70))
STEPS = (
    Step('call', "Call about the offer", 1), Step('todo', "Send revised quotation", 0), Step('meeting', "Technical walk-through on site", 6),
    Step('email', "Send references", 3), Step('call', "Ask for the decision date", -2), Step('todo', "Clarify delivery time with operations", 4),
)
LEADS = (
    Lead("Request from the web: portable analysers", "Brackenridge Labs", "info@brackenridge.example.com", 3, 'anna', None, False),
    Lead("Trade fair contact, process water", "Holloway Utilities", "procurement@holloway.example.com", 9, 'ben', None, False),
    Lead("Wants a demo of Spectra Cloud", "Quillan Therapeutics", "it@quillan.example.com", 15, 'clara', None, False),
    Lead("Second site asks for calibration", "Orchard Valley Foods", "plant2@orchard.example.com", 5, 'clara', 'orchard', False),
    Lead("New pilot plant, instruments needed", "Kestrel Biologics", "pilot@kestrel.example.com", 2, 'anna', 'kestrel', False),
    Lead("Asks for a training day", "Pinecrest University Hospital", "training@pinecrest.example.com", 21, 'clara', 'pinecrest', False),
    Lead("Cheap followers for your page", "Boost Panel", "win@boostpanel.example.com", 12, 'anna', 'brightwater', True),
    Lead("Same request sent twice", "Montclair Cosmetics", "lab@montclair.example.com", 33, 'anna', 'montclair', True),
)


def _deal(account, month, number, today):
    key = (account.key, month, number)
    temper = temper_of(account.key)
    name, low, high = pick(OFFERS, 'offer', *key)
    created = workday(min(day_of(today, month, between(1, 28, 'created', *key)), today))
    planned = created + timedelta(days=between(30, 170, 'duration', *key))
    closed = workday(planned) if planned < today else None
    won = roll('won', *key) < temper.wins
    outcome = ('won' if won else 'lost') if closed else 'open'
    progress = (today - created).days / max(1, (planned - created).days)
    stage, _share, probability = [row for row in STAGES if progress >= row[1]][-1]
    return Deal(
        account=account.key,
        owner=owner_at(account, month),
        name=name % between(1, 9, 'label', *key),
        contact=pick(people_of(account.key), 'contact', *key).name,
        created=created,
        converted=created + timedelta(days=between(1, 9, 'converted', *key)) if roll('inbound', *key) < 0.45 else None,
        closed=closed,
        outcome=outcome,
        reason=pick(tuple(REASONS), 'reason', *key) if outcome == 'lost' else None,
        stage='won' if outcome == 'won' else stage,
        value=between(low // 500, high // 500, 'value', *key) * 500,
        probability=probability,
        deadline=planned if roll('late', *key) > 0.12 else today - timedelta(days=4),
    )


def deals_of(account, today):
    """Return the account's deals, oldest first."""
    temper = temper_of(account.key)
    deals = []
    for month in range(max(OLDEST + 1, temper.since), 1):
        number = int(temper.deals / 12 + roll('deals', account.key, month))
        deals += [_deal(account, month, i, today) for i in range(number)]
    return deals


def all_deals(today):
    """Return every deal of the story."""
    return [deal for account in CUSTOMERS for deal in deals_of(account, today)]


def step_for(deal):
    """Return the next step of an open deal, or None for the few which were forgotten."""
    if roll('forgotten', deal.account, deal.name, deal.created.day) < 0.12:
        return None
    return pick(STEPS, 'step', deal.account, deal.name, deal.value)
