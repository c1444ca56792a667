from typing import NamedTuple

from odoo import api, models
from odoo.tools import SQL


class Partitions(NamedTuple):
    """What to rebuild: (account, month) pairs, whole accounts, and months of what has no account.

    ``None`` in place of a whole object means everything.
    """
    pairs: set      # {(partner id, first of month)}
    partners: set   # {partner id}: all months
    orphans: set    # {first of month}: rows without an account; {None} for all months

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
        if None in self.orphans:
            parts.append(SQL("%s IS NULL", partner))
        elif self.orphans:
            parts.append(SQL("(%s IS NULL AND date_trunc('month', %s)::date = ANY(%s))", partner, date, sorted(self.orphans)))
        return SQL("(%s)", SQL(" OR ").join(parts)) if parts else SQL("FALSE")


class KamFactBuild(models.Model):
    """Makes partitions equal to the documents: delete, then insert from one grouped query per measure."""

    _inherit = 'kam.fact'

    @api.model
    def _build(self, measures, partitions=None):
        """Rebuild the facts of measures, in the given :class:`Partitions` or all of them."""
        measures = measures.filtered(lambda measure: not measure.base_id)
        for table in ('kam_fact', 'kam_fact_category'):
            where = SQL("TRUE") if partitions is None else partitions.condition(SQL("partner_id"), SQL("date"))
            self.env.cr.execute(SQL(
                "DELETE FROM %s WHERE measure_id = ANY(%s) AND %s", SQL.identifier(table), measures.ids, where))
        for measure in measures:
            rows = measure._rows()
            if rows is None:
                continue
            where = SQL("TRUE") if partitions is None else partitions.condition(SQL("r.partner_id"), SQL("r.date"))
            self._insert_facts(measure, rows, where)
            if measure.category_path:
                self._insert_category_facts(measure, rows, where)
        self.invalidate_model()
        self.env['kam.fact.category'].invalidate_model()

    def _insert_facts(self, measure, rows, where):
        if measure.kind == 'observation':
            self.env.cr.execute(SQL(
                """INSERT INTO kam_fact (measure_id, company_id, partner_id, date, moment, user_id, key, res_id, amount, count)
                   SELECT %(measure)s, r.company_id, r.partner_id, r.date, r.moment, r.user_id, r.key, r.res_id, r.amount, 1
                     FROM (%(rows)s) r WHERE %(where)s""", measure=measure.id, rows=rows, where=where))
        else:
            self.env.cr.execute(SQL(
                """INSERT INTO kam_fact (measure_id, company_id, partner_id, date, user_id, amount, count)
                   SELECT %(measure)s, r.company_id, r.partner_id, r.date, r.user_id, SUM(r.amount), COUNT(*)
                     FROM (%(rows)s) r WHERE %(where)s
                    GROUP BY r.company_id, r.partner_id, r.date, r.user_id
                    ORDER BY r.date""", measure=measure.id, rows=rows, where=where))

    def _insert_category_facts(self, measure, rows, where):
        self.env.cr.execute(SQL(
            """INSERT INTO kam_fact_category (measure_id, company_id, partner_id, categ_id, date, amount)
               SELECT %(measure)s, r.company_id, r.partner_id, r.categ_id, r.date, SUM(r.amount)
                 FROM (%(rows)s) r JOIN res_partner key_account ON key_account.id = r.partner_id AND key_account.is_key_account
                WHERE %(where)s
                GROUP BY r.company_id, r.partner_id, r.categ_id, r.date
                ORDER BY r.date""", measure=measure.id, rows=rows, where=where))
