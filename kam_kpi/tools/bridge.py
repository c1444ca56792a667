"""The revenue bridge: where the change between two windows came from.

opening + new + upsell + cross_sell - contraction - churn (+ currency) = closing,
always: each account's (or key's) change lands in exactly one bucket, with its own
sign. Of one account, and of any number of accounts together, every bucket is at
least zero; a row of one key shows its share of its accounts' buckets.
"""
from collections import defaultdict
from typing import NamedTuple

BUCKETS = ('opening', 'new', 'upsell', 'cross_sell', 'contraction', 'churn', 'closing')
PARTS = {
    'new': ('new_logo', 'reactivated', 'recovery'),
    'contraction': ('decrease', 'product_loss', 'non_cohort'),
}
TOTALS = ('cohort_opening', 'cohort_closing', 'gross_retained')


class Movement(NamedTuple):
    """What happened to one key of one account.

    ``bucket`` and ``part`` (one of PARTS, or empty) say where the change from ``opening`` to ``closing`` belongs;
    both are empty where nothing changed. ``cohort``: the account was a customer in the opening window.
    """
    account: object
    key: object
    opening: object
    closing: object
    bucket: str
    part: str
    cohort: bool

    @property
    def amount(self):
        """What the change adds to its bucket: losses are counted as positive amounts."""
        change = self.closing - self.opening
        return -change if self.bucket in ('contraction', 'churn') else change


def movements(rows, half_rounding=0.005, customers_before=()):
    """Return the :class:`Movement` of every account and key.

    :param rows: iterable of (account, key, opening amount, closing amount), each amount rounded to the currency
    :param half_rounding: amounts nearer to 0 than that are 0
    :param customers_before: accounts which had bought before the opening window, or without effect in it
    """
    opening, closing = defaultdict(lambda: defaultdict(int)), defaultdict(lambda: defaultdict(int))
    for account, key, before, after in rows:
        opening[account][key] += before
        closing[account][key] += after
    found = []
    for account, amounts in opening.items():
        before, after = sum(amounts.values()), sum(closing[account].values())
        whole = _whole_account(before, after, half_rounding, account in customers_before)
        for key, earlier in amounts.items():
            later = closing[account][key]
            bucket, part = whole or _one_key(earlier, later, half_rounding)
            if not whole and later == earlier:
                bucket = part = ''
            found.append(Movement(account, key, earlier, later, bucket, part, before >= half_rounding))
    return found


def _whole_account(before, after, half, bought_before):
    """Bucket and part of an account which came or went as a whole; None for one that stayed."""
    if before < half:
        if after < before:
            return 'contraction', 'non_cohort'
        if after < half:
            return 'new', 'recovery'
        return 'new', 'reactivated' if bought_before or before <= -half else 'new_logo'
    return ('churn', '') if after < half else None


def _one_key(earlier, later, half):
    if later > earlier:
        return ('cross_sell' if abs(earlier) < half else 'upsell'), ''
    return 'contraction', 'product_loss' if later < half else 'decrease'


def total(found):
    """Return the buckets of movements taken together."""
    result = dict.fromkeys(BUCKETS, 0)
    for movement in found:
        result['opening'] += movement.opening
        result['closing'] += movement.closing
        if movement.bucket:
            result[movement.bucket] += movement.amount
    return result


def parts(found):
    """Return ``{part: amount}``: the parts of *new* and of *contraction*, which add up to these buckets."""
    result = {part: 0 for group in PARTS.values() for part in group}
    for movement in found:
        if movement.part:
            result[movement.part] += movement.amount
    return result


def cohort(found):
    """Return what the customers of the opening window were and are worth, and what of it is kept without any growth."""
    accounts = defaultdict(lambda: [0, 0])
    for movement in found:
        if movement.cohort:
            accounts[movement.account][0] += movement.opening
            accounts[movement.account][1] += movement.closing
    return dict(zip(TOTALS, (
        sum(before for before, _after in accounts.values()),
        sum(after for _before, after in accounts.values()),
        sum(max(0, min(before, after)) for before, after in accounts.values()),
    )))


def by(found, attribute):
    """Return ``{account or key: its movements}``, ``attribute`` is 'account' or 'key'."""
    groups = defaultdict(list)
    for movement in found:
        groups[getattr(movement, attribute)].append(movement)
    return dict(groups)


def revenue_bridge(rows, half_rounding=0.005):
    """Return the buckets of several accounts taken together; see :func:`movements` for the rows."""
    return total(movements(rows, half_rounding))


def with_currency(buckets, opening, closing):
    """Add the bar *currency* to buckets at constant rates, so that they lead from ``opening`` to ``closing`` as booked."""
    drift = (closing - buckets['closing']) - (opening - buckets['opening'])
    return {**buckets, 'opening': opening, 'currency': drift, 'closing': closing}
