from datetime import datetime, timedelta

from .world import World

LAST_VISIT = datetime(2026, 6, 14, 23)  # page views are forgotten after some weeks, so they are of the last ones


class NeighbourWorld(World):
    """What happens besides in a database with the website and with projects."""

    @classmethod
    def neighbour_operations(cls):
        return sorted(set(cls.operations()) - set(World.operations()))

    def populate(self):
        super().populate()
        case = self.case
        self.website = self.env['website'].create({'name': "World", 'company_id': case.company.id})
        visitors = self.env['website.visitor'].create([
            {'access_token': f'{number:032x}', 'website_id': self.website.id, 'last_connection_datetime': LAST_VISIT} for number in range(4)])
        visitors[0].partner_id = self.people[0]
        self.visitors = visitors
        for number in range(40):
            self.view(visitors[number % 4], LAST_VISIT - timedelta(minutes=20 * number * number))
        self.project = self.env['project.project'].create({'name': "World", 'partner_id': self.accounts[0].id, 'company_id': case.company.id})
        self.tasks = self.env['project.task'].create([
            {'name': "World", 'project_id': self.project.id, 'partner_id': account.id, 'company_id': case.company.id} for account in self.accounts])
        for number, task in enumerate(self.tasks):
            case.message(task, self.people_of(task.partner_id)[-1:], '2025-02-14 12:00:00', kind='email')
            case.message(task, self.users[number % 3].partner_id, '2025-02-14 13:00:00')
            case.rating(task.partner_id, 5, '2025-02-28 23:45:00', model='project.task', document=task)

        self.worker = self.env['hr.employee'].create({'name': "World", 'company_id': case.company.id})
        self.sheets = self.env['account.analytic.line'].create([{
            'name': "World", 'unit_amount': number + 0.5, 'date': self.day(), 'project_id': self.project.id, 'task_id': task.id,
            'employee_id': self.worker.id, 'company_id': case.company.id} for number, task in enumerate(self.tasks)])

    def do_hours(self):
        task = self.pick(self.tasks.exists())
        line = self.env['account.analytic.line'].create({
            'name': "World", 'unit_amount': self.random.choice([0.25, 2, 8]), 'date': self.day(), 'project_id': self.project.id,
            'task_id': task.id if task else False, 'employee_id': self.worker.id, 'company_id': self.case.company.id})
        self.sheets |= line
        return f"{line.id} of {line.partner_id.id} on {line.date}"

    def do_hours_edit(self):
        if line := self.pick(self.sheets.exists()):
            line.write({'unit_amount': self.random.choice([0, 1, 3]), 'date': self.day()})
            return f"{line.id} {line.unit_amount} on {line.date}"

    def do_sql_hours(self):
        if line := self.pick(self.sheets.exists()):
            name, value = self.random.choice([('project_id', None), ('partner_id', self.anybody().id), ('unit_amount', 5)])
            return self.sql(f"UPDATE account_analytic_line SET {name} = %s WHERE id = %s", value, line.id)

    def do_hours_delete(self):
        if line := self.pick(self.sheets.exists()):
            label = str(line.id)
            line.unlink()
            return label

    def view(self, visitor, when):
        return self.env['website.track'].create({'visitor_id': visitor.id, 'visit_datetime': when})

    def visitor(self):
        return self.pick(self.visitors.exists())

    def track(self):
        return self.pick(self.env['website.track'].search([('visitor_id', 'in', self.visitors.exists().ids)]))

    def when(self):
        return LAST_VISIT - timedelta(minutes=self.random.choice([0, 10, 29, 30, 31, 45, 60 * 24 * 14, 60 * 24 * 45, 60 * 24 * 58, 60 * 24 * 70]))

    def do_website_view(self):
        if visitor := self.visitor():
            track = self.view(visitor, self.when())
            return f"{track.id} of {visitor.id} at {track.visit_datetime}"

    def do_website_view_delete(self):
        if track := self.track():
            label = str(track.id)
            track.unlink()
            return label

    def do_sql_website_view(self):
        if track := self.track():
            return self.sql("UPDATE website_track SET visit_datetime = %s WHERE id = %s", str(self.when()), track.id)

    def do_website_login(self):
        if visitor := self.visitor():
            visitor.partner_id = self.random.choice([self.anybody(), self.env['res.partner']])
            return f"{visitor.id} is {visitor.partner_id.id}"

    def do_website_visitors_merge(self):
        one, other = self.visitor(), self.visitor()
        if one != other and other.partner_id:
            label = f"{one.id} into {other.id}"
            one._merge_visitor(other)
            return label

    def do_website_visitor_forget(self):
        if visitor := self.visitor():
            label = str(visitor.id)
            visitor.unlink()
            return label

    def do_website_company(self):
        self.website.company_id = self.random.choice([self.case.company, self.other_company])
        return str(self.website.company_id.id)

    def do_website_lead(self):
        lead, visitor = self.some('crm.lead'), self.visitor()
        if lead and visitor:
            lead.visitor_ids = self.random.choice([visitor, self.env['website.visitor']])
            return f"{lead.id} by {lead.visitor_ids.ids}"

    def do_task_message(self):
        if task := self.pick(self.tasks.exists()):
            author = self.random.choice([self.anybody(), self.pick(self.users).partner_id])
            message = self.case.message(task, author, self.moment(), kind='email')
            return f"{message.id} on {task.id} by {author.id} at {message.date}"

    def do_task_partner(self):
        if task := self.pick(self.tasks.exists()):
            task.partner_id = self.anybody()
            return f"{task.id} of {task.partner_id.id}"

    def do_sql_task_company(self):
        if task := self.pick(self.tasks.exists()):
            return self.sql("UPDATE project_task SET company_id = %s WHERE id = %s", self.random.choice([self.other_company.id, None]), task.id)

    def do_task_delete(self):
        if task := self.pick(self.tasks.exists()):
            label = str(task.id)
            self.env['account.analytic.line'].search([('task_id', '=', task.id)]).unlink()  # Odoo asks for that
            task.unlink()
            return label

    def do_project_message(self):
        message = self.case.message(self.project, self.anybody(), self.moment(), kind='email')
        return f"{message.id} at {message.date}"
