from typing import NamedTuple

from dateutil.relativedelta import relativedelta

from odoo.tools import SQL

MONTH = relativedelta(months=1)
FIRST, LAST = '-infinity', 'infinity'
# Rows ``r`` of keys ``k``: each row has one key at most.
MATCH = SQL("r.partner_id = k.partner_id AND r.date >= k.start AND r.date < k.stop")


class Partitions(NamedTuple):
    """What to rebuild: (account, month) pairs, whole accounts, months of what has no account, and spans of days.

    ``None`` in place of a whole object means everything.
    """
    pairs: set      # {(partner id, first of month)}
    partners: set   # {partner id}: all months
    orphans: set    # {first of month}: rows without an account; {None} for all months
    spans: frozenset = frozenset()  # {(first day or None, day after the last or None)}: all rows of these days

    def condition(self, partner, date):
        """SQL which holds for rows of these partitions."""
        parts = []
        if self.pairs:
            ids, months = zip(*sorted(self.pairs))
            parts.append(SQL(
                "(%(partner)s = ANY(%(some)s) AND (%(partner)s, date_trunc('month', %(date)s)::date)"
                " IN (SELECT * FROM unnest(%(ids)s::int[], %(months)s::date[])))",
                partner=partner, date=date, some=sorted(set(ids)), ids=list(ids), months=list(months)))
        if self.partners:
            parts.append(SQL("%s = ANY(%s)", partner, sorted(self.partners)))
        if self.orphans:
            parts.append(self._orphan_condition(partner, date))
        parts += [self._span_condition(span, date) for span in self.spans]
        return SQL("(%s)", SQL(" OR ").join(parts)) if parts else SQL("FALSE")

    def passes(self):
        """The partitions one kind after the other: each is found by an index of its own, which one condition for all would prevent."""
        keys = self._keys()
        if keys:
            yield Pass(keys, None)
        if self.orphans:
            yield Pass(None, self._orphan_condition(SQL("r.partner_id"), SQL("r.date")))
        for span in sorted(self.spans, key=str):
            yield Pass(None, self._span_condition(span, SQL("r.date")))

    def _keys(self):
        """[(partner id, first day, day after the last)], none of which overlap."""
        return [(partner, FIRST, LAST) for partner in sorted(self.partners)] + [
            (partner, month, month + MONTH) for partner, month in sorted(self.pairs) if partner not in self.partners]

    def _orphan_condition(self, partner, date):
        if None in self.orphans:
            return SQL("%s IS NULL", partner)
        return SQL("(%s IS NULL AND date_trunc('month', %s)::date = ANY(%s))", partner, date, sorted(self.orphans))

    @staticmethod
    def _span_condition(span, date):
        start, stop = span
        return SQL("(%(date)s >= %(start)s::date AND %(date)s < %(stop)s::date)", date=date, start=start or FIRST, stop=stop or LAST)


class Pass(NamedTuple):
    """Partitions which one statement rebuilds: by ``keys``, else those of rows ``r`` for which ``condition`` holds."""
    keys: list
    condition: SQL

    def restrict(self, rows):
        """SELECT of those of the rows that belong to it."""
        if not self.keys:
            return SQL("SELECT r.* FROM (%s) r WHERE %s", rows, self.condition)
        # The list of accounts, a constant, is what the planner hands down to the indexes of the documents.
        return SQL(
            "SELECT r.* FROM (%s) r JOIN %s ON %s WHERE r.partner_id = ANY(%s)", rows, self._unnest(), MATCH, sorted({key[0] for key in self.keys}))

    def delete(self, table, measure_ids):
        """DELETE of the facts in it."""
        table = SQL.identifier(table)
        if not self.keys:
            return SQL("DELETE FROM %s r WHERE r.measure_id = ANY(%s) AND %s", table, measure_ids, self.condition)
        return SQL("DELETE FROM %s r USING %s WHERE %s AND r.measure_id = ANY(%s)", table, self._unnest(), MATCH, measure_ids)

    def _unnest(self):
        ids, starts, stops = zip(*self.keys)
        return SQL(
            "unnest(%s::int[], %s::date[], %s::date[]) AS k(partner_id, start, stop)",
            list(ids), [str(day) for day in starts], [str(day) for day in stops])


EVERYTHING = Pass(None, SQL("TRUE"))
