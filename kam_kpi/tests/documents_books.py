from odoo import Command


class BooksBuilders:
    """Builders of what the books and the account plans hold besides invoices."""

    def entry(self, day, *lines, journal=None, state='posted', **vals):
        """A journal entry of ``(kind of account, amount earned)`` pairs; what is left over goes to the bank."""
        company = vals.pop('company', self.company)
        journal = journal or self.env['account.journal'].search([('company_id', '=', company.id), ('code', '=', 'KMISC')])
        amounts = [(self.account(kind, company) if isinstance(kind, str) else kind, -amount) for kind, amount in lines]
        amounts.append((self.account('asset_current', company), -sum(balance for _account, balance in amounts)))
        move = self.env['account.move'].with_company(company).create({
            'move_type': 'entry', 'date': day, 'journal_id': journal.id, 'company_id': company.id,
            'line_ids': [Command.create({'name': "Entry", 'account_id': account.id, 'balance': balance}) for account, balance in amounts], **vals})
        if state == 'posted':
            move.action_post()
        return move

    def analytic(self, name, **vals):
        """An analytic account of the company, in a plan of its own."""
        plan = vals.pop('plan', None) or self.env['account.analytic.plan'].create({'name': name})
        return self.env['account.analytic.account'].create({'name': name, 'plan_id': plan.id, 'company_id': self.company.id, **vals})

    def spent(self, partner, day, amount, account=None, **vals):
        """An analytic line: so much was spent, on a customer or on nobody."""
        account = account or self.any_analytic()
        return self.env['account.analytic.line'].create({
            'name': "Spent", 'date': day, 'amount': -amount, 'partner_id': partner and partner.id,
            account.plan_id._column_name(): account.id, 'company_id': self.company.id, **vals})

    def any_analytic(self):
        """The analytic account of what needs none in particular."""
        found = self.env['account.analytic.account'].search([('name', '=', "Projects"), ('company_id', '=', self.company.id)], limit=1)
        return found or self.analytic("Projects")

    def agreement(self, partner, start, end, value, state='active', **vals):
        return self.env['kam.agreement'].create({
            'name': "Agreement", 'partner_id': partner.id, 'company_id': self.company.id, 'date_start': start, 'date_end': end,
            'annual_value': value, 'currency_id': self.company.currency_id.id, 'state': state, **vals})

    def renewed(self, partner, start, end, value, next_start, next_value, **vals):
        """An agreement and the one that follows it."""
        following = self.agreement(partner, next_start, '2030-12-31', next_value)
        return self.agreement(partner, start, end, value, successor_id=following.id, **vals)

    def goal(self, partner, due, actual, target=1.0, weight=1.0, **vals):
        return self.env['kam.customer.goal'].create({
            'name': "Goal", 'partner_id': partner.id, 'company_id': self.company.id, 'due_date': due, 'actual': actual,
            'target': target, 'weight': weight, **vals})

    def wallet(self, partner, day, amount, *categories, **vals):
        return self.env['kam.wallet.estimate'].create({
            'partner_id': partner.id, 'company_id': self.company.id, 'date': day, 'amount': amount,
            'currency_id': self.company.currency_id.id,
            'categ_ids': [Command.set([category.id for category in categories])], **vals})

    def dollar_rate(self, rate, day='2020-01-01', company=None):
        """From a day on, one euro is so many dollars."""
        return self.env['res.currency.rate'].create(
            {'currency_id': self.usd.id, 'name': day, 'rate': rate, 'company_id': (company or self.company).id})

    def in_dollars(self):
        """What makes an order one in dollars."""
        return {'pricelist_id': self.env['product.pricelist'].create({
            'name': "Dollars", 'currency_id': self.usd.id, 'company_id': self.company.id}).id}
