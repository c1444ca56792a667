from datetime import timedelta

from odoo.fields import Datetime


class ServiceOperations:
    """Questions of customers and their answers, working times, and what accounts are owed."""

    def populate_service(self):
        case = self.case
        self.schedule = case.company.resource_calendar_id
        self.tiers = self.env['kam.tier'].search([])
        for number, account in enumerate(self.accounts):
            for month in (1, 2, 3):
                document = case.lead(account, created='2025-01-01 12:00:00', name="World service")
                case.message(document, self.people_of(account)[-1:], f'2025-{month:02}-28 22:30:00', kind='email')
                for answered in {1: ['2025-01-29'], 3: ['2025-04-03']}.get(month, []):
                    case.message(document, self.users[number % 3].partner_id, f'{answered} {8 + number:02}:45:00')
            account.filtered('is_key_account').write({'kam_tier_id': self.tiers[number % 2].id, 'kam_since_date': '2025-01-14'})
            document.medium_id = self.env.ref('utm.utm_medium_website')

    def do_question(self):
        if document := self.document():
            message = self.case.message(document, self.anybody(), self.moment(), kind='email')
            return f"{message.id} on {document} by {message.author_id.id} at {message.date}"

    def do_answer_to_customer(self):
        question = self.post(('author_id', 'in', self.people.exists().ids))
        if question and self.env[question.model].browse(question.res_id).exists():
            document = self.env[question.model].browse(question.res_id)
            when = question.date + timedelta(hours=self.random.choice([0, 1, 7, 20, 100]))
            message = self.case.message(document, self.pick(self.users).partner_id, when)
            return f"{message.id} on {document} to {question.id} at {when}"

    def do_working_hours(self):
        line = self.pick(self.schedule.attendance_ids)
        line.hour_to = line.hour_from + self.random.choice([1, 2.5, 4])
        return f"{line.dayofweek} {line.hour_from} to {line.hour_to}"

    def do_working_zone(self):
        self.schedule.tz = self.random.choice(['UTC', 'Europe/Paris', 'America/New_York'])
        return self.schedule.tz

    def do_holiday(self):
        start = Datetime.to_datetime(self.day())
        leaves = self.env['resource.calendar.leaves'].search([('calendar_id', '=', self.schedule.id), ('resource_id', '=', False)])
        if leaves and self.random.random() < 0.4:
            leaves[0].unlink()
            return "one less"
        self.env['resource.calendar.leaves'].create({
            'name': "Holiday", 'calendar_id': self.schedule.id, 'date_from': start, 'date_to': start + timedelta(hours=self.random.choice([10, 24]))})
        return str(start)

    def do_agreed_hours(self):
        company = self.case.company
        company.write({'kam_sla_hours': self.random.choice([1, 8, 40]), 'kam_response_hours': self.random.choice(['working', 'calendar'])})
        return f"{company.kam_sla_hours} {company.kam_response_hours}"

    def do_schedule_taken_away(self):
        company = self.case.company
        company.resource_calendar_id = self.env['resource.calendar'] if company.resource_calendar_id else self.schedule
        return str(company.resource_calendar_id.id)

    def do_days_to_win(self):
        self.case.company.kam_conversion_days = self.random.choice([7, 30, 90])
        return str(self.case.company.kam_conversion_days)

    def do_tier(self):
        account = self.account()
        with self.case.calendar(Datetime.to_datetime(self.day()).date()):
            account.kam_tier_id = self.random.choice([self.pick(self.tiers), self.env['kam.tier']])
        return f"{account.id} {account.kam_tier_id.code}"

    def do_tier_cadence(self):
        tier = self.pick(self.tiers)
        tier.meetings_per_month = self.random.choice([0, 0.5, 3])
        return f"{tier.code} {tier.meetings_per_month}"

    def do_key_account_since(self):
        account = self.account()
        account.kam_since_date = self.random.choice([self.day(), False])
        return f"{account.id} {account.kam_since_date}"

    def do_document_company(self):
        if lead := self.some('crm.lead'):
            company = self.random.choice([self.case.company.id, self.other_company.id, None])
            return self.sql("UPDATE crm_lead SET company_id = %s WHERE id = %s", company, lead.id)

    def do_lead_value(self):
        if lead := self.some('crm.lead'):
            lead.expected_revenue = self.random.choice([0, 1000, 2500.5])
            return f"{lead.id} {lead.expected_revenue}"

    def do_lead_medium(self):
        if lead := self.some('crm.lead'):
            lead.medium_id = self.random.choice([self.env.ref('utm.utm_medium_website'), self.env['utm.medium']])
            return f"{lead.id} {lead.medium_id.id}"

    def do_meeting_long(self):
        if meeting := self.meeting(('allday', '=', False)):
            meeting.stop = meeting.start + timedelta(hours=self.random.choice([1, 30]))
            return f"{meeting.id} until {meeting.stop}"
