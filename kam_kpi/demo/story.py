"""Who the story is about: our company, what it sells and its key accounts. No Odoo here.

Amounts are per month, in the account's own currency, before discount. Months
are counted from the day of loading (see ``dice``). All names are invented.
"""
from collections import namedtuple

COMPANY = {
    'name': "Tessaro Instruments",
    'street': "48 Harbor Street",
    'city': "Boston",
    'zip': "02110",
    'phone': "+1 617 555 0140",
    'email': "hello@tessaro.example.com",
    'website': "https://tessaro.example.com",
}
STATE, COUNTRY, TIME_ZONE = 'base.state_us_34', 'base.us', 'America/New_York'

User = namedtuple('User', 'login name function group colour')
USERS = (
    User('anna', "Anna Lindqvist", "Key Account Manager", 'user', '#0f766e'),
    User('ben', "Ben Okafor", "Key Account Manager", 'user', '#b45309'),
    User('clara', "Clara Moreau", "Key Account Manager", 'user', '#7c3aed'),
    User('leo', "Leo Marchetti", "Head of Key Accounts", 'leader', '#1d4ed8'),
    User('diana', "Diana Whitfield", "Commercial Director", 'manager', '#be123c'),
    User('rita', "Rita Nakamura", "Financial Controller", 'reader', '#475569'),
)

# key, name, parent
CATEGORIES = (
    ('instruments', "Instruments", None),
    ('analysers', "Analysers", 'instruments'),
    ('sensors', "Sensors", 'instruments'),
    ('aftermarket', "Aftermarket", None),
    ('consumables', "Consumables", 'aftermarket'),
    ('service', "Service Contracts", 'aftermarket'),
    ('calibration', "Calibration", 'aftermarket'),
    ('software', "Software", None),
)

Product = namedtuple('Product', 'code name category kind price cost')
PRODUCTS = (
    Product('TA-200', "Spectra 200 Analyser", 'analysers', 'consu', 18500, 11900),
    Product('TA-400', "Spectra 400 Analyser", 'analysers', 'consu', 32000, 19800),
    Product('TA-050', "Spectra Compact Analyser", 'analysers', 'consu', 7900, 5400),
    Product('TS-PH', "pH Sensor, sterilisable", 'sensors', 'consu', 410, 238),
    Product('TS-OX', "Dissolved Oxygen Sensor", 'sensors', 'consu', 690, 386),
    Product('TS-CO', "Conductivity Sensor", 'sensors', 'consu', 355, 221),
    Product('TC-BUF', "Buffer Solution Set", 'consumables', 'consu', 84, 39),
    Product('TC-MEM', "Membrane Kit", 'consumables', 'consu', 145, 82),
    Product('TC-CUV', "Cuvettes, box of 100", 'consumables', 'consu', 62, 37),
    Product('TC-REA', "Reagent Pack", 'consumables', 'consu', 230, 128),
    Product('TV-GOLD', "Service Contract Gold, month", 'service', 'service', 1450, 780),
    Product('TV-BASE', "Service Contract Basic, month", 'service', 'service', 620, 395),
    Product('TK-ONS', "On-site Calibration, day", 'calibration', 'service', 980, 610),
    Product('TK-LAB', "Laboratory Calibration", 'calibration', 'service', 260, 148),
    Product('TD-CLD', "Spectra Cloud, seat and month", 'software', 'service', 75, 14),
    Product('TD-INT', "Integration Package", 'software', 'service', 2400, 1150),
)

# What an account buys: from month start up to and without month stop; growth is per year.
Flow = namedtuple('Flow', 'category monthly growth start stop', defaults=(1.0, -36, 1))
Account = namedtuple('Account', 'key name city country currency industry tier owner since flows story colour')

US, EUR = 'USD', 'EUR'
HEALTH, FOOD, ENERGY = 'base.res_partner_industry_Q', 'base.res_partner_industry_I', 'base.res_partner_industry_D'
MAKING, WATER, MINING = 'base.res_partner_industry_C', 'base.res_partner_industry_E', 'base.res_partner_industry_B'
SCIENCE, LEARNING = 'base.res_partner_industry_M', 'base.res_partner_industry_P'

ACCOUNTS = (
    Account('brightwater', "Brightwater Pharma", "Princeton", 'us', US, MAKING, 'A', 'anna', -35, (
        Flow('consumables', 17500, 1.03), Flow('service', 14500, 1.02), Flow('calibration', 6900, 1.0),
        Flow('analysers', 12500, 1.04), Flow('sensors', 4200, 1.05), Flow('software', 2600, 1.12),
    ), 'stable', '#1e3a8a'),
    Account('kestrel', "Kestrel Biologics", "Cork", 'ie', EUR, SCIENCE, 'A', 'anna', -35, (
        Flow('consumables', 7800, 1.28), Flow('service', 5200, 1.35), Flow('analysers', 7600, 1.3),
        Flow('sensors', 2100, 1.22), Flow('software', 4300, 1.0, -9), Flow('calibration', 1900, 1.15),
    ), 'thriving', '#047857'),
    Account('lumenfeld', "Lumenfeld Chemie", "Leverkusen", 'de', EUR, MAKING, 'A', 'ben', -35, (
        Flow('consumables', 15800, 0.66), Flow('service', 9200, 0.72), Flow('calibration', 4600, 0.9, -36, -13),
        Flow('analysers', 9800, 0.52), Flow('sensors', 3900, 0.6),
    ), 'slipping', '#9a3412'),
    Account('orchard', "Orchard Valley Foods", "Fresno", 'us', US, FOOD, 'B', 'clara', -35, (
        Flow('consumables', 6100, 1.09), Flow('sensors', 3300, 1.06), Flow('service', 3100, 1.04), Flow('calibration', 1500, 1.1),
    ), 'steady', '#65a30d'),
    Account('sable', "Sable Point Energy", "Houston", 'us', US, ENERGY, 'B', 'ben', -33, (
        Flow('analysers', 8300, 1.12), Flow('sensors', 4600, 1.15), Flow('service', 3600, 1.1), Flow('calibration', 2100, 1.08),
    ), 'handed_over', '#334155'),
    Account('montclair', "Montclair Cosmetics", "Grasse", 'fr', EUR, MAKING, 'B', 'anna', -30, (
        Flow('consumables', 5200, 1.06), Flow('sensors', 2600, 1.04), Flow('service', 3700, 1.0, -11), Flow('software', 2100, 1.0, -7),
    ), 'cross_sell', '#be185d'),
    Account('pinecrest', "Pinecrest University Hospital", "Rochester", 'us', US, HEALTH, 'B', 'clara', -35, (
        Flow('consumables', 8200, 1.0), Flow('service', 5800, 1.01), Flow('calibration', 2300, 1.0), Flow('software', 1300, 1.03),
    ), 'flat', '#0369a1'),
    Account('arcway', "Arcway Aerospace", "Wichita", 'us', US, MAKING, 'B', 'ben', -35, (
        Flow('sensors', 5400, 1.03), Flow('analysers', 5900, 1.0), Flow('calibration', 4100, 1.0, -36, -12), Flow('service', 2600, 1.02),
    ), 'lost_category', '#475569'),
    Account('tamarind', "Tamarind Diagnostics", "Leiden", 'nl', EUR, HEALTH, 'C', 'clara', -8, (
        Flow('analysers', 5600, 1.0, -7), Flow('consumables', 2900, 1.6, -7), Flow('software', 900, 1.2, -4),
    ), 'new', '#c2410c'),
    Account('ridgeline', "Ridgeline Water Works", "Boise", 'us', US, WATER, 'C', 'ben', -35, (
        Flow('consumables', 2300, 1.0, -36, -25), Flow('sensors', 1900, 1.0, -36, -25),
        Flow('consumables', 2800, 1.1, -5), Flow('sensors', 2400, 1.1, -5), Flow('calibration', 1100, 1.0, -4),
    ), 'reactivated', '#0e7490'),
    Account('corvane', "Corvane Mining", "Sudbury", 'ca', US, MINING, 'C', 'clara', -28, (
        Flow('sensors', 3800, 0.95, -36, -4), Flow('consumables', 2600, 0.95, -36, -4), Flow('service', 1500, 1.0, -36, -4),
    ), 'credit_notes', '#78350f'),
    Account('solvio', "Solvio Packaging", "Bergamo", 'it', EUR, MAKING, 'C', 'anna', -24, (
        Flow('consumables', 1900, 0.95), Flow('sensors', 1400, 0.93),
    ), 'quiet', '#4d7c0f'),
)

# Customers which are no key accounts: the first deserves to become one.
PROSPECTS = (
    Account('fernhill', "Fernhill Polymers", "Akron", 'us', US, MAKING, None, 'clara', None, (
        Flow('consumables', 5200, 1.2, -26), Flow('analysers', 6100, 1.25, -26), Flow('service', 2400, 1.3, -20),
    ), 'candidate', '#6d28d9'),
    Account('dunmore', "Dunmore Dairy", "Madison", 'us', US, FOOD, None, 'anna', None, (
        Flow('consumables', 900, 1.0, -30),
    ), 'small', '#a16207'),
)
CUSTOMERS = ACCOUNTS + PROSPECTS
BY_KEY = {account.key: account for account in CUSTOMERS}

# One account changed hands: (account, former manager, months until the present one took over).
HANDED_OVER = ('sable', 'clara', -13)


def owner_at(account, month):
    """Return the login of who managed the account in that month."""
    key, former, until = HANDED_OVER
    return former if account.key == key and month < until else account.owner
