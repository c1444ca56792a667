"""Stakeholders of the accounts and their plans, each as far as the story goes."""
from datetime import datetime, time, timedelta

from odoo import Command

from . import story
from .contacts import people_of
from .plans import AUDIT_FINDINGS, PLANS
from .temper import mood_at
from .touches import calls, mails, meetings

ROLES = {
    'decides': ('decision_maker', '5'), 'champions': ('champion', '3'), 'blocks': ('blocker', '4'),
    'buys': ('gatekeeper', '3'), 'influences': ('influencer', '4'), 'uses': ('user', '2'),
}
CADENCE = {'A': 30, 'B': 60, 'C': 90}
PURPOSES = {'invest': 'win', 'grow': 'grow', 'maintain': 'keep', 'harvest': 'keep'}
WALLET_SOURCE = "Annual report and the buyer's estimate"


def load_plans(scene):
    """Create the maps of people, then the plans; last year's plan of one account is finished and renewed."""
    _stakeholders(scene)
    end = scene.company._kam_period('year', scene.today)[1] - timedelta(days=1)
    first = PLANS[0]
    past = _plan(scene, first, end.year - 1, step=7)
    _finish(scene, past)
    for plan in PLANS:
        record = _plan(scene, plan, end.year, step=plan.step)
        scene.name(record, f'kam_plan_{plan.account}')
        if plan is first:
            record.write({'previous_plan_id': past.id})


# ----------------------------------------------------------------------
# people
# ----------------------------------------------------------------------

def _last_contacts(scene):
    """Return the day of the last meeting, call or answer of each person, and of the last call, which is kept on the account."""
    called = {}
    for call in calls(scene.today):
        called[call.account, call.contact] = max(call.day, called.get((call.account, call.contact), call.day))
    met = dict(called)
    touched = [(touch.account, name, touch.day) for touch in meetings(scene.today) for name in touch.contacts]
    touched += [(mail.account, mail.contact, mail.day) for mail in mails(scene.today) if mail.inbound]
    for account, name, day in touched:
        if day < scene.today:
            met[account, name] = max(day, met.get((account, name), day))
    return met, called


def _attitude(role, mood):
    if role == 'champions':
        return '2' if mood > 0.5 else '1'
    if role == 'blocks':
        return '-2' if mood < 0.5 else '-1'
    if role == 'buys':
        return '0' if mood > 0.5 else '-1'
    return '1' if mood > 0.7 else '-1' if mood < 0.4 else '0'


def _stakeholders(scene):
    met, called = _last_contacts(scene)
    for account in story.ACCOUNTS:
        mood, boss = mood_at(account.key, -1), None
        deciders_first = sorted(enumerate(people_of(account.key)), key=lambda row: row[1].role != 'decides')
        for number, contact in deciders_first:
            role, influence = ROLES[contact.role]
            known = (account.key, contact.name) in met
            slipping = account.story == 'slipping'
            owner = 'leo' if contact.role == 'decides' and account.tier == 'A' and not slipping else account.owner
            record = scene.env['kam.stakeholder'].create({
                'partner_id': scene.partners[account.key].id,
                'contact_id': scene.contacts[account.key, contact.name].id,
                'company_id': scene.company.id,
                'role': role,
                'influence': influence,
                'attitude': _attitude(contact.role, mood),
                'reports_to_id': boss and boss.id,
                'user_id': False if slipping and contact.role == 'decides' else scene.users[owner].id,
                'current_level': str(min(4, int(mood * 4.4))) if known and not (slipping and number != 2) else '1',
                'wanted_level': '4' if influence in '45' else '3',
                'cadence_days': CADENCE[account.tier],
                'noted_contact': called.get((account.key, contact.name), False),
            })
            boss = record if contact.role == 'decides' else boss


# ----------------------------------------------------------------------
# plans
# ----------------------------------------------------------------------

def _plan(scene, plan, year, step):
    """Create a plan with its parts and bring it to its step."""
    partner = scene.partners[plan.account]
    owner = partner.kam_user_id
    _wallet(scene, partner, plan)
    record = scene.env['kam.plan'].create({
        'partner_id': partner.id, 'company_id': scene.company.id, 'year': year,
        'summary': plan.summary,
        'strategy': plan.strategy,
        'purpose': 'recover' if plan.account == 'lumenfeld' else PURPOSES.get(plan.strategy),
        'strategy_reason': plan.reason,
        'challenges': plan.challenges,
        'buying_process': plan.buying,
        'market_trends': plan.trends,
        'value_proposition': plan.value,
        'white_space': plan.white,
        'competitor_ids': [Command.create({'name': name, 'share': share, 'strength': strength}) for name, share, strength in plan.competitors],
        'swot_ids': [Command.create({'kind': kind, 'name': name}) for kind, name in plan.swot],
    })
    if step >= 4:
        _blueprint(scene, record, plan)
    _goals(scene, record, plan)
    if step >= 5:
        _actions(scene, record, plan, owner)
    _resources(scene, record, plan, owner)
    _communications(scene, record, plan, owner)
    record.write({
        'step_id': record._step(str(step)).id,
        'state': 'running' if step > 1 else 'draft',
        'date_last_stage_update': datetime.combine(scene.today - timedelta(days=7 * step), time(15)),
    })
    if plan.approval == 'submitted':
        record.write({'approval_state': 'submitted', 'submitted_by_id': owner.id})
        record.activity_schedule(
            'kam_kpi.mail_activity_type_plan_approval', user_id=scene.users['leo'].id,
            date_deadline=scene.today + timedelta(days=2), summary=f"Approve the plan of {partner.name}")
    elif plan.approval == 'approved':
        _approve(scene, record, scene.day(-3, 5))
    return record


def _wallet(scene, partner, plan):
    """What the account spends with all suppliers, estimated once."""
    if plan.wallet and not partner.kam_wallet_ids:
        scene.env['kam.wallet.estimate'].create({
            'partner_id': partner.id, 'company_id': scene.company.id, 'amount': plan.wallet,
            'currency_id': scene.currencies[story.BY_KEY[plan.account].currency].id,
            'date': scene.day(-4, 20), 'source': WALLET_SOURCE,
        })


def _approve(scene, record, day):
    record.write({
        'approval_state': 'approved', 'submitted_by_id': record.partner_id.kam_user_id.id, 'approved_by_id': scene.users['leo'].id,
        'approved_on': datetime.combine(day, time(15)),
    })


def _goals(scene, record, plan):
    scene.env['kam.customer.goal'].create([{
        'plan_id': record.id,
        'name': goal.name,
        'unit': goal.unit,
        'baseline': goal.start,
        'target': goal.target,
        'actual': False if goal.now is None else goal.now,
        'due_date': scene.today + timedelta(days=goal.due),
        'confirmed_by_id': scene.contacts[plan.account, people_of(plan.account)[0].name].id,
    } for goal in plan.goals])


def _blueprint(scene, record, plan):
    """The objectives with the account's targets, and the open opportunities."""
    targets = scene.env['kam.target'].search([
        ('partner_id', '=', record.partner_id.id), ('date_start', '<=', record.date_end), ('date_end', '>=', record.date_start)])
    leads = scene.env['crm.lead'].search([
        ('partner_id', 'child_of', record.partner_id.id), ('type', '=', 'opportunity'), ('won_status', '=', 'pending')])
    record.write({'target_ids': [Command.set(targets.ids)], 'lead_ids': [Command.set(leads.ids)]})
    scene.env['kam.plan.objective'].create([{
        'plan_id': record.id,
        'name': objective.name,
        'objective_id': scene.env.ref(f'kam_kpi.kam_objective_{objective.serves}').id,
        'target_id': targets.filtered(lambda target, code=objective.target: target.kpi_id.code == code)[:1].id,
        'measure': objective.measure,
        'date_deadline': scene.today + timedelta(days=objective.due),
        'user_id': record.partner_id.kam_user_id.id,
    } for objective in plan.objectives])


def _actions(scene, record, plan, owner):
    objectives = record.objective_ids.sorted('id')
    scene.env['kam.plan.action'].create([{
        'plan_id': record.id,
        'name': action.name,
        'objective_id': objectives[action.objective].id,
        'user_id': owner.id,
        'date_deadline': scene.today + timedelta(days=action.days),
        'lead_id': record.lead_ids[:1].id if action.state == 'open' else False,
        'state': action.state,
    } for action in plan.actions])


def _resources(scene, record, plan, owner):
    """Budget and hours, and the audit with its findings."""
    if not plan.budget:
        return
    budget, spent, planned, actual = plan.budget
    record.write({
        'budget': budget, 'budget_spent': spent, 'hours_planned': planned, 'hours_actual': actual,
        'budget_user_id': scene.users['leo'].id, 'resource_user_ids': [Command.set([owner.id, scene.users['leo'].id])],
    })
    if plan.step < 6:
        return
    for number, question in enumerate(record.audit_ids):
        finding = AUDIT_FINDINGS.get(number)
        question.write({'answer': 'no' if finding else 'yes', 'finding': finding or False})


def _communications(scene, record, plan, owner):
    scene.env['kam.plan.communication'].create([{
        'plan_id': record.id,
        'name': talk.name,
        'audience': talk.audience,
        'channel': talk.channel,
        'user_id': owner.id,
        'partner_ids': [Command.set(_audience(scene, plan, talk, owner))],
        'date_planned': scene.today + timedelta(days=talk.days),
        'date_done': scene.today + timedelta(days=talk.days) if talk.done else False,
    } for talk in plan.communications])


def _audience(scene, plan, talk, owner):
    if talk.audience == 'internal':
        return (scene.users['leo'].partner_id | owner.partner_id).ids
    return [scene.contacts[plan.account, contact.name].id for contact in people_of(plan.account)[:2]]


def _finish(scene, record):
    """Close last year's plan: all done and approved, with the figures of its last day."""
    record.action_ids.filtered(lambda action: action.state == 'open').state = 'done'
    for line in (*record.objective_ids, *record.goal_ids):
        field = 'date_deadline' if 'date_deadline' in line._fields else 'due_date'
        line[field] = record.date_end
    record.objective_ids.state = 'reached'
    for talk in record.communication_ids:
        talk.date_done = talk.date_done or record.date_end
    _approve(scene, record, record.date_start + timedelta(days=40))
    record._close('done')
    portfolio = record._measure_portfolio(scene.company, record.date_end + timedelta(days=1))
    record._set({**record._figures_from(portfolio), 'figures_date': record.date_end})
