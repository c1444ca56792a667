"""Faults planted on purpose, from outside: the property test has to catch each of them.

A fault is a context manager over an environment; what it changes (methods,
row triggers, a definition) is put back when it ends. Triggers are changed in
the transaction of the test, which is rolled back.
"""
from contextlib import contextmanager
from unittest.mock import patch

from odoo.tools import SQL

from ..models import kam_fact_trigger
from ..models.kam_partitions import Pass

FAULTS = {}


def fault(function):
    """Register a fault under its name."""
    FAULTS[function.__name__] = contextmanager(function)
    return FAULTS[function.__name__]


@contextmanager
def triggers(env, change):
    """Create the row triggers from changed events."""
    events = [changed for event in kam_fact_trigger.EVENTS for changed in [change(event)] if changed]
    dropped = {event.table for event in kam_fact_trigger.EVENTS} - {event.table for event in events}
    for table in dropped:
        env.cr.execute(SQL("DROP FUNCTION IF EXISTS %s() CASCADE", SQL.identifier(f'kam_queue_{table}')))
    with patch.object(kam_fact_trigger, 'EVENTS', events):
        env['kam.fact']._create_triggers()
        yield
    env['kam.fact']._create_triggers()


@fault
def forget_the_merged_account(env):
    """A merge drops no facts and queues nothing; triggers are blind to foreign keys moved by it."""
    facts = env.registry['kam.fact']
    blind = patch.object(facts, '_merge_accounts', lambda self, sources, destination: None)
    collect = facts._collect

    def only_who_is_left(self, found):
        ids = {partner for partner, _month in found if partner}
        left = set(self.env['res.partner'].browse(ids).exists().ids)
        return collect(self, [(partner, month) for partner, month in found if not partner or partner in left])

    with blind, patch.object(facts, '_collect', only_who_is_left), \
            triggers(env, lambda event: None if event.table == 'res_partner' else event):
        yield


@fault
def forget_the_old_place(env):
    """Only where a document is now is queued, not where it was."""
    original = env.registry['kam.fact']._event_code

    def only_new(self, event, present):
        code = original(self, event, present)
        marker = "IF TG_OP = 'UPDATE' THEN"
        head, found, tail = code.partition(marker)
        if not found or 'OLD' not in tail:
            return code
        kept = event._replace(operations=('UPDATE',))
        columns = ' OR '.join(f'OLD.{column} IS DISTINCT FROM NEW.{column}' for column in kept.columns if column in present) or 'TRUE'
        body = f"IF {event.condition.format(r='NEW')} THEN {self._insert_code(event, 'NEW', present)} END IF;"
        rest = original(self, event._replace(operations=tuple(name for name in event.operations if name != 'UPDATE')), present)
        return f"{rest}\nIF TG_OP = 'UPDATE' THEN IF {columns} THEN {body} END IF; END IF;"

    with patch.object(env.registry['kam.fact'], '_event_code', only_new):
        env['kam.fact']._create_triggers()
        yield
    env['kam.fact']._create_triggers()


@fault
def keep_vanished_keys(env):
    """Partitions are replaced row by row: a day that no document is on any more keeps its facts."""
    build = env.registry['kam.fact']._build

    def careless(self, measures, partitions=None):
        if partitions is None:
            return build(self, measures, partitions)
        self.env.cr.execute("CREATE TEMP TABLE kept ON COMMIT DROP AS SELECT * FROM kam_fact")
        build(self, measures, partitions)
        self.env.cr.execute(
            """INSERT INTO kam_fact (measure_id, company_id, partner_id, date, moment, user_id, key, res_id, amount, count)
               SELECT measure_id, company_id, partner_id, date, moment, user_id, key, res_id, amount, count FROM kept k
                WHERE measure_id = ANY(%s) AND partner_id IN (SELECT id FROM res_partner) AND NOT EXISTS (
                    SELECT 1 FROM kam_fact f WHERE f.measure_id = k.measure_id AND f.partner_id = k.partner_id AND f.date = k.date)""",
            [measures.ids])
        self.env.cr.execute("DROP TABLE kept")

    with patch.object(env.registry['kam.fact'], '_build', careless):
        yield


@fault
def append_instead_of_replace(env):
    """A refresh inserts and never deletes."""
    build = env.registry['kam.fact']._build

    def append(self, measures, partitions=None):
        if partitions is None:
            return build(self, measures, partitions)
        with patch.object(Pass, 'delete', lambda part, table, measure_ids: SQL("DELETE FROM %s WHERE FALSE", SQL.identifier(table))):
            return build(self, measures, partitions)

    with patch.object(env.registry['kam.fact'], '_build', append):
        yield


@fault
def watermark_instead_of_queue(env):
    """What changed is told from write dates: deletions, old places and changes by SQL go unseen."""
    drain = env.registry['kam.fact']._drain

    def by_write_date(self, limit=None):
        self.env.cr.execute("DELETE FROM kam_fact_queue")
        self.env.cr.execute(
            """INSERT INTO kam_fact_queue (source, partner_id, ref_model, ref_id)
               SELECT source, partner_id, ref_model, ref_id FROM (
                   SELECT 'invoices', NULL::int, 'account.move', id, write_date FROM account_move
                   UNION SELECT 'invoices', NULL, 'account.move', move_id, write_date FROM account_move_line
                   UNION SELECT 'leads', partner_id, NULL, NULL, write_date FROM crm_lead
                   UNION SELECT 'voice', partner_id, NULL, NULL, write_date FROM rating_rating
                   UNION SELECT 'voice', partner_id, NULL, NULL, write_date FROM survey_user_input
                   UNION SELECT 'touch', NULL, 'calendar.event', event_id, write_date FROM calendar_attendee
                   UNION SELECT 'touch', NULL, 'calendar.event', id, write_date FROM calendar_event
                   UNION SELECT 'touch', author_id, model, res_id, write_date FROM mail_message
                   UNION SELECT 'touch', NULL, res_model, res_id, write_date FROM mail_activity
               ) AS changed (source, partner_id, ref_model, ref_id, write_date) WHERE write_date >= now() AT TIME ZONE 'UTC'""")
        drain(self, limit)
        return 0, 0  # what was written in this very transaction is found again each time

    with patch.object(env.registry['kam.fact'], '_drain', by_write_date):
        yield


@fault
def queue_months_in_utc(env):
    """The months of a time are those in UTC alone: near a midnight the company's own month is another."""
    with patch.object(kam_fact_trigger, 'HALF_DAY', "interval '0 hours'"):
        env['kam.fact']._create_triggers()
        yield
    env['kam.fact']._create_triggers()


@fault
def drop_the_company_from_the_key(env):
    """A partition is refreshed for one company, and forgotten for the others."""
    build = env.registry['kam.fact']._build

    def one_company(self, measures, partitions=None):
        build(self, measures, partitions)
        if partitions is not None:
            self.env.cr.execute(
                """UPDATE kam_fact f SET company_id = (SELECT MIN(g.company_id) FROM kam_fact g
                                                      WHERE g.partner_id = f.partner_id AND g.measure_id = f.measure_id)
                    WHERE measure_id = ANY(%s) AND partner_id IS NOT NULL""", [measures.ids])

    with patch.object(env.registry['kam.fact'], '_build', one_company):
        yield


@fault
def skip_the_sign_of_credit_notes(env):
    """Credit notes add to revenue: the same by refresh and rebuild, so only the independent count can tell."""
    measures = env.registry['kam.measure']
    rows = measures._rows

    def unsigned(self, category_path=None):
        query = rows(self, category_path)
        if self.code != 'revenue':
            return query
        return SQL(
            "SELECT model, res_id, partner_id, company_id, date, moment, user_id, key, categ_id, ABS(amount) AS amount FROM (%s) unsigned_rows",
            query)

    with patch.object(measures, '_rows', unsigned):
        yield


@fault
def queue_nothing_of_invoices(env):
    """Posted invoices and their lines are not watched at all."""
    with triggers(env, lambda event: None if event.table in ('account_move', 'account_move_line') else event):
        yield
