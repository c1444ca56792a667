"""Builds the one statement which evaluates many formulas over the facts."""
from odoo.tools import SQL

from ..tools.formula import Builtin
from .kam_formula_sql import compile_formula


class AccountQuery:
    """Formulas at account grain: facts by unit, formulas on their sums, sums by scope.

    The *unit* a formula is evaluated on is the account, or the scope as a
    whole when it counts observations once each (``pooled``).
    """

    table = SQL("kam_fact")
    fact_columns = ('measure_id', 'company_id', 'partner_id', 'date', 'moment', 'user_id', 'key', 'res_id')

    def __init__(self, env, scopes, pooled, user_ids):
        self.env = env
        self.pooled = pooled
        self.user_ids = user_ids
        self.pairs = sorted({(scope_id, partner_id) for scope_id, partner_ids in scopes.items() for partner_id in partner_ids})
        self.currency = env.company.currency_id
        self.companies = env.companies
        self.measures = env['kam.measure']._by_code()
        self.columns = {}    # {(measure, window): SQL of the sum}
        self.windows = []
        self.latest = {}     # {(base measure, window): name of its subquery}
        self.expressions = []

    def add(self, item, date_start, date_stop):
        """Compile a formula; its value comes at the same place in each row of :meth:`run`."""
        def resolve(node):
            if isinstance(node, Builtin):
                if node.name == 'months':
                    return SQL("%s::numeric", item.kpi._base_window(date_start, date_stop).months)
                return self.accounts()
            window = item.kpi._term_window(node.shift, date_start, date_stop)
            return self.term(self.measures[node.measure], window, node.level)
        half = self.currency.rounding / 2
        self.expressions.append(compile_formula(item.tree, resolve, half))

    def accounts(self):
        return SQL("b.accounts::numeric")

    def term(self, measure, window, level):
        if level == 'company':
            return self.company_total(measure, window)
        return SQL("COALESCE(%s, 0)", self.column(measure, window))

    def column(self, measure, window):
        """Name the column with the measure over the window, adding it if it is new."""
        key = (measure.id, window.start, window.stop)
        if key not in self.columns:
            name = f't{len(self.columns)}'
            self.windows.append(window)
            if measure.reducer in ('latest_sum', 'latest_count'):
                self.columns[key] = (name, None, self.latest_source(measure, window))
            else:
                self.columns[key] = (name, self.reduce(measure, window), 'flow')
        name, _sql, source = self.columns[key]
        return SQL.identifier(source, name)

    def reduce(self, measure, window):
        where = SQL("f.measure_id = %s AND %s", (measure.base_id or measure).id, self.within(window))
        if self.user_ids is not None and measure.actor_path:
            where = SQL("%s AND f.user_id = ANY(%s)", where, list(self.user_ids))
        if measure.reducer == 'distinct':
            return SQL("COUNT(DISTINCT f.key) FILTER (WHERE %s)", where)
        total = SQL("SUM(f.amount) FILTER (WHERE %s)", where)
        if self.converts() and measure.monetary:
            return SQL("ROUND(%s, %s)", total, self.currency.decimal_places)
        return total

    def within(self, window):
        lower = SQL("f.date >= %s AND ", window.start) if window.start else SQL()
        return SQL("%sf.date < %s", lower, window.stop) if window.stop else SQL("FALSE")

    def latest_source(self, measure, window):
        """Name of the subquery over the latest answer of each key in the window; adds what this measure reads from it."""
        base = measure.base_id or measure
        key = (base.id, window.start, window.stop)
        name, columns = self.latest.setdefault(key, (f'latest{len(self.latest)}', []))
        column = f't{len(self.columns)}'
        value = SQL("COUNT(*) FILTER (WHERE x.amount BETWEEN %s AND %s)", measure.band_from, measure.band_to) \
            if measure.reducer == 'latest_count' else SQL("SUM(x.amount)")
        columns.append((column, value))
        return name

    def converts(self):
        """Whether the companies keep their books in several currencies."""
        return len(self.companies.currency_id | self.currency) > 1

    def facts(self):
        """The table of the facts; classes with facts of another shape have their own."""
        return self.in_reporting_currency()

    def in_reporting_currency(self):
        """The facts of the companies, money in the reporting currency at each day's own rate."""
        if not self.converts():
            return self.table
        columns = SQL(", ").join(SQL.identifier('f', name) for name in self.fact_columns)
        return SQL(
            """(SELECT %(columns)s, f.amount * CASE WHEN q.monetary AND c.currency_id <> %(target)s
                       THEN (%(to_rate)s / %(from_rate)s)::numeric ELSE 1 END AS amount
                  FROM %(table)s f JOIN kam_measure q ON q.id = f.measure_id JOIN res_company c ON c.id = f.company_id)""",
            columns=columns, target=self.currency.id, table=self.table,
            to_rate=self.rate(SQL("%s", self.currency.id)), from_rate=self.rate(SQL("c.currency_id")))

    def rate(self, currency):
        """A currency's rate on the day of fact ``f``, chosen as Odoo does: the last one, else the first ever, else 1."""
        rates = SQL(
            "SELECT r.rate FROM res_currency_rate r WHERE r.currency_id = %s AND (r.company_id IS NULL OR r.company_id = %s)",
            currency, self.env.company.root_id.id)
        return SQL(
            "COALESCE((%(rates)s AND r.name <= f.date ORDER BY r.company_id, r.name DESC LIMIT 1),"
            " (%(rates)s ORDER BY r.company_id, r.name LIMIT 1), 1)", rates=rates)

    def company_total(self, measure, window):
        """The measure for the whole company, whoever the accounts are."""
        where = SQL("f.measure_id = %s AND f.company_id = ANY(%s) AND %s", (measure.base_id or measure).id, self.companies.ids, self.within(window))
        value = SQL("COUNT(DISTINCT f.key)") if measure.reducer == 'distinct' else SQL("COALESCE(SUM(f.amount), 0)")
        return SQL("(SELECT %s FROM %s f WHERE %s)", value, self.facts(), where)

    def source(self):
        """FROM and WHERE of the facts of all units; ``u.unit_id`` says whose."""
        bounds = SQL("TRUE")
        if self.windows and all(window.start for window in self.windows):
            bounds = SQL("f.date >= %s", min(window.start for window in self.windows))
        return SQL(
            "unit u JOIN %s f ON f.partner_id = u.partner_id WHERE f.company_id = ANY(%s) AND f.measure_id = ANY(%s) AND %s",
            self.facts(), self.companies.ids, sorted({(measure.base_id or measure).id for measure in self.used()}), bounds)

    def used(self):
        ids = {measure_id for measure_id, _start, _stop in self.columns}
        return [measure for measure in self.measures.values() if measure.id in ids]

    def parts(self):
        """The WITH list: units, scopes, sums of the facts, latest answers."""
        units = [(scope if self.pooled else partner, partner) for scope, partner in self.pairs]
        scopes = [(scope, scope if self.pooled else partner) for scope, partner in self.pairs]
        yield SQL("unit AS (%s)", self.unnest(units, 'unit_id', 'partner_id'))
        yield SQL("scope AS (%s)", self.unnest(scopes, 'scope_id', 'unit_id'))
        sums = [(name, sql) for name, sql, source in self.columns.values() if source == 'flow']
        if sums:
            yield SQL("flow AS (SELECT u.unit_id, %s FROM %s GROUP BY u.unit_id)", self.select(sums), self.source())
        for (base_id, start, stop), (name, columns) in self.latest.items():
            lower = SQL("AND f.date >= %s", start) if start else SQL()
            yield SQL(
                """%(name)s AS (SELECT x.unit_id, %(columns)s FROM (
                       SELECT DISTINCT ON (u.unit_id, f.partner_id, f.key) u.unit_id, f.amount
                         FROM unit u JOIN kam_fact f ON f.partner_id = u.partner_id
                        WHERE f.measure_id = %(base)s AND f.company_id = ANY(%(companies)s) AND f.date < %(stop)s %(lower)s
                        ORDER BY u.unit_id, f.partner_id, f.key, f.moment DESC, f.res_id DESC) x GROUP BY x.unit_id)""",
                name=SQL.identifier(name), columns=self.select(columns), base=base_id, companies=self.companies.ids, stop=stop, lower=lower)

    @staticmethod
    def select(columns):
        return SQL(", ").join(SQL("%s AS %s", sql, SQL.identifier(name)) for name, sql in columns)

    @staticmethod
    def unnest(pairs, first, second):
        pairs = sorted(set(pairs))
        return SQL(
            "SELECT * FROM unnest(%s::int[], %s::int[]) AS pairs(%s, %s)",
            [pair[0] for pair in pairs], [pair[1] for pair in pairs], SQL.identifier(first), SQL.identifier(second))

    def body(self):
        """FROM of the formulas: one row ``b`` a unit, with its sums."""
        joins = [SQL("(SELECT unit_id, %s AS accounts FROM unit GROUP BY unit_id) b", SQL("COUNT(*)") if self.pooled else SQL("1"))]
        if any(source == 'flow' for _name, _sql, source in self.columns.values()):
            joins.append(SQL("flow USING (unit_id)"))
        joins += [SQL("%s USING (unit_id)", SQL.identifier(name)) for name, _columns in self.latest.values()]
        return SQL(" LEFT JOIN ").join(joins)

    def run(self):
        """Return [(scope id, [value of each formula])]."""
        if not self.pairs:
            return []
        totals = SQL(", ").join(SQL("SUM(%s)", expression) for expression in self.expressions)
        rows = self.env.execute_query(SQL(
            "WITH %s SELECT scope.scope_id, %s FROM %s JOIN scope USING (unit_id) GROUP BY scope.scope_id",
            SQL(", ").join(self.parts()), totals, self.body()))
        return [(scope_id, values) for scope_id, *values in rows]
