"""Builds the one statement which evaluates many formulas over the facts."""
from odoo.tools import SQL

from ..tools.formula import Builtin
from .kam_formula_sql import compile_formula
from .kam_kpi_query_money import ReportingCurrency
from .kam_kpi_query_reduce import ONE_OF_EACH_KEY, UNKNOWN_WHEN_EMPTY, Asked, facts_looked_at, is_known, looked_at, reduce_sql, within

FACT_COLUMNS = ('measure_id', 'company_id', 'partner_id', 'date', 'moment', 'user_id', 'key', 'res_id')


class AccountQuery(ReportingCurrency):
    """Formulas at account grain: facts by unit, formulas on their sums, sums by scope.

    The *unit* a formula is evaluated on is the account, or the scope as a
    whole when it counts observations once each (``pooled``).
    """

    def __init__(self, env, scopes, pooled, user_ids):
        super().__init__(env)
        self.pooled = pooled
        self.user_ids = user_ids
        self.scopes = scopes
        self.pairs = self.scope_pairs()
        self.measures = env['kam.measure']._by_code()
        self.columns = {}    # {key of what is asked: (name, SQL of the sum, source)}
        self.asked = []
        self.latest = {}     # {(base measure, window): (name of its subquery, its columns)}
        self.expressions = []

    def scope_pairs(self):
        """The accounts of each scope: sorted (scope id, partner id)."""
        return sorted({(scope_id, partner_id) for scope_id, partner_ids in self.scopes.items() for partner_id in partner_ids})

    def add(self, item, date_start, date_stop):
        """Compile a formula; its value comes at the same place in each row of :meth:`run`."""
        def resolve(node):
            if isinstance(node, Builtin):
                if node.name == 'months':
                    return SQL("%s::numeric", item.kpi._base_window(date_start, date_stop).months)
                return self.accounts()
            window = item.kpi._term_window(node.shift, date_start, date_stop)
            return self.term(Asked(self.measures[node.measure], window, date_stop), node.level)
        expression = compile_formula(item.tree, resolve, self.currency.rounding / 2)
        # Of accounts whose own figures are to be halved, the middle one speaks for the scope.
        middle = item.kpi.roll_up == 'median' and item.part == 'numerator' and not self.pooled
        total = SQL("PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY %s)", expression) if middle else SQL("SUM(%s)", expression)
        self.expressions.append(total)

    def accounts(self):
        return SQL("b.accounts::numeric")

    def term(self, asked, level):
        """SQL of a measure in a formula; unknown (NULL) where nothing can be known, else 0 where nothing was counted."""
        if not is_known(asked.measure, asked.window):
            return SQL("NULL::numeric")
        if level == 'company':
            return self.company_total(asked)
        column = self.column(asked)
        return column if asked.measure.reducer in UNKNOWN_WHEN_EMPTY else SQL("COALESCE(%s, 0)", column)

    def column(self, asked):
        """Name the column with the measure over the window, adding it if it is new."""
        if asked.key not in self.columns:
            name = f't{len(self.columns)}'
            self.asked.append(asked)
            if asked.measure.reducer in ONE_OF_EACH_KEY:
                self.columns[asked.key] = (name, None, self.latest_source(asked))
            else:
                self.columns[asked.key] = (name, self.reduce(asked), 'flow')
        name, _sql, source = self.columns[asked.key]
        return SQL.identifier(source, name)

    def reduce(self, asked):
        mine = SQL("TRUE")
        if self.user_ids is not None and asked.measure.actor_path:
            mine = SQL("f.user_id = ANY(%s)", list(self.user_ids))
        total = reduce_sql(asked, mine, self.as_of_utc(), self.companies.ids)
        if self.converts() and asked.measure.monetary:
            return SQL("ROUND(%s, %s)", total, self.currency.decimal_places)
        return total

    def as_of_utc(self):
        """The moment up to which documents are complete: the company's midnight, in UTC."""
        return self.env.company._kam_midnight()

    def latest_source(self, asked):
        """Name of the subquery over the last row of each key in the window; adds what this measure reads from it."""
        measure = asked.measure
        base = measure.base_id or measure
        name, columns = self.latest.setdefault((base.id, looked_at(measure, asked.window)), (f'latest{len(self.latest)}', []))
        value = SQL("COUNT(*) FILTER (WHERE x.amount BETWEEN %s AND %s)", measure.band_from, measure.band_to) \
            if measure.reducer == 'latest_count' else SQL("SUM(x.amount)")
        columns.append((f't{len(self.columns)}', value))
        return name

    def account_facts(self):
        return self.in_reporting_currency(SQL("kam_fact"), FACT_COLUMNS)

    def facts(self):
        """The table of the facts; classes with facts of another shape have their own."""
        return self.account_facts()

    def company_total(self, asked):
        """The measure for the whole company, whoever the accounts are."""
        total = reduce_sql(asked, self.in_scope(), self.as_of_utc(), self.companies.ids)
        if asked.measure.reducer not in UNKNOWN_WHEN_EMPTY:
            total = SQL("COALESCE(%s, 0)", total)
        return SQL("(SELECT %s FROM %s f WHERE %s)", total, self.account_facts(), facts_looked_at([asked], self.companies.ids))

    def source(self):
        """FROM and WHERE of the facts of all units; ``u.unit_id`` says whose."""
        # The list of accounts, a constant, is what the planner hands down to the index.
        accounts = sorted({partner for _scope, partner in self.pairs})
        return SQL(
            "unit u JOIN %s f ON f.partner_id = u.partner_id WHERE f.partner_id = ANY(%s) AND %s", self.facts(), accounts, self.of_interest())

    def of_interest(self):
        """Condition on the facts: the companies, measures and days which any column looks at."""
        return SQL("%s AND %s", self.in_scope(), facts_looked_at(self.asked, self.companies.ids))

    def used(self):
        ids = {asked.measure.id for asked in self.asked}
        return [measure for measure in self.measures.values() if measure.id in ids]

    def parts(self):
        """The WITH list: units, scopes, sums of the facts, latest answers."""
        units = [(scope if self.pooled else partner, partner) for scope, partner in self.pairs]
        scopes = [(scope, scope if self.pooled else partner) for scope, partner in self.pairs]
        yield SQL("unit AS (%s)", self.unnest(units, 'unit_id', 'partner_id'))
        yield SQL("scope AS (%s)", self.unnest(scopes, 'scope_id', 'unit_id'))
        yield from self.sums()

    def sums(self):
        """The parts of the WITH list which read the facts."""
        sums = self.flow_columns()
        if sums:
            yield SQL("flow AS (SELECT u.unit_id, %s FROM %s GROUP BY u.unit_id)", self.select(sums), self.source())
        for (base_id, window), (name, columns) in self.latest.items():
            yield SQL(
                """%(name)s AS (SELECT x.unit_id, %(columns)s FROM (
                       SELECT DISTINCT ON (u.unit_id, f.partner_id, f.key) u.unit_id, f.amount
                         FROM %(source)s AND f.measure_id = %(base)s AND %(within)s
                        ORDER BY u.unit_id, f.partner_id, f.key, f.moment DESC, f.res_id DESC) x GROUP BY x.unit_id)""",
                name=SQL.identifier(name), columns=self.select(columns), source=self.source(), base=base_id, within=within(window))

    def flow_columns(self):
        return [(name, sql) for name, sql, source in self.columns.values() if source == 'flow']

    @staticmethod
    def select(columns):
        return SQL(", ").join(SQL("%s AS %s", sql, SQL.identifier(name)) for name, sql in columns)

    @staticmethod
    def unnest(pairs, first, second):
        pairs = sorted(set(pairs))
        return SQL(
            "SELECT * FROM unnest(%s::int[], %s::int[]) AS pairs(%s, %s)",
            [pair[0] for pair in pairs], [pair[1] for pair in pairs], SQL.identifier(first), SQL.identifier(second))

    def base(self):
        """SELECT of the units with the number of their accounts."""
        return SQL("SELECT unit_id, %s AS accounts FROM unit GROUP BY unit_id", SQL("COUNT(*)") if self.pooled else SQL("1"))

    def body(self):
        """FROM of the formulas: one row ``b`` a unit, with its sums."""
        joins = [SQL("(%s) b", self.base())]
        if self.flow_columns():
            joins.append(SQL("flow USING (unit_id)"))
        joins += [SQL("%s USING (unit_id)", SQL.identifier(name)) for name, _columns in self.latest.values()]
        return SQL(" LEFT JOIN ").join(joins)

    def run(self):
        """Return [(scope id, [value of each formula])]."""
        if not self.pairs:
            return []
        rows = self.env.execute_query(SQL(
            "WITH %s SELECT scope.scope_id, %s FROM %s JOIN scope USING (unit_id) GROUP BY scope.scope_id",
            SQL(", ").join(self.parts()), SQL(", ").join(self.expressions), self.body()))
        return [(scope_id, values) for scope_id, *values in rows]
