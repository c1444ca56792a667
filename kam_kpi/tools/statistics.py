"""Margins of error of scores from small samples."""
from math import sqrt

Z_95 = 1.96


def nps_margin(promoters, detractors, answers):
    """Half the 95 % interval of a net promoter score, by the adjusted Wald method; None without answers."""
    if not answers:
        return None
    n = answers + 3
    p, d = (promoters + .75) / n, (detractors + .75) / n
    return 100 * Z_95 * sqrt((p + d - (p - d) ** 2) / n)
