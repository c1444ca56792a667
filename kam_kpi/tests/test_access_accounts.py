from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import KamCase


@tagged('post_install', '-at_install')
class TestAccessAccounts(KamCase):
    """Who sees whose assignments, scorings and health: own, the team's, all; readers change nothing."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.carla = cls.new_user('carla', 'kam_kpi.group_kam_user')
        cls.new_team("West", cls.zoe, cls.carla)
        cls.delta = cls.new_account("Delta", cls.carla)
        cls.accounts = cls.alpha | cls.beta | cls.delta
        for account in cls.accounts:
            cls.env['kam.account.score'].create({
                'partner_id': account.id,
                'line_ids': [Command.create({'criterion_id': cls.env.ref('kam_kpi.kam_criterion_fit').id, 'score': 5})],
            })
            cls.new_value('nrr_pct', 100.0, account)
        cls.env['kam.health']._refresh(cls.accounts.ids)
        cls.models = ('kam.assignment', 'kam.account.score', 'kam.health')

    def assertSees(self, user, accounts, models=None):
        for model in models or self.models:
            with self.subTest(user=user.name, model=model):
                rows = self.env[model].with_user(user).search([('partner_id', 'in', self.accounts.ids)])
                self.assertEqual(rows.sudo().partner_id, accounts)

    def test_account_manager_sees_own_accounts(self):
        self.assertSees(self.anna, self.alpha)

    def test_leader_sees_the_team(self):
        self.assertSees(self.leo, self.alpha | self.beta)
        self.assertSees(self.zoe, self.delta)

    def test_director_sees_all(self):
        self.assertSees(self.diana, self.accounts)

    def test_reader_sees_all(self):
        self.assertSees(self.rita, self.accounts)

    def test_lines_follow_their_scoring(self):
        lines = self.env['kam.account.score.line']
        self.assertEqual(lines.with_user(self.anna).search([]).score_id.partner_id, self.alpha)
        self.assertEqual(lines.with_user(self.leo).search([
            ('score_id.partner_id', 'in', self.accounts.ids)]).score_id.partner_id, self.alpha | self.beta)

    def test_hand_over_moves_the_sight(self):
        self.alpha.kam_user_id = self.carla
        self.assertSees(self.carla, self.alpha | self.delta)

    def test_former_manager_keeps_the_own_row_of_the_history_only(self):
        self.env['kam.assignment'].search([('partner_id', '=', self.alpha.id)]).date_to = '2024-12-31'
        self.assign(self.alpha, self.carla, '2025-01-01')
        self.assertSees(self.anna, self.env['res.partner'], ['kam.account.score', 'kam.health'])
        rows = self.env['kam.assignment'].with_user(self.anna).search([('partner_id', '=', self.alpha.id)])
        self.assertEqual(rows.user_id, self.anna)

    def test_salesman_and_portal_see_nothing(self):
        portal = self.new_user('porter', 'base.group_portal')
        for user in (self.sam, portal):
            for model in self.models:
                with self.subTest(user=user.name, model=model), self.assertRaises(AccessError):
                    self.env[model].with_user(user).search([])

    def test_reader_changes_nothing(self):
        for model in ('kam.assignment', 'kam.account.score', 'kam.criterion', 'kam.tier', 'kam.objective', 'kam.health.group'):
            records = self.env[model].with_user(self.rita)
            for operation in ('create', 'write', 'unlink'):
                with self.subTest(model=model, operation=operation):
                    self.assertFalse(records.has_access(operation))

    def test_nobody_edits_the_health(self):
        self.assertFalse(self.env['kam.health'].with_user(self.diana).has_access('write'))

    def test_definitions_are_the_director_s(self):
        for model in ('kam.criterion', 'kam.tier', 'kam.objective', 'kam.health.group', 'kam.health.item'):
            with self.subTest(model=model):
                self.assertTrue(self.env[model].with_user(self.diana).has_access('write'))
                self.assertFalse(self.env[model].with_user(self.leo).has_access('write'))
                self.assertTrue(self.env[model].with_user(self.anna).has_access('read'))

    def test_account_manager_cannot_move_a_scoring_to_a_colleague_s_account(self):
        scoring = self.env['kam.account.score'].with_user(self.anna).search([('partner_id', '=', self.alpha.id)])
        with self.assertRaises(AccessError):
            scoring.partner_id = self.beta

    def test_another_company_s_rows_are_out_of_sight(self):
        branch = self.env['res.company'].create({'name': "Branch", 'kam_tz': 'UTC'})
        self.assign(self.alpha, self.anna, '2024-01-01', company_id=branch.id, team_id=False)
        self.env['kam.account.score'].create({'partner_id': self.alpha.id, 'company_id': branch.id})
        self.env['kam.health'].create({'partner_id': self.alpha.id, 'company_id': branch.id})
        for model in self.models:
            rows = self.env[model].with_user(self.diana).search([('partner_id', '=', self.alpha.id)])
            self.assertEqual(rows.company_id, self.company)

    def test_another_company_s_objectives_are_out_of_sight(self):
        branch = self.env['res.company'].create({'name': "Branch", 'kam_tz': 'UTC'})
        ours, theirs, shared = self.env['kam.objective'].create([
            {'name': "Ours", 'company_id': self.company.id}, {'name': "Theirs", 'company_id': branch.id}, {'name': "Shared"}])
        found = self.env['kam.objective'].with_user(self.anna).search([('id', 'in', (ours | theirs | shared).ids)])
        self.assertEqual(found, ours | shared)
