"""Which tier an account's score proposes."""

HYSTERESIS = 0.25


def propose_tier(score, present, tiers, margin=HYSTERESIS):
    """Return the code of the tier for a score of 1..10, or ``None`` when it reaches none.

    An account that has a tier leaves it only when the score is ``margin``
    beyond the limit in question, so that it does not move to and fro.

    :param score: ``None`` for unscored: no proposal
    :param present: code of the account's tier, or ``None``
    :param tiers: ``[(code, lowest score)]``
    """
    if score is None:
        return None
    limits = dict(tiers)
    here = limits.get(present)
    score = round(score, 6)
    for code, limit in sorted(tiers, key=lambda tier: -tier[1]):
        if here is None:
            reached = score >= limit
        elif limit > here:
            reached = score >= limit + margin
        else:
            reached = score > limit - margin
        if reached:
            return code
    return None
