from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, freeze_time, tagged

from .target_common import TargetCase


@tagged('post_install', '-at_install')
@freeze_time('2026-03-01 12:00:00')
class TestTargetWorkflow(TargetCase):

    def _agreed(self, **vals):
        target = self.target(**vals)
        target.with_user(self.lea).action_agree()
        return target

    def _locked(self, **vals):
        target = self._agreed(**vals)
        target.with_user(self.lea).action_lock()
        return target

    def _history(self, target):
        return [
            (row.user_id, row.field, row.old_value or '', row.new_value or '', row.reason or '')
            for row in target.with_user(self.lea).history_ids.sorted('id')]

    # ------------------------------------------------------------------
    # stages
    # ------------------------------------------------------------------

    def test_proposed_by_one_agreed_and_locked_by_another(self):
        target = self._locked()
        self.assertRecordValues(target, [{
            'state': 'locked', 'proposer_id': self.anna.id, 'agreed_by_id': self.lea.id}])
        self.assertEqual(self._history(target), [
            (self.anna, 'state', '', "Proposed", ''),
            (self.lea, 'state', "Proposed", "Agreed", ''),
            (self.lea, 'state', "Agreed", "Locked", ''),
        ])

    def test_account_manager_may_not_agree(self):
        target = self.target()
        for action in ('action_agree', 'action_lock', 'action_reopen'):
            with self.subTest(action), self.assertRaises(AccessError):
                getattr(target.with_user(self.anna), action)()

    def test_leader_of_another_team_may_not_agree(self):
        with self.assertRaises(AccessError):
            self.target().with_user(self.ole).action_agree()

    def test_leader_may_not_agree_an_own_proposal(self):
        with self.refused(UserError, "Nobody agrees an own proposal"):
            self.target(user=self.lea).action_agree()

    def test_leader_may_not_agree_an_own_target(self):
        target = self.target(subject=self.lea, user=self.dora)
        with self.refused(UserError, "Nobody agrees an own proposal or an own target"):
            target.with_user(self.lea).action_agree()

    def test_director_agrees_an_own_proposal_with_a_reason(self):
        target = self.target(user=self.dora)
        action = target.action_agree()
        self.assertEqual((target.state, action['res_model']), ('proposed', 'kam.target.reason'))
        with Form(self.env['kam.target.reason'].with_user(self.dora).with_context(**action['context'])) as form:
            form.reason = "The leader is away"
        form.record.action_confirm()
        self.assertEqual(target.state, 'agreed')
        self.assertEqual(self._history(target)[-1], (self.dora, 'state', "Proposed", "Agreed", "The leader is away"))

    def test_stage_is_agreed_once(self):
        with self.refused(UserError, "is agreed already"):
            self._agreed().with_user(self.lea).action_agree()

    def test_proposal_is_not_locked(self):
        with self.refused(UserError, "is proposed already"):
            self.target().with_user(self.lea).action_lock()

    def test_reopening_needs_a_reason(self):
        target = self._locked().with_user(self.lea)
        action = target.action_reopen()
        self.assertEqual((target.state, action['context']['default_operation']), ('locked', 'reopen'))
        target.action_reopen(reason="The contract moved")
        self.assertRecordValues(target, [{'state': 'proposed', 'agreed_by_id': False}])
        self.assertEqual(self._history(target)[-1], (self.lea, 'state', "Locked", "Proposed", "The contract moved"))

    def test_stage_and_figures_are_not_written(self):
        target = self.target()
        for vals in (
            {'state': 'locked'}, {'state': 'proposed'}, {'proposer_id': self.ben.id}, {'agreed_by_id': self.lea.id},
            {'actual_value': 1}, {'attainment': 2.0}, {'status': 'achieved'}, {'is_final': True}, {'pace': False},
        ):
            for user in (self.anna, self.lea, self.dora):
                with self.subTest(vals=vals, user=user.name), self.refused(AccessError, "cannot be written"):
                    target.with_user(user).write(vals)

    def test_stage_and_figures_are_not_created(self):
        for vals in ({'state': 'agreed'}, {'status': 'achieved'}, {'agreed_by_id': self.lea.id}, {'actual_value': 5}):
            with self.subTest(vals=vals), self.refused(AccessError, "cannot be written"):
                self.target(user=self.dora, **vals)

    def test_context_does_not_set_the_stage(self):
        target = self.env['kam.target'].with_user(self.anna).with_context(
            default_state='locked', default_status='achieved', default_proposer_id=self.lea.id,
            default_actual_value=5.0, default_is_final=True).create(self.vals())
        self.assertRecordValues(target, [{
            'state': 'proposed', 'status': 'no_data', 'proposer_id': self.anna.id, 'actual_value': False,
            'is_final': False}])

    def test_copy_is_a_new_proposal(self):
        self.figures['t_sales', self.alpha] = 150000
        target = self._locked()
        copy = target.with_user(self.anna).copy({'date_start': '2026-04-01', 'date_end': '2026-06-30'})
        self.assertRecordValues(copy, [{
            'state': 'proposed', 'status': 'no_data', 'agreed_by_id': False, 'actual_value': False}])

    # ------------------------------------------------------------------
    # changes
    # ------------------------------------------------------------------

    def test_account_manager_changes_an_own_proposal(self):
        target = self.target()
        target.write({'target_value': 160000, 'stretch_value': 170000})
        self.assertEqual(self._history(target)[1:], [
            (self.anna, 'target_value', '150000', '160000', ''),
            (self.anna, 'stretch_value', '', '170000', ''),
        ])

    def test_account_manager_does_not_change_what_is_agreed(self):
        target = self._agreed().with_user(self.anna)
        for vals in ({'target_value': 1}, {'note': "x"}, {'active': False}, {'date_end': '2026-04-30'}):
            with self.subTest(vals=vals), self.assertRaises(AccessError):
                target.write({**vals, 'change_reason': "because"})

    def test_locked_target_changes_with_a_reason_only(self):
        target = self._locked().with_user(self.lea)
        for vals in ({'target_value': 140000}, {'date_end': '2026-04-30'}, {'band_low': 0}, {'active': False}):
            for reason in ({}, {'change_reason': ""}, {'change_reason': "  "}):
                with self.subTest(vals=vals, reason=reason), self.refused(UserError, "give a reason for the change"):
                    target.write({**vals, **reason})
        target.write({'target_value': 140000, 'change_reason': "Plant closed in February"})
        self.assertEqual(
            self._history(target)[-1], (self.lea, 'target_value', '150000', '140000', "Plant closed in February"))

    def test_reason_is_no_property_of_the_target(self):
        target = self._locked().with_user(self.lea)
        target.write({'target_value': 140000, 'change_reason': "Plant closed"})
        target.invalidate_recordset()
        self.assertFalse(target.change_reason)

    def test_agreed_target_changes_freely_before_it_begins(self):
        target = self._agreed(date_start='2026-04-01', date_end='2026-06-30').with_user(self.lea)
        target.target_value = 140000
        self.assertEqual(self._history(target)[-1][1:4], ('target_value', '150000', '140000'))

    def test_saving_the_same_value_needs_no_reason(self):
        target = self._locked().with_user(self.lea)
        target.write({'target_value': 150000.0, 'date_end': '2026-03-31', 'partner_id': self.alpha.id})
        self.assertEqual(len(self._history(target)), 3)

    def test_note_needs_no_reason(self):
        self._locked().with_user(self.lea).note = "Talk to purchasing"

    def test_agreed_target_keeps_its_subject(self):
        target = self._agreed().with_user(self.dora)
        for vals in ({'partner_id': self.beta.id}, {'kpi_id': self.kpis['t_calls'].id}):
            with self.subTest(vals=vals), self.refused(UserError, "what it is about stays"):
                target.write({**vals, 'change_reason': "because"})

    def test_archiving_what_is_in_force_asks_for_a_reason(self):
        target = self._locked().with_user(self.lea)
        action = target.action_archive()
        self.assertTrue(target.active)
        self.env['kam.target.reason'].with_user(self.lea).with_context(**action['context']).create(
            {'reason': "Sold the business"}).action_confirm()
        self.assertFalse(target.active)
        self.assertEqual(self._history(target)[-1], (self.lea, 'active', "Yes", "No", "Sold the business"))

    def test_targets_are_never_deleted(self):
        target = self.target()
        with self.assertRaises(AccessError):
            target.with_user(self.dora).unlink()
        with self.refused(UserError, "Targets are kept"):
            target.sudo().unlink()

    # ------------------------------------------------------------------
    # closed periods
    # ------------------------------------------------------------------

    def test_closed_period_is_for_directors_with_a_reason(self):
        closed = {'date_start': '2025-10-01', 'date_end': '2025-12-31'}
        for user in (self.anna, self.lea):
            with self.subTest(user.name), self.refused(UserError, "Ask a director"):
                self.target(user=user, change_reason="because", **closed)
        with self.refused(UserError, "is over: give a reason"):
            self.target(user=self.dora, **closed)
        target = self.target(user=self.dora, change_reason="Forgotten in autumn", **closed)
        self.assertEqual(self._history(target), [(self.dora, 'state', '', "Proposed", "Forgotten in autumn")])

    def test_period_is_not_moved_into_the_past(self):
        target = self.target()
        with self.refused(UserError, "Ask a director"):
            target.write({'date_start': '2025-10-01', 'date_end': '2025-12-31'})

    def test_proposal_of_a_period_that_is_over_is_not_changed(self):
        target = self.target()
        with freeze_time('2026-04-01 12:00:00'), self.refused(UserError, "Ask a director"):
            target.target_value = 1

    def test_last_day_is_not_over(self):
        with freeze_time('2026-03-31 12:00:00'):
            self.assertEqual(self.target().state, 'proposed')

    # ------------------------------------------------------------------
    # history
    # ------------------------------------------------------------------

    def test_history_is_not_changed_by_anybody(self):
        row = self.target().sudo().history_ids
        for user in (self.anna, self.lea, self.dora, self.rita):
            with self.subTest(user.name):
                with self.assertRaises(UserError):
                    row.with_user(user).write({'reason': "other"})
                with self.assertRaises(AccessError):
                    row.with_user(user).unlink()
                with self.assertRaises(AccessError):
                    self.env['kam.target.history'].with_user(user).create({
                        'target_id': row.target_id.id, 'company_id': row.company_id.id, 'user_id': user.id,
                        'field': 'state'})

    def test_history_is_not_changed_by_the_superuser(self):
        row = self.target().sudo().history_ids
        with self.refused(UserError, "cannot be changed"):
            row.write({'reason': "other"})
        with self.refused(UserError, "cannot be deleted"):
            row.unlink()

    def test_history_is_not_changed_through_the_target(self):
        target = self.target()
        row = target.sudo().history_ids
        for command in (
            Command.update(row.id, {'reason': "other"}), Command.delete(row.id), Command.unlink(row.id), Command.clear(),
            Command.create({'field': 'state', 'user_id': self.anna.id, 'company_id': self.env.company.id}),
        ):
            with self.subTest(command=command[0]), self.assertRaises(UserError):
                target.with_user(self.lea).write({'history_ids': [command]})
                self.env.flush_all()

    def test_history_is_written_whatever_the_context(self):
        target = self.target().with_context(tracking_disable=True, mail_notrack=True, import_file=True, install_mode=True)
        target.target_value = 1000
        self.assertEqual(self._history(target)[-1], (self.anna, 'target_value', '150000', '1000', ''))

    def test_superuser_leaves_history_too(self):
        target = self._locked()
        target.sudo().target_value = 1000
        self.assertEqual(self._history(target)[-1][1:4], ('target_value', '150000', '1000'))

    def test_account_manager_reads_the_history(self):
        self.assertEqual(len(self._locked().with_user(self.anna).history_ids), 3)

    def test_merged_accounts_keep_both_targets(self):
        twin = self.env['res.partner'].create({'name': "Alpha Ltd", 'is_company': True})
        kept, archived = self.target(), self.target(subject=twin, user=self.dora, target_value=70000)
        moved = self.target('t_calls', twin, self.dora, target_value=10)
        self.env['base.partner.merge.automatic.wizard']._merge((self.alpha | twin).ids, self.alpha)
        targets = (kept | archived | moved).sudo()
        targets.invalidate_recordset()
        self.assertEqual(targets.mapped('partner_id'), self.alpha)
        self.assertEqual(targets.mapped('active'), [True, False, True])
        reasons = [row[-1] for row in self._history(archived)]
        self.assertIn("Alpha Ltd was merged into Alpha, which has this target.", reasons)

    def test_who_reads_may_discuss(self):
        target = self._locked()
        message = target.with_user(self.anna).message_post(body="How do we get there?", message_type='comment')
        self.assertIn(message, target.message_ids)
