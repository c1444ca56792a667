"""Targets of the last quarters and years and the running ones, for accounts, managers and the team."""
from datetime import datetime, time, timedelta

from ..tools.period import last_year
from . import story
from .judgements import AIMS, FIRST_AIMS, PROMISES, REMARKS, WAITING

YEARLY = {'nrr_pct': 104, 'csat_pct': 80, 'nps': 35}
SERVES = {
    'revenue': 'growth', 'win_rate_pct': 'growth', 'qualified_leads_count': 'growth', 'nrr_pct': 'retention',
    'csat_pct': 'satisfaction', 'nps': 'satisfaction', 'meeting_frequency': 'relationship',
}

# How many closed periods have targets.
CLOSED = {'quarter': 4, 'year': 1}


def _periods(scene, frequency, count):
    """The last closed periods and the running one, the oldest first, half-open."""
    periods = [scene.company._kam_period(frequency, scene.today)]
    for _number in range(count):
        periods.insert(0, scene.company._kam_period(frequency, periods[0][0] - timedelta(days=1)))
    return periods


def load_targets(scene):
    """Set the targets, most of them agreed and locked, and what was said about some."""
    targets = {}
    for frequency, count in CLOSED.items():
        for first, end in _periods(scene, frequency, count):
            targets.update(_revenue(scene, frequency, first, end))
            _promises(scene, frequency, first, end)
    _remarks(scene, targets)


def _create(scene, rows):
    return scene.env['kam.target'].create([{
        **row,
        'company_id': scene.company.id,
        'kpi_id': scene.env.ref(f"kam_kpi.kam_kpi_{row['kpi_id']}").id,
        'objective_id': scene.env.ref(f"kam_kpi.kam_objective_{SERVES[row['kpi_id']]}").id,
    } for row in rows])


def _stage(scene, start, proposer, waiting=False):
    """The stage of a target: agreed by Leo before its period, or still proposed."""
    if waiting:
        return {'state': 'proposed', 'proposer_id': scene.users[proposer].id}
    return {
        'state': 'locked', 'proposer_id': scene.users[proposer].id, 'agreed_by_id': scene.users['leo' if proposer != 'leo' else 'diana'].id,
        'agreed_on': datetime.combine(start - timedelta(days=12), time(15)),
    }


def _round(amount):
    step = 1000 if amount > 50000 else 500
    return round(amount / step) * step


def _last_year(scene, start, stop):
    """Revenue of each account in the same period a year before."""
    ids = [scene.partners[key].id for key in AIMS]
    rows = scene.env['kam.kpi'].measure_kpis(
        ['revenue'], ids, *last_year(start, stop))
    return {row['partner_id']: row['value'] or 0.0 for row in rows}


def _aims(scene, frequency, start, stop):
    """Return what each account is to bring in the period, by its story."""
    past = _last_year(scene, start, stop)
    aims = {key: _round(past[scene.partners[key].id] * factor) for key, factor in AIMS.items()}
    if stop > scene.today:
        aims.update({key: aim * (2 if frequency == 'year' else 1) for key, aim in FIRST_AIMS.items()})
    return {key: aim for key, aim in aims.items() if aim > 0}


def _revenue(scene, frequency, start, stop):
    """Revenue targets: each account's, and their sums for the managers and the team."""
    period = {'kpi_id': 'revenue', 'frequency': frequency, 'date_start': start, 'date_end': stop - timedelta(days=1)}
    aims = _aims(scene, frequency, start, stop)
    running = frequency == 'quarter' and stop > scene.today
    records = _create(scene, [{
        **period, 'partner_id': scene.partners[key].id, 'target_value': aim, 'stretch_value': _round(aim * 1.1),
        **_stage(scene, start, story.BY_KEY[key].owner, waiting=running and key in WAITING),
    } for key, aim in aims.items()])
    totals = {}
    for key, aim in aims.items():
        totals[story.BY_KEY[key].owner] = totals.get(story.BY_KEY[key].owner, 0) + aim
    _create(scene, [
        {**period, 'user_id': scene.users[login].id, 'target_value': total, 'stretch_value': _round(total * 1.1), **_stage(scene, start, login)}
        for login, total in totals.items()
    ] + [{**period, 'team_id': scene.team.id, 'target_value': sum(totals.values()), **_stage(scene, start, 'leo')}])
    return {(key, frequency, start): record for key, record in zip(aims, records, strict=True)}


def _promises(scene, frequency, start, stop):
    """Other targets: quarterly ones of the managers and accounts, yearly ones of the team."""
    period = {'frequency': frequency, 'date_start': start, 'date_end': stop - timedelta(days=1)}
    if frequency == 'year':
        _create(scene, [{**period, 'kpi_id': code, 'team_id': scene.team.id, 'target_value': value, **_stage(scene, start, 'leo')}
                        for code, value in YEARLY.items()])
        return
    rows = [{**period, 'kpi_id': code, 'user_id': scene.users[login].id, 'target_value': value, **_stage(scene, start, login)}
            for login, promises in PROMISES.items() for code, value in promises.items()]
    for account in story.ACCOUNTS:
        cadence = scene.partners[account.key].kam_tier_id.meetings_per_month
        if account.tier in ('A', 'B'):
            rows.append({**period, 'kpi_id': 'meeting_frequency', 'partner_id': scene.partners[account.key].id,
                         'target_value': cadence, **_stage(scene, start, account.owner)})
    _create(scene, rows)


def _remarks(scene, targets):
    """What was said about the running quarter's targets."""
    start, _stop = scene.company._kam_period('quarter', scene.today)
    for key, login, text in REMARKS:
        target = targets.get((key, 'quarter', start))
        if target:
            target.message_post(
                body=text, author_id=scene.users[login].partner_id.id, message_type='comment', subtype_xmlid='mail.mt_comment')
