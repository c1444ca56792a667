"""The campaign behind the last wave of answers, and how low answers were followed up."""
from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo.fields import Datetime

WAVE = (-2, 5)
CLOSED = (
    ('delivery', "Two deliveries slipped while the warehouse moved.", "Stock for this customer is kept in the second warehouse."),
    ('contact', "Nobody called between two visits.", "A call every second Friday, both diaries are marked."),
    ('service', "Calibration took three weeks.", "They have a fixed slot in the laboratory now."),
)
# So many of the latest are still open.
OPEN = 2


def load_campaign(scene):
    """Write down the last wave as the job would have left it, then follow up what was low."""
    wave = scene.day(*WAVE)
    campaign = scene.env['kam.voice.campaign'].create({
        'name': "How are we doing, twice a year", 'company_id': scene.company.id, 'user_id': scene.users['leo'].id, 'reach': 'team',
        'for_gatekeeper': True, 'state': 'running', 'date_last': wave, 'date_next': wave + relativedelta(months=6)})
    scene.name(campaign, 'kam_voice_campaign')
    answers = _invite(scene, campaign, wave)
    _follow_up(scene, answers)


def _invite(scene, campaign, wave):
    since = Datetime.to_datetime(wave)
    answers = scene.env['survey.user_input'].search([('survey_id', '=', campaign.survey_id.id), ('end_datetime', '>=', since)], order='end_datetime')
    by_contact = {answer.partner_id: answer for answer in answers}
    rows = []
    for person in scene.env['kam.stakeholder'].search(campaign._audience_domain()):
        contact, answer = person.contact_id, by_contact.get(person.contact_id)
        on = answer and answer.end_datetime.date()
        rows.append({
            'campaign_id': campaign.id, 'company_id': scene.company.id, 'wave': wave, 'partner_id': person.partner_id.id,
            'stakeholder_id': person.id, 'contact_id': contact.id, 'email': contact.email_normalized, 'sent_on': wave,
            'deadline': wave + timedelta(days=campaign.deadline_days), 'state': 'answered' if answer else 'expired',
            'reminder_count': int(not answer or on > wave + timedelta(days=campaign.reminder_days)),
            'user_input_id': answer and answer.id, 'answered_on': on})
    scene.create('kam.voice.invitation', rows)
    return answers


def _follow_up(scene, answers):
    """Close what is older; the latest wait, as does what somebody said yesterday."""
    loops = answers._kam_follow_up()
    for loop in loops:
        day = loop.user_input_id.end_datetime.date()
        loop.write({'date': day, 'date_due': day + timedelta(days=2)})
    for number, loop in enumerate(loops.sorted('date')[:-OPEN]):
        cause, explanation, done = CLOSED[number % len(CLOSED)]
        told = min(loop.date + timedelta(days=2), scene.today)
        loop.write({
            'cause': cause, 'explanation': explanation, 'done': done, 'told_on': told, 'closed_on': told, 'state': 'closed',
            'closed_by_id': loop.partner_id.kam_user_id.id})
    yesterday = Datetime.to_datetime(scene.today - timedelta(days=1))
    scene.env['rating.rating'].search([('rated_on', '>=', yesterday), ('consumed', '=', True)])._kam_follow_up()
