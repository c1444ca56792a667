from odoo.exceptions import AccessError
from odoo.tests import freeze_time, new_test_user, tagged

from .target_common import TargetCase


@tagged('post_install', '-at_install')
@freeze_time('2026-03-01 12:00:00')
class TestTargetAccess(TargetCase):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.targets = {
            name: cls.env['kam.target'].create(cls.vals(subject=subject)) for name, subject in {
                'alpha': cls.alpha, 'beta': cls.beta, 'gamma': cls.gamma, 'anna': cls.anna, 'ben': cls.ben,
                'north': cls.north, 'south': cls.south, 'company': cls.env.company,
            }.items()
        }

    def _seen(self, user, model='kam.target', field='id'):
        ids = {self.targets[name].id: name for name in self.targets}
        records = self.env[model].with_user(user).search([(field, 'in', list(ids))])
        return {ids[record[field] if field == 'id' else record[field].id] for record in records}

    def test_who_sees_what(self):
        everything = set(self.targets)
        for user, expected in [
            (self.anna, {'alpha', 'beta', 'anna'}),
            (self.ben, {'gamma', 'ben'}),
            (self.lea, {'alpha', 'beta', 'anna', 'north'}),
            (self.ole, {'gamma', 'ben', 'south'}),
            (self.dora, everything),
            (self.rita, everything),
        ]:
            with self.subTest(user.name):
                self.assertEqual(self._seen(user), expected)
                self.assertEqual(self._seen(user, 'kam.target.history', 'target_id'), expected)

    def test_sums_follow_what_is_seen(self):
        counts = {
            user.name: self.env['kam.target'].with_user(user)._read_group(
                [('id', 'in', [target.id for target in self.targets.values()])], [], ['__count'])[0][0]
            for user in (self.anna, self.lea, self.dora)}
        self.assertEqual(counts, {'Anna': 3, 'Lea': 4, 'Dora': 8})

    def test_strangers_see_nothing(self):
        salesman = new_test_user(self.env, 'target_sam', 'sales_team.group_sale_manager', context={'no_reset_password': True})
        portal = new_test_user(self.env, 'target_paula', 'base.group_portal', context={'no_reset_password': True})
        for user in (salesman, portal):
            for model in ('kam.target', 'kam.target.history'):
                with self.subTest(user.login, model=model), self.assertRaises(AccessError):
                    self.env[model].with_user(user).search([])

    def test_who_proposes_for_whom(self):
        subjects = {
            'alpha': self.alpha, 'gamma': self.gamma, 'anna': self.anna, 'ben': self.ben, 'north': self.north,
            'south': self.south, 'company': self.env.company}
        for user, allowed in [
            (self.anna, {'alpha', 'anna'}), (self.lea, {'alpha', 'anna', 'north'}), (self.dora, set(subjects)),
            (self.rita, set()),
        ]:
            for name, subject in subjects.items():
                with self.subTest(user=user.name, subject=name):
                    vals = {'date_start': '2026-04-01', 'date_end': '2026-06-30'}
                    if name in allowed:
                        with self.cr.savepoint() as savepoint:
                            self.assertTrue(self.target(subject=subject, user=user, **vals))
                            self.env.flush_all()
                            savepoint.rollback()
                            self.env.invalidate_all(flush=False)
                    else:
                        with self.assertRaises(AccessError):
                            self.target(subject=subject, user=user, **vals)

    def test_account_manager_writes_own_only(self):
        self.targets['alpha'].with_user(self.anna).target_value = 1
        with self.assertRaises(AccessError):
            self.targets['gamma'].with_user(self.anna).target_value = 1

    def test_reader_changes_nothing(self):
        target = self.targets['alpha'].with_user(self.rita)
        with self.assertRaises(AccessError):
            target.target_value = 1
        for action in ('action_agree', 'action_lock', 'action_reopen', 'action_archive'):
            with self.subTest(action), self.assertRaises(AccessError):
                getattr(target, action)()

    def test_account_is_not_moved_to_a_stranger(self):
        target = self.target(date_start='2026-04-01', date_end='2026-06-30')
        for vals in ({'partner_id': self.gamma.id}, {'partner_id': False}, {'partner_id': False, 'user_id': self.ben.id}):
            with self.subTest(vals=vals), self.assertRaises(AccessError):
                target.write(vals)

    def test_member_who_left_is_no_longer_seen_by_the_leader(self):
        self.north.member_ids = False
        self.assertNotIn('anna', self._seen(self.lea))

    def test_other_company_is_closed(self):
        other = self.env['res.company'].create({'name': "Other"})
        target = self.env['kam.target'].create(self.vals(company_id=other.id))
        self.assertFalse(self.env['kam.target'].with_user(self.dora).search([('id', '=', target.id)]))
        with self.assertRaises(AccessError):
            self.target(user=self.dora, company_id=other.id, date_start='2026-04-01')
        with self.assertRaises(AccessError):
            target.with_user(self.dora).with_context(allowed_company_ids=[other.id]).target_value = 1

    def test_wizards_of_others_are_closed(self):
        for model, vals in [('kam.target.copy', {}), ('kam.target.reason', {'operation': 'agree', 'reason': "x"})]:
            wizard = self.env[model].with_user(self.lea).create(vals)
            with self.subTest(model), self.assertRaises(AccessError):
                wizard.with_user(self.dora).read(['id'])

    def test_wizard_does_not_act_on_foreign_targets(self):
        wizard = self.env['kam.target.reason'].with_user(self.anna).create({
            'operation': 'archive', 'reason': "x", 'target_ids': [(6, 0, self.targets['gamma'].ids)]})
        with self.assertRaises(AccessError):
            wizard.action_confirm()
        self.assertTrue(self.targets['gamma'].active)

    def test_partner_and_team_show_own_targets_only(self):
        self.assertFalse(self.gamma.with_user(self.anna).kam_target_ids)
        self.assertEqual(self.gamma.with_user(self.anna).kam_target_count, 0)
        self.assertFalse(self.south.with_user(self.lea).kam_target_ids)
