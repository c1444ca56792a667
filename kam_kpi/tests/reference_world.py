"""A random little company: thirty months of documents of every kind, for the comparison with the reference."""
from datetime import date, timedelta

from odoo import Command

from .world import World

FIRST_DAY, LAST_DAY = date(2024, 1, 1), date(2026, 7, 5)
# Left out: what no text defines a figure for, as persons who are users and contacts of a customer at once.
UNDEFINED = {
    'do_contact_becomes_user', 'do_sql_user_share', 'do_sql_partner_company', 'do_partner_company', 'do_assignment_in_the_past',
    'do_question_mark', 'do_question_purpose', 'do_account_type', 'do_sql_delete_line',
    'do_question_scale', 'do_question_numbers', 'do_document_company',
}


class ReferenceWorld(World):
    """A :class:`World` over thirty months in which everything is drawn by lot, edges rather often."""

    def day(self):
        day = FIRST_DAY + timedelta(days=self.random.randrange((LAST_DAY - FIRST_DAY).days))
        if self.random.random() < 0.3:
            day = day.replace(day=1) - timedelta(days=self.random.choice([0, 1]))
        return str(max(day, FIRST_DAY))

    def moment(self):
        return f'{self.day()} {self.random.choice(["00:30:00", "09:15:00", "12:00:00", "22:30:00", "23:45:00"])}'

    @classmethod
    def edits(cls):
        return [name for name in cls.operations() if name not in UNDEFINED]

    def times(self, low, high):
        return range(self.random.randint(low, high))

    def chance(self, probability):
        return self.random.random() < probability

    # people

    def populate_people(self):
        case = self.case
        self.accounts = self.env['res.partner'].union(*(
            case.customer(f"World {number}", key=number != 2) for number in range(self.random.randint(3, 5))))
        self.contacts = self.env['res.partner'].union(*(
            case.contact(account, f"{account.name}.{number}", active=not self.chance(0.2))
            for account in self.accounts for number in self.times(1, 5)))
        self.users = case.diana | case.new_user('anna', 'kam_kpi.group_kam_user') | case.new_user('ben', 'kam_kpi.group_kam_user')
        self.people = self.accounts | self.contacts
        case.company.kam_tz = self.random.choice(['UTC', 'Europe/Paris', 'Pacific/Auckland', 'America/New_York'])

    # money

    def populate_money(self):
        case = self.case
        self.products = case.sensor | case.gateway | case.support_plan | case.training_day
        for product in self.products:
            product.standard_price = self.random.choice([0, 5, 12.5, 40])
        # All at once: Odoo takes most of its time for each single invoice.
        company = case.company
        moves = self.env['account.move'].with_company(company).create([self.random_invoice(company) for _number in self.times(22, 32)])
        cancelled = moves.filtered(lambda move: self.chance(0.1))
        (moves - cancelled).filtered(lambda move: self.chance(0.9)).action_post()
        cancelled.button_cancel()

    def random_invoice(self, company):
        lines = [self.random_line() for _line in self.times(1, 3)]
        kind = self.random.choice(['out_invoice'] * 6 + ['out_refund'] * 2 + ['out_receipt'])
        rate = self.random.choice([None, None, 1.1, 1.3])
        return {
            'move_type': kind, 'partner_id': self.anybody().id, 'invoice_date': self.day(), 'company_id': company.id,
            'invoice_line_ids': [Command.create(self.case.line(line, company)) for line in lines],
            **({'currency_id': self.case.usd.id, 'invoice_currency_rate': rate} if rate else {}), **self.booked(lines, kind),
        }

    def random_line(self):
        if self.chance(0.15):
            return self.amount()
        values = {
            'product_id': self.pick(self.products).id, 'name': "Line", 'price_unit': self.amount(), 'quantity': self.random.choice([1, 1, 2, 7.5])}
        if self.chance(0.15):
            kind = self.random.choice(['income_other', 'liability_current'])
            values['account_id'] = self.case.account(kind).id
        if self.chance(0.1):
            values['product_uom_id'] = self.env.ref('uom.product_uom_dozen').id
        return values

    def booked(self, lines, kind):
        """Sometimes the cost of one product of the invoice as perpetual valuation books it."""
        products = [line['product_id'] for line in lines if isinstance(line, dict)]
        if not products or not self.chance(0.15):
            return {}
        cost = self.random.choice([3, 21.5]) * (-1 if kind == 'out_refund' else 1)
        return {'line_ids': [Command.create({
            'product_id': products[0], 'display_type': 'cogs', 'name': "Cost", 'tax_ids': [Command.clear()],
            'account_id': self.case.account(account).id, 'balance': balance, 'quantity': 1,
        }) for account, balance in (('expense', cost), ('asset_current', -cost))]}

    # opportunities

    def populate_pipeline(self):
        case = self.case
        self.reasons = self.env['crm.lost.reason'].create([{'name': "World price"}, {'name': "World spam", 'kam_spam': True}])
        for _number in self.times(10, 15):
            options = {'created': self.moment(), 'name': "World", 'user': self.pick(self.users)}
            fate = self.random.choice(['won', 'won', 'lost', 'lost', 'open', 'lead', 'converted', 'archived', 'reopened'])
            person = self.anybody() if self.chance(0.9) else None
            if fate == 'won':
                case.won(person, self.moment(), **options)
            elif fate in ('lost', 'reopened'):
                lead = case.lost(person, self.moment(), self.pick(self.reasons), **options)
                if fate == 'reopened':
                    lead.action_unarchive()
                    lead.probability = self.random.choice([0, 20])
            else:
                self.open_lead(case.lead(person, kind='lead' if fate in ('lead', 'converted') else 'opportunity', **options), fate)

    def open_lead(self, lead, fate):
        if fate == 'archived':
            lead.action_archive()
            lead.date_closed = self.moment()
        elif fate == 'converted':
            lead.convert_opportunity(self.anybody())
            lead.date_conversion = self.moment()
            if self.chance(0.3):
                lead.action_set_lost(lost_reason_id=self.pick(self.reasons).id)

    # contacts with customers

    def populate_touch(self):
        for _number in self.times(8, 12):
            people = self.anybody() | self.anybody() | (self.pick(self.users).partner_id if self.chance(0.4) else self.env['res.partner'])
            meeting = self.case.meeting(self.moment()[:14] + '00:00', *people, organiser=self.pick(self.users))
            if self.chance(0.2):
                day = self.day()
                meeting.write({'allday': True, 'start_date': day, 'stop_date': day, 'start': f'{day} 08:00:00', 'stop': f'{day} 18:00:00'})
            for attendee in meeting.attendee_ids:
                attendee.state = self.random.choice(['accepted', 'needsAction', 'declined', 'tentative'])
            if self.chance(0.15):
                meeting.active = False
        for _number in self.times(3, 6):
            self.do_call()
            self.do_meeting_activity()
        for _number in self.times(15, 30):
            self.do_message()

    def populate_service(self):
        case = self.case
        self.schedule, self.tiers = case.company.resource_calendar_id, self.env['kam.tier'].search([])
        self.schedule.tz = case.company.kam_tz
        for _number in self.times(10, 20):
            self.do_question()
        for _number in self.times(10, 20):
            self.do_answer_to_customer()
        for _number in self.times(2, 4):
            self.do_tier()
            self.do_holiday()
        for lead in self.env['crm.lead'].with_context(active_test=False).search([('name', '=like', 'World%')]):
            lead.expected_revenue = self.random.choice([0, 1000, 2500.5, 4000])

    # voices

    def populate_voice(self):
        case = self.case
        self.questions = self.env['survey.question'].union(*(
            case.survey(*scale) for scale in (['nps'], ['csat', 1, 5], ['nps'], ['csat', 1, 5], ['ces', 1, 7], ['csat', 1, 10])))
        for _number in self.times(15, 30):
            case.rating(self.anybody(), self.random.choice([0, 1, 3, 5]), self.moment(), consumed=self.chance(0.85))
        for number in self.times(50, 80):
            question = self.questions[4] if number % 3 else self.pick(self.questions)
            scale = range(question.scale_min, question.scale_max + 1)
            case.answer(
                question, self.anybody() if self.chance(0.9) else None, self.random.choice([*scale, None]), self.moment(),
                done=self.chance(0.9), test_entry=self.chance(0.1))

    # the books and the account plans

    def populate_books(self):
        self.prepare_books()
        self.repeat(self.do_order, 6, 12)
        self.repeat(self.do_spent, 8, 16)
        self.repeat(self.do_entry, 3, 6)
        self.repeat(self.do_customer_since, 0, 1)

    def populate_plans(self):
        for _number in self.times(8, 14):
            self.random_agreement()
        self.repeat(self.do_goal, 8, 14)
        self.repeat(self.do_wallet, 3, 8)

    def repeat(self, operation, low, high):
        for _number in self.times(low, high):
            operation()

    def random_agreement(self):
        case, account, value = self.case, self.account(), self.random.choice([0, 100, 999.99])
        end = date.fromisoformat(self.day())
        options = {'currency_id': self.random.choice([case.eur, case.eur, case.usd]).id}
        if self.chance(0.5):
            start = end + timedelta(days=self.random.choice([1, 1, 30, 31, 60]))
            worth, state = self.random.choice([50, 100, 1500]), self.random.choice(['active', 'active', 'draft', 'lost'])
            following = case.agreement(account, start, '2031-01-01', worth, state=state)
            case.agreement(account, '2023-01-01', end, value, successor_id=following.id, **options)
        else:
            case.agreement(account, '2023-01-01', end, value, state=self.random.choice(['active', 'active', 'lost', 'draft']), **options)
