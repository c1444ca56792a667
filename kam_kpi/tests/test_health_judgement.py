from datetime import date
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import KamCase


@tagged('post_install', '-at_install')
class TestHealthJudgement(KamCase):
    """What people judge against the figures: with a reason, for a time, beside the computed status. Today is 2026-05-10."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.calendar = {'today': date(2026, 5, 10)}
        cls.startClassPatcher(patch.object(cls.registry['res.company'], '_kam_today', lambda company: cls.calendar['today']))
        cls.env['kam.health.group'].search([]).active = False
        cls.env['kam.health.group'].create({
            'name': "Commercial", 'weight': 1, 'item_ids': [(0, 0, {'kpi_id': cls.env.ref('kam_kpi.kam_kpi_nrr_pct').id, 'anchors': '0: 0, 100: 100'})]})
        cls.new_value('nrr_pct', 90, cls.alpha)
        cls.env['kam.health']._refresh(cls.alpha.ids)

    def setUp(self):
        super().setUp()
        self.calendar['today'] = date(2026, 5, 10)

    def judge(self, user=None, **vals):
        return self.env['kam.health.judgement'].with_user(user or self.anna).create({
            'partner_id': self.alpha.id, 'state': 'red', 'reason': "The sponsor has left", 'date_until': '2026-06-10', **vals})

    def shown(self, user=None):
        account = self.alpha.with_user(user or self.anna)
        account.invalidate_recordset()
        return account.kam_health_state, account.kam_health, account.kam_health_computed

    def test_judged_status_is_shown_with_the_computed_one(self):
        self.assertEqual(self.shown(), ('green', 90.0, False))
        self.judge()
        self.assertEqual(self.shown(), ('red', 90.0, 'green'))
        self.assertEqual(self.alpha.with_user(self.anna).kam_health_judgement, "Anna until 2026-06-10: The sponsor has left")

    def test_accounts_are_found_by_it(self):
        self.judge()
        self.assertIn(self.alpha, self.env['res.partner'].with_user(self.anna).search([('kam_health_state', '=', 'red')]))

    def test_last_day_still_counts_and_then_the_figures_are_back(self):
        self.judge()
        for today, state in ((date(2026, 6, 10), 'red'), (date(2026, 6, 11), 'green')):
            self.calendar['today'] = today
            self.env['kam.health']._refresh(self.alpha.ids)
            with self.subTest(today=str(today)):
                self.assertEqual(self.shown()[0], state)

    def test_judgement_survives_a_refresh(self):
        self.judge()
        self.env['kam.kpi.value'].search([('partner_id', '=', self.alpha.id)]).write({'value': 60})
        self.env['kam.health']._refresh(self.alpha.ids)
        self.assertEqual(self.shown(), ('red', 60.0, 'amber'))

    def test_taken_back(self):
        self.judge()
        self.alpha.with_user(self.anna).action_kam_judge_end()
        self.assertEqual(self.shown(), ('green', 90.0, False))

    def test_last_one_counts(self):
        self.judge()
        self.judge(self.leo, state='amber')
        self.assertEqual(self.shown()[0], 'amber')

    def test_reason_and_time_are_needed(self):
        for vals in ({'reason': " "}, {'date_until': '2026-05-09'}, {'date_until': '2027-01-01'}):
            with self.subTest(vals=str(vals)), self.assertRaises(ValidationError):
                self.judge(**vals)

    def test_kept_as_it_was_made(self):
        with self.assertRaises(UserError):
            self.judge().reason = "Other"

    def test_who_judges_is_not_chosen(self):
        self.assertEqual(self.judge(user_id=self.leo.id).user_id, self.anna)

    def test_account_of_a_colleague_is_not_judged(self):
        with self.assertRaises(AccessError):
            self.judge(self.ben)

    def test_reader_judges_nothing(self):
        with self.assertRaises(AccessError):
            self.judge(self.rita)
