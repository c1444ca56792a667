"""What people think of the accounts: scores now and a year ago. No Odoo here."""
from collections import namedtuple

# By criterion; KPIs propose their own, these stand in where they have no data. Scores run from 1 to 10.
Score = namedtuple('Score', 'potential revenue fit profitability growth relationship')

SCORES = {
    'brightwater': (Score(7, 10, 9, 7, 5, 9), Score(7, 9, 9, 7, 5, 8)),
    'kestrel': (Score(9, 8, 9, 7, 9, 9), Score(9, 7, 8, 7, 9, 8)),
    'lumenfeld': (Score(6, 4, 8, 6, 1, 3), Score(8, 6, 8, 7, 3, 6)),
    'orchard': (Score(6, 5, 6, 6, 6, 7), Score(6, 4, 6, 6, 6, 6)),
    'sable': (Score(7, 6, 7, 5, 5, 7), Score(7, 6, 7, 5, 6, 4)),
    'montclair': (Score(8, 5, 8, 8, 9, 8), Score(7, 3, 7, 7, 5, 7)),
    'pinecrest': (Score(5, 5, 8, 7, 3, 9), Score(5, 5, 8, 7, 4, 9)),
    'arcway': (Score(6, 5, 6, 5, 2, 4), Score(7, 5, 7, 5, 5, 6)),
    'tamarind': (Score(9, 2, 8, 6, 8, 7), None),
    'ridgeline': (Score(5, 2, 5, 6, 6, 6), None),
    'corvane': (Score(3, 1, 4, 5, 1, 3), Score(5, 3, 5, 5, 4, 5)),
    'solvio': (None, None),
}
COMMENTS = {
    ('lumenfeld', 'relationship'): "We know the laboratory only; purchasing has not answered since spring.",
    ('kestrel', 'potential'): "Second production line planned, decision within the year.",
    ('arcway', 'relationship'): "Metrology moved calibration to a competitor.",
    ('corvane', 'potential'): "The mill runs at half capacity.",
}

# How much of last year's revenue an account is to bring this year, and what those bring who brought nothing then (a quarter).
AIMS = {
    'brightwater': 1.06, 'kestrel': 1.2, 'lumenfeld': 0.95, 'orchard': 1.08, 'sable': 1.08, 'montclair': 1.3, 'pinecrest': 1.02,
    'arcway': 1.0, 'corvane': 0.9, 'solvio': 1.0,
}
FIRST_AIMS = {'tamarind': 22000, 'ridgeline': 16000}
# Targets which still wait for the leader's word, and what is said about them.
WAITING = ('montclair', 'tamarind')
REMARKS = (
    ('tamarind', 'leo', "Ambitious for a first full quarter. What is in the pipeline to carry it?"),
    ('tamarind', 'clara', "Two analysers are quoted, and the cloud seats start next month. I would rather keep it."),
    ('lumenfeld', 'ben', "We will miss this one unless purchasing talks to us again. Recovery plan follows."),
)
# What the managers promise each quarter.
PROMISES = {
    'anna': {'win_rate_pct': 60, 'qualified_leads_count': 6},
    'ben': {'win_rate_pct': 45, 'qualified_leads_count': 14},
    'clara': {'win_rate_pct': 50, 'qualified_leads_count': 5},
}
