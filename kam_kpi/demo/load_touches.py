"""Meetings, calls and mails as Odoo keeps them: events with attendees, notes of done activities, messages in threads."""
from datetime import datetime, timedelta

from markupsafe import Markup

from odoo import Command

from . import dice
from .contacts import email_of
from .touches import calls, mails, meetings


def load_touches(scene):
    """Create the meetings, then the calls and mails by date: Odoo shows a thread in the order of creation."""
    _meetings(scene)
    rows = sorted(_calls(scene) + _mails(scene), key=lambda row: row['date'])
    messages = scene.create('mail.message', rows)
    scene.backdate(messages, 'create_date', [row['date'] for row in rows])


def _meetings(scene):
    rows = []
    for number, meeting in enumerate(meetings(scene.today)):
        host = scene.users[meeting.host]
        partners = [scene.contacts[meeting.account, name].id for name in meeting.contacts] + [host.partner_id.id]
        if meeting.guest:
            partners.append(scene.users[meeting.guest].partner_id.id)
        start = dice.moment(meeting.day, 'meeting', number)
        rows.append({
            'name': f"{meeting.subject}: {scene.partners[meeting.account].name}",
            'start': start,
            'stop': start + timedelta(minutes=dice.pick((30, 60, 60, 90), 'length', number)),
            'user_id': host.id,
            'attendee_ids': [Command.create({'partner_id': partner, 'state': 'accepted'}) for partner in partners],
            'partner_ids': [Command.set(partners)],
            'location': scene.partners[meeting.account].city if dice.roll('onsite', number) < 0.5 else "Video call",
        })
    scene.env = scene.env(context={**scene.env.context, 'skip_contact_description': True})
    scene.create('calendar.event', rows)


def _calls(scene):
    """A call is an activity marked as done: create the archived activities, return the notes they leave."""
    call_type = scene.env.ref('mail.mail_activity_data_call')
    rows, notes = [], []
    for number, call in enumerate(calls(scene.today)):
        account, user = scene.partners[call.account], scene.users[call.user]
        summary = f"{call.summary} ({call.contact})"
        rows.append({
            'res_model_id': scene.env['ir.model']._get_id('res.partner'),
            'res_id': account.id,
            'activity_type_id': call_type.id,
            'summary': summary,
            'user_id': user.id,
            'date_deadline': call.day,
            'active': False,
        })
        notes.append({
            'model': 'res.partner',
            'res_id': account.id,
            'message_type': 'notification',
            'subtype_id': scene.env.ref('mail.mt_activities').id,
            'mail_activity_type_id': call_type.id,
            'author_id': user.partner_id.id,
            'email_from': user.email_formatted,
            'date': dice.moment(call.day, 'call', number),
            'body': Markup("<p>%s</p>") % summary,
        })
    activities = scene.create('mail.activity', rows)
    for activity, row in zip(activities, rows, strict=True):
        activity.date_done = row['date_deadline']
    return notes


def _threads(scene):
    """Return the deals and orders of each account, to hang mails on."""
    leads = scene.env['crm.lead'].with_context(active_test=False).search([('team_id', '=', scene.team.id), ('partner_id', '!=', False)])
    orders = scene.env['sale.order'].search([('team_id', '=', scene.team.id)])
    by_account = {'deal': leads.sorted('create_date').grouped(lambda lead: lead.partner_id.commercial_partner_id),
                  'order': orders.sorted('date_order').grouped('partner_id')}
    return {
        key: {on: by_account[on].get(partner, ()) for on in by_account}
        for key, partner in scene.partners.items()}


def _thread_of(scene, threads, mail):
    """Return the record a mail belongs to: the latest deal or order before it, else the account."""
    date = datetime(mail.day.year, mail.day.month, mail.day.day)
    found = [record for record in threads[mail.account].get(mail.on, ())
             if (record.date_order if mail.on == 'order' else record.create_date) <= date]
    return found[-1] if found else scene.partners[mail.account]


def _mails(scene):
    """Return the messages of the mails, each in its thread."""
    threads = _threads(scene)
    rows = []
    for number, mail in enumerate(mails(scene.today)):
        contact, user = scene.contacts[mail.account, mail.contact], scene.users[mail.user]
        thread = _thread_of(scene, threads, mail)
        author = contact if mail.inbound else user.partner_id
        rows.append({
            'model': thread._name,
            'res_id': thread.id,
            'message_type': 'email' if mail.inbound else 'comment',
            'subtype_id': scene.env.ref('mail.mt_comment').id,
            'author_id': author.id,
            'email_from': f'"{author.name}" <{email_of(mail.account, mail.contact)}>' if mail.inbound else user.email_formatted,
            'partner_ids': [Command.set([] if mail.inbound else contact.ids)],
            'subject': mail.subject,
            'body': Markup("<p>%s</p>") % mail.text,
            'date': dice.moment(mail.day, 'mail', number),
        })
    return rows
