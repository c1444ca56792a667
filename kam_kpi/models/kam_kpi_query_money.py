"""Facts of several companies in one currency."""
from odoo.tools import SQL


class ReportingCurrency:
    """The companies whose facts are read, and their money in the currency of the current one."""

    def __init__(self, env):
        self.env = env
        self.currency = env.company.currency_id
        self.companies = env.companies

    def in_scope(self):
        """Condition on fact ``f``: of the companies at hand, and not what they sell to one another when they are several."""
        ours = SQL("f.company_id = ANY(%s)", self.companies.ids)
        if len(self.companies) == 1:
            return ours
        house = self.companies.sudo().partner_id.commercial_partner_id.ids  # only ids, to leave them out
        return SQL("%s AND (f.partner_id IS NULL OR NOT f.partner_id = ANY(%s))", ours, house)

    def converts(self):
        """Whether the companies keep their books in several currencies."""
        return len(self.companies.currency_id | self.currency) > 1

    def in_reporting_currency(self, table, columns):
        """A table of facts with these columns and ``amount``, money in the reporting currency at each day's own rate."""
        if not self.converts():
            return table
        columns = SQL(", ").join(SQL.identifier('f', name) for name in columns)
        return SQL(
            """(SELECT %(columns)s, f.amount * CASE WHEN q.monetary AND c.currency_id <> %(target)s
                       THEN (%(to_rate)s / %(from_rate)s)::numeric ELSE 1 END AS amount
                  FROM %(table)s f JOIN kam_measure q ON q.id = f.measure_id JOIN res_company c ON c.id = f.company_id)""",
            columns=columns, target=self.currency.id, table=table,
            to_rate=self.rate(SQL("%s", self.currency.id)), from_rate=self.rate(SQL("c.currency_id")))

    def rate(self, currency):
        """A currency's rate on the day of fact ``f``, chosen as Odoo does: the last one, else the first ever, else 1."""
        rates = SQL(
            "SELECT r.rate FROM res_currency_rate r WHERE r.currency_id = %s AND (r.company_id IS NULL OR r.company_id = %s)",
            currency, self.env.company.root_id.id)
        return SQL(
            "COALESCE((%(rates)s AND r.name <= f.date ORDER BY r.company_id, r.name DESC LIMIT 1),"
            " (%(rates)s ORDER BY r.company_id, r.name LIMIT 1), 1)", rates=rates)
