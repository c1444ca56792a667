from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from .target_common import TargetCase


@tagged('post_install', '-at_install')
@freeze_time('2026-03-01 12:00:00')
class TestTargetCopy(TargetCase):
    """Many targets at once: copies of the last period, and imports."""

    def _copy(self, targets, user=None, **vals):
        wizard = self.env['kam.target.copy'].with_user(user or self.anna).with_context(
            active_model='kam.target', active_ids=targets.ids).create(vals)
        return self.env['kam.target'].search(wizard.action_copy()['domain'])

    def test_copies_grow_and_begin_after_the_last_period(self):
        targets = self.target(stretch_value=180000) | self.target('t_delay', self.beta, target_value=10, baseline=30)
        copies = self._copy(targets, growth=10)
        self.assertRecordValues(copies.sorted('target_value'), [
            {'target_value': 9, 'stretch_value': False, 'baseline': 30, 'partner_id': self.beta.id, 'state': 'proposed'},
            {'target_value': 165000, 'stretch_value': 195000, 'baseline': False, 'partner_id': self.alpha.id,
             'state': 'proposed'},
        ])
        self.assertEqual({str(copy.date_start) for copy in copies}, {'2026-04-01'})
        self.assertEqual({str(copy.date_end) for copy in copies}, {'2026-06-30'})

    def test_copies_start_from_what_was_reached(self):
        self.figures['t_sales', self.alpha] = 118000
        copy = self._copy(self.target() | self.target(subject=self.beta), basis='actual', growth=5)
        self.assertRecordValues(copy, [{'target_value': 123900, 'partner_id': self.alpha.id}])

    def test_negative_target_grows_towards_better(self):
        self.assertEqual(self._copy(self.target(target_value=-100), growth=10).target_value, -90)

    def test_band_is_copied_as_it_is(self):
        copy = self._copy(self.target('t_stock', band_low=5, band_high=10), growth=50)
        self.assertRecordValues(copy, [{'band_low': 5, 'band_high': 10, 'target_value': False}])

    def test_existing_targets_are_skipped(self):
        target = self.target()
        self._copy(target)
        wizard = self.env['kam.target.copy'].with_user(self.anna).with_context(
            active_model='kam.target', active_ids=target.ids).create({})
        self.assertRecordValues(wizard, [{'new_count': 0, 'existing_count': 1, 'unknown_count': 0}])
        with self.refused(UserError, "nothing to copy"):
            wizard.action_copy()

    def test_infinite_growth_is_refused(self):
        for growth in (float('nan'), float('inf')):
            with self.subTest(growth=growth), self.assertRaises(UserError):
                self._copy(self.target(), growth=growth)

    def test_import_of_good_rows(self):
        result = self.env['kam.target'].with_user(self.anna).load(
            ['kpi_id', 'partner_id', 'date_start', 'date_end', 'target_value'],
            [["Sales", "Alpha", '2026-04-01', '2026-06-30', '120000'], ["Sales", "Beta", '2026-04-01', '', '0']])
        self.assertFalse(result['messages'])
        targets = self.env['kam.target'].browse(result['ids'])
        self.assertEqual(targets.mapped('target_value'), [120000, 0])

    def test_import_names_bad_rows(self):
        for column, bad, text in [
            ('target_value', 'nan', "not a number that can be used"), ('target_value', '1e400', "not a number"),
            ('target_value', 'many', "number"), ('kpi_id', 'Seles', "Seles"), ('partner_id', 'Nobody', "Nobody"),
            ('date_end', '2026-02-30', "2026-02-30"), ('date_end', '2025-12-31', ""), ('target_value', '', "Enter the value"),
        ]:
            row = {'kpi_id': "Sales", 'partner_id': "Alpha", 'date_start': '2026-01-01', 'date_end': '2026-03-31',
                   'target_value': '100', column: bad}
            with self.subTest(column=column, bad=bad):
                result = self.env['kam.target'].with_user(self.anna).load(list(row), [list(row.values())])
                self.assertFalse(result['ids'])
                self.assertIn(text, result['messages'][0]['message'])
