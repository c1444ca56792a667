from datetime import date
from unittest.mock import patch

from odoo import Command
from odoo.fields import Date, Datetime
from odoo.tests import TransactionCase, new_test_user

from .documents_books import BooksBuilders

CONTEXT = {'tracking_disable': True, 'no_reset_password': True, 'mail_create_nosubscribe': True, 'mail_notify_force_send': False}


class DocumentsCase(BooksBuilders, TransactionCase):
    """A company of its own with books, and builders for the documents that figures are made of.

    The company keeps its books in EUR, in UTC, with a chart of nine accounts
    and a tax of 15 % on each line. ``today`` is fixed: the company believes
    that it is 2026-06-15, so that no figure depends on when the test runs.
    """

    today = date(2026, 6, 15)
    stores_values = False  # figures on request need facts alone; storing every period's values takes its time

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.eur, cls.usd = cls.env.ref('base.EUR'), cls.env.ref('base.USD')
        (cls.eur | cls.usd).active = True
        cls.env = cls.env(context={**cls.env.context, **CONTEXT})
        cls.company = cls.new_company("Documents", cls.eur)
        cls.env = cls.env(context={**cls.env.context, 'allowed_company_ids': cls.company.ids})
        cls.company = cls.company.with_env(cls.env)
        cls.company.kam_tz = 'UTC'
        cls.startClassPatcher(cls.calendar(cls.today))
        if not cls.stores_values:
            cls.startClassPatcher(patch.object(cls.registry['kam.fact'], '_after_refresh', lambda *args, **options: None))
        cls.diana = cls.new_user('diana', 'kam_kpi.group_kam_manager,sales_team.group_sale_manager')
        cls.hardware, cls.support, cls.training = (
            cls.env['product.category'].create({'name': name}) for name in ("Hardware", "Support", "Training"))
        cls.sensor = cls.new_product("Sensor", cls.hardware)
        cls.gateway = cls.new_product("Gateway", cls.hardware)
        cls.support_plan = cls.new_product("Support plan", cls.support)
        cls.training_day = cls.new_product("Training day", cls.training)

    # time

    @classmethod
    def calendar(cls, day):
        """A patcher which makes ``day`` today for every company."""
        return patch.object(cls.registry['res.company'], '_kam_today', lambda company: day)

    # company, people, products

    @classmethod
    def new_company(cls, name, currency):
        """A company with just the books that invoices need."""
        company = cls.env['res.company'].create({
            'name': name, 'currency_id': currency.id, 'country_id': cls.env.ref('base.fr').id})
        env = cls.env(context={**cls.env.context, 'allowed_company_ids': company.ids})
        accounts = {
            kind: env['account.account'].create({
                'code': f'9{number:05}', 'name': kind, 'account_type': kind,
                'reconcile': kind in ('asset_receivable', 'liability_payable')})
            for number, kind in enumerate((
                'income', 'income_other', 'asset_receivable', 'liability_payable', 'liability_current', 'asset_current',
                'expense', 'expense_direct_cost', 'asset_fixed'))
        }
        env['account.journal'].create([
            {'name': "Sales", 'code': 'KINV', 'type': 'sale', 'default_account_id': accounts['income'].id},
            {'name': "Miscellaneous", 'code': 'KMISC', 'type': 'general'},
        ])
        group = env['account.tax.group'].create({'name': "Taxes"})
        company.account_sale_tax_id = env['account.tax'].create({
            'name': "15 %", 'amount': 15, 'type_tax_use': 'sale', 'tax_group_id': group.id,
            **{f'{kind}_repartition_line_ids': [
                Command.create({'repartition_type': 'base'}),
                Command.create({'repartition_type': 'tax', 'account_id': accounts['liability_current'].id}),
            ] for kind in ('invoice', 'refund')}})
        default = env['ir.default']
        for field, kind in (('property_account_receivable_id', 'asset_receivable'), ('property_account_payable_id', 'liability_payable')):
            default.set('res.partner', field, accounts[kind].id, company_id=company.id)
        default.set('product.category', 'property_account_income_categ_id', accounts['income'].id, company_id=company.id)
        cls.books = {**getattr(cls, 'books', {}), company.id: accounts}
        return company

    def account(self, kind, company=None):
        """The company's account of a type."""
        return self.books[(company or self.company).id][kind]

    @classmethod
    def new_user(cls, login, groups, **vals):
        return new_test_user(
            cls.env, login=f'kamdoc_{login}', name=login.capitalize(), groups=groups,
            **{'company_id': cls.company.id, 'company_ids': [Command.set(cls.company.ids)], **vals})

    @classmethod
    def new_product(cls, name, category, **vals):
        return cls.env['product.product'].create({
            'name': name, 'categ_id': category.id, 'type': 'service', 'taxes_id': [Command.set(cls.company.account_sale_tax_id.ids)], **vals})

    @classmethod
    def customer(cls, name, key=False, **vals):
        """A customer of the company, a key account if told so."""
        return cls.env['res.partner'].create({
            'name': name, 'is_company': True, 'company_id': cls.company.id, 'is_key_account': key, **vals})

    @classmethod
    def contact(cls, account, name, **vals):
        return cls.env['res.partner'].create({'name': name, 'parent_id': account.id, 'company_id': cls.company.id, **vals})

    # invoices and orders

    def invoice(self, partner, day, *lines, kind='out_invoice', state='posted', rate=None, **vals):
        """An invoice of ``lines``: amounts, (product, amount) pairs or dicts of values; taxed at 15 %.

        :param rate: with it the invoice is in dollars, so many for a euro
        """
        company = vals.pop('company', self.company)
        if rate:
            vals.update(currency_id=self.usd.id, invoice_currency_rate=rate)
        move = self.env['account.move'].with_company(company).create({
            'move_type': kind, 'partner_id': partner.id, 'invoice_date': day, 'company_id': company.id,
            'invoice_line_ids': [Command.create(self.line(line, company)) for line in lines], **vals})
        if state == 'posted':
            move.action_post()
        elif state == 'cancel':
            move.button_cancel()
        return move

    def line(self, line, company):
        values = {'quantity': 1, 'account_id': self.account('income', company).id, 'tax_ids': [Command.set(company.account_sale_tax_id.ids)]}
        if isinstance(line, dict):
            return {**values, **line}
        product, amount = line if isinstance(line, tuple) else (None, line)
        return {**values, 'name': "Line", 'product_id': product and product.id, 'price_unit': amount}

    def credit(self, partner, day, *lines, **vals):
        return self.invoice(partner, day, *lines, kind='out_refund', **vals)

    def order(self, partner, day, product, amount, **vals):
        """A confirmed order of one line."""
        order = self.env['sale.order'].create({
            'partner_id': partner.id, 'company_id': self.company.id,
            'order_line': [Command.create({'product_id': product.id, 'product_uom_qty': 1, 'price_unit': amount})], **vals})
        order.action_confirm()
        order.date_order = day
        return order

    # opportunities

    def lead(self, partner, created='2025-03-01 12:00:00', kind='opportunity', user=None, **vals):
        lead = self.env['crm.lead'].create({
            'name': "Deal", 'type': kind, 'partner_id': partner and partner.id, 'company_id': self.company.id,
            'user_id': user and user.id, **vals})
        lead.flush_recordset()
        self.env.cr.execute("UPDATE crm_lead SET create_date = %s WHERE id = %s", [created, lead.id])
        lead.invalidate_recordset(['create_date'])
        return lead

    def won(self, partner, when, **vals):
        lead = self.lead(partner, **vals)
        lead.action_set_won()
        lead.date_closed = when
        return lead

    def lost(self, partner, when, reason=None, **vals):
        lead = self.lead(partner, **vals)
        lead.action_set_lost(lost_reason_id=reason and reason.id)
        lead.date_closed = when
        return lead

    # contacts with customers

    def meeting(self, when, *people, organiser=None, **vals):
        """A meeting of an hour, organised by the director unless told otherwise."""
        organiser = self.diana if organiser is None else organiser
        start = Datetime.to_datetime(when)
        partners = self.env['res.partner'].union(*people) if people else self.env['res.partner']
        values = {'start': start, 'stop': start.replace(minute=59)}
        return self.env['calendar.event'].with_context(no_mail_to_attendees=True, dont_notify=True).create({
            'name': "Meeting", 'user_id': organiser and organiser.id,
            'partner_ids': [Command.set((partners | (organiser.partner_id if organiser else self.env['res.partner'])).ids)],
            **values, **vals})

    def activity(self, document, kind, when, user=None, done=True, **vals):
        """An activity of category ``kind`` ('phonecall', 'meeting') on a document, done at a UTC time."""
        type_id = self.env['mail.activity.type'].search([('category', '=', kind)], limit=1).id
        activity = self.env['mail.activity'].create({
            'activity_type_id': type_id, 'res_model_id': self.env['ir.model']._get_id(document._name), 'res_id': document.id,
            'user_id': (user or self.diana).id, 'summary': "To do", **vals})
        if not done:
            return activity
        message = self.env['mail.message'].browse(activity.with_user(user or self.diana).sudo().action_feedback(feedback="Done"))
        message.date = when
        activity.date_done = Datetime.to_datetime(when).date()
        return message

    def message(self, document, author, when, kind='comment', subtype='mail.mt_comment', **vals):
        """A message on a document; ``author`` is a partner. Written as it is, without sending anything."""
        return self.env['mail.message'].create({
            'model': document._name, 'res_id': document.id, 'author_id': author and author.id, 'date': when,
            'message_type': kind, 'subtype_id': self.env.ref(subtype).id, 'body': "Hello", **vals})

    # the voice of customers

    def rating(self, partner, value, when, consumed=True, model='discuss.channel', **vals):
        document = vals.pop('document', None) or self.env['discuss.channel'].search([], limit=1)
        rating = self.env['rating.rating'].create({
            'res_model_id': self.env['ir.model']._get_id(model), 'res_id': document.id, 'partner_id': partner and partner.id,
            'rating': value, 'consumed': consumed, **vals})
        rating.rated_on = when  # creating it sets the present time
        return rating

    def survey(self, purpose='nps', low=0, high=10, **vals):
        """A question with a purpose, in a survey of its own."""
        survey = self.env['survey.survey'].create({'title': purpose})
        return self.env['survey.question'].create({
            'survey_id': survey.id, 'title': purpose, 'question_type': 'scale', 'scale_min': low, 'scale_max': high,
            'kam_purpose': purpose, **vals})

    def answer(self, question, partner, value, when, done=True, **vals):
        """A finished answer; ``value`` None skips the question."""
        answer = self.env['survey.user_input'].create({
            'survey_id': question.survey_id.id, 'partner_id': partner and partner.id, **vals})
        if question.question_type == 'numerical_box':
            value = value if value is None else float(value)
        answer._save_lines(question, '' if value is None else str(value))
        if done:
            answer.state = 'done'
            answer.end_datetime = when
        return answer

    # figures

    def refresh(self):
        return self.env['kam.fact'].refresh()

    def measure(self, code, partners, start, stop, **options):
        """``{partner: result}`` of one KPI after a refresh."""
        self.refresh()
        rows = self.env['kam.kpi'].measure_kpis([code], partners.ids, Date.to_date(start), Date.to_date(stop), **options)
        return {self.env['res.partner'].browse(row['partner_id']): row for row in rows}

    def value(self, code, partner, start, stop, **options):
        """The value of one KPI of one account, None for no data."""
        return self.measure(code, partner, start, stop, **options)[partner]['value']

    def total(self, code, partners, start, stop, **options):
        self.refresh()
        [row] = self.env['kam.kpi'].measure_total([code], partners.ids, Date.to_date(start), Date.to_date(stop), **options)
        return row

    def bridge(self, partners, start, stop, level='category'):
        self.refresh()
        return self.env['kam.kpi'].revenue_bridge(partners.ids, Date.to_date(start), Date.to_date(stop), level=level)

    def outcome(self, code, partners, start, stop, kind='group'):
        """The whole result of one KPI, flags included; ``kind`` is 'account' for a single one."""
        self.refresh()
        self.env.flush_all()
        kpi = self.env['kam.kpi'].search([('code', '=', code)])
        subjects = {0: (kind, partners.id if kind == 'account' else None)}
        return kpi._outcomes({0: partners.ids}, Date.to_date(start), Date.to_date(stop), subjects=subjects)[kpi.id, 0]

    def assertNoData(self, result, reason):
        self.assertEqual((result['value'], result['state'], result['reason']), (None, 'no_data', reason))
