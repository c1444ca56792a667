"""How many documents a generated company has."""
from typing import NamedTuple


class Size(NamedTuple):
    accounts: int
    key_accounts: int
    users: int
    invoices: int      # of LINES lines each
    orders: int        # of LINES lines each
    meetings: int
    messages: int
    ratings: int
    answers: int       # filled surveys of two questions
    leads: int


LINES = 4
MONTHS = 36
CONTACTS = 3
PRODUCTS = 300
CATEGORIES = 30

SMALL = Size(200, 40, 10, 5_000, 1_250, 2_000, 2_000, 1_000, 1_000, 2_000)
MEDIUM = Size(5_000, 500, 20, 250_000, 62_500, 100_000, 100_000, 50_000, 50_000, 100_000)
LARGE = Size(50_000, 2_000, 50, *(10 * count for count in MEDIUM[3:]))
SIZES = {'S': SMALL, 'M': MEDIUM, 'L': LARGE}
