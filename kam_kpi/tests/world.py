"""Random histories of documents: what the property test does to the books before it looks at the facts."""
from collections import defaultdict

from odoo.exceptions import UserError

from .world_books import BooksOperations
from .world_money import MoneyOperations
from .world_people import PeopleOperations
from .world_pipeline import PipelineOperations
from .world_plans import PlansOperations
from .world_service import ServiceOperations
from .world_stock import StockOperations
from .world_touch import TouchOperations
from .world_voice import VoiceOperations

FACT_COLUMNS = {
    'kam_fact': 'measure_id, company_id, partner_id, date, moment, user_id, key, res_id, amount, count',
    'kam_fact_category': 'measure_id, company_id, partner_id, categ_id, date, amount',
}


class World(
    MoneyOperations, BooksOperations, PlansOperations, PeopleOperations, PipelineOperations, ServiceOperations, StockOperations, TouchOperations,
    VoiceOperations):
    """A little world of accounts and documents, and what may happen to them.

    An operation is a method ``do_…``: it picks what it works on at random,
    changes it and says so; it returns nothing when there is nothing it could
    be done to. All randomness comes from one seed.

    :param case: the :class:`DocumentsCase` whose builders are used
    :param random: a seeded ``random.Random``
    """

    def __init__(self, case, random):
        self.case = case
        self.env = case.env
        self.random = random
        self.log = []
        self.refused = 0

    def populate(self):
        """Start rich: each account has documents of every kind in each of the months."""
        self.populate_people()
        self.populate_money()
        self.populate_pipeline()
        self.populate_stock()
        self.populate_touch()
        self.populate_service()
        self.populate_voice()
        self.populate_books()
        self.populate_plans()

    @classmethod
    def operations(cls):
        return sorted(name for name in dir(cls) if name.startswith('do_'))

    def step(self, names=None):
        """Do one possible operation, chosen at random, and log it; give up when nothing seems possible."""
        for _try in range(len(names) if names else 50):
            name = self.random.choice(names or self.operations())
            try:
                with self.env.cr.savepoint():
                    what = getattr(self, name)()
            except UserError as error:
                # Odoo forbids it in this state: another operation then.
                self.refused += 1
                self.env.invalidate_all(flush=False)
                self.log.append(f"{name} refused: {str(error).splitlines()[0]}")
                continue
            if what:
                self.log.append(f"{name}: {what}")
                return

    def run(self, steps, names=None):
        """Do some operations; refresh after each with probability one half."""
        for _step in range(steps):
            self.step(names)
            if self.random.random() < 0.5:
                self.env['kam.fact'].refresh()
                self.log.append("refresh")

    # how operations pick and edit

    def pick(self, records):
        """One of the records at random; an empty recordset when there are none."""
        return records and records.browse(self.random.choice(sorted(records.ids)))

    def some(self, model, domain=(), **context):
        """One record of a model which belongs to this world."""
        scope = {
            'account.move': [('company_id', '=', self.case.company.id)],
            'crm.lead': [('name', '=like', 'World%')],
            'calendar.event': [('name', '=', 'Meeting')],
            'rating.rating': [('partner_id', 'in', self.people.ids)],
        }.get(model, [])
        return self.pick(self.env[model].with_context(active_test=False, **context).search(scope + list(domain)))

    def day(self):
        """A day in one of three months, rather near their ends."""
        return f'2025-{self.random.randint(1, 3):02}-{self.random.choice([1, 1, 14, 28]):02}'

    def moment(self):
        """A UTC time, often near a midnight at the end of a month."""
        return f'{self.day()} {self.random.choice(["00:30:00", "12:00:00", "22:30:00", "23:45:00"])}'

    def sql(self, statement, *params):
        """Change rows behind the ORM's back."""
        self.env.flush_all()
        self.env.cr.execute(statement, params)
        self.env.invalidate_all()
        return statement.replace('%s', '{}').format(*params)


def facts(env):
    """The facts of both tables as sorted rows, without their ids."""
    env.flush_all()
    rows = {}
    for table, columns in FACT_COLUMNS.items():
        env.cr.execute(f"SELECT {columns} FROM {table}")  # constants of this file
        rows[table] = sorted(env.cr.fetchall(), key=repr_key)
    return rows


def repr_key(row):
    return tuple((value is None, str(value)) for value in row)


def difference(left, right):
    """The rows which only one side has, for a readable failure."""
    lines = []
    for table in FACT_COLUMNS:
        for sign, rows, others in (('only after refresh', left, right), ('only after rebuild', right, left)):
            missing = list(others[table])
            for row in rows[table]:
                if row in missing:
                    missing.remove(row)
                else:
                    lines.append(f"{sign}: {table} {row}")
    return lines[:20]


def revenue_by_hand(env, company):
    """``{(account id, month): amount}`` of a company, added up invoice by invoice: slow, and without any of our SQL."""
    total = defaultdict(float)
    moves = env['account.move'].search([
        ('company_id', '=', company.id), ('state', '=', 'posted'), ('move_type', 'in', ('out_invoice', 'out_refund', 'out_receipt'))])
    for move in moves:
        for line in move.line_ids:
            if line.display_type == 'product' and not line.is_downpayment and line.account_id.account_type in ('income', 'income_other'):
                total[move.commercial_partner_id.commercial_partner_id.id, move.invoice_date.replace(day=1)] -= line.balance
    return {key: round(amount, 2) for key, amount in total.items() if round(amount, 2)}


def revenue_by_facts(env, company):
    """The same from the facts."""
    measure = env.ref('kam_kpi.kam_measure_revenue')
    env.cr.execute(
        """SELECT partner_id, date_trunc('month', date)::date, SUM(amount) FROM kam_fact
            WHERE measure_id = %s AND company_id = %s GROUP BY 1, 2""", [measure.id, company.id])
    return {(partner, month): round(float(amount), 2) for partner, month, amount in env.cr.fetchall() if round(float(amount), 2)}
