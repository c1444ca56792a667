from odoo import api, models
from odoo.tools import SQL

from .kam_partitions import EVERYTHING

# Sorting and hashing a year of documents fits in this much memory; compiling a query takes longer than it saves.
# Documents are found from the accounts only if the planner may put a dozen joined tables in an order of its own.
SETTINGS = """SET LOCAL work_mem = '64MB'; SET LOCAL jit = off; SET LOCAL random_page_cost = 1.1;
              SET LOCAL join_collapse_limit = 16; SET LOCAL from_collapse_limit = 16; SET LOCAL geqo_threshold = 17"""


class KamFactBuild(models.Model):
    """Makes partitions equal to the documents: delete, then insert from one grouped query per scan of the documents."""

    _inherit = 'kam.fact'

    @api.model
    def _build(self, measures, partitions=None):
        """Rebuild the facts of measures, in the given :class:`Partitions` or all of them."""
        measures = measures.filtered(lambda measure: not measure.base_id)
        if not measures:
            return
        self.env.cr.execute(SETTINGS)
        for part in [EVERYTHING] if partitions is None else partitions.passes():
            for table in ('kam_fact', 'kam_fact_category'):
                self.env.cr.execute(part.delete(table, measures.ids))
            single = measures.with_context(kam_all_documents=partitions is None)
            for shared, rows in single._shared_rows():
                single -= shared
                self._insert_shared_facts(shared, part.restrict(rows))
            for measure in single:
                rows = measure._rows()
                if rows is not None:
                    self._insert_facts(measure, part.restrict(rows), SQL("TRUE"))
                    if measure.category_path:
                        self._insert_category_facts(measure, part.restrict(rows))
        self.env['kam.fact.version']._renew()
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

    def _insert_category_facts(self, measure, rows):
        self.env.cr.execute(SQL(
            """INSERT INTO kam_fact_category (measure_id, company_id, partner_id, categ_id, date, amount)
               SELECT %(measure)s, r.company_id, r.partner_id, r.categ_id, r.date, SUM(r.amount)
                 FROM (%(rows)s) r JOIN res_partner key_account ON key_account.id = r.partner_id AND key_account.is_key_account
                GROUP BY r.company_id, r.partner_id, r.categ_id, r.date
                ORDER BY r.date""", measure=measure.id, rows=rows))

    def _insert_shared_facts(self, measures, rows):
        """Insert the facts of flows which read the same documents: ``amount_<code>`` is NULL where a row does not count."""
        columns = [(measure, SQL.identifier(f'amount_{measure.code}'), SQL.identifier(f'count_{measure.code}')) for measure in measures]

        def sums(counted):
            return SQL(", ").join(
                SQL("SUM(%(amount)s) AS %(amount)s, %(counted)s AS %(count)s", amount=amount, count=count,
                    counted=SQL("COUNT(%s)", amount) if counted else SQL("SUM(%s)", count))
                for _measure, amount, count in columns)
        values = SQL(", ").join(SQL("(%s, %s, %s)", measure.id, amount, count) for measure, amount, count in columns)
        kept = [(measure.id, amount, count) for measure, amount, count in columns if measure.category_path]
        by_category = SQL(", ").join(SQL("(%s, %s, %s)", *column) for column in kept)
        self.env.cr.execute(SQL(
            """WITH by_category AS MATERIALIZED (
                   SELECT r.company_id, r.partner_id, r.date, r.user_id, r.categ_id, %(counted)s FROM (%(rows)s) r
                    GROUP BY r.company_id, r.partner_id, r.date, r.user_id, r.categ_id)
               %(category)s
               INSERT INTO kam_fact (measure_id, company_id, partner_id, date, user_id, amount, count)
               SELECT v.measure_id, a.company_id, a.partner_id, a.date, a.user_id, v.amount, v.count
                 FROM (SELECT company_id, partner_id, date, user_id, %(summed)s FROM by_category
                        GROUP BY company_id, partner_id, date, user_id ORDER BY date) a
                CROSS JOIN LATERAL (VALUES %(values)s) AS v(measure_id, amount, count) WHERE v.count > 0""",
            rows=rows, counted=sums(True), summed=sums(False), values=values,
            category=self._insert_shared_category_sql(by_category) if kept else SQL()))

    def _insert_shared_category_sql(self, values):
        return SQL(
            """, category_facts AS (
                   INSERT INTO kam_fact_category (measure_id, company_id, partner_id, categ_id, date, amount)
                   SELECT v.measure_id, c.company_id, c.partner_id, c.categ_id, c.date, SUM(v.amount)
                     FROM by_category c JOIN res_partner key_account ON key_account.id = c.partner_id AND key_account.is_key_account
                    CROSS JOIN LATERAL (VALUES %s) AS v(measure_id, amount, count) WHERE v.count > 0
                    GROUP BY v.measure_id, c.company_id, c.partner_id, c.categ_id, c.date ORDER BY c.date)""", values)
