"""Copies of one record by set-based SQL: whatever columns Odoo keeps are those of a record Odoo made itself."""
import re

from odoo.tools import SQL

# A number in [0, 1) which depends on two numbers alone, so that a generated company is always the same.
RANDOM = """CREATE OR REPLACE FUNCTION pg_temp.r(g bigint, k int) RETURNS float IMMUTABLE PARALLEL SAFE LANGUAGE sql
            AS $$ SELECT (hashint8extended(g, k) & 2147483647) / 2147483648.0::float $$"""


class Copier:
    """Makes many rows of one record; ``g`` counts them from 0 in the expressions that replace columns."""

    def __init__(self, env):
        self.env = env
        env.cr.execute(RANDOM)

    def columns(self, table):
        return [name for (name,) in self.env.execute_query(SQL(
            """SELECT column_name FROM information_schema.columns
                WHERE table_name = %s AND table_schema = current_schema AND is_generated = 'NEVER' ORDER BY ordinal_position""", table))]

    def first_id(self, table):
        """The id of the first copy to come."""
        [(last,)] = self.env.execute_query(SQL("SELECT COALESCE(MAX(id), 0) FROM %s", SQL.identifier(table)))
        return last + 1

    def copy(self, record, count, join='', **expressions):
        """Insert ``count`` copies of a record and return the id of the first.

        :param join: more FROM items, for values several columns are made of
        :param expressions: SQL text by column, of ``g``, ``s`` (the record) and ``r(g, k)``, a random number
        """
        record.env.flush_all()
        table = record._table
        first = self.first_id(table)
        columns = self.columns(table)
        values = [f'({expressions[name]})' if name in expressions else f's.{name}' for name in columns[1:]]
        unknown = set(expressions) - set(columns)
        if unknown:
            raise KeyError(f'{table} has no columns {unknown}')
        text = (f"INSERT INTO {table} ({', '.join(columns)}) SELECT {first} + g, {', '.join(values)} "
                f"FROM {table} s CROSS JOIN generate_series(0, {count - 1}) AS g {join} WHERE s.id = {record.id}")
        self.env.cr.execute(re.sub(r'\br\(', 'pg_temp.r(', text))
        self.env.cr.execute(SQL(
            "SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", table, first + count - 1))
        return first
