"""The cost of posting an invoice of four lines.

    python posting.py CONFIGURATION DATABASE

Prints one line of JSON: the cost in milliseconds of CPU, and the number of statements.
"""
import json
import sys

from connect import environment
from meter import Meter

from odoo import Command, fields

REPEATS = 25


def posting(env):
    """The median cost of posting; each invoice is made before the clock runs, and undone."""
    account = env['res.partner'].search([('name', '=like', 'Account %'), ('is_company', '=', True)], order='id', limit=1)
    products = env['product.product'].search([('name', '=like', 'Product %')], order='id', limit=4)
    journal = env['account.journal'].search([('code', '=', 'BENCH')])
    meter = Meter(env)
    costs = []
    for _number in range(REPEATS):
        with env.cr.savepoint() as savepoint:
            invoice = env['account.move'].create({
                'move_type': 'out_invoice', 'partner_id': account.id, 'journal_id': journal.id, 'invoice_date': fields.Date.today(),
                'invoice_line_ids': [
                    Command.create({'product_id': product.id, 'quantity': 1, 'price_unit': 100, 'tax_ids': False}) for product in products]})
            env.flush_all()
            costs.append(meter.once(lambda invoice=invoice: (invoice.action_post(), env.flush_all()))[0])
            savepoint.rollback()
        env.invalidate_all(flush=False)
    middle = sorted(costs, key=lambda cost: cost.cpu)[len(costs) // 2]
    return {'cpu': middle.cpu * 1000, 'statements': middle.statements}


if __name__ == '__main__':
    with environment(*sys.argv[1:3]) as bench_env:
        print(json.dumps(posting(bench_env)))
