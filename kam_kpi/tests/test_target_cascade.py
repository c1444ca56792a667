from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import BaseCase, Form, freeze_time, tagged

from ..tools.distribute import distribute
from .target_common import TargetCase


@tagged('post_install', '-at_install')
class TestDistribute(BaseCase):

    def test_nothing_is_lost_to_rounding(self):
        self.assertEqual(distribute(100, [1, 1, 1]), [33.34, 33.33, 33.33])
        self.assertEqual(distribute(10, [1, 1, 1], 1), [4, 3, 3])
        self.assertEqual(sum(distribute(1000, [3, 5, 7, 11], 1)), 1000)

    def test_what_lost_most_gets_the_rest(self):
        self.assertEqual(distribute(10, [0.26, 0.35, 0.39], 1), [3, 3, 4])

    def test_negative_amounts(self):
        self.assertEqual(distribute(-100, [1, 1, 1]), [-33.34, -33.33, -33.33])

    def test_weights_of_nothing_get_nothing(self):
        self.assertEqual(distribute(100, [0, 0]), [0, 0])
        self.assertEqual(distribute(100, []), [])
        self.assertEqual(distribute(100, [0, 2]), [0, 100])

    def test_bad_numbers_are_refused(self):
        for total, weights, step in ((float('nan'), [1], 1), (1, [-1], 1), (1, [float('inf')], 1), (1, [1], 0)):
            with self.subTest(total=total, weights=weights, step=step), self.assertRaises(ValueError):
                distribute(total, weights, step)


@tagged('post_install', '-at_install')
@freeze_time('2026-03-01 12:00:00')
class TestTargetCascade(TargetCase):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.kpis['t_sales'].unit = 'currency'
        cls.env['kam.fact'].create([{
            'measure_id': cls.env.ref('kam_kpi.kam_measure_revenue').id, 'company_id': cls.env.company.id,
            'partner_id': account.id, 'date': day, 'amount': amount, 'count': 1,
        } for account, day, amount in (
            (cls.alpha, '2025-02-01', 300), (cls.beta, '2025-03-31', 100), (cls.beta, '2025-04-01', 5000))])

    def _wizard(self, whole, user=None, **vals):
        Wizard = self.env['kam.target.cascade'].with_user(user or self.lea)
        with Form(Wizard.with_context(**whole.with_user(user or self.lea).action_distribute()['context'])) as form:
            for name, value in vals.items():
                form[name] = value
        return form.record

    def _team(self, **vals):
        return self.target(subject=self.north, user=self.lea, **vals)

    def _parts(self, whole):
        return {part.subject: part.target_value for part in whole.sudo().child_ids}

    # ------------------------------------------------------------------
    # shares
    # ------------------------------------------------------------------

    def test_equal_parts(self):
        whole = self._team(target_value=100)
        wizard = self._wizard(whole, level='account', method='equal')
        self.assertRecordValues(wizard.line_ids, [
            {'subject': "Alpha", 'share': 50, 'value': 50}, {'subject': "Beta", 'share': 50, 'value': 50}])
        wizard.action_confirm()
        self.assertEqual(self._parts(whole), {'Alpha': 50, 'Beta': 50})
        self.assertRecordValues(whole, [{'part_count': 2, 'distributed_value': 100, 'undistributed_value': 0}])
        self.assertIn("All of it is distributed, to 2 targets", whole.distribution_text)

    def test_parts_by_last_years_revenue_of_the_same_period(self):
        whole = self._team(target_value=1000)
        wizard = self._wizard(whole, level='account', method='last_year')
        self.assertEqual({line.subject: (line.share, line.value) for line in wizard.line_ids}, {'Alpha': (75, 750), 'Beta': (25, 250)})

    def test_typed_shares_leave_a_rest_which_stays_visible(self):
        whole = self._team(target_value=1000)
        Wizard = self.env['kam.target.cascade'].with_user(self.lea).with_context(default_target_id=whole.id)
        with Form(Wizard) as form:
            form.level = 'account'
            form.method = 'equal'
            with form.line_ids.edit(0) as line:
                line.share = 30
                self.assertEqual(line.value, 300)
            with form.line_ids.edit(1) as line:
                line.value = 450
                self.assertEqual(line.share, 45)
            self.assertEqual((form.distributed, form.rest), (750, 250))
        form.record.action_confirm()
        self.assertEqual(self._parts(whole), {'Alpha': 300, 'Beta': 450})
        self.assertEqual(whole.undistributed_value, 250)
        self.assertIn("750.00 of", whole.distribution_text)
        self.assertIn("250.00 are not", whole.distribution_text)

    def test_more_than_the_whole_is_said(self):
        whole = self._team(target_value=100)
        wizard = self._wizard(whole, level='account', method='equal')
        wizard.line_ids[0].value = 80
        wizard.action_confirm()
        self.assertEqual(whole.undistributed_value, -30)
        self.assertIn("30.00 more than the whole", whole.distribution_text)

    def test_who_gets_nothing_gets_no_target(self):
        whole = self._team(target_value=100)
        wizard = self._wizard(whole, level='account', method='equal')
        wizard.line_ids[1].value = 0
        wizard.action_confirm()
        self.assertEqual(self._parts(whole), {'Alpha': 50})

    def test_nothing_at_all_is_refused(self):
        wizard = self._wizard(self._team(target_value=100), level='account', method='equal')
        wizard.line_ids.value = 0
        with self.refused(UserError, "Nothing is handed out yet"):
            wizard.action_confirm()

    def test_managers_of_a_team(self):
        whole = self._team(target_value=1000)
        wizard = self._wizard(whole, method='last_year')
        self.assertEqual(wizard.level, 'user')
        wizard.action_confirm()
        self.assertEqual(self._parts(whole), {'Anna': 1000})

    def test_company_to_teams_to_managers_to_accounts(self):
        company = self.target(subject=self.env.company, user=self.dora, target_value=1000)
        # The patched scope of the company holds North's accounts only.
        self._wizard(company, self.dora, method='last_year').action_confirm()
        [team] = company.child_ids
        self._wizard(team, self.dora, method='equal').action_confirm()
        [manager] = team.child_ids
        self.assertEqual((manager.user_id, manager.target_value), (self.anna, 1000))
        self._wizard(manager, self.dora, method='last_year').action_confirm()
        self.assertEqual(self._parts(manager), {'Alpha': 750, 'Beta': 250})

    def test_negative_target_is_shared_out(self):
        whole = self._team(target_value=-100)
        self._wizard(whole, level='account', method='equal').action_confirm()
        self.assertEqual(self._parts(whole), {'Alpha': -50, 'Beta': -50})

    def test_calls_are_shared_out_whole(self):
        whole = self.target('t_calls', self.north, self.lea, target_value=7)
        self._wizard(whole, level='account', method='equal').action_confirm()
        self.assertEqual(self._parts(whole), {'Alpha': 4, 'Beta': 3})

    # ------------------------------------------------------------------
    # what the parts are
    # ------------------------------------------------------------------

    def test_parts_are_proposals_like_the_whole(self):
        whole = self._team(target_value=100, phasing='working')
        self._wizard(whole, level='account', method='equal').action_confirm()
        self.assertRecordValues(whole.child_ids, [{
            'kpi_id': whole.kpi_id.id, 'state': 'proposed', 'proposer_id': self.lea.id, 'phasing': 'working', 'frequency': 'quarter',
            'date_start': whole.date_start, 'date_end': whole.date_end, 'objective_id': self.objective.id,
            'owner_id': self.anna.id}] * 2)

    def test_existing_target_becomes_a_part(self):
        own = self.target(target_value=10)
        whole = self._team(target_value=100)
        wizard = self._wizard(whole, level='account', method='equal')
        self.assertEqual(wizard.line_ids[0].part_id, own)
        wizard.action_confirm()
        self.assertEqual((own.target_value, own.sudo().parent_id), (50, whole))

    def test_archived_part_does_not_count(self):
        whole = self._team(target_value=100)
        self._wizard(whole, level='account', method='equal').action_confirm()
        whole.child_ids[0].active = False
        self.assertEqual((whole.part_count, whole.undistributed_value), (1, 50))

    def test_new_value_beyond_the_stretch_drops_it(self):
        own = self.target(target_value=10, stretch_value=20)
        self._wizard(self._team(target_value=100), level='account', method='equal').action_confirm()
        self.assertRecordValues(own, [{'target_value': 50, 'stretch_value': False}])

    # ------------------------------------------------------------------
    # revising
    # ------------------------------------------------------------------

    def test_revised_whole_offers_the_rest_in_the_same_shares(self):
        whole = self._team(target_value=1000)
        self._wizard(whole, level='account', method='last_year').action_confirm()
        whole.target_value = 2000
        self.assertEqual(whole.undistributed_value, 1000)
        wizard = self._wizard(whole)
        self.assertEqual((wizard.level, wizard.method), ('account', 'keep'))
        self.assertEqual(wizard.line_ids.mapped('value'), [1500, 500])
        wizard.action_confirm()
        self.assertEqual((self._parts(whole), whole.undistributed_value), ({'Alpha': 1500, 'Beta': 500}, 0))

    def test_parts_in_force_need_a_reason(self):
        whole = self._team(target_value=100)
        self._wizard(whole, level='account', method='equal').action_confirm()
        parts = whole.child_ids
        parts.with_user(self.dora).action_agree()
        whole.target_value = 200
        wizard = self._wizard(whole, reason="Two new plants")
        self.assertTrue(wizard.needs_reason)
        wizard.reason = False
        with self.refused(UserError, "give a reason for the change"):
            wizard.action_confirm()
        wizard.reason = "Two new plants"
        wizard.action_confirm()
        self.assertEqual(parts.mapped('target_value'), [100, 100])
        self.assertEqual(parts[0].history_ids[0].reason, "Two new plants")

    def test_part_keeps_its_kpi_and_period(self):
        whole = self._team(target_value=100)
        self._wizard(whole, level='account', method='equal').action_confirm()
        with self.refused(ValidationError, "both are about the same KPI and period"):
            whole.child_ids[0].date_end = '2026-06-30'
        with self.refused(ValidationError, "both are about the same KPI and period"):
            whole.date_end = '2026-06-30'

    def test_copies_of_whole_and_parts_stay_together(self):
        whole = self._team(target_value=100)
        self._wizard(whole, level='account', method='equal').action_confirm()
        targets = whole | whole.child_ids
        action = self.env['kam.target.copy'].with_user(self.lea).with_context(
            active_model='kam.target', active_ids=targets.ids).create({'growth': 10}).action_copy()
        copies = self.env['kam.target'].search(action['domain'])
        copy = copies.filtered(lambda target: target.scope == 'team')
        self.assertEqual((self._parts(copy), copy.undistributed_value), ({'Alpha': 55, 'Beta': 55}, 0))

    # ------------------------------------------------------------------
    # what is refused
    # ------------------------------------------------------------------

    def test_account_has_no_parts(self):
        with self.refused(UserError, "one account has no parts"):
            self.target().action_distribute()

    def test_ratio_is_not_shared_out(self):
        with self.refused(UserError, "does not add up over accounts"):
            self.target('t_retention', self.north, self.lea, target_value=90).action_distribute()

    def test_parts_are_below_the_whole(self):
        manager = self.target(subject=self.anna)
        team = self._team()
        with self.refused(ValidationError, "cannot be a part of"):
            team.sudo().parent_id = manager
        with self.refused(ValidationError, "cannot be a part of"):
            manager.sudo().parent_id = self.target()

    def test_parent_is_not_written(self):
        whole = self._team()
        for user in (self.anna, self.lea, self.dora):
            with self.subTest(user.name), self.refused(AccessError, "cannot be written"):
                self.target('t_calls', self.beta, self.dora).with_user(user).parent_id = whole
        with self.refused(AccessError, "cannot be written"):
            self.target('t_calls', user=self.dora, parent_id=whole.id)

    # ------------------------------------------------------------------
    # who
    # ------------------------------------------------------------------

    def test_account_manager_hands_out_an_own_target(self):
        whole = self.target(subject=self.anna, target_value=1000)
        self._wizard(whole, self.anna, method='last_year').action_confirm()
        self.assertEqual(self._parts(whole), {'Alpha': 750, 'Beta': 250})

    def test_others_do_not(self):
        whole = self._team(target_value=100)
        for user in (self.anna, self.ole, self.rita):
            with self.subTest(user.name), self.assertRaises(AccessError):
                whole.with_user(user).action_distribute()
        for user in (self.anna, self.ole):
            with self.subTest(user.name), self.assertRaises(AccessError):
                self.env['kam.target.cascade'].with_user(user).create({'target_id': whole.id})

    def test_agreed_target_is_no_longer_the_managers_to_hand_out(self):
        whole = self.target(subject=self.anna)
        whole.with_user(self.lea).action_agree()
        with self.assertRaises(AccessError):
            whole.action_distribute()

    def test_line_for_a_stranger_is_refused(self):
        whole = self._team(target_value=100)
        wizard = self._wizard(whole, level='account', method='equal')
        wizard.line_ids = [Command.create({'partner_id': self.gamma.id, 'value': 10})]
        with self.assertRaises(AccessError):
            wizard.action_confirm()

    def test_distribution_of_others_is_closed(self):
        wizard = self._wizard(self._team(target_value=100))
        with self.assertRaises(AccessError):
            wizard.with_user(self.dora).read(['level'])
        with self.assertRaises(AccessError):
            wizard.line_ids.with_user(self.dora).read(['value'])
