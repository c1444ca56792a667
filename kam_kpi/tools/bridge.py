"""The revenue bridge: where the change between two windows came from.

opening + new + upsell + cross_sell - contraction - churn = closing, always.
Every bucket is at least zero; each account's (or key's) change lands in
exactly one of them.
"""
from collections import defaultdict

BUCKETS = ('opening', 'new', 'upsell', 'cross_sell', 'contraction', 'churn', 'closing')


def account_bridge(opening, closing, half_rounding=0.005):
    """Return the buckets of one account.

    :param dict opening: amount by key (product category, template, …) in the earlier window
    :param dict closing: the same in the later window
    """
    result = dict.fromkeys(BUCKETS, 0)
    before, after = sum(opening.values()), sum(closing.values())
    result['opening'], result['closing'] = before, after
    if before < half_rounding:
        result['new' if after >= before else 'contraction'] += abs(after - before)
    elif after < half_rounding:
        result['churn'] += before - after
    else:
        for key in {*opening, *closing}:
            earlier, change = opening.get(key, 0), closing.get(key, 0) - opening.get(key, 0)
            if change <= 0:
                result['contraction'] -= change
            else:
                result['cross_sell' if abs(earlier) < half_rounding else 'upsell'] += change
    return result


def revenue_bridge(rows, half_rounding=0.005):
    """Return the buckets of several accounts taken together.

    :param rows: iterable of (account, key, opening amount, closing amount)
    """
    opening, closing = defaultdict(lambda: defaultdict(int)), defaultdict(lambda: defaultdict(int))
    for account, key, before, after in rows:
        opening[account][key] += before
        closing[account][key] += after
    total = dict.fromkeys(BUCKETS, 0)
    for account in opening:
        for bucket, amount in account_bridge(opening[account], closing[account], half_rounding).items():
            total[bucket] += amount
    return total
