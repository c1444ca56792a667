"""Measures the addon on a generated company, against SQL written by hand and against what Odoo has for the same question.

    python measure.py CONFIGURATION DATABASE SIZE WITHOUT WITH

WITHOUT and WITH are what posting.py printed for the database without and with the addon. Prints a table in Markdown.
"""
import json
import sys
from datetime import date

import gamification_peer
from connect import environment
from kpis_limit import KPIS, quarter_statement
from limits_build import BuildLimit
from meter import Meter
from sizes import SIZES

from odoo.addons.kam_kpi.tools import period
from odoo.tools import SQL


class Bench:
    """Each method measures one kind of work and adds rows to the table: what, cost, limit, statements."""

    def __init__(self, env, size):
        self.env, self.size = env, size
        self.meter = Meter(env)
        self.rows = []
        self.accounts = env['res.partner'].search([('is_key_account', '=', True), ('parent_id', '=', False)], order='id')
        self.limit = BuildLimit(env)
        year = date.today().year - 1
        self.quarter = (date(year, 7, 1), date(year, 10, 1))

    def add(self, what, cost, against='', limit=None):
        self.rows.append((what, cost, against, limit))
        print(f"{what}: {cost.cpu * 1000:.1f} ms", file=sys.stderr, flush=True)

    def run(self):
        for work in (self.rebuild, self.refresh, self.all_accounts, self.one_account, self.cards, self.groups, self.invoice_report, self.gamification):
            work()

    def sql(self, statement):
        return lambda: self.env.cr.execute(statement)

    def rebuild(self):
        """Measures which the hand-written statements cover, then everything there is."""
        facts, repeats = self.env['kam.fact'], 1 if self.size.invoices > 100_000 else 3
        mine, limit = self.meter.measure(lambda: facts._build(self.limit.measures), self.limit.rebuild, repeats=repeats)
        self.add("Rebuild of 14 measures", mine, "SQL by hand", limit)
        [whole] = self.meter.measure(facts.rebuild, repeats=1)
        self.add("Rebuild of all measures and values", whole)

    def refresh(self):
        """One of a thousand invoices changed."""
        changed = max(1, self.size.invoices // 1000)
        rows = self.env.execute_query(SQL(
            """SELECT id, commercial_partner_id, date_trunc('month', invoice_date)::date,
                      (date_trunc('month', invoice_date) + interval '1 month')::date
                 FROM account_move WHERE state = 'posted' ORDER BY hashint8extended(id, 1) LIMIT %s""", changed))
        moves, keys = [row[0] for row in rows], sorted({row[1:] for row in rows})
        partitions = self.env['kam.fact']._collect([key[:2] for key in keys])
        mine, limit = self.meter.measure(
            lambda: self.env['kam.fact']._build(self.limit.measures, partitions), lambda: self.limit.refresh(keys))
        self.add(f"Refresh of {len(keys)} account months, 14 measures", mine, "SQL by hand", limit)

        def whole():
            self.env.cr.execute(SQL(
                "UPDATE account_move_line SET balance = balance - 1 WHERE move_id = ANY(%s) AND display_type = 'product'", moves))
            return self.meter.once(self.env['kam.fact'].refresh)[0]
        self.env['kam.fact'].refresh()
        costs = []
        for _round in range(3):
            savepoint = self.env.cr.savepoint(flush=False)
            costs.append(whole())
            self.env.invalidate_all()
            savepoint.close(rollback=True)
        self.add(f"Refresh after {changed} changed invoices, facts and values", sorted(costs, key=lambda cost: cost.cpu)[1])

    def all_accounts(self):
        start, stop = self.quarter
        before = start.replace(year=start.year - 1), stop.replace(year=stop.year - 1)
        statement = quarter_statement(self.env, self.accounts.ids, *before, start, stop)
        kpis = self.env['kam.kpi']
        mine, limit = self.meter.measure(lambda: kpis.measure_kpis(KPIS, self.accounts.ids, start, stop), self.sql(statement))
        self.add(f"Eight KPIs of {len(self.accounts)} key accounts, a quarter", mine, "SQL by hand over the facts", limit)
        codes = kpis.search([('company_only', '=', False)]).mapped('code')
        [every] = self.meter.measure(lambda: kpis.measure_kpis(codes, self.accounts.ids, start, stop), repeats=3)
        self.add(f"{len(codes)} KPIs of {len(self.accounts)} key accounts, a quarter", every)

    def one_account(self):
        codes = self.env['kam.kpi'].search([('company_only', '=', False)]).mapped('code')
        [cost] = self.meter.measure(lambda: self.env['kam.kpi'].measure_kpis(codes, self.accounts[:1].ids, *self.quarter))
        self.add(f"{len(codes)} KPIs of one account, a quarter", cost)

    def cards(self):
        """The first page of cards as the web client reads it when the menu is opened."""
        values = self.env['kam.kpi.value']
        arch = values.get_views([(False, 'kanban')])['views']['kanban']['arch']
        names = {name: {} for name in values.fields_get() if f'name="{name}"' in arch}
        domain = [('scope', '=', 'account'), ('frequency', '=', 'ttm'), ('is_current', '=', True)]
        [cost] = self.meter.measure(
            lambda: values.web_search_read(domain, names, limit=80, order='partner_id, kpi_id, date_end desc', count_limit=10001))
        self.add("A page of 80 KPI cards", cost)

    def groups(self):
        values = self.env['kam.kpi.value']
        domain = [('kpi_id.code', '=', 'revenue'), ('frequency', '=', 'month'), ('scope', '=', 'account')]
        if not values.search_count(domain, limit=1):
            domain[1] = ('frequency', '=', 'quarter')
        query = values._search(domain)
        statement = SQL(
            "SELECT date_trunc('month', date_start), SUM(value), COUNT(*) FROM kam_kpi_value WHERE id IN %s GROUP BY 1", query.subselect())
        mine, limit = self.meter.measure(
            lambda: values.formatted_read_group(domain, ['date_start:month'], ['value:sum', '__count']), self.sql(statement))
        self.add("Revenue values by month, as graph and pivot read them", mine, "SQL by hand", limit)

    def invoice_report(self):
        start, stop = self.quarter
        domain = [('invoice_date', '>=', start), ('invoice_date', '<', stop), ('state', '=', 'posted'),
                  ('move_type', 'in', ('out_invoice', 'out_refund')), ('commercial_partner_id', 'in', self.accounts.ids)]
        mine, theirs = self.meter.measure(
            lambda: self.env['kam.kpi'].measure_kpis(['revenue'], self.accounts.ids, start, stop),
            lambda: self.env['account.invoice.report']._read_group(domain, ['commercial_partner_id'], ['price_subtotal:sum']))
        self.add(f"Revenue of {len(self.accounts)} key accounts, a quarter", mine, "account.invoice.report", theirs)

    def gamification(self):
        """Five figures of all people over a quarter, and in each of twelve months."""
        users = self.accounts.kam_user_id
        kpis = self.env['kam.kpi'].search([('code', 'in', gamification_peer.KPIS)])
        held = self.accounts.grouped('kam_user_id')
        scopes = {user.id: held[user].ids for user in users}
        subjects = {user.id: ('user', user.id) for user in users}
        months = [(period.shift_months(self.quarter[1], -back), period.shift_months(self.quarter[1], 1 - back)) for back in range(12, 0, -1)]
        for words, spans in (("a quarter", [self.quarter]), ("each of twelve months", months)):
            for mode, batch in (("one by one", False), ("in batches", True)):
                goals = gamification_peer.goals(self.env, users, spans, batch)
                mine, theirs = self.meter.measure(
                    lambda spans=spans: [kpis._outcomes(scopes, *span, subjects=subjects) for span in spans], goals.update_goal, repeats=3)
                self.add(f"{len(kpis)} KPIs of {len(users)} people, {words}", mine, f"gamification, {mode}", theirs)
                goals.update_goal()
                for definition, of in goals.grouped('definition_id').items():
                    assert any(of.mapped('current')), f"gamification finds nothing: {definition.name}"

    def table(self, without, with_addon):
        yield "| what | CPU ms | statements | against | its CPU ms | ratio |"
        yield "|---|---:|---:|---|---:|---:|"
        for what, cost, against, limit in self.rows:
            ratio = f"{cost.cpu / limit.cpu:.2f}" if limit else ''
            yield (f"| {what} | {cost.cpu * 1000:.1f} | {cost.statements:.0f} | {against} |"
                   f" {f'{limit.cpu * 1000:.1f}' if limit else ''} | {ratio} |")
        yield (f"| Posting an invoice of four lines | {with_addon['cpu']:.1f} | {with_addon['statements']} | without the addon |"
               f" {without['cpu']:.1f} | {with_addon['cpu'] / without['cpu']:.2f} |")


if __name__ == '__main__':
    configuration, database, size_name, *posted = sys.argv[1:]
    with environment(configuration, database) as bench_env:
        # A company that was generated some days ago has not yet had its nightly work.
        bench_env['kam.fact'].rebuild()
        bench_env.cr.commit()
        bench = Bench(bench_env, SIZES[size_name])
        bench.run()
        bench.limit.rebuild()
        differences = bench.limit.differences()
        print(f"## Size {size_name}, {date.today():%Y-%m-%d}\n")
        print('\n'.join(bench.table(*map(json.loads, posted))))
        print(f"\nDays of accounts on which the hand-written statements and the addon differ: {differences}.")
