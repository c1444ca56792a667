from odoo import Command
from odoo.fields import Datetime


class TouchOperations:
    """Meetings, calls and messages."""

    def populate_touch(self):
        case = self.case
        for number, account in enumerate(self.accounts):
            person = self.people_of(account)[-1:]
            lead = self.env['crm.lead'].with_context(active_test=False).search([('partner_id.commercial_partner_id', '=', account.id)], limit=1)
            for month in (1, 2, 3):
                case.meeting(f'2025-{month:02}-28 23:00:00', person, organiser=self.users[number % 3])
                case.message(lead, person, f'2025-{month:02}-28 23:45:00', kind='email')
                case.message(account, self.users[number % 3].partner_id, f'2025-{month:02}-14 12:00:00', partner_ids=[Command.set(person.ids)])
            case.meeting('2025-02-14 09:00:00', person, self.accounts[0], self.users[1].partner_id)
            case.activity(lead, 'phonecall', '2025-02-28 22:30:00', user=self.users[1])
            case.activity(account, 'meeting', '2025-02-14 12:00:00', user=self.users[2])

    def document(self):
        """A document people write on: a lead, an account, an invoice."""
        return self.random.choice([
            lambda: self.some('crm.lead'), self.anybody, lambda: self.some('account.move')])()

    def meeting(self, *domain):
        return self.some('calendar.event', domain, dont_notify=True, no_mail_to_attendees=True)

    def post(self, *domain):
        """A message of this world: by its people, on its documents."""
        people = (self.people.exists() | self.users.partner_id).ids
        return self.some('mail.message', [('body', 'like', 'Hello'), ('author_id', 'in', people), *domain])

    def done(self):
        return self.some('mail.activity', [('active', '=', False), ('user_id', 'in', self.users.ids)])

    def do_meeting_create(self):
        people = self.anybody() | self.anybody()
        meeting = self.case.meeting(self.moment()[:14] + '00:00', *people, organiser=self.pick(self.users))
        return f"{meeting.id} of {people.ids} at {meeting.start}"

    def do_meeting_move(self):
        if meeting := self.meeting():
            start = Datetime.to_datetime(self.moment()).replace(minute=0)
            meeting.write({'start': start, 'stop': start.replace(minute=30)})
            return f"{meeting.id} to {start}"

    def do_meeting_all_day(self):
        if meeting := self.meeting():
            day = self.day()
            meeting.write({'allday': True, 'start_date': day, 'stop_date': day, 'start': f'{day} 08:00:00', 'stop': f'{day} 18:00:00'})
            return f"{meeting.id} on {day}"

    def do_meeting_archive(self):
        if meeting := self.meeting():
            meeting.active = not meeting.active
            return f"{meeting.id} {meeting.active}"

    def do_meeting_delete(self):
        if meeting := self.meeting():
            label = str(meeting.id)
            meeting.unlink()
            return label

    def do_meeting_people(self):
        if meeting := self.meeting():
            meeting.partner_ids = [Command.set((self.anybody() | self.anybody() | self.pick(self.users).partner_id).ids)]
            return f"{meeting.id} {meeting.partner_ids.ids}"

    def do_meeting_organiser(self):
        if meeting := self.meeting():
            meeting.user_id = self.random.choice([self.pick(self.users), self.env['res.users']])
            return f"{meeting.id} by {meeting.user_id.id}"

    def do_attendee_state(self):
        if meeting := self.meeting():
            if attendee := self.pick(meeting.attendee_ids):
                attendee.state = self.random.choice(['declined', 'accepted', 'needsAction'])
                return f"{attendee.partner_id.id} {attendee.state} {meeting.id}"

    def do_sql_attendee(self):
        if meeting := self.meeting():
            if attendee := self.pick(meeting.attendee_ids):
                return self.sql("UPDATE calendar_attendee SET partner_id = %s WHERE id = %s", self.anybody().id, attendee.id)

    def do_sql_delete_meeting(self):
        if meeting := self.meeting():
            return self.sql("DELETE FROM calendar_event WHERE id = %s", meeting.id)

    def do_call(self):
        if document := self.document():
            message = self.case.activity(document, 'phonecall', self.moment(), user=self.pick(self.users))
            return f"{message.id} on {document} at {message.date}"

    def do_meeting_activity(self):
        if document := self.document():
            self.case.activity(document, 'meeting', self.moment(), user=self.pick(self.users))
            return str(document)

    def do_activity_delete(self):
        if activity := self.done():
            label = str(activity.id)
            activity.unlink()
            return label

    def do_activity_redate(self):
        if activity := self.done():
            activity.date_done = self.day()
            return f"{activity.id} to {activity.date_done}"

    def do_activity_category(self):
        activity_type = self.some('mail.activity.type', [('category', 'in', ('phonecall', 'meeting'))])
        if activity_type:
            activity_type.category = 'meeting' if activity_type.category == 'phonecall' else 'phonecall'
            return f"{activity_type.id} {activity_type.category}"

    def do_message(self):
        if document := self.document():
            author = self.random.choice([self.anybody(), self.pick(self.users).partner_id])
            people = self.random.choice([self.env['res.partner'], self.anybody()])
            message = self.case.message(
                document, author, self.moment(), kind=self.random.choice(['comment', 'email']), partner_ids=[Command.set(people.ids)],
                subtype=self.random.choice(['mail.mt_comment', 'mail.mt_comment', 'mail.mt_note']))
            return f"{message.id} on {document} by {author.id} to {people.ids} at {message.date}"

    def do_message_delete(self):
        if message := self.post():
            label = str(message.id)
            message.unlink()
            return label

    def do_message_edit(self):
        if message := self.post():
            name, value = self.random.choice([
                ('date', self.moment()), ('is_internal', True), ('subtype_id', self.env.ref('mail.mt_note').id), ('author_id', self.anybody().id),
                ('author_id', self.pick(self.users).partner_id.id), ('message_type', 'notification')])
            message.write({name: value})
            return f"{message.id} {name} {value}"

    def do_message_move(self):
        document = self.document()
        if (message := self.post()) and document:
            message.write({'model': document._name, 'res_id': document.id})
            return f"{message.id} to {document}"

    def do_message_people(self):
        if message := self.post():
            message.partner_ids = [Command.set(self.random.choice([[], self.anybody().ids, self.people.exists().ids]))]
            return f"{message.id} to {message.partner_ids.ids}"

    def do_sql_message_thread(self):
        lead = self.some('crm.lead')
        if (message := self.post(('model', '=', 'crm.lead'))) and lead:
            return self.sql("UPDATE mail_message SET res_id = %s WHERE id = %s", lead.id, message.id)
