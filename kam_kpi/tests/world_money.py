from odoo import Command


class MoneyOperations:
    """Invoices and what they are made of."""

    def populate_money(self):
        case = self.case
        self.products = case.sensor | case.gateway | case.support_plan | case.training_day
        for product, cost in zip(self.products, (60, 0, 30, 25)):
            product.standard_price = cost
        for number, account in enumerate(self.accounts):
            for month in (1, 2, 3):
                case.invoice(
                    self.people_of(account)[-1:], f'2025-{month:02}-14', (self.products[number % 4], 100 * month), (self.products[month], 70), 30,
                    rate=1.25 if (number + month) % 3 == 0 else None)
            case.credit(account, '2025-02-28', (self.products[number % 4], 40))

    def amount(self):
        return self.random.choice([10, 19.99, 100, 250.5])

    def state(self, *states):
        kinds = ('out_invoice', 'out_refund', 'out_receipt')
        return self.some('account.move', [('state', 'in', states), ('move_type', 'in', kinds)])

    def line_of(self, move):
        return self.pick(move.invoice_line_ids.filtered(lambda line: line.display_type == 'product'))

    def label(self, record):
        return f"{record._name} {record.id}"

    def do_invoice_post(self):
        move = self.case.invoice(
            self.anybody(), self.day(), (self.pick(self.products), self.amount()), self.amount(),
            kind=self.random.choice(['out_invoice', 'out_invoice', 'out_refund', 'out_receipt']),
            rate=self.random.choice([None, None, 1.1]))
        return f"{move.move_type} {move.id} of {move.partner_id.id} on {move.invoice_date}: {move.amount_untaxed}"

    def do_invoice_draft(self):
        return self.label(self.case.invoice(self.anybody(), self.day(), self.amount(), state='draft'))

    def do_invoice_post_draft(self):
        if move := self.state('draft'):
            move.action_post()
            return self.label(move)

    def do_invoice_reset(self):
        if move := self.state('posted', 'cancel'):
            move.button_draft()
            return self.label(move)

    def do_invoice_cancel(self):
        if move := self.state('draft'):
            move.button_cancel()
            return self.label(move)

    def do_invoice_delete(self):
        if move := self.state('draft', 'cancel'):
            label = self.label(move)
            move.with_context(force_delete=True).unlink()
            return label

    def do_invoice_reset_and_delete(self):
        if move := self.state('posted'):
            label = self.label(move)
            move.button_draft()
            move.with_context(force_delete=True).unlink()
            return label

    def do_invoice_credit(self):
        if move := self.state('posted'):
            if move.move_type != 'out_invoice':
                return None
            credit = move._reverse_moves([{'invoice_date': self.day()}])
            credit.action_post()
            return f"{self.label(move)} by {credit.id} on {credit.invoice_date}"

    def do_invoice_redate(self):
        if move := self.state('draft', 'posted'):
            move.with_context(skip_readonly_check=True).write({'invoice_date': self.day()})
            return f"{self.label(move)} {move.state} to {move.invoice_date}"

    def do_invoice_repartner(self):
        if move := self.state('draft', 'posted'):
            move.with_context(skip_readonly_check=True).write({'partner_id': self.anybody().id})
            return f"{self.label(move)} {move.state} to {move.partner_id.id}"

    def do_invoice_reprice(self):
        if move := self.state('posted'):
            move.button_draft()
            self.line_of(move).price_unit = self.amount()
            if self.random.random() < 0.7:
                move.action_post()
            return f"{self.label(move)} {move.state}"

    def do_invoice_line_add(self):
        if move := self.state('draft'):
            move.invoice_line_ids = [Command.create(self.case.line((self.pick(self.products), self.amount()), move.company_id))]
            return self.label(move)

    def do_invoice_line_delete(self):
        if move := self.state('posted'):
            move.button_draft()
            self.line_of(move).unlink()
            move.action_post()
            return self.label(move)

    def do_invoice_line_product(self):
        if move := self.state('posted'):
            line = self.line_of(move)
            line.with_context(skip_readonly_check=True).product_id = self.pick(self.products)
            return f"line {line.id} of {move.id} to {line.product_id.id}"

    def do_invoice_line_account(self):
        if move := self.state('posted'):
            kind = self.random.choice(['income', 'income_other', 'liability_current'])
            line = self.line_of(move)
            return self.sql("UPDATE account_move_line SET account_id = %s WHERE id = %s", self.case.account(kind).id, line.id)

    def do_account_type(self):
        account = self.case.account('income_other')
        account.account_type = 'income_other' if account.account_type == 'liability_current' else 'liability_current'
        return account.account_type

    def do_product_category(self):
        product = self.pick(self.products)
        product.categ_id = self.pick(self.case.hardware | self.case.support | self.case.training)
        return f"{product.name} to {product.categ_id.name}"

    def do_product_cost(self):
        product = self.pick(self.products)
        product.standard_price = self.random.choice([0, 5, 12.5, 80])
        return f"{product.name} to {product.standard_price}"

    def do_sql_balance(self):
        if move := self.state('posted'):
            return self.sql("UPDATE account_move_line SET balance = balance * 2 WHERE id = %s", self.line_of(move).id)

    def do_sql_redate(self):
        if move := self.state('posted'):
            day = self.day()
            self.sql("UPDATE account_move_line SET invoice_date = %s WHERE move_id = %s", day, move.id)
            return self.sql("UPDATE account_move SET invoice_date = %s WHERE id = %s", day, move.id)

    def do_sql_down_payment(self):
        if move := self.state('posted'):
            return self.sql("UPDATE account_move_line SET is_downpayment = is_downpayment IS NOT TRUE WHERE id = %s", self.line_of(move).id)

    def do_sql_commercial_partner(self):
        if move := self.state('posted'):
            return self.sql("UPDATE account_move SET commercial_partner_id = %s WHERE id = %s", self.pick(self.accounts.exists()).id, move.id)

    def do_sql_delete_line(self):
        if (move := self.state('posted')) and (line := self.line_of(move)):
            return self.sql("DELETE FROM account_move_line WHERE id = %s", line.id)

    def do_sql_unpost(self):
        if move := self.state('posted'):
            self.sql("UPDATE account_move_line SET parent_state = 'draft' WHERE move_id = %s", move.id)
            return self.sql("UPDATE account_move SET state = 'draft' WHERE id = %s", move.id)
