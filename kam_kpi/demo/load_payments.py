"""Payments: what is long due has been paid, in one sum each half-year."""
from datetime import timedelta

from odoo import Command

from . import story

USUAL_DAYS = 45
LATE = {'slipping': 130, 'credit_notes': 90}


def load_payments(scene):
    """Book the customers' transfers and match each sum with the invoice or credit note it settles."""
    bank = scene.env['account.journal'].search([('company_id', '=', scene.company.id), ('type', '=', 'bank')], limit=1)
    due = _due_lines(scene)
    entries = scene.create('account.move', [_entry(scene, bank, lines) for lines in due], 50)
    entries._post(soft=False)
    pairs = []
    for lines, entry in zip(due, entries, strict=True):
        settled = entry.line_ids.filtered(lambda line: line.account_id == lines.account_id)
        pairs += [line | payment for line, payment in zip(lines, settled, strict=True)]
    scene.env['account.move.line']._reconcile_plan(pairs)


def _due_lines(scene):
    """Return the open receivable lines which the customers have paid by now, grouped as they paid them."""
    groups = []
    for account in story.CUSTOMERS:
        before = scene.today - timedelta(days=LATE.get(account.story, USUAL_DAYS))
        lines = scene.env['account.move.line'].search([
            ('move_id.commercial_partner_id', '=', scene.partners[account.key].id),
            ('parent_state', '=', 'posted'), ('account_id.account_type', '=', 'asset_receivable'),
            ('date', '<=', before), ('amount_residual', '!=', 0),
        ], order='date, id')
        groups += lines.grouped(lambda line: (line.account_id, line.date.year, line.date.month // 7)).values()
    return [lines for lines in groups if sum(lines.mapped('balance')) > 0]


def _entry(scene, bank, lines):
    """The transfer, each part at the rate of its invoice, so that no exchange differences clutter the story."""
    customer = lines[0].partner_id.commercial_partner_id
    common = {'partner_id': customer.id, 'currency_id': lines.currency_id.id}
    return {
        'move_type': 'entry',
        'journal_id': bank.id,
        'date': min(scene.today, lines[-1].date + timedelta(days=28)),
        'ref': f"Transfer {customer.name}",
        'line_ids': [Command.create({
            **common, 'sequence': number, 'account_id': lines.account_id.id, 'name': line.move_id.name,
            'balance': -line.balance, 'amount_currency': -line.amount_currency,
        }) for number, line in enumerate(lines)] + [Command.create({
            **common, 'sequence': len(lines), 'account_id': bank.default_account_id.id, 'name': "Transfer",
            'balance': sum(lines.mapped('balance')), 'amount_currency': sum(lines.mapped('amount_currency')),
        })],
    }
