"""What an account does not buy yet, and what it might: judged by comparable accounts."""
from statistics import median

# Fewer comparable buyers would tell the figures of single ones, and say little.
MIN_COMPARABLES = 3


def state_of(now, before):
    """Return ``'buys'``, ``'lapsed'`` or ``'never'`` of an offering.

    :param now: bought in the last twelve months, credit notes deducted
    :param before: bought earlier
    """
    if now > 0:
        return 'buys'
    return 'lapsed' if before > 0 else 'never'


def potential(own, others):
    """Return ``(what more could be bought a year, number of comparable buyers, their median)``.

    The first is ``None`` when fewer than three comparable accounts buy the offering, and 0.0 where
    the account buys as much as the one in the middle already.

    :param own: what the account buys of it a year
    :param others: the same of comparable accounts; those which buy nothing of it do not count

    >>> potential(0.0, [100.0, 300.0, 200.0])
    (200.0, 3, 200.0)
    """
    buyers = [amount for amount in others if amount > 0]
    if len(buyers) < MIN_COMPARABLES:
        return None, len(buyers), None
    middle = median(buyers)
    return max(middle - max(own, 0.0), 0.0), len(buyers), middle
