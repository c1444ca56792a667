"""How well an account's people are covered, from plain rows.

A person is a dict with ``name``, ``power`` (1..5), ``support`` (-2..2),
``level`` and ``wanted`` (0..4: how close we are and want to be), ``owner`` (any
hashable, falsy for nobody), ``role``, ``freshness`` ('fresh', 'due', 'overdue',
'never') and ``left`` (no longer works there).
"""

FRESHNESS_FACTOR = {'fresh': 1.0, 'due': .7, 'overdue': .4, 'never': 0.0}
POWERFUL = 4
# Roles which every map needs; one that is missing weighs like a person of this influence whom we do not know.
NEEDED_ROLES = {'decision_maker': 5, 'champion': 3}


def freshness(last_contact, cadence_days, today):
    """'fresh' within the cadence, 'due' up to twice of it, then 'overdue'; 'never' without a date.

    Without a cadence a dated contact counts as fresh: nobody promised more.
    """
    if not last_contact:
        return 'never'
    if not cadence_days:
        return 'fresh'
    age = (today - last_contact).days
    if age <= cadence_days:
        return 'fresh'
    return 'due' if age <= 2 * cadence_days else 'overdue'


def missing_roles(people):
    """Roles which nobody has who still works there."""
    return [role for role in NEEDED_ROLES if not any(p['role'] == role and not p['left'] for p in people)]


def closeness(person):
    """0..1: how much of the wanted closeness one of us has reached; None for people whom we do not want closer."""
    if not person['wanted']:
        return None
    return min(person['level'], person['wanted']) / person['wanted'] if person['owner'] else 0.0


def coverage_lines(people):
    """What each person brings to the coverage: ``power``, ``closeness``, ``factor`` (freshness), ``points`` (their product).

    People who left and people without a wanted level are not among them.
    """
    return [{
        'name': person['name'],
        'power': person['power'],
        'closeness': closeness(person),
        'freshness': person['freshness'],
        'factor': FRESHNESS_FACTOR[person['freshness']],
        'points': person['power'] * closeness(person) * FRESHNESS_FACTOR[person['freshness']],
    } for person in people if not person['left'] and closeness(person) is not None]


def coverage(people):
    """0..100: the influence at the account which we are close to and in touch with; None for an empty map.

    Each person counts as much as their influence; a needed role which nobody
    has counts against us. None as well when nobody is wanted closer and no
    role is missing.
    """
    lines = coverage_lines(people)
    whole = sum(line['power'] for line in lines) + sum(NEEDED_ROLES[role] for role in missing_roles(people))
    if not people or not whole:
        return None
    return 100.0 * sum(line['points'] for line in lines) / whole


def relationship_index(people):
    """0..100: how much of the account's power supports us and was met lately; None without people."""
    here = [p for p in people if not p['left']]
    power = sum(p['power'] for p in here)
    if not power:
        return None
    felt = sum(p['power'] * (p['support'] + 2) / 4 * FRESHNESS_FACTOR[p['freshness']] for p in here)
    return 100.0 * felt / power


def findings(people):
    """What is risky about the map, the most serious first: [(code, names of those concerned)]."""
    if not people:
        return [('empty', [])]
    here = [p for p in people if not p['left']]
    powerful = [p for p in here if p['power'] >= POWERFUL]
    owners = {p['owner'] for p in here if p['owner']}
    missing = missing_roles(people)
    checks = {
        'no_decision_maker': 'decision_maker' in missing,
        'single_thread_them': here if len(here) == 1 else [],
        'single_thread_us': len(here) > 1 and len(owners) == 1,
        'powerful_without_owner': [p for p in powerful if not p['owner']],
        'powerful_against': [p for p in powerful if p['support'] < 0],
        'powerful_silent': [p for p in powerful if p['freshness'] in ('overdue', 'never')],
        'no_champion': 'champion' in missing,
        'too_rosy': len(here) > 2 and all(p['support'] > 0 for p in here),
        'left': [p for p in people if p['left']],
    }
    return [(code, [] if found is True else [p['name'] for p in found]) for code, found in checks.items() if found]


def warnings(people):
    """The codes of ``findings``."""
    return [code for code, _names in findings(people)]


MOST = 0.7


def held_by_one(people):
    """Whether one of us owns more than seven of ten relationships with people who still work there; needs two of them at least."""
    owners = [p['owner'] for p in people if not p['left'] and p['owner']]
    here = [p for p in people if not p['left']]
    return len(here) > 1 and bool(owners) and max(owners.count(owner) for owner in owners) > MOST * len(here)


def decider_alone(people):
    """Whether a decision maker is with us while most of the other influential people are not."""
    here = [p for p in people if not p['left']]
    with_us = any(p['role'] == 'decision_maker' and p['support'] > 0 for p in here)
    others = [p for p in here if p['role'] != 'decision_maker' and p['power'] >= POWERFUL]
    return with_us and 2 * len([p for p in others if p['support'] <= 0]) > len(others) > 0
