"""The statements for scopes which are no list of accounts: the whole company, and what somebody did."""
from odoo.tools import SQL

from .kam_kpi_query import AccountQuery

EVERYONE = 'everyone'


class EveryoneQuery(AccountQuery):
    """Formulas for the whole company: all customers, and facts which belong to no account (unit 0)."""

    def scope_pairs(self):
        return [(scope_id, 0) for scope_id in self.scopes]

    def source(self):
        unit = SQL("0") if self.pooled else SQL("COALESCE(of_unit.partner_id, 0)")
        return SQL(
            "(SELECT %s AS unit_id, of_unit.* FROM %s of_unit) f CROSS JOIN LATERAL (SELECT f.unit_id) u WHERE %s",
            unit, self.facts(), self.of_interest())

    def parts(self):
        yield from self.sums()
        names = [SQL.identifier('flow')] if self.flow_columns() else []
        names += [SQL.identifier(name) for name, _columns in self.latest.values()]
        units = [SQL("SELECT unit_id FROM %s", name) for name in names] or [SQL("SELECT 0 AS unit_id")]
        yield SQL("unit AS (%s)", SQL(" UNION ").join(units))
        yield SQL(
            "scope AS (SELECT scopes.scope_id, unit.unit_id FROM unit CROSS JOIN unnest(%s::int[]) AS scopes(scope_id))",
            [scope for scope, _partner in self.pairs])

    def base(self):
        return SQL("SELECT unit_id, CASE WHEN unit_id = 0 THEN 0 ELSE 1 END AS accounts FROM unit")


class ActorQuery(AccountQuery):
    """Formulas for what people did with any key account: ``scopes`` holds the users of each scope in place of accounts."""

    def __init__(self, env, scopes, pooled, user_ids):
        super().__init__(env, scopes, True, None)

    def source(self):
        return SQL(
            """unit u JOIN %s f ON f.user_id = u.partner_id
                WHERE f.partner_id IN (SELECT id FROM res_partner WHERE is_key_account) AND %s""",
            self.facts(), self.of_interest())
