"""Spans of whole days, first and last day inclusive; no last day means for ever."""
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)


def free_days(first, last, taken):
    """Yield the parts of a span which no taken span covers.

    >>> spans = [(date(2024, 3, 1), date(2024, 3, 31)), (date(2024, 6, 1), None)]
    >>> [(str(a), str(b)) for a, b in free_days(date(2024, 1, 1), None, spans)]
    [('2024-01-01', '2024-02-29'), ('2024-04-01', '2024-05-31')]

    :param taken: ``[(first, last or None)]``, not overlapping each other
    :return: pairs of days; the last is ``None`` where the span has no end
    """
    last = last or None
    for begins, ends in sorted(((begins, ends or date.max) for begins, ends in taken)):
        if last and begins > last:
            break
        if begins > first:
            yield first, begins - ONE_DAY
        if ends == date.max:
            return
        first = max(first, ends + ONE_DAY)
    if last is None or first <= last:
        yield first, last
