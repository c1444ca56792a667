from datetime import date

from odoo.fields import Command
from odoo.tests import TransactionCase, freeze_time, new_test_user, tagged


@tagged('post_install', '-at_install')
@freeze_time('2026-03-01 12:00:00')
class TestTargetEndToEnd(TransactionCase):
    """From a posted invoice to the status of the targets, with the shipped KPI and the real engine."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.anna = new_test_user(
            cls.env, 'target_anna', 'kam_kpi.group_kam_user', name="Anna", context={'no_reset_password': True})
        cls.north = cls.env['crm.team'].create({'name': "North", 'member_ids': cls.anna.ids})
        cls.account = cls.env['res.partner'].create({
            'name': "Alpha", 'is_company': True, 'is_key_account': True, 'kam_user_id': cls.anna.id,
            'kam_team_id': cls.north.id})
        cls.env['kam.assignment'].search([('partner_id', '=', cls.account.id)]).date_from = '2026-01-01'
        cls.journal = cls.env['account.journal'].create({'name': "Sales", 'type': 'sale', 'code': 'TGT'})
        cls.income = cls.env['account.account'].create({'name': "Sales", 'code': 'TGT400', 'account_type': 'income'})
        cls.receivable = cls.env['account.account'].create({
            'name': "Customers", 'code': 'TGT130', 'account_type': 'asset_receivable', 'reconcile': True})
        cls.account.property_account_receivable_id = cls.receivable

    def _invoice(self, amount, day):
        self.env['account.move'].create({
            'move_type': 'out_invoice', 'partner_id': self.account.id, 'journal_id': self.journal.id, 'invoice_date': day,
            'invoice_line_ids': [Command.create({
                'name': "Pumps", 'quantity': 1, 'price_unit': amount, 'account_id': self.income.id,
                'tax_ids': [Command.clear()]})],
        }).action_post()
        self.env['kam.fact'].refresh()

    def _target(self, **subject):
        return self.env['kam.target'].create({
            'kpi_id': self.env.ref('kam_kpi.kam_kpi_revenue').id, 'date_start': '2026-01-01', 'date_end': '2026-03-31',
            'target_value': 150000, 'objective_id': self.env['kam.objective'].create({'name': "Grow"}).id, **subject})

    def test_invoices_move_the_targets(self):
        self._invoice(100000, date(2026, 1, 15))
        targets = [self._target(partner_id=self.account.id), self._target(user_id=self.anna.id), self._target(team_id=self.north.id)]
        for target in targets:
            with self.subTest(target.scope):
                self.assertRecordValues(target, [{'actual_value': 100000, 'status': 'on_track'}])
        self._invoice(18000, date(2026, 2, 27))
        self._invoice(50000, date(2026, 3, 1))
        self.env['kam.target']._refresh_actuals()
        for target in targets:
            with self.subTest(target.scope):
                self.assertRecordValues(target, [{
                    'actual_value': 118000, 'due_value': 150000 * 59 / 90, 'pace': 1.2, 'forecast': 180000}])
