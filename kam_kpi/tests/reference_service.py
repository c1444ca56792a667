"""A second opinion on satisfaction, contacts, waits and leads: one by one, without a line of the engine."""
from datetime import datetime, time, timedelta
from statistics import median
from zoneinfo import ZoneInfo

from .reference import Reference, amount, no_data, ratio, whole_months
from .reference_documents import DOCUMENTS, Documents

UTC = ZoneInfo('UTC')
SERVICE_CODES = [
    'csat_mean', 'ces_mean', 'ces_favourable_pct', 'calls_count', 'emails_sent_count', 'meetings_count', 'touch_coverage_pct',
    'days_since_last_interaction', 'response_time_hours', 'response_within_sla_pct', 'lead_conversion_pct', 'win_rate_value_pct',
    'sales_cycle_days', 'qualified_leads_per_month',
]


class ServiceDocuments(Documents):
    """What happened, as far as these figures look at it."""

    def __init__(self, env, company):
        super().__init__(env, company)
        self.read_points()
        self.read_talks()
        self.read_deals()

    def midnight(self, day):
        """The UTC time at which a day begins in the company."""
        return datetime.combine(day, time(), self.zone).astimezone(UTC).replace(tzinfo=None)

    def read_points(self):
        """Ratings, and answers on the scales from 1 to 5 and from 1 to 7."""
        self.points = {'csat': [], 'ces': []}
        for line in self.env['survey.user_input.line'].search([('skipped', '=', False), ('answer_type', '=', 'scale')]):
            answer, question = line.user_input_id, line.question_id
            person, top = answer.partner_id, {'csat': 5, 'ces': 7}.get(question.kam_purpose)
            if answer.state == 'done' and not answer.test_entry and answer.end_datetime and person and self.ours(person) \
                    and (question.scale_min, question.scale_max) == (1, top) and 1 <= line.value_scale <= top:
                self.points[question.kam_purpose].append((
                    person.commercial_partner_id, self.day(answer.end_datetime), (answer.end_datetime, answer.id), (person, question),
                    line.value_scale))
        self.rating_points = [
            (rating.partner_id.commercial_partner_id, self.day(rating.rated_on or rating.write_date), rating.rating)
            for rating in self.env['rating.rating'].search([('consumed', '=', True), ('res_model', 'in', ('project.task', 'discuss.channel'))])
            if rating.rating >= 1 and rating.partner_id and self.ours(rating.partner_id)]

    def read_talks(self):
        """Messages we sent, and waits: ``(account, day opened, when opened, when closed or None)``."""
        self.sent, self.waits, threads = [], [], {}
        talk = self.env.ref('mail.mt_comment')
        for message in self.env['mail.message'].search([
                ('model', 'in', DOCUMENTS), ('res_id', '!=', 0), ('subtype_id', '=', talk.id), ('message_type', 'in', ('comment', 'email')),
                ('is_internal', '=', False)], order='date, id'):
            threads.setdefault((message.model, message.res_id), []).append(message)
            if message.author_id in self.internal:
                account = self.account_of(message.model, message.res_id)
                self.sent += [(partner, self.day(message.date), message) for partner in self.spoken_to(message, account)]
        for (model, res_id), messages in threads.items():
            self.read_thread(self.env[model].browse(res_id).exists(), messages)

    def read_thread(self, document, messages):
        opened = {}
        for message in messages:
            author = message.author_id
            if author in self.internal:
                self.waits += [(account, self.day(asked), asked, message.date) for account, asked in opened.items()]
                opened = {}
            elif author and author != self.env.ref('base.partner_root') and self.ours(author, document.company_id):
                opened.setdefault(author.commercial_partner_id, message.date)
        self.waits += [(account, self.day(asked), asked, None) for account, asked in opened.items()]

    def hours(self, start, stop):
        """How long a wait was, as the company counts it."""
        schedule = self.company.resource_calendar_id
        if self.company.kam_response_hours == 'calendar' or not schedule:
            return (stop - start).total_seconds() / 3600
        return schedule.get_work_hours_count(start, stop, domain=[('time_type', '=', 'leave'), ('company_id', 'in', (False, self.company.id))])

    def read_deals(self):
        self.created, self.values, self.cycles = [], [], []
        for lead in self.env['crm.lead'].search([('partner_id', '!=', False)]):
            account = lead.partner_id.commercial_partner_id
            if not self.ours(lead.partner_id, lead.company_id):
                continue
            won = lead.won_status == 'won'
            if not lead.lost_reason_id.kam_spam:
                limit = lead.create_date + timedelta(days=self.company.kam_conversion_days)
                self.created.append((account, self.day(lead.create_date), bool(won and lead.date_closed and lead.date_closed < limit)))
            if lead.type == 'opportunity' and lead.won_status in ('won', 'lost') and lead.date_closed:
                self.values.append((account, self.day(lead.date_closed), won, lead.expected_revenue))
                if won:
                    since = lead.date_conversion or lead.create_date
                    self.cycles.append((account, self.day(lead.date_closed), (lead.date_closed - since).total_seconds() / 86400))

    def meetings_owed(self, account, day):
        """How many meetings a month the account was owed on the eve of a day."""
        rows = self.env['kam.tier.history'].search([('partner_id', '=', account.id)]).sorted(lambda row: (row.date_from, row.id))
        known = [row.tier_id for row in rows if row.date_from < day]
        if not rows and (not account.kam_since_date or account.kam_since_date < day):
            known = [account.kam_tier_id]
        return known[-1].meetings_per_month if known and account.is_key_account else 0


class ServiceReference(Reference):
    """The figures of these documents."""

    def csat_mean(self):
        return self.mean([row[2] for row in self.events(self.docs.rating_points)] + self.last_points('csat'))

    def ces_mean(self):
        return self.mean(self.last_points('ces'))

    def ces_favourable_pct(self):
        points = self.last_points('ces')
        return self.voices(points, sum(value >= 5 for value in points))

    def last_points(self, purpose):
        answers = sorted(self.events(self.docs.points[purpose]), key=lambda row: row[2])
        return list({row[3]: row[4] for row in answers}.values())

    def mean(self, points):
        if len(points) < 5:
            return no_data('insufficient_sample', sum(points), len(points))
        return ratio(sum(points), len(points), scale=1)

    def calls_count(self):
        return amount(self.distinct(self.docs.calls))

    def emails_sent_count(self):
        return amount(self.distinct(self.docs.sent))

    def meetings_count(self):
        return amount(self.distinct(self.docs.meetings))

    def months(self):
        return whole_months(self.start, self.to) or (self.to - self.start) / timedelta(days=30.4375)

    def touch_coverage_pct(self):
        accounts, touched = self.accounts, 0
        for account in accounts:
            self.accounts = {account}
            contacts = self.distinct(self.docs.meetings, self.docs.calls, self.docs.exchanges)
            touched += contacts >= max(1, self.docs.meetings_owed(account, self.to) * self.months())
        self.accounts = accounts
        return ratio(touched, len(accounts))

    def days_since_last_interaction(self):
        ages = []
        for account in self.accounts:
            days = [row[1] for rows in (self.docs.meetings, self.docs.calls, self.docs.exchanges) for row in rows
                    if row[0] == account and row[1] < self.to]
            ages += [(self.to - max(days)).days] if days else []
        return amount(median(ages)) if ages else no_data('insufficient_sample')

    # waits: what is answered today or later is not known to be answered

    def answered(self):
        end = self.docs.midnight(self.today)
        waits = self.events(self.docs.waits)
        return [self.docs.hours(*row[2:]) for row in waits if row[3] and row[3] < end], \
            [self.docs.hours(row[2], end) for row in waits if not row[3] or row[3] >= end]

    def response_time_hours(self):
        closed, _waiting = self.answered()
        return amount(median(closed)) if closed else no_data('insufficient_sample')

    def response_within_sla_pct(self):
        closed, waiting = self.answered()
        allowed = self.docs.company.kam_sla_hours
        in_time = sum(round(hours, 6) <= allowed for hours in closed)
        return ratio(in_time, len(closed) + sum(round(hours, 6) > allowed for hours in waiting))

    # leads

    def lead_conversion_pct(self):
        created = self.events(self.docs.created)
        return ratio(sum(won for _account, _day, won in created), len(created))

    def win_rate_value_pct(self):
        closed = self.events(self.docs.values)
        return ratio(sum(value for _account, _day, won, value in closed if won), sum(row[3] for row in closed))

    def sales_cycle_days(self):
        days = [row[2] for row in self.events(self.docs.cycles)]
        return amount(median(days)) if days else no_data('insufficient_sample')

    def qualified_leads_per_month(self):
        return amount(self.distinct(self.docs.qualified) / self.months())
