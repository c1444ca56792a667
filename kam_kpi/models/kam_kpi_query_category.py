"""The statement which evaluates formulas at category grain."""
from odoo.tools import SQL

from .kam_kpi_query import AccountQuery

CATEGORY_COLUMNS = ('measure_id', 'company_id', 'partner_id', 'categ_id', 'date')


class CategoryQuery(AccountQuery):
    """Formulas evaluated for each product category of an account, then summed over accounts.

    ``account(x)`` is the account's total over its categories. Category facts
    are kept for key accounts; those of other customers are read from the
    documents, by the very query which would have filled the facts.
    """

    def __init__(self, env, scopes, pooled, user_ids):
        super().__init__(env, scopes, False, None)
        partner_ids = sorted({partner for _scope, partner in self.pairs})
        self.others = [row[0] for row in env.execute_query(SQL(
            "SELECT id FROM res_partner WHERE id = ANY(%s) AND is_key_account IS NOT TRUE", partner_ids))]

    def accounts(self):
        return SQL("1::numeric")

    def term(self, asked, level):
        if level == 'account':
            self.column(asked)
            name, _sql, _source = self.columns[asked.key]
            return SQL("COALESCE(%s, 0)", SQL.identifier('flow', f'account_{name}'))
        return super().term(asked, level)

    def facts(self):
        table = SQL("kam_fact_category")
        if self.others:
            live = SQL(" UNION ALL ").join(
                SQL("""SELECT %(measure)s AS measure_id, r.company_id, r.partner_id, r.categ_id, r.date, r.amount
                         FROM (%(rows)s) r WHERE r.partner_id = ANY(%(others)s)""",
                    measure=measure.id, rows=measure._rows(), others=self.others)
                for measure in self.used() if measure.category_path)
            table = SQL(
                "(SELECT measure_id, company_id, partner_id, categ_id, date, amount FROM kam_fact_category"
                " WHERE NOT partner_id = ANY(%s) UNION ALL %s)", self.others, live)
        return self.in_reporting_currency(table, CATEGORY_COLUMNS)

    def parts(self):
        units = sorted({(partner, partner) for _scope, partner in self.pairs})
        yield SQL("unit AS (%s)", self.unnest(units, 'unit_id', 'partner_id'))
        yield SQL("scope AS (%s)", self.unnest(self.pairs, 'scope_id', 'unit_id'))
        sums = [(name, sql) for name, sql, _source in self.columns.values()]
        yield SQL("categories AS (SELECT u.unit_id, %s FROM %s GROUP BY u.unit_id, f.categ_id)", self.select(sums), self.source())
        totals = [(f'account_{name}', SQL("SUM(%s) OVER (PARTITION BY unit_id)", SQL.identifier(name))) for name, _sql in sums]
        yield SQL("flow AS (SELECT categories.*, %s FROM categories)", self.select(totals))

    def body(self):
        return SQL("flow")
