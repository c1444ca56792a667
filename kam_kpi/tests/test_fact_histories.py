from odoo.tests import tagged

from .documents import DocumentsCase
from .world import difference, facts


@tagged('post_install', '-at_install')
class TestHistories(DocumentsCase):
    """Histories written by hand which once left facts behind: each ends with what a rebuild makes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.alpha, cls.beta = cls.customer("Alpha", key=True), cls.customer("Beta", key=True)
        cls.jane = cls.contact(cls.alpha, "Jane")
        cls.env['kam.fact'].refresh()

    def check(self):
        self.refresh()
        left = facts(self.env)
        self.env['kam.fact'].rebuild()
        right = facts(self.env)
        self.assertEqual(left, right, difference(left, right))

    def change(self, statement, *params):
        self.env.flush_all()
        self.env.cr.execute(statement, params)
        self.env.invalidate_all()

    def test_deleted_contact_leaves_no_answers_behind(self):
        self.rating(self.jane, 5, '2025-02-01 12:00:00')
        self.meeting('2025-02-01 12:00:00', self.jane)
        self.refresh()
        left = [('partner_id', '=', self.alpha.id), ('measure_id.source', 'in', ('voice', 'touch'))]
        self.assertTrue(self.env['kam.fact'].search(left))
        self.jane.unlink()
        self.check()
        self.assertFalse(self.env['kam.fact'].search(left))

    def test_rating_without_a_day_of_its_own(self):
        rating = self.rating(self.jane, 5, '2025-02-01 12:00:00')
        self.change("UPDATE rating_rating SET rated_on = NULL, write_date = '2025-02-01' WHERE id = %s", rating.id)
        self.refresh()
        self.change("UPDATE rating_rating SET write_date = '2025-05-01' WHERE id = %s", rating.id)
        self.check()

    def test_message_that_wanders_between_documents(self):
        deals = [self.lead(self.beta) for _number in range(3)]
        message = self.message(deals[0], self.jane, '2025-02-01 12:00:00')
        for deal in deals[1:]:
            self.refresh()
            message.res_id = deal.id
        self.check()

    def test_line_with_a_date_of_its_own(self):
        move = self.invoice(self.alpha, '2025-02-01', 100)
        self.refresh()
        self.change("UPDATE account_move_line SET invoice_date = '2025-05-01' WHERE move_id = %s", move.id)
        self.check()

    def test_company_that_becomes_a_contact_of_a_key_account(self):
        gamma = self.customer("Gamma")
        self.invoice(gamma, '2025-02-01', (self.sensor, 100))
        self.beta.is_key_account = False
        gamma.write({'parent_id': self.beta.id, 'is_company': False})
        self.refresh()
        self.beta.is_key_account = True
        self.check()

    def test_merged_accounts_share_their_facts(self):
        for account, day in ((self.alpha, '2025-02-01'), (self.beta, '2025-02-01'), (self.alpha, '2025-03-01')):
            self.invoice(account, day, (self.sensor, 100))
        self.rating(self.jane, 5, '2025-02-01 12:00:00')
        self.refresh()
        self.env['base.partner.merge.automatic.wizard']._merge((self.alpha | self.beta).ids, self.beta)
        self.check()
        self.assertEqual(self.value('revenue', self.beta, '2025-01-01', '2026-01-01'), 300.0)
        self.assertFalse(self.env['kam.fact'].search([('partner_id', '=', self.alpha.id)]))
        self.assertFalse(self.alpha.exists())

    def test_posted_invoice_redated(self):
        move = self.invoice(self.alpha, '2025-02-01', 100)
        self.refresh()
        move.with_context(skip_readonly_check=True).invoice_date = '2025-05-01'
        self.check()
        self.assertEqual(self.value('revenue', self.alpha, '2025-02-01', '2025-03-01'), 0.0)
