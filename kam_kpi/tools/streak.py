"""Periods in a row."""


def red_streak(colours):
    """Return how many of the last periods were red in a row; those without data neither count nor break.

    :param colours: of closed periods, the oldest first: ``'green'``, ``'amber'``, ``'red'`` or ``'no_data'``

    >>> red_streak(['red', 'green', 'red', 'no_data', 'red'])
    2
    """
    count = 0
    for colour in reversed(list(colours)):
        if colour == 'red':
            count += 1
        elif colour != 'no_data':
            break
    return count
