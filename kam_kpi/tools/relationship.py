"""How well an account's people are covered, from plain rows.

A person is a dict with ``power`` (1..5), ``support`` (-2..2), ``level`` and
``wanted`` (0..4: how close we are and want to be), ``owner`` (any hashable,
falsy for nobody), ``role``, ``freshness`` ('fresh', 'due', 'overdue', 'never')
and ``left`` (no longer works there).
"""

FRESHNESS_FACTOR = {'fresh': 1.0, 'due': .7, 'overdue': .4, 'never': 0.0}
POWERFUL = 4


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


def coverage(people):
    """Percent of the wanted closeness reached, weighted by power; None without people who are wanted closer."""
    wanted = sum(p['power'] * p['wanted'] for p in people)
    if not wanted:
        return None
    reached = sum(p['power'] * min(p['level'], p['wanted']) for p in people if p['owner'])
    return 100.0 * reached / wanted


def relationship_index(people):
    """0..100: how much of the account's power supports us and was met lately; None without people."""
    power = sum(p['power'] for p in people)
    if not power:
        return None
    felt = sum(p['power'] * (p['support'] + 2) / 4 * FRESHNESS_FACTOR[p['freshness']] for p in people)
    return 100.0 * felt / power


def warnings(people):
    """Codes of what is risky about the map, the most serious first."""
    if not people:
        return ['empty']
    here = [p for p in people if not p['left']]
    checks = {
        'no_decision_maker': not any(p['role'] == 'decision_maker' for p in here),
        'single_thread_them': len(here) == 1,
        'single_thread_us': len(here) > 1 and len({p['owner'] for p in here if p['owner']}) == 1,
        'powerful_without_owner': any(p['power'] >= POWERFUL and not p['owner'] for p in here),
        'powerful_against': any(p['power'] >= POWERFUL and p['support'] < 0 for p in here),
        'powerful_silent': any(p['power'] >= POWERFUL and p['freshness'] in ('overdue', 'never') for p in here),
        'no_champion': not any(p['role'] == 'champion' for p in here),
        'too_rosy': len(here) > 2 and all(p['support'] > 0 for p in here),
        'left': len(here) < len(people),
    }
    return [code for code, found in checks.items() if found]
