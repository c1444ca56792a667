"""Books, people, products and one document of each kind, made through the ORM."""
from sizes import CATEGORIES, PRODUCTS

import odoo.init  # noqa: F401, before anything else of Odoo
from odoo import Command

DAY = '2020-01-15'  # samples lie before what is measured


class Company:

    def __init__(self, env, size):
        self.env = env
        self.company = env.company
        self.company.country_id = env.ref('base.fr')
        self.books()
        self.people(size.users)
        self.catalogue()

    def books(self):
        self.accounts = {
            kind: self.env['account.account'].create({
                'code': f'9{number:05}', 'name': kind, 'account_type': kind, 'reconcile': kind in ('asset_receivable', 'liability_payable')})
            for number, kind in enumerate(('income', 'asset_receivable', 'liability_payable', 'expense_direct_cost'))}
        self.env['account.journal'].create({
            'name': "Sales", 'code': 'BENCH', 'type': 'sale', 'default_account_id': self.accounts['income'].id})
        default = self.env['ir.default']
        for field, kind in (('property_account_receivable_id', 'asset_receivable'), ('property_account_payable_id', 'liability_payable')):
            default.set('res.partner', field, self.accounts[kind].id, company_id=self.company.id)

    def people(self, count):
        groups = self.env.ref('sales_team.group_sale_salesman') | self.env.ref('base.group_user')
        self.users = self.env['res.users'].create([
            {'name': f"Seller {number}", 'login': f'seller{number}', 'group_ids': [Command.set(groups.ids)]} for number in range(count)])
        for number in range(0, count, 5):
            self.env['crm.team'].create({
                'name': f"Team {number // 5}", 'user_id': self.users[number].id,
                'crm_team_member_ids': [Command.create({'user_id': user.id}) for user in self.users[number:number + 5]]})

    def catalogue(self):
        categories = self.env['product.category'].create([{'name': f"Category {number}"} for number in range(CATEGORIES)])
        self.products = self.env['product.product'].create([
            {'name': f"Product {number}", 'categ_id': categories[number % CATEGORIES].id, 'type': 'service', 'standard_price': 100 + number,
             'taxes_id': False} for number in range(PRODUCTS)])

    def sample_account(self):
        self.account = self.env['res.partner'].create({'name': "Sample", 'is_company': True, 'country_id': self.env.ref('base.fr').id})
        self.contact = self.env['res.partner'].create({'name': "Sample contact", 'parent_id': self.account.id})
        return self.account, self.contact

    def sample_invoice(self):
        invoice = self.env['account.move'].create({
            'move_type': 'out_invoice', 'partner_id': self.account.id, 'invoice_date': DAY, 'invoice_line_ids': [Command.create({
                'product_id': self.products[0].id, 'quantity': 1, 'price_unit': 100, 'tax_ids': False,
                'account_id': self.accounts['income'].id})]})
        invoice.action_post()
        return invoice

    def sample_order(self):
        order = self.env['sale.order'].create({
            'partner_id': self.contact.id, 'order_line': [Command.create({'product_id': self.products[0].id, 'product_uom_qty': 1, 'price_unit': 100})]})
        order.action_confirm()
        return order

    def sample_lead(self):
        return self.env['crm.lead'].create({'name': "Sample", 'type': 'opportunity', 'partner_id': self.contact.id})

    def sample_event(self):
        event = self.env['calendar.event'].with_context(no_mail_to_attendees=True, dont_notify=True).create({
            'name': "Sample", 'user_id': self.users[0].id, 'start': f'{DAY} 08:00:00', 'stop': f'{DAY} 09:00:00',
            'partner_ids': [Command.set((self.users[0].partner_id | self.contact).ids)]})
        return event

    def sample_messages(self):
        values = {'model': 'res.partner', 'res_id': self.contact.id, 'author_id': self.contact.id, 'date': DAY, 'body': "Hello"}
        call = self.env['mail.activity.type'].search([('category', '=', 'phonecall')], limit=1)
        return self.env['mail.message'].create([
            {**values, 'message_type': 'comment', 'subtype_id': self.env.ref('mail.mt_comment').id},
            {**values, 'message_type': 'notification', 'subtype_id': self.env.ref('mail.mt_activities').id, 'mail_activity_type_id': call.id},
        ])

    def sample_rating(self):
        channel = self.env['discuss.channel'].search([], limit=1)
        return self.env['rating.rating'].create({
            'res_model_id': self.env['ir.model']._get_id('discuss.channel'), 'res_id': channel.id, 'partner_id': self.contact.id,
            'rating': 5, 'consumed': True})

    def sample_answer(self):
        """A filled survey, and its lines with the lowest and highest score."""
        survey = self.env['survey.survey'].create({'title': "Bench"})
        answer = self.env['survey.user_input'].create({'survey_id': survey.id, 'partner_id': self.contact.id})
        scores = []
        for title, low, high in (("Satisfied?", 1, 5), ("Recommend?", 0, 10)):
            question = self.env['survey.question'].create({
                'survey_id': survey.id, 'title': title, 'question_type': 'scale', 'scale_min': low, 'scale_max': high})
            answer._save_lines(question, str(low))
            scores.append((answer.user_input_line_ids.filtered(lambda line: line.question_id == question), low, high))
        answer.write({'state': 'done', 'end_datetime': f'{DAY} 08:00:00'})
        return answer, scores
