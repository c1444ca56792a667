from datetime import date
from unittest.mock import patch

from psycopg2 import IntegrityError

from odoo.addons.base.models.res_users import ResUsers
from odoo.addons.kam_kpi.models.res_company import ResCompany
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import KamCase


@tagged('post_install', '-at_install')
class TestAssignment(KamCase):
    """Ownership of an account is dated: one holder a day, history is kept."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Assignment = cls.env['kam.assignment']

    def setUp(self):
        super().setUp()
        self.travel_to('2025-06-15')

    def travel_to(self, day):
        """Let it be another day in every company."""
        patcher = patch.object(ResCompany, '_kam_today', lambda company: date.fromisoformat(day))
        patcher.start()
        self.addCleanup(patcher.stop)

    def history(self, account):
        return [
            (row.user_id, str(row.date_from), str(row.date_to or ''))
            for row in self.Assignment.search([('partner_id', '=', account.id)], order='date_from')]

    def test_first_assignment_begins_with_the_key_account(self):
        self.assertEqual(self.history(self.alpha), [(self.anna, '2024-01-01', '')])

    def test_new_manager_takes_over_today(self):
        self.alpha.with_user(self.leo).kam_user_id = self.ben
        self.assertEqual(self.history(self.alpha), [
            (self.anna, '2024-01-01', '2025-06-14'), (self.ben, '2025-06-15', '')])

    def test_second_change_on_a_day_replaces_the_first(self):
        self.alpha.kam_user_id = self.ben
        self.alpha.kam_user_id = self.leo
        self.assertEqual(self.history(self.alpha), [
            (self.anna, '2024-01-01', '2025-06-14'), (self.leo, '2025-06-15', '')])

    def test_released_account_keeps_its_history(self):
        self.alpha.write({'kam_user_id': False, 'kam_team_id': False})
        self.assertEqual(self.history(self.alpha), [(self.anna, '2024-01-01', '2025-06-14')])
        self.assertFalse(self.alpha.kam_user_id)

    def test_account_without_manager_waits_with_its_team(self):
        self.alpha.kam_user_id = False
        self.assertFalse(self.alpha.kam_user_id)
        self.assertEqual(self.alpha.kam_team_id, self.north)

    def test_agreed_later_assignment_stays(self):
        self.Assignment.search([('partner_id', '=', self.alpha.id)]).date_to = '2025-08-31'
        self.assign(self.alpha, self.ben, '2025-09-01')
        self.alpha.kam_user_id = self.leo
        self.assertEqual(self.history(self.alpha), [
            (self.anna, '2024-01-01', '2025-06-14'), (self.leo, '2025-06-15', '2025-08-31'), (self.ben, '2025-09-01', '')])

    def test_writing_the_same_manager_changes_nothing(self):
        self.alpha.with_user(self.anna).kam_user_id = self.anna
        self.assertEqual(self.history(self.alpha), [(self.anna, '2024-01-01', '')])

    def test_two_managers_on_one_day_are_refused(self):
        self.Assignment.search([('partner_id', '=', self.alpha.id)]).date_to = '2025-06-30'
        with self.assertRaisesRegex(
                ValidationError, r"Alpha .* two key-account managers on one day: Anna \(2024-01-01 to 2025-06-30\) and "
                                 r"Ben \(from 2025-06-30\)"):
            self.assign(self.alpha, self.ben, '2025-06-30')

    def test_day_after_is_free(self):
        self.Assignment.search([('partner_id', '=', self.alpha.id)]).date_to = '2025-06-30'
        self.assign(self.alpha, self.ben, '2025-07-01')
        self.assertEqual(len(self.history(self.alpha)), 2)

    def test_database_refuses_what_two_people_enter_at_once(self):
        with patch.object(type(self.Assignment), '_check_free', lambda record, vals: None), \
                self.assertRaises(IntegrityError), mute_logger('odoo.sql_db'):
            self.assign(self.alpha, self.ben, '2025-01-01', '2025-01-31')

    def test_end_before_the_beginning_is_refused(self):
        with self.assertRaises(IntegrityError), mute_logger('odoo.sql_db'):
            self.assign(self.gamma, self.ben, '2025-01-31', '2025-01-01')

    def test_contact_cannot_be_assigned(self):
        contact = self.new_contact(self.gamma, "Carl")
        with self.assertRaisesRegex(ValidationError, "assign the company"):
            self.assign(contact, self.ben, '2025-01-01')

    def test_portal_user_cannot_manage(self):
        portal = self.new_user('porter', 'base.group_portal')
        with self.assertRaisesRegex(ValidationError, "portal"):
            self.assign(self.gamma, portal, '2025-01-01')

    def test_holders_on_a_day(self):
        self.alpha.kam_user_id = self.ben
        before = self.Assignment._holders(self.alpha.ids, date(2025, 6, 14), self.company.id)
        after = self.Assignment._holders(self.alpha.ids, date(2025, 6, 15), self.company.id)
        self.assertEqual(before, {self.alpha.id: (self.anna.id, self.north.id)})
        self.assertEqual(after, {self.alpha.id: (self.ben.id, self.north.id)})

    def test_nobody_holds_before_the_first_day(self):
        self.assertEqual(self.Assignment._holders(self.alpha.ids, date(2023, 12, 31), self.company.id), {})

    def test_assignment_which_begins_later_takes_effect_by_the_nightly_job(self):
        self.Assignment.search([('partner_id', '=', self.alpha.id)]).date_to = '2025-06-30'
        self.assign(self.alpha, self.ben, '2025-07-01')
        self.assertEqual(self.alpha.kam_user_id, self.anna)
        self.travel_to('2025-07-01')
        self.Assignment._cron_sync_holders()
        self.assertEqual(self.alpha.kam_user_id, self.ben)

    def test_assignment_ends_by_the_nightly_job(self):
        self.Assignment.search([('partner_id', '=', self.alpha.id)]).date_to = '2025-06-30'
        self.travel_to('2025-07-01')
        self.Assignment._cron_sync_holders()
        self.assertFalse(self.alpha.kam_user_id)

    def test_each_company_has_its_own_holder(self):
        branch = self.env['res.company'].create({'name': "Branch", 'kam_tz': 'UTC'})
        self.assign(self.alpha, self.ben, '2025-01-01', company_id=branch.id, team_id=False)
        holders = self.Assignment._holders(self.alpha.ids, date(2025, 6, 1), branch.id)
        self.assertEqual(holders, {self.alpha.id: (self.ben.id, False)})
        self.assertEqual(self.alpha.kam_user_id, self.anna, "the first company's holder is shown")

    def test_user_with_assignments_cannot_be_deleted(self):
        with self.assertRaises(IntegrityError), mute_logger('odoo.sql_db'), \
                patch.object(ResUsers, '_unlink_except_master_data', lambda users: None):
            self.anna.unlink()

    def test_account_manager_cannot_edit_the_history(self):
        with self.assertRaises(AccessError):
            self.Assignment.with_user(self.anna).search([('partner_id', '=', self.alpha.id)]).date_from = '2024-02-01'

    def test_leader_of_another_team_cannot_assign(self):
        with self.assertRaises(AccessError):
            self.Assignment.with_user(self.zoe).create({
                'partner_id': self.alpha.id, 'user_id': self.zoe.id, 'date_from': '2023-01-01', 'date_to': '2023-12-31'})
