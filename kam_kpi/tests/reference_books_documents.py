"""What the books and the account plans of a company hold, read from its documents one by one."""
from datetime import timedelta


class BooksDocuments:
    """Orders, the ledger, analytic lines, agreements, goals and estimates as lists of plain tuples."""

    def read_books(self):
        self.read_orders()
        self.read_firsts()
        self.read_ledger()
        self.read_agreements()
        self.read_goals()
        self.read_wallets()

    def of_company(self, model, domain=()):
        return self.env[model].search([('company_id', '=', self.company.id), *domain])

    def read_orders(self):
        """(account, day, amount in company currency, whether it is a contract)."""
        self.orders = []
        for order in self.of_company('sale.order', [('state', '=', 'sale')]):
            value = order.amount_untaxed / (order.currency_rate or 1)
            self.orders.append((
                order.partner_id.commercial_partner_id, self.day(order.date_order), value, self.company.currency_id.round(value) > 0))

    def read_firsts(self):
        """{account: the first day as a customer}."""
        days = {}
        for move in self.of_company('account.move', [('state', '=', 'posted'), ('move_type', 'in', ('out_invoice', 'out_receipt'))]):
            revenue = -sum(line.balance for line in move.line_ids if self.is_revenue(line))
            if round(revenue, 2) > 0:
                days.setdefault(move.commercial_partner_id.commercial_partner_id, []).append(move.invoice_date)
        self.firsts = {account: min(found) for account, found in days.items() if not account.kam_customer_since}
        for account in self.env['res.partner'].search([('kam_customer_since', '!=', False)]):
            if account == account.commercial_partner_id and self.ours(account):
                self.firsts[account] = account.kam_customer_since

    def read_ledger(self):
        """(day, kind of account, amount earned) of entries, and (account, day, cost) of analytic lines."""
        self.earned, self.spent, self.acquired = [], [], []
        marked = self.env['account.account'].search([('kam_acquisition', '=', True)])
        for line in self.of_company('account.move.line', [('parent_state', '=', 'posted')]):
            if line.journal_id.kam_closing_journal:
                continue
            self.earned.append((line.date, line.account_id.account_type or '', -line.balance))
            if self.company.kam_acquisition_source == 'ledger' and line.account_id in marked:
                self.acquired.append((line.date, line.balance))
        winning = self.env['account.analytic.account'].search([('kam_acquisition', '=', True)])
        for line in self.of_company('account.analytic.line', [('category', '!=', 'invoice')]):
            kind = line.general_account_id.account_type
            if line.partner_id and (not kind or kind.startswith('expense') and kind != 'expense_direct_cost'):
                self.spent.append((line.partner_id.commercial_partner_id, line.date, -line.amount))
            if self.company.kam_acquisition_source == 'analytic' and line._get_analytic_accounts() & winning:
                self.acquired.append((line.date, -line.amount))
        self.knows_acquisition = bool({'analytic': winning, 'ledger': marked}.get(self.company.kam_acquisition_source))

    def convert(self, amount, currency, day):
        return currency._convert(amount, self.company.currency_id, self.company, day)

    def read_agreements(self):
        """(account, last day, value due, value of the next one or None, lost by word, last day of grace)."""
        self.agreements = []
        for old in self.of_company('kam.agreement', [('state', 'in', ('active', 'lost'))]):
            grace = old.date_end + timedelta(days=self.company.kam_grace_days)
            new = old.successor_id.filtered(lambda new: new.state in ('active', 'lost') and new.date_start <= grace)
            self.agreements.append((
                old.partner_id.commercial_partner_id, old.date_end, self.convert(old.annual_value, old.currency_id, old.date_end),
                self.convert(new.annual_value, new.currency_id, old.date_end) if new else None, old.state == 'lost', grace))

    def read_goals(self):
        """(account, due day, weight, attainment between 0 and 1, whether it is reached)."""
        self.goals = []
        for goal in self.of_company('kam.customer.goal', [('due_date', '!=', False)]):
            if goal.plan_id.state != 'cancelled':
                self.goals.append((
                    goal.partner_id.commercial_partner_id, goal.due_date, goal.weight, min(max(self.attained(goal), 0), 1), goal.is_reached))

    def attained(self, goal):
        if goal.actual is False:
            return 0
        way = goal.target - goal.baseline
        better = way < 0 if goal.direction == 'lower' else way > 0
        if better:
            return (goal.actual - goal.baseline) / way
        if not goal.target:
            return float(goal.is_reached)
        gap = goal.actual - goal.target
        return 1 + (-gap if goal.direction == 'lower' else gap) / abs(goal.target)

    def read_wallets(self):
        """{account: [(day, id, amount, categories)] in their order}."""
        self.wallets = {}
        for estimate in self.of_company('kam.wallet.estimate').sorted(lambda estimate: (estimate.date, estimate.id)):
            below = self.env['product.category'].search([('id', 'child_of', estimate.categ_ids.ids)]) if estimate.categ_ids else None
            self.wallets.setdefault(estimate.partner_id.commercial_partner_id, []).append(
                (estimate.date, self.convert(estimate.amount, estimate.currency_id, estimate.date), below))
