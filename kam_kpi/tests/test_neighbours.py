from odoo.tests import TransactionCase, tagged


@tagged('post_install', '-at_install', '-standard', 'kam_neighbours')
class TestNeighbours(TransactionCase):
    """The database in which these tests run has the modules that scripts/neighbours names."""

    def test_they_are_there(self):
        names = ('website_crm', 'hr_timesheet', 'project', 'stock_account', 'sale_margin')
        states = {name: self.env['ir.module.module']._get(name).state for name in names}
        self.assertEqual(states, dict.fromkeys(names, 'installed'))
