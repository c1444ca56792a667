from collections import defaultdict

from .kam_partitions import MONTH


class Changes:
    """Which facts a refresh made anew: for each measure, the accounts by month.

    A partner of ``None`` stands for what belongs to no account, a month of ``None`` for all months.
    """

    def __init__(self):
        self._partners = defaultdict(lambda: defaultdict(set))  # {measure id: {first of month or None: partner ids}}
        self._known = {}

    def add(self, measure_ids, partitions):
        """Note that these measures were made anew in the given :class:`Partitions`, which have no spans."""
        for measure_id in measure_ids:
            months = self._partners[measure_id]
            for partner, month in partitions.pairs:
                months[month].add(partner)
            if partitions.partners:
                months[None] |= partitions.partners
            for month in partitions.orphans:
                months[month].add(None)

    @property
    def partners(self):
        """Ids of all partners with changed facts."""
        return {partner for months in self._partners.values() for partners in months.values() for partner in partners if partner}

    @property
    def pairs(self):
        """All changed (partner id or None, month or None)."""
        return {(partner, month) for months in self._partners.values() for month, partners in months.items() for partner in partners}

    def touched(self, measure_id, window):
        """The partners (None: what belongs to nobody) whose facts of this measure may have changed on a day of the window."""
        if measure_id not in self._partners or not window.stop:
            return frozenset()
        key = measure_id, window.start, window.stop
        if key not in self._known:
            self._known[key] = frozenset(
                partner for month, partners in self._partners[measure_id].items() for partner in partners
                if month is None or month < window.stop and (not window.start or month + MONTH > window.start))
        return self._known[key]

    def touched_before(self, stop):
        """The partners with changed facts of any measure before a day."""
        return {partner for partner, month in self.pairs if month is None or month < stop}
