"""What we sell, and the invoices, credit notes and orders of three years."""
from datetime import timedelta

from odoo import Command

from . import dice, story
from .ledger import all_invoices

BATCH = 60
COST_RISE = 1.03


def load_documents(scene):
    """Create products, then the invoices by date with their orders, then what is on offer today."""
    _products(scene)
    invoices = all_invoices(scene.today)
    orders = _orders(scene, [invoice for invoice in invoices if invoice.ordered])
    _invoices(scene, invoices, orders)
    _quotations(scene)


def _products(scene):
    for key, name, parent in story.CATEGORIES:
        category = scene.env['product.category'].create({'name': name, 'parent_id': parent and scene.categories[parent].id})
        scene.categories[key] = scene.name(category, f'product_category_{key}')
    rows = [{
        'name': product.name,
        'default_code': product.code,
        'categ_id': scene.categories[product.category].id,
        'type': product.kind,
        'list_price': product.price,
        'standard_price': product.cost,
        'invoice_policy': 'order',
        'company_id': False,
    } for product in story.PRODUCTS]
    for product, record in zip(story.PRODUCTS, scene.create('product.product', rows), strict=True):
        scene.products[product.code] = scene.name(record, f"product_product_{product.code.lower().replace('-', '_')}")


def _taxes(scene, account):
    """Customers at home pay our sales tax; exports are free of it."""
    if account.country == 'us':
        return scene.company.account_sale_tax_id
    return scene.env['account.tax'].search([
        ('company_id', '=', scene.company.id), ('type_tax_use', '=', 'sale'), ('amount', '=', 0)], limit=1)


def _orders(scene, invoices):
    """Create the confirmed orders which some of the invoices came from, a few days before them."""
    taxes = {account.key: _taxes(scene, account).ids for account in story.CUSTOMERS}
    rows = []
    for number, invoice in enumerate(invoices):
        owner = story.owner_at(story.BY_KEY[invoice.account], invoice.month)
        day = dice.workday(invoice.date) - timedelta(days=dice.between(3, 12, 'order', invoice.account, invoice.month))
        rows.append({
            'partner_id': scene.partners[invoice.account].id,
            'company_id': scene.company.id,
            'user_id': scene.users[owner].id,
            'team_id': scene.team.id,
            'date_order': dice.moment(day, 'order', number),
            'client_order_ref': f"{invoice.account[:3].upper()}-{4500 + number}",
            'order_line': [Command.create(_order_line(scene, line, taxes[invoice.account])) for line in invoice.lines],
        })
    orders = scene.create('sale.order', rows, 50)
    orders.state = 'sale'
    scene.backdate(orders, 'create_date', [order.date_order - timedelta(days=6) for order in orders])
    return {(invoice.account, invoice.date): order for invoice, order in zip(invoices, orders, strict=True)}


def _order_line(scene, line, tax_ids):
    return {
        'product_id': scene.products[line.product].id, 'product_uom_qty': line.quantity, 'price_unit': line.price,
        'discount': line.discount, 'tax_ids': [Command.set(tax_ids)],
    }


def _invoice_line(scene, line, tax_ids, order_line):
    values = {
        'product_id': scene.products[line.product].id, 'quantity': line.quantity, 'price_unit': line.price,
        'discount': line.discount, 'tax_ids': [Command.set(tax_ids)],
    }
    if order_line:
        values['sale_line_ids'] = [Command.set(order_line.ids)]
    return values


def _invoice_values(scene, invoice, tax_ids, order):
    account = story.BY_KEY[invoice.account]
    partner = scene.partners[invoice.account]
    order_lines = order.order_line if order else [None] * len(invoice.lines)
    return {
        'move_type': 'out_refund' if invoice.credit else 'out_invoice',
        'partner_id': scene.contacts[invoice.account, invoice.contact].id if invoice.contact else partner.id,
        'company_id': scene.company.id,
        'currency_id': scene.currencies[account.currency].id,
        'invoice_date': invoice.date,
        'date': invoice.date,
        'invoice_user_id': scene.users[story.owner_at(account, invoice.month)].id,
        'team_id': scene.team.id,
        'ref': "Goods returned" if invoice.credit else (order.client_order_ref if order else False),
        'invoice_line_ids': [
            Command.create(_invoice_line(scene, line, tax_ids, order_line))
            for line, order_line in zip(invoice.lines, order_lines, strict=True)],
    }


def _invoices(scene, invoices, orders):
    """Create and post by date, so that numbers follow dates."""
    taxes = {account.key: _taxes(scene, account).ids for account in story.CUSTOMERS}
    for start in range(0, len(invoices), BATCH):
        part = invoices[start:start + BATCH]
        _set_costs(scene, part[0].month)
        moves = scene.env['account.move'].create([
            _invoice_values(scene, invoice, taxes[invoice.account], invoice.ordered and orders[invoice.account, invoice.date])
            for invoice in part])
        by_state = list(zip(part, moves, strict=True))
        moves.browse(move.id for invoice, move in by_state if invoice.state == 'posted')._post(soft=False)
        moves.browse(move.id for invoice, move in by_state if invoice.state == 'cancel').button_cancel()


def _set_costs(scene, month):
    """Costs have risen slowly; an invoice keeps the cost of its day."""
    for product in story.PRODUCTS:
        scene.products[product.code].standard_price = round(product.cost * COST_RISE ** (month / 12), 2)


def _quotations(scene):
    """Leave a few offers open, as on any day."""
    offers = (
        ('kestrel', 'TA-400', 2, 6), ('brightwater', 'TA-400', 3, 10), ('montclair', 'TD-INT', 4, 4), ('sable', 'TA-200', 2, 15),
        ('pinecrest', 'TV-GOLD', 12, 9), ('arcway', 'TK-ONS', 10, 20), ('tamarind', 'TA-050', 2, 3), ('orchard', 'TS-OX', 14, 12),
    )
    orders = scene.create('sale.order', [{
        'partner_id': scene.partners[key].id,
        'company_id': scene.company.id,
        'user_id': scene.users[story.BY_KEY[key].owner].id,
        'team_id': scene.team.id,
        'date_order': dice.moment(dice.workday(scene.today - timedelta(days=days)), 'offer', key),
        'order_line': [Command.create({'product_id': scene.products[code].id, 'product_uom_qty': quantity})],
    } for key, code, quantity, days in offers])
    orders[:6].state = 'sent'
