from collections import defaultdict

from odoo import api, models
from odoo.tools import SQL, sql

from .kam_measure_method_events import EVENTS

# A UTC time lies within these hours of a local midnight, whatever the zone.
HALF_DAY = "interval '14 hours'"

# What happens to facts when a record they name is deleted: their references have no foreign keys.
FORGOTTEN = {
    'kam_measure': ["DELETE FROM kam_fact WHERE measure_id = OLD.id", "DELETE FROM kam_fact_category WHERE measure_id = OLD.id"],
    'res_company': ["DELETE FROM kam_fact WHERE company_id = OLD.id", "DELETE FROM kam_fact_category WHERE company_id = OLD.id"],
    'res_partner': ["DELETE FROM kam_fact WHERE partner_id = OLD.id", "DELETE FROM kam_fact_category WHERE partner_id = OLD.id"],
    'res_users': ["UPDATE kam_fact SET user_id = NULL WHERE user_id = OLD.id"],
    'product_category': ["DELETE FROM kam_fact_category WHERE categ_id = OLD.id"],
}


class KamFactTrigger(models.AbstractModel):
    """Row triggers that queue what a changed document touches, its old place and its new one.

    Triggers see what the ORM does not: merges, imports and other SQL. They only
    insert, so they neither wait nor fail. Columns are compared inside the
    function: a trigger that named one would stop later updates of that column.
    """

    _name = 'kam.fact.trigger'
    _description = "Row triggers"

    @api.model
    def _create_triggers(self):
        """Create the triggers of all watched tables that exist; safe to repeat."""
        by_table = defaultdict(list)
        for event in EVENTS:
            by_table[event.table].append(event)
        for table, events in by_table.items():
            if sql.table_exists(self.env.cr, table):
                present = sql.table_columns(self.env.cr, table)
                name = f'kam_queue_{table}'
                self._create_function(name, '\n'.join(self._event_code(event, present) for event in events))
                self._create_trigger(table, name, name, SQL("INSERT OR DELETE"))
                self._create_trigger(table, f'{name}_update', name, SQL("UPDATE"), SQL("WHEN (OLD.* IS DISTINCT FROM NEW.*)"))
        for table, statements in FORGOTTEN.items():
            name = f'kam_forget_{table}'
            self._create_function(name, '; '.join(statements) + ';')
            self._create_trigger(table, name, name, SQL("DELETE"))

    def _create_function(self, name, body):
        # Built from the constants of EVENTS and FORGOTTEN alone, never from what anybody typed.
        self.env.cr.execute(SQL(
            """CREATE OR REPLACE FUNCTION %(name)s() RETURNS trigger LANGUAGE plpgsql AS $kam$
               BEGIN
               %(body)s
               RETURN NULL;
               END $kam$""", name=SQL.identifier(name), body=SQL(body.replace('%', '%%'))))  # pylint: disable=sql-injection

    def _create_trigger(self, table, name, function, when, changed=None):
        self.env.cr.execute(SQL(
            "CREATE OR REPLACE TRIGGER %(trigger)s AFTER %(when)s ON %(table)s FOR EACH ROW %(changed)s EXECUTE FUNCTION %(function)s()",
            trigger=SQL.identifier(name), when=when, table=SQL.identifier(table), changed=changed or SQL(), function=SQL.identifier(function)))

    @api.model
    def _event_code(self, event, present):
        """The statements of one event: queue the old place, then the new one."""
        columns = [column for column in event.columns if column in present]
        changed = ' OR '.join(f'OLD.{column} IS DISTINCT FROM NEW.{column}' for column in columns) or 'TRUE'
        code = []
        for operation in event.operations:
            rows = {'INSERT': ['NEW'], 'DELETE': ['OLD'], 'UPDATE': ['OLD', 'NEW']}[operation]
            guard = f"TG_OP = '{operation}'"
            body = '\n'.join(
                f'IF {event.condition.format(r=row)} THEN {self._insert_code(event, row, present)} END IF;' for row in rows)
            if operation == 'UPDATE':
                body = f'IF {changed} THEN {body} END IF;'
            code.append(f'IF {guard} THEN {body} END IF;')
        return '\n'.join(code)

    @api.model
    def _insert_code(self, event, row, present):
        sources = ', '.join(f"('{source}')" for source in event.sources) or '(NULL)'
        partner = f'{row}.{event.partner}' if event.partner else 'NULL'
        ref_model, ref_id = "NULL", "NULL"
        if event.ref:
            model, column = event.ref
            prefix, _brace, name = model.rstrip('}').partition('{')
            ref_model = f"'{prefix}' || {row}.{name}" if name else f"'{model}'"
            ref_id = f'{row}.{column}'
        days = [f"date_trunc('month', {row}.{column})" for column in event.dates if column in present]
        days += [f"date_trunc('month', {row}.{column} {sign} {HALF_DAY})" for column in event.times if column in present for sign in '+-']
        months = f"unnest(ARRAY[{', '.join(days)}]::date[])" if days else 'unnest(ARRAY[NULL]::date[])'
        has_month = 'WHERE month IS NOT NULL' if days else ''
        everything = 'TRUE' if event.everything else 'FALSE'
        return (
            "INSERT INTO kam_fact_queue (source, partner_id, month, ref_model, ref_id, everything, queued_at) "
            f"SELECT DISTINCT source, {partner}::int, month, {ref_model}, {ref_id}::int, {everything}, now() AT TIME ZONE 'UTC' "
            f"FROM (VALUES {sources}) AS s(source) CROSS JOIN {months} AS m(month) {has_month};"
        )

    @api.model
    def _drop_triggers(self):
        """Remove all triggers and their functions: what Odoo would leave behind at uninstallation."""
        names = [f'kam_queue_{table}' for table in {event.table for event in EVENTS}] + [f'kam_forget_{table}' for table in FORGOTTEN]
        for name in names:
            self.env.cr.execute(SQL("DROP FUNCTION IF EXISTS %s() CASCADE", SQL.identifier(name)))

    @api.model
    def _missing_triggers(self):
        """Names of the expected triggers which the database does not have."""
        expected = {f'kam_queue_{event.table}{suffix}' for event in EVENTS
                    if sql.table_exists(self.env.cr, event.table) for suffix in ('', '_update')}
        expected |= {f'kam_forget_{table}' for table in FORGOTTEN}
        present = {name for (name,) in self.env.execute_query(SQL("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgname LIKE 'kam_%%'"))}
        return sorted(expected - present)
