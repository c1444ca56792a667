"""How long customers stay, from how many were lost.

The lifetime is one over the yearly churn, at most five years: with little
churn, one over it says more about chance than about customers.

>>> customer_lifetime([(120, 30)])
(4.0, False, 120)
>>> customer_lifetime([(120, 0)])
(5.0, True, 120)
>>> customer_lifetime([(8, 1)])
(None, False, 8)
"""
YEARS_LOOKED_AT = 3
CAP_YEARS = 5.0
MIN_COHORT = 10


def customer_lifetime(years):
    """Return (years, whether they are capped, size of the cohorts).

    :param years: (customers of the year before, how many of them were lost) of each year looked at
    :return: ``None`` years when the cohorts together are too small to tell
    """
    opening = sum(cohort for cohort, _lost in years)
    lost = sum(lost for _cohort, lost in years)
    if opening < MIN_COHORT:
        return None, False, opening
    lifetime = opening / lost if lost else CAP_YEARS
    return (CAP_YEARS, True, opening) if lifetime > CAP_YEARS or not lost else (lifetime, False, opening)
