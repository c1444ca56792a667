class BooksOperations:
    """Orders, the ledger and analytic lines."""

    def prepare_books(self):
        case = self.case
        self.marketing, self.projects = case.analytic("World marketing", kam_acquisition=True), case.analytic("World projects")
        self.journals = self.env['account.journal'].search([('company_id', '=', case.company.id), ('type', '=', 'general')])
        self.dollars = case.in_dollars()
        case.dollar_rate(1.25)

    def populate_books(self):
        self.prepare_books()
        case = self.case
        for number, account in enumerate(self.accounts):
            for month in (1, 2, 3):
                case.order(
                    self.people_of(account)[-1:], f'2025-{month:02}-14 12:00:00', self.products[number % 4], 100 * month,
                    **(self.dollars if month == 2 else {}))
                case.spent(self.people_of(account)[-1:], f'2025-{month:02}-10', 12.5, self.projects)
        for month in (1, 2, 3):
            case.spent(None, f'2025-{month:02}-10', 40, self.marketing)
            case.entry(f'2025-{month:02}-20', ('expense', -30), ('income', 5))

    # orders

    def an_order(self, *states):
        return self.some('sale.order', [('state', 'in', states), ('company_id', '=', self.case.company.id)])

    def do_order(self):
        order = self.case.order(
            self.anybody(), self.moment(), self.pick(self.products), self.random.choice([0, 0.01, 19.99, 250]),
            **(self.dollars if self.random.random() < 0.4 else {}))
        return f"{order.id} of {order.partner_id.id} on {order.date_order}: {order.amount_untaxed}"

    def do_order_cancel(self):
        if order := self.an_order('sale'):
            order._action_cancel()
            return self.label(order)

    def do_order_confirm_again(self):
        if order := self.an_order('cancel'):
            order.action_draft()
            order.action_confirm()
            order.date_order = self.moment()
            return self.label(order)

    def do_order_delete(self):
        if order := self.an_order('cancel', 'draft'):
            label = self.label(order)
            order.unlink()
            return label

    def do_order_redate(self):
        if order := self.an_order('sale'):
            order.date_order = self.moment()
            return f"{self.label(order)} to {order.date_order}"

    def do_order_repartner(self):
        if order := self.an_order('sale'):
            order.partner_id = self.anybody()
            return f"{self.label(order)} to {order.partner_id.id}"

    def do_order_reprice(self):
        if order := self.an_order('sale'):
            order.order_line[:1].price_unit = self.random.choice([0, 10, 99.5])
            return f"{self.label(order)} {order.amount_untaxed}"

    def do_sql_order_rate(self):
        if order := self.an_order('sale'):
            return self.sql("UPDATE sale_order SET currency_rate = %s WHERE id = %s", self.random.choice([0, 1, 2]), order.id)

    def do_sql_order_state(self):
        if order := self.an_order('sale', 'cancel'):
            return self.sql("UPDATE sale_order SET state = %s WHERE id = %s", self.random.choice(['sale', 'sent']), order.id)

    def do_order_invoice(self):
        """An order's lines on an invoice: the cost of a line may come from its order."""
        if order := self.an_order('sale'):
            move = self.some('account.move', [('state', '=', 'posted'), ('move_type', '=', 'out_invoice')])
            line = move and self.line_of(move)
            if line:
                line.with_context(skip_readonly_check=True).sale_line_ids = order.order_line[:1]
                return f"{self.label(order)} on line {line.id}"

    # since when, and what costs nothing

    def do_customer_since(self):
        account = self.account()
        account.kam_customer_since = self.random.choice([False, self.day(), '2023-05-05'])
        return f"{account.id} since {account.kam_customer_since}"

    def do_product_free(self):
        product = self.pick(self.products)
        product.kam_no_cost = not product.kam_no_cost
        return f"{product.name} {product.kam_no_cost}"

    # the ledger

    def an_entry(self, *states):
        return self.some('account.move', [('move_type', '=', 'entry'), ('state', 'in', states)])

    def do_entry(self):
        kind = self.random.choice(['income', 'income_other', 'expense', 'expense_direct_cost', 'asset_fixed'])
        return self.label(self.case.entry(self.day(), (kind, self.amount()), ('expense', -self.amount()), state=self.random.choice(['posted', 'draft'])))

    def do_entry_post(self):
        if move := self.an_entry('draft'):
            move.action_post()
            return self.label(move)

    def do_entry_reset(self):
        if move := self.an_entry('posted'):
            move.button_draft()
            return self.label(move)

    def do_entry_redate(self):
        if move := self.an_entry('posted', 'draft'):
            state = move.state
            move.button_draft() if state == 'posted' else None
            move.date = self.day()
            if state == 'posted':
                move.action_post()
            return f"{self.label(move)} to {move.date}"

    def do_entry_delete(self):
        if move := self.an_entry('draft'):
            label = self.label(move)
            move.unlink()
            return label

    def do_invoice_accounting_date(self):
        if move := self.state('posted'):
            move.button_draft()
            move.date = self.day()
            move.action_post()
            return f"{self.label(move)} to {move.date}"

    def do_sql_entry_line(self):
        if move := self.an_entry('posted'):
            line = self.pick(move.line_ids)
            kind = self.random.choice(['income', 'expense', 'asset_current'])
            return self.sql("UPDATE account_move_line SET account_id = %s, balance = balance + 1 WHERE id = %s", self.case.account(kind).id, line.id)

    def do_sql_entry_date(self):
        if move := self.an_entry('posted'):
            self.sql("UPDATE account_move_line SET date = %s WHERE move_id = %s", self.day(), move.id)
            return self.sql("DELETE FROM account_move_line WHERE id = %s", self.pick(move.line_ids).id)

    def do_closing_journal(self):
        journal = self.pick(self.journals)
        journal.kam_closing_journal = not journal.kam_closing_journal
        return f"{journal.id} {journal.kam_closing_journal}"

    def do_expense_type(self):
        account = self.case.account('expense')
        account.account_type = self.random.choice(['expense', 'expense_direct_cost', 'asset_current'])
        return account.account_type

    # analytic lines

    def a_line(self):
        return self.some('account.analytic.line', [('company_id', '=', self.case.company.id)])

    def do_spent(self):
        line = self.case.spent(
            self.random.choice([self.anybody(), None]), self.day(), self.amount(), self.pick(self.marketing | self.projects),
            category=self.random.choice(['other', 'other', 'invoice', 'vendor_bill']),
            general_account_id=self.random.choice([False, *(self.case.account(kind).id for kind in ('expense', 'income', 'expense_direct_cost'))]))
        return f"{line.id} of {line.partner_id.id} on {line.date}: {line.amount}"

    def do_spent_change(self):
        if line := self.a_line():
            name, value = self.random.choice([
                ('date', self.day()), ('amount', -self.amount()), ('partner_id', self.anybody().id), ('partner_id', False), ('category', 'invoice'),
                ('category', 'other'), ('general_account_id', self.case.account('expense').id), ('general_account_id', self.case.account('income').id)])
            line[name] = value
            return f"{line.id} {name} {value}"

    def do_spent_move(self):
        """From one analytic account to another, in the column of another plan."""
        if line := self.a_line():
            account = self.pick(self.marketing | self.projects)
            for other in self.marketing | self.projects:
                line[other.plan_id._column_name()] = other if other == account else False
            return f"{line.id} to {account.name}"

    def do_spent_delete(self):
        if line := self.a_line():
            label = self.label(line)
            line.unlink()
            return label

    def do_acquisition_mark(self):
        marked = self.pick(self.marketing | self.projects) if self.random.random() < 0.5 else self.case.account('expense')
        marked.kam_acquisition = not marked.kam_acquisition
        return f"{self.label(marked)} {marked.kam_acquisition}"

    def do_acquisition_source(self):
        self.case.company.kam_acquisition_source = self.random.choice(['analytic', 'ledger', 'manual'])
        return self.case.company.kam_acquisition_source
