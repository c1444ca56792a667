"""Margins of error of scores from small samples."""
from math import sqrt

Z_95 = 1.959963984540054


def score_margin(total, squares, answers, scale=100):
    """Half the 95 % interval of a mean of scores -1, 0 or 1, by the adjusted Wald method.

    For a net promoter score ``total`` is promoters less detractors and
    ``squares`` promoters plus detractors. None without answers.

    >>> round(score_margin(22 - 8, 22 + 8, 40), 6)
    23.658839
    """
    if not answers:
        return None
    n = answers + 3
    mean, square = total / n, (squares + 1.5) / n
    return scale * Z_95 * sqrt(max(0, square - mean ** 2) / n)
