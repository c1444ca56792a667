from odoo import Command
from odoo.fields import Date


class PlansOperations:
    """Agreements, customers' goals and estimates of wallets."""

    def populate_plans(self):
        case = self.case
        for number, account in enumerate(self.commercial_accounts()):
            case.renewed(account, '2024-01-01', '2025-01-20', 1000, '2025-02-01', 900 + 100 * number)
            case.renewed(account, '2024-01-01', '2025-02-20', 500, '2025-03-01', 800, currency_id=case.usd.id)
            case.agreement(account, '2024-01-01', '2025-03-10', 300, state='lost')
            case.agreement(account, '2024-01-01', '2025-02-10', 400)
            for month, actual in ((1, 1), (2, 0.25), (3, False)):
                case.goal(account, f'2025-{month:02}-25', actual, weight=month)
            case.wallet(account, '2025-01-05', 4000)
            case.wallet(account, '2025-02-05', 5000, *((case.hardware,) if number % 2 else ()))

    def commercial_accounts(self):
        """The accounts which stand for themselves."""
        accounts = self.accounts.exists()
        return accounts.filtered(lambda partner: partner.commercial_partner_id == partner)

    def of_world(self, model):
        return self.some(model, [('company_id', '=', self.case.company.id)])

    # agreements

    def do_agreement(self):
        agreement = self.case.agreement(
            self.account(), '2024-01-01', self.day(), self.amount(), state=self.random.choice(['draft', 'active', 'active', 'lost']),
            **({'currency_id': self.case.usd.id} if self.random.random() < 0.3 else {}))
        return f"{agreement.id} {agreement.state} to {agreement.date_end}"

    def a_first_agreement(self):
        """One that began in time to end in any month of this world."""
        return self.some('kam.agreement', [('company_id', '=', self.case.company.id), ('date_start', '<', '2025-01-01')])

    def do_agreement_change(self):
        if agreement := self.a_first_agreement():
            name, value = self.random.choice([
                ('date_end', self.day()), ('annual_value', self.amount()), ('state', 'active'), ('state', 'lost'), ('state', 'cancelled'),
                ('currency_id', self.case.usd.id), ('successor_id', False)])
            agreement[name] = value
            return f"{agreement.id} {name} {value}"

    def do_agreement_renew(self):
        if agreement := self.some('kam.agreement', [('state', 'in', ('active', 'lost')), ('successor_id', '=', False)]):
            agreement.action_renew()
            start = Date.add(agreement.date_end, days=self.random.choice([1, 30, 31]))
            agreement.successor_id.write({
                'date_start': start, 'date_end': max(start, Date.to_date('2031-12-31')),
                'state': self.random.choice(['draft', 'active'])})
            return f"{agreement.id} by {agreement.successor_id.id} from {agreement.successor_id.date_start}"

    def do_agreement_delete(self):
        if agreement := self.of_world('kam.agreement'):
            label = self.label(agreement)
            agreement.unlink()
            return label

    def do_agreement_repartner(self):
        if agreement := self.some('kam.agreement', [('successor_id', '=', False), ('predecessor_ids', '=', False)]):
            agreement.partner_id = self.account()
            return f"{agreement.id} to {agreement.partner_id.id}"

    def do_sql_agreement(self):
        if agreement := self.a_first_agreement():
            return self.sql("UPDATE kam_agreement SET date_end = %s, partner_id = %s WHERE id = %s", self.day(), self.account().id, agreement.id)

    def do_grace_days(self):
        self.case.company.kam_grace_days = self.random.choice([0, 10, 30, 45])
        return str(self.case.company.kam_grace_days)

    def do_currency_rate(self):
        day = self.day()
        known = self.env['res.currency.rate'].search([
            ('currency_id', '=', self.case.usd.id), ('company_id', '=', self.case.company.id), ('name', '=', day)])
        if known:
            known.unlink()
            return f"none on {day}"
        return f"{self.case.dollar_rate(self.random.choice([1.1, 1.5, 2]), day).rate} from {day}"

    # goals

    def do_goal(self):
        goal = self.case.goal(
            self.account(), self.random.choice([self.day(), False]), self.random.choice([False, 0, 0.5, 2]), self.random.choice([0, 1, 4]),
            self.random.choice([1, 3]), direction=self.random.choice(['higher', 'lower']))
        return f"{goal.id} due {goal.due_date}"

    def do_goal_change(self):
        if goal := self.of_world('kam.customer.goal'):
            name, value = self.random.choice([
                ('actual', False), ('actual', 0.75), ('target', 2.0), ('baseline', 0.5), ('weight', 5.0), ('due_date', self.day()),
                ('due_date', False), ('direction', 'lower')])
            goal[name] = value
            return f"{goal.id} {name} {value}"

    def do_goal_delete(self):
        if goal := self.of_world('kam.customer.goal'):
            label = self.label(goal)
            goal.unlink()
            return label

    def do_goal_repartner(self):
        if goal := self.some('kam.customer.goal', [('plan_id', '=', False), ('company_id', '=', self.case.company.id)]):
            goal.partner_id = self.account()
            return f"{goal.id} to {goal.partner_id.id}"

    def do_plan(self):
        """A goal in a plan, which may be cancelled with all that is in it."""
        account = self.account()
        plan = self.env['kam.plan'].search([('partner_id', '=', account.id), ('state', 'in', ('draft', 'running'))], limit=1)
        if plan:
            plan._cancel("Enough")
            return f"{plan.id} cancelled"
        plan = self.env['kam.plan'].create({'partner_id': account.id, 'year': 2025, 'company_id': self.case.company.id})
        return f"{self.case.goal(account, self.day(), 1, plan_id=plan.id).id} of {plan.id}"

    # wallets

    def do_wallet(self):
        names = self.random.choice([(), (self.case.hardware,), (self.case.support, self.case.training)])
        estimate = self.case.wallet(
            self.account(), self.random.choice([self.day(), '2022-12-31', '2026-05-05']), self.amount(), *names,
            **({'currency_id': self.case.usd.id} if self.random.random() < 0.3 else {}))
        return f"{estimate.id} of {estimate.partner_id.id} on {estimate.date}"

    def do_wallet_change(self):
        if estimate := self.of_world('kam.wallet.estimate'):
            name, value = self.random.choice([
                ('date', self.day()), ('amount', self.amount()), ('partner_id', self.account().id), ('currency_id', self.case.usd.id),
                ('categ_ids', [Command.set(self.case.hardware.ids)]), ('categ_ids', [Command.clear()]), ('categ_ids', [Command.link(self.case.support.id)])])
            estimate.write({name: value})
            return f"{estimate.id} {name} {value}"

    def do_wallet_delete(self):
        if estimate := self.of_world('kam.wallet.estimate'):
            label = self.label(estimate)
            estimate.unlink()
            return label

    def do_category_parent(self):
        self.case.support.parent_id = self.random.choice([False, self.case.hardware])
        return f"support below {self.case.support.parent_id.name}"
