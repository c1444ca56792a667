"""What happened in a company, read from its documents one by one: the ground the reference figures stand on."""
from datetime import timedelta
from zoneinfo import ZoneInfo

from .reference_books_documents import BooksDocuments

DOCUMENTS = ('res.partner', 'crm.lead', 'sale.order', 'account.move')


class Documents(BooksDocuments):
    """What happened, as lists of plain tuples read from the documents of one company."""

    def __init__(self, env, company):
        env.invalidate_all()
        self.env = env(su=True, context={**env.context, 'active_test': False})
        self.company = company.with_env(self.env)
        self.zone = ZoneInfo(company.kam_tz)
        self.internal = self.env['res.users'].search([('share', '=', False)]).partner_id - self.env.ref('base.partner_root')
        self.read_invoices()
        self.read_leads()
        self.read_meetings()
        self.read_messages()
        self.read_voices()
        self.read_books()

    def day(self, moment):
        """The company's day of a UTC time."""
        return moment.replace(tzinfo=ZoneInfo('UTC')).astimezone(self.zone).date()

    def ours(self, partner, document_company=None):
        return (document_company or partner.company_id or self.company) == self.company

    # money

    def read_invoices(self):
        self.lines = []
        moves = self.env['account.move'].search([
            ('company_id', '=', self.company.id), ('move_type', 'in', ('out_invoice', 'out_refund', 'out_receipt'))])
        for move in moves:
            account = move.commercial_partner_id.commercial_partner_id
            for line in move.line_ids:
                if self.is_revenue(line):
                    cost = self.booked_cost(line)
                    self.lines.append((account, line.invoice_date, line.product_id, -line.balance, self.usual_cost(line) if cost is None else cost))

    def booked_cost(self, line):
        """This line's share, by quantity, of what its invoice books as cost of the product; None when it books none."""
        alike = line.move_id.line_ids.filtered(lambda other: other.product_id == line.product_id)
        booked = alike.filtered(lambda other: other.display_type == 'cogs' and other.account_id.internal_group == 'expense')
        if not line.product_id or not booked:
            return None
        sold = sum(self.quantity(other) for other in alike if other.display_type == 'product')
        return sum(booked.mapped('balance')) * self.quantity(line) / sold or None

    def quantity(self, line):
        """How much of the product a line is about, in the product's own unit."""
        return line.product_uom_id._compute_quantity(line.quantity, line.product_id.uom_id, round=False)

    def is_revenue(self, line):
        return (line.parent_state == 'posted' and line.display_type == 'product' and not line.is_downpayment
                and line.account_id.account_type in ('income', 'income_other'))

    def usual_cost(self, line):
        """Cost by the product's unit cost at posting, None when it is not known."""
        product = line.product_id.with_company(self.company)
        if not product:
            return None
        kept = line.kam_cost_product == product.id and line.kam_unit_cost
        cost = (-1 if line.move_id.move_type == 'out_refund' else 1) * (kept or product.standard_price) * self.quantity(line)
        return cost or (0.0 if product.kam_no_cost else None)

    # opportunities

    def read_leads(self):
        self.closed, self.qualified = [], []
        for lead in self.env['crm.lead'].search([('partner_id', '!=', False)]):
            account = lead.partner_id.commercial_partner_id
            if not self.ours(lead.partner_id, lead.company_id):
                continue
            if lead.type == 'opportunity' and lead.won_status in ('won', 'lost') and lead.date_closed:
                self.closed.append((account, self.day(lead.date_closed), lead.won_status == 'won'))
            since = lead.date_conversion or (lead.type == 'opportunity' and lead.create_date)
            if since and not lead.lost_reason_id.kam_spam:
                self.qualified.append((account, self.day(since), lead))

    # contacts with customers

    def read_meetings(self):
        self.meetings = []
        for event in self.env['calendar.event'].search([]):
            there = event.attendee_ids.filtered(lambda attendee: attendee.state != 'declined').partner_id
            if not event.active or not (event.user_id.partner_id | there) & self.internal:
                continue
            day = event.start_date if event.allday else self.day(event.start)
            over = event.stop_date if event.allday else self.day(event.stop - timedelta(seconds=1))
            for account in (there - self.internal).commercial_partner_id:
                self.meetings.append((account, day, event, over))
        for activity in self.env['mail.activity'].search([('date_done', '!=', False), ('res_model', 'in', DOCUMENTS)]):
            if activity.activity_type_id.category == 'meeting' and not activity.calendar_event_id:
                account = self.account_of(activity.res_model, activity.res_id)
                if account:
                    self.meetings.append((account, activity.date_done, activity))

    def account_of(self, model, res_id):
        """The account of a document of this company, nothing when it has none."""
        document = self.env[model].browse(res_id).exists()
        partner = document if model == 'res.partner' else document.partner_id
        if not partner or not self.ours(partner, document.company_id):
            return self.env['res.partner']
        return partner.commercial_partner_id

    def read_messages(self):
        self.calls, self.exchanges = [], []
        talk, done = self.env.ref('mail.mt_comment'), self.env.ref('mail.mt_activities')
        for message in self.env['mail.message'].search([('model', 'in', DOCUMENTS), ('res_id', '!=', 0)]):
            account = self.account_of(message.model, message.res_id)
            if message.subtype_id == done and message.mail_activity_type_id.category == 'phonecall':
                self.calls += [(partner, self.day(message.date), message) for partner in account]
            if message.subtype_id == talk and message.message_type in ('comment', 'email') and not message.is_internal:
                thread = (message.model, message.res_id, self.day(message.date))
                self.exchanges += [(partner, thread[2], thread) for partner in self.spoken_to(message, account)]

    def spoken_to(self, message, account):
        """The accounts in touch by a message: the document's, and those it is addressed to by us, or else the author's."""
        people = message.partner_ids if message.author_id in self.internal else message.author_id
        return account | people.commercial_partner_id

    # the voice of customers

    def read_voices(self):
        self.ratings, self.answers = [], {'csat': [], 'nps': []}
        for rating in self.env['rating.rating'].search([('res_model', 'in', ('project.task', 'discuss.channel'))]):
            if rating.consumed and rating.rating >= 1 and rating.partner_id and self.ours(rating.partner_id):
                moment = rating.rated_on or rating.write_date
                self.ratings.append((rating.partner_id.commercial_partner_id, self.day(moment), rating.rating >= 4))
        for line in self.env['survey.user_input.line'].search([('skipped', '=', False), ('answer_type', 'in', ('scale', 'numerical_box'))]):
            answer, question = line.user_input_id, line.question_id
            person = answer.partner_id
            if question.kam_purpose not in self.answers or answer.state != 'done' or answer.test_entry or not person or not self.ours(person) \
                    or not answer.end_datetime:
                continue
            value = line.value_scale if line.answer_type == 'scale' else line.value_numerical_box
            key = person if question.kam_purpose == 'nps' else (person, question)
            good = value >= (question.kam_satisfied_from or 4) if question.kam_purpose == 'csat' else (value >= 9) - (value <= 6)
            moment = answer.end_datetime
            self.answers[question.kam_purpose].append((person.commercial_partner_id, self.day(moment), (moment, line.id), key, int(good)))
