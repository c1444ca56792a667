"""Which customers are key accounts, since when, and who looks after them."""
from datetime import timedelta

from . import dice, story

HANDOVER_REASON = "Energy accounts move to Ben, who knows the industry."


def load_accounts(scene):
    """Flag the key accounts and assign their managers, past and present."""
    scene.team.kam_is_key_account_team = True
    for account in story.ACCOUNTS:
        scene.partners[account.key].write({
            'is_key_account': True,
            'kam_tier_id': scene.env.ref(f'kam_kpi.kam_tier_{account.tier.lower()}').id,
            'kam_since_date': scene.day(account.since, 1),
            'kam_customer_since': scene.day(account.since, 1) if account.since > -24 else False,
        })
    rows = []
    for account in story.ACCOUNTS:
        rows += _assignments(scene, account)
    scene.env['kam.assignment'].create(rows)
    _date_notes(scene)


def _date_notes(scene):
    """The companies' notes of becoming a key account belong to the day they did, not to today."""
    for account in story.ACCOUNTS:
        notes = scene.env['mail.message'].search([
            ('model', '=', 'res.partner'), ('res_id', '=', scene.partners[account.key].id),
            ('message_type', '=', 'notification'), ('mail_activity_type_id', '=', False)])
        notes.date = dice.moment(scene.day(account.since, 1), account.key)


def _assignments(scene, account):
    base = {
        'partner_id': scene.partners[account.key].id,
        'user_id': scene.users[account.owner].id,
        'team_id': scene.team.id,
        'company_id': scene.company.id,
        'date_from': scene.day(account.since, 1),
    }
    key, former, until = story.HANDED_OVER
    if account.key != key:
        return [base]
    change = scene.day(until, 1)
    return [
        {**base, 'user_id': scene.users[former].id, 'date_to': change - timedelta(days=1)},
        {**base, 'date_from': change, 'reason': HANDOVER_REASON},
    ]
