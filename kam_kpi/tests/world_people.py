from odoo import Command


class PeopleOperations:
    """Accounts, their contacts and managers, and the company itself."""

    def populate_people(self):
        case = self.case
        self.accounts = case.customer("World Alpha", True) | case.customer("World Beta", True) | case.customer("World Gamma") \
            | self.env['res.partner'].create({'name': "World Delta", 'company_id': case.company.id})
        self.contacts = self.env['res.partner'].union(*(
            case.contact(account, f"{account.name} {number}") for account in self.accounts[:3] for number in (1, 2)))
        self.users = case.diana | case.new_user('anna', 'kam_kpi.group_kam_user') | case.new_user('ben', 'kam_kpi.group_kam_user')
        self.other_company = self.env['res.company'].create({'name': "World elsewhere", 'currency_id': case.eur.id, 'kam_tz': 'Pacific/Auckland'})
        self.people = self.accounts | self.contacts

    def people_of(self, account):
        return account | self.contacts.filtered(lambda contact: contact.parent_id == account)

    def anybody(self):
        """One of the accounts and contacts still there."""
        return self.pick(self.people.exists())

    def account(self):
        people = self.people.exists()
        return self.pick(people.filtered(lambda partner: partner.commercial_partner_id == partner))

    def do_contact_reparent(self):
        contact = self.pick(self.contacts.exists())
        target = self.pick(self.accounts.exists().filtered('is_company'))
        if contact and target and contact.parent_id != target:
            contact.parent_id = target
            return f"{contact.id} to {target.id}"

    def do_contact_release(self):
        contact = self.pick(self.contacts.exists().filtered('parent_id'))
        if contact:
            contact.parent_id = False
            return str(contact.id)

    def do_person_attach(self):
        people = self.accounts.exists().filtered(lambda partner: not partner.is_company and not partner.parent_id)
        target = self.pick(self.accounts.exists().filtered('is_company'))
        if people and target:
            person = self.pick(people)
            person.parent_id = target
            return f"{person.id} to {target.id}"

    def do_account_becomes_contact(self):
        accounts = self.accounts.exists().filtered(lambda partner: partner.is_company and not partner.parent_id)
        if len(accounts) > 1:
            account = self.pick(accounts)
            target = self.pick(accounts - account)
            account.write({'parent_id': target.id, 'is_company': self.random.random() < 0.5})
            return f"{account.id} under {target.id}, company {account.is_company}"

    def do_merge(self):
        people = self.people.exists()
        first, second = self.pick(people), self.pick(people)
        if first == second or second in first.parent_id | first.child_ids or first in second.child_ids:
            return None
        label = f"{first.id} into {second.id}"
        self.env['base.partner.merge.automatic.wizard']._merge((first | second).ids, second)
        return label

    def do_contact_delete(self):
        contact = self.pick(self.contacts.exists())
        if contact:
            label = str(contact.id)
            contact.unlink()
            return label

    def do_partner_archive(self):
        partner = self.anybody()
        partner.active = not partner.active
        return f"{partner.id} {partner.active}"

    def do_key_account(self):
        account = self.account()
        account.is_key_account = not account.is_key_account
        return f"{account.id} {account.is_key_account}"

    def do_partner_company(self):
        account = self.account()
        company = self.random.choice([self.env['res.company'], self.case.company])
        (account | account.child_ids).company_id = company
        return f"{account.id} {company.id}"

    def do_sql_partner_company(self):
        account = self.account()
        return self.sql("UPDATE res_partner SET company_id = %s WHERE id = %s", self.other_company.id, account.id)

    def do_assign(self):
        account = self.account().filtered('is_key_account')
        if account:
            account.kam_user_id = self.pick(self.users)
            return f"{account.id} to {account.kam_user_id.id}"

    def do_assignment_in_the_past(self):
        account = self.account()
        if account:
            assignment = self.env['kam.assignment'].create({
                'partner_id': account.id, 'user_id': self.pick(self.users).id, 'date_from': self.day(), 'date_to': '2025-03-31',
                'company_id': self.random.choice([self.case.company, self.other_company]).id})
            return f"{account.id} in {assignment.company_id.id} from {assignment.date_from}"

    def do_assignment_delete(self):
        assignment = self.some('kam.assignment', [('partner_id', 'in', self.people.exists().ids)])
        if assignment:
            label = f"{assignment.id} of {assignment.partner_id.id}"
            assignment.unlink()
            return label

    def do_time_zone(self):
        company = self.case.company
        company.kam_tz = self.random.choice(['UTC', 'Europe/Paris', 'Pacific/Kiritimati', 'America/New_York'])
        return company.kam_tz

    def do_sql_user_share(self):
        return self.sql("UPDATE res_users SET share = share IS NOT TRUE WHERE id = %s", self.pick(self.users).id)

    def do_contact_becomes_user(self):
        contact = self.pick(self.contacts.exists().filtered(lambda partner: partner.active and not partner.with_context(active_test=False).user_ids))
        if contact:
            user = self.env['res.users'].create({
                'login': f'world{contact.id}', 'name': contact.name, 'partner_id': contact.id, 'company_id': self.case.company.id,
                'company_ids': [Command.set(self.case.company.ids)]})
            return f"{contact.id} as {user.id}"
