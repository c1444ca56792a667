from datetime import date

from odoo.addons.kam_kpi.tools.days import free_days
from odoo.tests import tagged

from .common import KamCase


@tagged('post_install', '-at_install')
class TestMergeAssignments(KamCase):
    """Merged accounts lose neither holder nor scoring, and no day gets two holders."""

    def merge(self, source, destination):
        self.env['kam.assignment']._merge_accounts(source.ids, destination.id)

    def history(self, account):
        return [
            (row.user_id, str(row.date_from), str(row.date_to or ''))
            for row in self.env['kam.assignment'].search([('partner_id', '=', account.id)], order='date_from')]

    def test_destination_without_holder_takes_the_source_s(self):
        self.merge(self.alpha, self.gamma)
        self.assertEqual(self.history(self.gamma), [(self.anna, '2024-01-01', '')])
        self.assertEqual(self.gamma.kam_user_id, self.anna)
        self.assertTrue(self.gamma.is_key_account)
        self.assertEqual(str(self.gamma.kam_since_date), '2024-01-01')

    def test_destination_s_holder_stays_and_the_other_is_noted(self):
        self.merge(self.alpha, self.beta)
        self.assertEqual(self.history(self.beta), [(self.ben, '2024-01-01', '')])
        self.assertIn("Alpha: Anna, from 2024-01-01", self.beta.message_ids[:1].body)

    def test_source_fills_the_gap_before(self):
        self.env['kam.assignment'].search([('partner_id', '=', self.alpha.id)]).date_from = '2023-01-01'
        self.merge(self.alpha, self.beta)
        self.assertEqual(self.history(self.beta), [
            (self.anna, '2023-01-01', '2023-12-31'), (self.ben, '2024-01-01', '')])

    def test_confirmed_scoring_moves(self):
        scoring = self.env['kam.account.score'].create({
            'partner_id': self.alpha.id,
            'line_ids': [(0, 0, {'criterion_id': criterion.id, 'score': 7})
                         for criterion in self.env['kam.criterion'].search([])],
        })
        scoring.action_confirm()
        self.merge(self.alpha, self.gamma)
        self.assertEqual(scoring.partner_id, self.gamma)

    def test_merged_contact_changes_nothing(self):
        contact = self.new_contact(self.alpha, "Carl")
        self.merge(contact, self.gamma)
        self.assertFalse(self.gamma.is_key_account)
        self.assertEqual(self.history(self.alpha), [(self.anna, '2024-01-01', '')])

    def test_merge_wizard_loses_nothing(self):
        self.new_value('nrr_pct', 90.0, self.alpha)
        self.new_value('nrr_pct', 95.0, self.beta)
        self.env['kam.health']._refresh((self.alpha | self.beta).ids)
        wizard = self.env['base.partner.merge.automatic.wizard'].create({})
        wizard._merge((self.alpha | self.beta).ids, self.beta)
        self.assertFalse(self.alpha.exists())
        self.assertEqual(self.history(self.beta), [(self.ben, '2024-01-01', '')])
        self.assertEqual((self.beta.kam_user_id, self.beta.kam_team_id), (self.ben, self.north))

    def test_free_days_of_a_span_with_an_end(self):
        taken = [(date(2024, 1, 10), date(2024, 1, 12)), (date(2024, 1, 20), None)]
        self.assertEqual(list(free_days(date(2024, 1, 1), date(2024, 1, 31), taken)), [
            (date(2024, 1, 1), date(2024, 1, 9)), (date(2024, 1, 13), date(2024, 1, 19))])

    def test_no_free_day(self):
        self.assertEqual(list(free_days(date(2024, 1, 1), None, [(date(2023, 1, 1), None)])), [])

    def test_taken_days_elsewhere_leave_the_span_whole(self):
        taken = [(date(2023, 1, 1), date(2023, 12, 31)), (date(2025, 1, 1), None)]
        self.assertEqual(list(free_days(date(2024, 1, 1), date(2024, 12, 31), taken)), [
            (date(2024, 1, 1), date(2024, 12, 31))])
