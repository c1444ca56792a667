from odoo.tests import tagged

from .documents import DocumentsCase

JUNE = ('2026-06-01', '2026-07-01')


@tagged('post_install', '-at_install', '-standard', 'kam_neighbours')
class TestServiceHours(DocumentsCase):
    """With timesheets: the lines of projects of the customer."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.alpha = cls.customer("Alpha", key=True)
        cls.project = cls.env['project.project'].create({'name': "Roll-out", 'partner_id': cls.alpha.id, 'company_id': cls.company.id})
        cls.worker = cls.env['hr.employee'].create({'name': "Wim", 'company_id': cls.company.id})

    def hours(self):
        return self.outcome('service_hours', self.alpha, *JUNE, kind='account')

    def write_down(self, hours, day='2026-06-10', project=None, **vals):
        return self.env['account.analytic.line'].create({
            'name': "Work", 'unit_amount': hours, 'date': day, 'project_id': (project or self.project).id, 'employee_id': self.worker.id,
            'company_id': self.company.id, **vals})

    def test_hours_of_the_period_add_up(self):
        for hours, day in ((2.0, '2026-06-01'), (1.5, '2026-06-10'), (8.0, '2026-05-31'), (8.0, '2026-07-01')):
            self.write_down(hours, day)
        self.assertEqual(self.hours()['value'], 3.5)

    def test_nothing_written_down_is_a_real_zero(self):
        self.assertEqual((self.hours()['state'], self.hours()['value']), ('ok', 0.0))

    def test_hours_of_a_contact_are_hours_of_its_account(self):
        jane = self.contact(self.alpha, "Jane")
        task = self.env['project.task'].create({'name': "Training", 'project_id': self.project.id, 'partner_id': jane.id})
        self.write_down(2.0, task_id=task.id)
        self.assertEqual(self.hours()['value'], 2.0)

    def test_other_analytic_lines_are_no_hours(self):
        account = self.env['account.analytic.account'].create({
            'name': "Cost", 'plan_id': self.env['account.analytic.plan'].create({'name': "Plan"}).id, 'company_id': self.company.id})
        self.env['account.analytic.line'].create({
            'name': "Bill", 'unit_amount': 4.0, 'amount': -100, 'date': '2026-06-10', 'partner_id': self.alpha.id, 'account_id': account.id,
            'company_id': self.company.id})
        self.assertEqual(self.hours()['value'], 0.0)

    def test_hours_which_move_to_another_project_are_counted_there(self):
        line = self.write_down(2.0)
        self.assertEqual(self.hours()['value'], 2.0)
        line.project_id = self.env['project.project'].create({'name': "Internal", 'company_id': self.company.id})
        self.assertEqual(self.hours()['value'], 0.0)
