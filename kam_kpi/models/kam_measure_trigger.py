import logging

from psycopg2 import errors

from odoo import api, fields, models
from odoo.tools import SQL

from .kam_fact_trigger import HALF_DAY
from .kam_measure import DEFINITION
from .kam_measure_method_events import EVENTS

_logger = logging.getLogger(__name__)

PREFIX = 'kam_watch_'
# How long the job waits for people at work on a table before it tries again an hour later.
LOCK_TIMEOUT = '2s'
HOLDERS = 'kam_assignment'


class KamMeasureTrigger(models.Model):
    """Row triggers for measures made on the screen.

    They are derived from the definition, if all it reads are plain columns of
    the document and its account is a contact named there. One function for a
    table serves all its measures: it queues the contact with the months. Columns
    are read by name at run time, so that one which is dropped later stops
    nobody from saving a document.

    Creating a trigger waits for everybody who writes to the table. So it is
    the job's task, with a limit to its patience; until then, and for all other
    definitions, the measure is made anew at each refresh.
    """

    _inherit = 'kam.measure'

    has_trigger = fields.Boolean(readonly=True, copy=False, help="A trigger made for this definition is in place.")

    @api.depends('has_trigger', 'state', 'engine')
    def _compute_watched(self):
        super()._compute_watched()
        shipped = {source for event in EVENTS for source in event.sources}
        for measure in self:
            if measure.engine == 'aggregate' and measure.kind != 'manual':
                # A declared measure that was put among others has documents of which these triggers may know nothing.
                known = measure.is_shipped and measure.source in shipped
                measure.watched = measure.state == 'ok' and (known or measure.has_trigger)

    def write(self, vals):
        if DEFINITION.intersection(vals):
            vals = {**vals, 'has_trigger': False}
        result = super().write(vals)
        if DEFINITION.intersection(vals):
            self._call_job()
        return result

    @api.model_create_multi
    def create(self, vals_list):
        measures = super().create(vals_list)
        measures._call_job()
        return measures

    def unlink(self):
        self._call_job()
        return super().unlink()

    def _call_job(self):
        """Have the job look after the triggers of declared measures soon."""
        if not self.env.context.get('install_mode') and 'aggregate' in self.mapped('engine'):
            self.env.ref('kam_kpi.ir_cron_kam_fact_refresh').sudo()._trigger()  # who defines measures needs no right on jobs

    def _watched_columns(self):
        """The columns on which the facts of this measure depend, or None when they depend on more than the document."""
        self.ensure_one()
        if self.engine != 'aggregate' or self.base_id or self.kind in ('manual', 'stock') or self.state != 'ok' or not self.date_field:
            return None
        documents = self.env[self.model_name]
        names = [self.date_field, self.value_field if self.aggregate == 'sum' else '', self.rate_field, self.company_path, self.actor_path,
                 self.category_path, self.key_path, self._partner_column()]
        names += [self._condition_column(condition) for condition in self._parsed_domain().iter_conditions()]
        columns = {name for name in names if name}
        if None in names or not all(self._is_column(documents, name) for name in columns):
            return None
        return columns

    def _partner_column(self):
        """The column with the contact, '' when the measure belongs to no account, None when it is somewhere else."""
        path = self.account_path or ''
        column, dot, rest = path.partition('.')
        return column if not dot or rest == 'commercial_partner_id' else None

    def _condition_column(self, condition):
        """The column of the document a condition reads; None when its answer depends on other records."""
        field = self.env[self.model_name]._fields.get(condition.field_expr)
        values = condition.value if isinstance(condition.value, (list, tuple, set, frozenset)) else [condition.value]
        by_name = field is not None and field.relational and any(isinstance(value, str) for value in values)
        if field is None or by_name or condition.operator in ('child_of', 'parent_of', 'any', 'not any'):
            return None
        return field.name

    @api.model
    def _is_column(self, documents, name):
        field = documents._fields.get(name)
        return bool(field and field.store and field.column_type and not field.inherited)

    # ------------------------------------------------------------
    # The job
    # ------------------------------------------------------------

    @api.model
    def _sync_triggers(self):
        """Make the triggers what the definitions ask for; what is not to be had now is tried again next time."""
        measures = self.search([('engine', '=', 'aggregate'), ('base_id', '=', False)]).filtered(lambda measure: not measure.is_shipped)
        by_table = {}
        for measure in measures:
            if measure._watched_columns() is not None:
                table = self.env[measure.model_name]._table
                by_table[table] = by_table.get(table, self.browse()) | measure
        present = self._present_functions()
        wanted = {**by_table, HOLDERS: self.browse().union(*by_table.values())} if by_table else {}
        for table in sorted(present - set(wanted)):
            self._patiently(lambda table=table: self._drop_function(table))
        for table, watching in wanted.items():
            # The function is replaced each time: that waits for nobody.
            body = watching._holders_body() if table == HOLDERS else watching._trigger_body()
            done = self._patiently(lambda table=table, body=body: self._put_trigger(table, body))
            if table != HOLDERS:
                watching._note_trigger(done)

    def _note_trigger(self, done):
        """Remember whether these measures are watched; what happened before they were has to be looked for."""
        if not done:
            self.filtered('has_trigger').has_trigger = False
            return
        fresh = self.filtered(lambda measure: not measure.has_trigger)
        fresh.has_trigger = True
        fresh._queue_facts()

    @api.model
    def _patiently(self, work):
        """Do work that locks a table, but do not wait long for it; return whether it was done."""
        try:
            with self.env.cr.savepoint():
                self.env.cr.execute(SQL("SELECT set_config('lock_timeout', %s, true)", LOCK_TIMEOUT))
                work()
                self.env.cr.execute(SQL("SELECT set_config('lock_timeout', '0', true)"))
        except (errors.LockNotAvailable, errors.DeadlockDetected) as error:
            _logger.info("The triggers of own measures have to wait: %s", str(error).strip())
            return False
        return True

    @api.model
    def _present_functions(self):
        """The tables for which there is a function of ours."""
        return {name.removeprefix(PREFIX) for (name,) in self.env.execute_query(SQL(
            "SELECT proname FROM pg_proc WHERE pronamespace = current_schema::regnamespace AND starts_with(proname, %s)", PREFIX))}

    @api.model
    def _drop_function(self, table):
        self.env.cr.execute(SQL("DROP FUNCTION IF EXISTS %s() CASCADE", SQL.identifier(PREFIX + table)))

    @api.model
    def _put_trigger(self, table, body):
        name = SQL.identifier(PREFIX + table)
        # The text of a function takes no parameters: it is put together as text by the connection, with all names quoted.
        text = self.env.cr.mogrify(SQL("%s", body)).decode()
        self.env.cr.execute(SQL(
            "CREATE OR REPLACE FUNCTION %s() RETURNS trigger LANGUAGE plpgsql AS %s", name,
            f"DECLARE o jsonb := '{{}}'; n jsonb := '{{}}'; "
            f"BEGIN IF TG_OP <> 'INSERT' THEN o := to_jsonb(OLD); END IF; IF TG_OP <> 'DELETE' THEN n := to_jsonb(NEW); END IF; {text} "
            "RETURN NULL; END"))
        there = {row[0] for row in self.env.execute_query(SQL(
            "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal", table))}
        for trigger, when in ((PREFIX + table, SQL("INSERT OR DELETE")), (f'{PREFIX}{table}_update', SQL("UPDATE"))):
            if trigger not in there:
                changed = SQL("WHEN (OLD.* IS DISTINCT FROM NEW.*)") if trigger.endswith('_update') else SQL()
                self.env.cr.execute(SQL(
                    "CREATE TRIGGER %s AFTER %s ON %s FOR EACH ROW %s EXECUTE FUNCTION %s()",
                    SQL.identifier(trigger), when, SQL.identifier(table), changed, name))

    def _trigger_body(self):
        """The statements which queue the old and the new place of a document for these measures of one table."""
        return SQL(" ").join(measure._queue_statement() for measure in self)

    def _queue_statement(self):
        columns = sorted(self._watched_columns())
        partner = self._partner_column()
        date = self._path_field(self.env[self.model_name], self.date_field)
        day = SQL("(r ->> %s)::timestamp", self.date_field)
        signs = [SQL("+"), SQL("-")] if date.type == 'datetime' else [None]
        months = SQL(", ").join(SQL("%s %s %s", day, sign, SQL(HALF_DAY)) if sign else day for sign in signs)
        changed = SQL(" OR ").join(SQL("o -> %s IS DISTINCT FROM n -> %s", column, column) for column in columns)
        return SQL(
            """IF %(changed)s THEN
                 INSERT INTO kam_fact_queue (source, partner_id, month, everything, queued_at)
                 SELECT DISTINCT %(source)s, %(partner)s, date_trunc('month', day)::date, FALSE, now() AT TIME ZONE 'UTC'
                   FROM unnest(ARRAY[o, n]) AS rows(r) CROSS JOIN LATERAL unnest(ARRAY[%(months)s]) AS days(day) WHERE day IS NOT NULL;
               END IF;""",
            changed=changed, source=self.source, months=months,
            partner=SQL("(r ->> %s)::int", partner) if partner else SQL("NULL::int"))

    def _holders_body(self):
        """Who holds an account decides the company of documents that name none: those of the account are made anew."""
        return SQL(
            """INSERT INTO kam_fact_queue (source, partner_id, everything, queued_at)
               SELECT DISTINCT source, (r ->> 'partner_id')::int, FALSE, now() AT TIME ZONE 'UTC'
                 FROM unnest(%s) AS sources(source) CROSS JOIN unnest(ARRAY[o, n]) AS rows(r) WHERE r ->> 'partner_id' IS NOT NULL;""",
            sorted(set(self.mapped('source'))))

    @api.model
    def _drop_watches(self):
        for table in self._present_functions():
            self._drop_function(table)

    @api.model
    def _forget_missing_triggers(self):
        """Measures whose trigger somebody removed are made anew at each refresh until the job has put it back."""
        there = {row[0] for row in self.env.execute_query(SQL(
            "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND starts_with(tgname, %s)", PREFIX))}
        for measure in self.search([('has_trigger', '=', True)]):
            table = measure.model_name in self.env and self.env[measure.model_name]._table
            if not table or not {f'{PREFIX}{table}', f'{PREFIX}{table}_update', f'{PREFIX}{HOLDERS}'} <= there:
                _logger.warning("The trigger for measure %s was missing; it is put back.", measure.code)
                measure.has_trigger = False


class KamFactWatch(models.Model):
    """Where the job and the uninstallation meet these triggers."""

    _inherit = 'kam.fact'

    @api.model
    def _cron_refresh(self):
        self.env['kam.measure']._sync_triggers()
        # Nobody is to wait for the tables while the figures are made.
        self.env['ir.cron']._commit_progress()
        return super()._cron_refresh()

    @api.model
    def _repair_triggers(self):
        super()._repair_triggers()
        self.env['kam.measure']._forget_missing_triggers()
        self.env['kam.measure']._sync_triggers()

    @api.model
    def _drop_triggers(self):
        super()._drop_triggers()
        self.env['kam.measure']._drop_watches()
