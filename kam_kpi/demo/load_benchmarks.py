"""What is usual, and what people type: benchmarks of some KPIs, and a measure that account managers fill in by month."""
from datetime import timedelta

from ..tools.period import shift_months
from . import story

COMPUTED = ('nrr_pct', 'sales_growth_yoy_pct', 'csat_pct')
TYPED = (
    ('win_rate_pct', None, 27.0, "Survey of the sales leaders' circle"),
    ('nps', story.MAKING, 31.0, "Association of process engineers"),
    ('nps', None, 35.0, "Survey of the sales leaders' circle"),
)
VISITS = {'brightwater': (2, 1, 3), 'kestrel': (1, 0, 1), 'lumenfeld': (1, 1, 0), 'orchard': (0, 2, 1)}


def load_benchmarks(scene):
    """Set benchmarks of both kinds, and type the visits of the last three months."""
    scene.create('kam.benchmark', [{'kpi_id': _kpi(scene, code), 'origin': 'computed'} for code in COMPUTED])
    scene.create('kam.benchmark', [{
        'kpi_id': _kpi(scene, code), 'origin': 'typed', 'typed_value': figure, 'source': source, 'date': shift_months(scene.today, -5).replace(day=1),
        'industry_id': industry and scene.env.ref(industry).id,
    } for code, industry, figure, source in TYPED])
    visits = scene.name(scene.env['kam.measure'].create({
        'name': "Plant visits", 'code': 'plant_visits', 'kind': 'manual', 'entry_by': 'manager',
        'description': "Visits to a plant of the customer, typed by the account manager at the end of the month.",
    }), 'kam_measure_plant_visits')
    last = scene.today.replace(day=1) - timedelta(days=1)
    owners = {account.key: account.owner for account in story.ACCOUNTS}
    for key, counts in VISITS.items():
        entries = scene.env['kam.measure.entry'].with_user(scene.users[owners[key]])
        entries.create([{
            'measure_id': visits.id, 'partner_id': scene.partners[key].id, 'month': shift_months(last.replace(day=1), -back), 'amount': count,
            'company_id': scene.company.id,
        } for back, count in enumerate(counts)])


def _kpi(scene, code):
    return scene.env.ref(f'kam_kpi.kam_kpi_{code}').id
