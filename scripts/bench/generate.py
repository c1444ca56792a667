"""A company of the size asked for, with three years of documents: a sample of each made by Odoo, copied by SQL.

    python generate.py CONFIGURATION DATABASE SIZE
"""
import sys

from company import Company
from connect import environment
from copies import Copier
from sizes import CONTACTS, LINES, MONTHS, PRODUCTS, SIZES

DAYS = MONTHS * 30
# Documents are older than today, so that nothing lies in the future in any time zone.
DAY = f"(CURRENT_DATE - 2 - floor({DAYS} * r(g, 1))::int)"
MOMENT = f"({DAY} + interval '8 hours' + floor(r(g, 2) * 540) * interval '1 minute')"


class Generator:
    """Each method makes one kind of document; ids of copies follow one another, so that documents can name one another."""

    def __init__(self, env, size):
        self.env, self.size = env, size
        self.copier = Copier(env)
        self.company = Company(env, size)

    def run(self):
        # Copies of consistent records are consistent: checking millions of references takes longer than writing them.
        self.env.flush_all()
        self.env.cr.execute("SET LOCAL session_replication_role = replica")
        for make in (self.accounts, self.invoices, self.orders, self.leads, self.meetings, self.messages, self.ratings, self.answers):
            make()
            print(make.__name__, flush=True)
        self.env.cr.commit()

    def account(self):
        """Some accounts buy much more than others."""
        return f"{self.first_account} + floor({self.size.accounts} * power(r(g, 3), 1.5))::int"

    def contact(self):
        return f"{self.first_contact} + {CONTACTS} * floor({self.size.accounts} * power(r(g, 3), 1.5))::int + floor({CONTACTS} * r(g, 4))::int"

    def user(self, column='id'):
        ids = self.company.users.ids if column == 'id' else self.company.users.partner_id.ids
        return f"(ARRAY{ids})[1 + floor({len(ids)} * r(g, 5))::int]"

    def accounts(self):
        sample, contact = self.company.sample_account()
        first = self.copier.first_id('res_partner')
        self.first_account = self.copier.copy(
            sample, self.size.accounts, name="'Account ' || g", complete_name="'Account ' || g", commercial_partner_id=f"{first} + g",
            commercial_company_name="'Account ' || g", email="'account' || g || '@example.com'", email_normalized="'account' || g || '@example.com'")
        parent = f"{self.first_account} + g / {CONTACTS}"
        self.first_contact = self.copier.copy(
            contact, CONTACTS * self.size.accounts, name="'Contact ' || g", complete_name=f"'Account ' || g / {CONTACTS} || ', Contact ' || g",
            parent_id=parent, commercial_partner_id=parent, commercial_company_name=f"'Account ' || g / {CONTACTS}",
            email="'contact' || g || '@example.com'", email_normalized="'contact' || g || '@example.com'")

    def invoices(self):
        count, company = self.size.invoices, self.company
        invoice = company.sample_invoice()
        refund = "(r(g, 6) < 0.08)"
        # A move's total is that of its lines, whose prices follow from the number of the line.
        total = ' + '.join(f"({self.price(f'g * {LINES} + {line}')})" for line in range(LINES))
        sign = f"(CASE WHEN {refund} THEN -1 ELSE 1 END)"
        amounts = dict.fromkeys(('amount_untaxed', 'amount_total', 'amount_total_in_currency_signed'), f"({total})")
        amounts |= dict.fromkeys(('amount_untaxed_signed', 'amount_total_signed', 'amount_untaxed_in_currency_signed'), f"{sign} * ({total})")
        paid = f"({DAY} < CURRENT_DATE - 45)"
        account = self.account()
        moves = self.copier.first_id('account_move')
        self.copier.copy(
            invoice, count, move_type=f"CASE WHEN {refund} THEN 'out_refund' ELSE 'out_invoice' END", name=f"'INV/' || {moves} + g",
            payment_reference=f"'INV/' || {moves} + g", sequence_number=f"{moves} + g", date=DAY, invoice_date=DAY, invoice_date_due=f"{DAY} + 30",
            partner_id=account, commercial_partner_id=account, partner_shipping_id=account, invoice_partner_display_name="'Account'",
            payment_state=f"CASE WHEN {paid} THEN 'paid' ELSE 'not_paid' END", amount_residual=f"CASE WHEN {paid} THEN 0 ELSE {total} END",
            amount_residual_signed=f"CASE WHEN {paid} THEN 0 ELSE {sign} * ({total}) END", access_token='NULL', **amounts)
        self.move_lines(invoice, moves, count)

    def price(self, number):
        return f"10 + floor(990 * r({number}, 7))"

    def move_lines(self, invoice, moves, count):
        line, term = invoice.invoice_line_ids, invoice.line_ids.filtered(lambda line: line.display_type == 'payment_term')
        join = f"JOIN account_move m ON m.id = {moves} + g / {LINES} CROSS JOIN LATERAL (SELECT {self.price('g')} AS price, " \
               "CASE m.move_type WHEN 'out_refund' THEN -1 ELSE 1 END AS sign) v"
        shared = {'move_name': 'm.name', 'date': 'm.date', 'invoice_date': 'm.invoice_date', 'partner_id': 'm.partner_id'}
        self.copier.copy(
            line, count * LINES, join, **shared, move_id='m.id', balance='-v.sign * v.price', amount_currency='-v.sign * v.price',
            credit='CASE WHEN v.sign > 0 THEN v.price ELSE 0 END', debit='CASE WHEN v.sign < 0 THEN v.price ELSE 0 END',
            price_unit='v.price', price_subtotal='v.price', price_total='v.price',
            product_id=f"{self.company.products.ids[0]} + floor({PRODUCTS} * r(g, 8))::int")
        join = f"JOIN account_move m ON m.id = {moves} + g"
        self.copier.copy(
            term, count, join, **shared, move_id='m.id', date_maturity='m.invoice_date_due', balance='m.amount_total_signed',
            amount_currency='m.amount_total_signed', debit='GREATEST(m.amount_total_signed, 0)', credit='GREATEST(-m.amount_total_signed, 0)',
            amount_residual='m.amount_residual_signed', amount_residual_currency='m.amount_residual_signed', reconciled='m.amount_residual = 0')

    def orders(self):
        order = self.company.sample_order()
        count, first = self.size.orders, self.copier.first_id('sale_order')
        total = ' + '.join(f"({self.price(f'g * {LINES} + {line}')})" for line in range(LINES))
        contact = self.contact()
        self.first_order = self.copier.copy(
            order, count, name=f"'S' || {first} + g", date_order=MOMENT, partner_id=contact, partner_invoice_id=contact, partner_shipping_id=contact,
            amount_untaxed=total, amount_total=total, user_id=self.user(), access_token='NULL', state="CASE WHEN r(g, 6) < 0.8 THEN 'sale' ELSE 'sent' END")
        join = f"JOIN sale_order o ON o.id = {first} + g / {LINES} CROSS JOIN LATERAL (SELECT {self.price('g')} AS price) v"
        self.copier.copy(
            order.order_line, count * LINES, join, order_id='o.id', order_partner_id='o.partner_id', state='o.state', salesman_id='o.user_id',
            price_unit='v.price', price_subtotal='v.price', price_total='v.price', price_reduce_taxexcl='v.price', price_reduce_taxinc='v.price',
            product_id=f"{self.company.products.ids[0]} + floor({PRODUCTS} * r(g, 8))::int")

    def leads(self):
        lead = self.company.sample_lead()
        closed = f"LEAST({MOMENT} + floor(90 * r(g, 9)) * interval '1 day', LOCALTIMESTAMP - interval '1 day')"
        status = "CASE WHEN r(g, 6) < 0.3 THEN 'won' WHEN r(g, 6) < 0.7 THEN 'lost' ELSE 'pending' END"
        contact = self.contact()
        self.first_lead = self.copier.copy(
            lead, self.size.leads, name="'Deal ' || g", partner_id=contact, user_id=self.user(), create_date=MOMENT, won_status=status,
            type="CASE WHEN r(g, 10) < 0.9 THEN 'opportunity' ELSE 'lead' END", date_closed=f"CASE WHEN r(g, 6) < 0.7 THEN {closed} END",
            date_conversion=f"CASE WHEN r(g, 11) < 0.4 AND r(g, 10) < 0.9 THEN {closed} END", active="r(g, 6) < 0.3 OR r(g, 6) >= 0.7",
            probability="CASE WHEN r(g, 6) < 0.3 THEN 100 WHEN r(g, 6) < 0.7 THEN 0 ELSE 10 END", expected_revenue="1000 + floor(9000 * r(g, 12))")

    def meetings(self):
        event = self.company.sample_event()
        first = self.copier.copy(
            event, self.size.meetings, name="'Meeting ' || g", user_id=self.user(), start=MOMENT, stop=f"{MOMENT} + interval '1 hour'")
        event.attendee_ids[1:].unlink()
        # Copy number 2n is the organiser of meeting n, number 2n + 1 the customer.
        contact = self.contact().replace('r(g,', 'r(g / 2,')
        organiser = self.user('partner').replace('r(g,', 'r(g / 2,')
        state = "CASE WHEN g % 2 = 1 AND r(g, 6) < 0.1 THEN 'declined' ELSE 'accepted' END"
        self.copier.copy(
            event.attendee_ids[:1], 2 * self.size.meetings, event_id=f"{first} + g / 2", state=state,
            partner_id=f"CASE WHEN g % 2 = 0 THEN {organiser} ELSE {contact} END", access_token="md5(g::text)")

    def messages(self):
        message, call = self.company.sample_messages()
        place = "CASE WHEN r(g, 6) < 0.5 THEN 'res.partner' WHEN r(g, 6) < 0.75 THEN 'crm.lead' ELSE 'sale.order' END"
        document = f"CASE WHEN r(g, 6) < 0.5 THEN {self.contact()} WHEN r(g, 6) < 0.75 THEN {self.first_lead} + floor({self.size.leads} * r(g, 3))::int " \
                   f"ELSE {self.first_order} + floor({self.size.orders} * r(g, 3))::int END"
        author = f"CASE WHEN r(g, 10) < 0.5 THEN {self.contact()} ELSE {self.user('partner')} END"
        for sample, count in ((message, self.size.messages), (call, self.size.messages // 20)):
            self.copier.copy(
                sample, count, model=place, res_id=document, date=MOMENT, create_date=MOMENT, message_id="'<' || g || '@bench>'",
                author_id=author if sample == message else self.user('partner'))

    def ratings(self):
        score = "(CASE WHEN r(g, 6) < 0.7 THEN 5 WHEN r(g, 6) < 0.9 THEN 3 ELSE 1 END)"
        self.copier.copy(
            self.company.sample_rating(), self.size.ratings, partner_id=self.contact(), rated_on=MOMENT, write_date=MOMENT, rating=score,
            access_token="'bench' || g")

    def answers(self):
        answer, scores = self.company.sample_answer()
        first = self.copier.copy(
            answer, self.size.answers, partner_id=self.contact(), end_datetime=MOMENT, start_datetime=MOMENT,
            access_token="'bench' || g", invite_token='NULL')
        for line, low, high in scores:
            score = f"{low} + floor({high - low + 1} * sqrt(r(g, {100 + high})))::int"
            self.copier.copy(line, self.size.answers, user_input_id=f"{first} + g", value_scale=score)


if __name__ == '__main__':
    configuration, database, size_name = sys.argv[1:]
    with environment(configuration, database) as bench_env:
        Generator(bench_env, SIZES[size_name]).run()
