"""What was invoiced: the story's flows turned into invoices and credit notes. No Odoo here.

A flow saves up its monthly amount until a whole number of products can be
bought, so that dear instruments come now and then and consumables each month.
"""
from collections import namedtuple

from .contacts import contacts_of
from .dice import OLDEST, between, day_of, pick, roll
from .story import CUSTOMERS, PRODUCTS

Line = namedtuple('Line', 'product quantity price discount')
Invoice = namedtuple('Invoice', 'account month date credit contact lines ordered state')

SEASON = (0.94, 0.97, 1.06, 1.0, 1.01, 1.05, 0.93, 0.9, 1.06, 1.03, 1.04, 1.01)
EURO_PRICE = 0.93
# Before the story each account is invoiced for three months at once, not all in the same month.
EARLY = range(-58, -36, 3)
SPLIT = {'consumables': 2, 'sensors': 2}


def price_in(product, currency):
    """Return the list price in the account's currency."""
    return product.price if currency == 'USD' else round(product.price * EURO_PRICE)


def _amount(account, flow, month, calendar_month):
    years = (month - max(flow.start, OLDEST)) / 12
    noise = 0.9 + 0.2 * roll('amount', account.key, flow.category, month)
    return flow.monthly * flow.growth ** years * SEASON[calendar_month - 1] * noise


def _products(account, category, month):
    """Return the products bought this month: a changing few of the category."""
    choices = [product for product in PRODUCTS if product.category == category]
    first = between(0, len(choices) - 1, 'product', account.key, category, month)
    return [choices[(first + i) % len(choices)] for i in range(min(SPLIT.get(category, 1), len(choices)))]


def _lines(account, month, today, savings, months=1):
    """Return this month's lines, for so many months at once, and carry what is left over in ``savings``."""
    lines = []
    for flow in account.flows:
        if not flow.start <= max(month, OLDEST) < flow.stop:
            continue
        key = flow.category
        savings[key] = savings.get(key, 0.0) + months * _amount(account, flow, month, day_of(today, month, 1).month)
        products = _products(account, key, month)
        share = savings[key] / len(products)
        for product in products:
            price = price_in(product, account.currency)
            quantity = int(min(share * 1.02, savings[key]) // price) or int(savings[key] >= price)
            if quantity:
                discount = 5 if roll('discount', account.key, month, product.code) > 0.85 else 0
                lines.append(Line(product.code, quantity, price, discount))
                savings[key] -= quantity * price
    return lines


def _invoice_day(account, month, part):
    return between(4, 12, 'day', account.key, month) + 13 * part


def _invoiced_contact(account, month):
    """Some invoices go to an invoicing address below the account, as happens."""
    for contact in contacts_of(account.key):
        if contact.role == 'invoice' and month >= -20:
            return contact.name
    return None


def _credit_lines(account, month, invoiced, bought):
    """Return what is sent back: a part of what was bought, or the clearance of an account that stopped buying."""
    if account.story == 'credit_notes' and month >= -3:
        source = [line for line in bought if line.product in ('TS-PH', 'TS-OX', 'TS-CO', 'TC-MEM', 'TC-REA')]
        return [line._replace(quantity=max(1, line.quantity // 2)) for line in source[-2:]]
    if invoiced and roll('credit', account.key, month) < (0.16 if account.story == 'slipping' else 0.06):
        line = pick([line for line in invoiced if line.quantity > 1] or invoiced, 'returned', account.key, month)
        return [line._replace(quantity=max(1, line.quantity // 4))]
    return []


def _early(account, today, savings):
    """The two years before the story in a few invoices: what the first comparisons need."""
    turn = between(-1, 1, 'turn', account.key)
    for month in (middle + turn for middle in EARLY):
        lines = _lines(account, month, today, savings, months=3)
        if lines:
            date = day_of(today, month, _invoice_day(account, month, 0))
            yield Invoice(account.key, month, date, False, None, lines, False, 'posted')


def invoices_of(account, today):
    """Return the account's invoices and credit notes up to today, oldest first."""
    savings, bought = {}, []
    invoices = list(_early(account, today, savings))
    for month in range(OLDEST, 1):
        lines = _lines(account, month, today, savings)
        bought += lines
        # a large month is billed in two parts
        parts = [lines[::2], lines[1::2]] if len(lines) > 8 else [lines]
        for part, part_lines in enumerate(parts):
            date = day_of(today, month, _invoice_day(account, month, part))
            if part_lines and date <= today:
                ordered = roll('ordered', account.key, month, part) < 0.3
                invoices.append(Invoice(account.key, month, date, False, _invoiced_contact(account, month), part_lines, ordered, 'posted'))
        credit = _credit_lines(account, month, lines, bought)
        date = day_of(today, month, between(18, 27, 'credit', account.key, month))
        if credit and date <= today:
            invoices.append(Invoice(account.key, month, date, True, None, credit, False, 'posted'))
    return invoices


def _unposted(today):
    """One draft and one cancelled invoice: neither may count."""
    line = Line('TA-200', 2, 18500, 0)
    return [
        Invoice('orchard', 0, today, False, None, [line], False, 'draft'),
        Invoice('sable', -1, day_of(today, -1, 20), False, None, [line], False, 'cancel'),
    ]


def all_invoices(today):
    """Return every invoice of the story by date, as a book-keeper would enter them."""
    invoices = [invoice for account in CUSTOMERS for invoice in invoices_of(account, today)]
    return sorted(invoices + _unposted(today), key=lambda invoice: (invoice.date, invoice.account, invoice.credit))


def euro_rate(month):
    """Return how many euros a dollar bought in that month: a slow swing within 0.86 to 0.96."""
    swing = (0, 6, 11, 14, 15, 13, 9, 4, -2, -7, -11, -13)[(month - OLDEST) % 12] / 15
    return round(0.915 + 0.028 * swing - 0.0004 * (month - OLDEST) + 0.006 * (roll('rate', month) - 0.5), 5)
