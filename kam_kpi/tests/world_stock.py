class StockOperations:
    """Open opportunities and confirmed orders: what is still to come, in the picture of the day."""

    def populate_stock(self):
        case = self.case
        for number, account in enumerate(self.accounts):
            deal = case.lead(
                self.people_of(account)[-1:], expected_revenue=1000 * (number + 1), probability=30, date_deadline=f'2026-07-{number + 1:02}',
                name="World open")
            case.lead(account, expected_revenue=500, probability=50, date_deadline='2026-08-01', name="World open")
            case.order(account, '2025-02-14 12:00:00', self.products[number % 4], 300, opportunity_id=deal.id if number % 2 else False)

    def open_deal(self):
        return self.lead(('type', '=', 'opportunity'), ('won_status', '=', 'pending'), ('active', '=', True))

    def do_deal_open(self):
        deal = self.case.lead(
            self.anybody(), expected_revenue=self.amount(), probability=self.random.choice([0.5, 20, 75]),
            date_deadline=self.random.choice(['2026-06-15', '2026-07-31', False]), name="World open")
        return f"{deal.id} of {deal.partner_id.id} until {deal.date_deadline}: {deal.expected_revenue} at {deal.probability}"

    def do_deal_change(self):
        if deal := self.open_deal():
            values = self.random.choice([
                {'expected_revenue': self.amount()}, {'probability': 60}, {'date_deadline': '2026-09-30'}, {'date_deadline': False},
                {'type': 'lead'}, {'active': False}])
            deal.write(values)
            return f"{deal.id}: {values}"

    def do_order_confirm(self):
        deal = self.random.choice([self.open_deal(), None])
        order = self.case.order(
            self.anybody(), self.moment(), self.pick(self.products), self.amount(), opportunity_id=deal and deal.id,
            commitment_date=self.random.choice([self.moment(), False]))
        return f"{order.id} of {order.partner_id.id} on {order.date_order}: {order.amount_untaxed}"

    def do_order_change(self):
        if order := self.an_order('sale'):
            values = self.random.choice([
                {'date_order': self.moment()}, {'commitment_date': self.moment()}, {'opportunity_id': self.open_deal().id}])
            order.write(values)
            return f"{order.id}: {values}"

    def do_order_line(self):
        if order := self.an_order('sale'):
            line = self.pick(order.order_line)
            line.price_unit = self.amount()
            return f"{line.id} of {order.id}: {line.price_unit}"

    def do_order_billed(self):
        if order := self.an_order('sale'):
            order.order_line.qty_delivered = 1
            invoice = order._create_invoices()
            invoice.invoice_date = self.day()
            invoice.action_post()
            return f"{order.id} by {invoice.id}"

    def do_sql_order_move(self):
        if order := self.an_order('sale'):
            return self.sql("UPDATE sale_order SET partner_id = %s WHERE id = %s", self.anybody().id, order.id)
