"""Opportunities won, lost and open with their next steps, and leads which came in."""
from datetime import timedelta

from . import dice
from .pipeline import LEADS, REASONS, SPAM_REASON, all_deals, step_for

STAGES = {'new': 'crm.stage_lead1', 'qualified': 'crm.stage_lead2', 'proposition': 'crm.stage_lead3', 'won': 'crm.stage_lead4'}
ACTIVITIES = {
    'call': 'mail.mail_activity_data_call', 'todo': 'mail.mail_activity_data_todo',
    'meeting': 'mail.mail_activity_data_meeting', 'email': 'mail.mail_activity_data_email',
}


def load_pipeline(scene):
    """Create the deals with their true dates, then the leads."""
    deals = all_deals(scene.today)
    leads = _deals(scene, deals, _reasons(scene))
    _dates(scene, deals, leads)
    _steps(scene, deals, leads)
    _link_orders(scene, deals, leads)
    _leads(scene)


def _reasons(scene):
    reasons = {}
    for key, name in (*REASONS.items(), ('spam', SPAM_REASON)):
        found = scene.env['crm.lost.reason'].search([('name', '=', name)], limit=1)
        reasons[key] = found or scene.env['crm.lost.reason'].create({'name': name})
    reasons['spam'].kam_spam = True
    return reasons


def _deals(scene, deals, reasons):
    rows = [{
        'name': f"{deal.name}, {scene.partners[deal.account].name}",
        'type': 'opportunity',
        'partner_id': scene.contacts[deal.account, deal.contact].id,
        'company_id': scene.company.id,
        'user_id': scene.users[deal.owner].id,
        'team_id': scene.team.id,
        'stage_id': scene.env.ref(STAGES[deal.stage]).id,
        'probability': {'won': 100, 'lost': 0, 'open': deal.probability}[deal.outcome],
        'expected_revenue': deal.value,
        'date_deadline': deal.deadline,
        'date_conversion': deal.converted and dice.moment(deal.converted, deal.name),
        'date_closed': deal.closed and dice.moment(deal.closed, deal.name),
        'active': deal.outcome != 'lost',
        'lost_reason_id': reasons[deal.reason].id if deal.reason else False,
        'priority': '2' if deal.value > 60000 else '1' if deal.value > 20000 else '0',
    } for deal in deals]
    return scene.create('crm.lead', rows)


def _dates(scene, deals, leads):
    """Give the deals their age: when they were created, given out and last moved."""
    created = [dice.moment(deal.created, 'created', deal.name) - timedelta(hours=2) for deal in deals]
    scene.backdate(leads, 'create_date', created)
    scene.backdate(leads, 'date_open', created)
    moved = [
        dice.moment(deal.closed or max(deal.created, scene.today - timedelta(days=dice.between(2, 20, 'moved', deal.name))), deal.name)
        for deal in deals]
    scene.backdate(leads, 'date_last_stage_update', moved)
    leads.modified(['create_date', 'date_open', 'date_closed'])


def _steps(scene, deals, leads):
    """Plan the next step of what is open: some overdue, some due today, most ahead."""
    rows = []
    for deal, lead in zip(deals, leads, strict=True):
        step = step_for(deal) if deal.outcome == 'open' else None
        if step:
            rows.append({
                'res_model_id': scene.env['ir.model']._get_id('crm.lead'),
                'res_id': lead.id,
                'activity_type_id': scene.env.ref(ACTIVITIES[step.kind]).id,
                'summary': step.summary,
                'user_id': scene.users[deal.owner].id,
                'date_deadline': scene.today + timedelta(days=step.days),
            })
    scene.create('mail.activity', rows)


def _link_orders(scene, deals, leads):
    """Tie each won deal to the account's first order after it, and open offers to an open deal."""
    orders = scene.env['sale.order'].search([('team_id', '=', scene.team.id)], order='date_order, id').grouped('partner_id')
    for deal, lead in zip(deals, leads, strict=True):
        if deal.outcome == 'lost':
            continue
        states = ('sale',) if deal.outcome == 'won' else ('draft', 'sent')
        since = deal.closed or deal.created
        for order in orders.get(scene.partners[deal.account], ()):
            fits = deal.outcome == 'open' or since <= order.date_order.date() <= since + timedelta(days=60)
            if order.state in states and not order.opportunity_id and fits:
                order.opportunity_id = lead
                break


def _leads(scene):
    spam = scene.env['crm.lost.reason'].search([('name', '=', SPAM_REASON)], limit=1)
    rows = [{
        'name': lead.name,
        'type': 'lead',
        # with a partner Odoo would write the lead's address to it
        **({'partner_id': scene.partners[lead.account].id} if lead.account else {'partner_name': lead.company, 'email_from': lead.email}),
        'company_id': scene.company.id,
        'user_id': scene.users[lead.owner].id,
        'team_id': scene.team.id,
        'active': not lead.spam,
        'probability': 0 if lead.spam else 10,
        'lost_reason_id': spam.id if lead.spam else False,
    } for lead in LEADS]
    leads = scene.create('crm.lead', rows)
    scene.backdate(leads, 'create_date', [
        dice.moment(scene.today - timedelta(days=lead.created), lead.name) for lead in LEADS])

