from datetime import datetime
from unittest.mock import patch

from odoo import Command
from odoo.tests import tagged

from .common import KamCase

REVENUE = {'Alpha': 1000.0, 'Beta': 200.0}


@tagged('post_install', '-at_install')
class TestDigest(KamCase):
    """Each reader's own key accounts in Odoo's digest; what the accounts bring is set here."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.asked = []

        def measure_total(kpis, codes, ids, start, stop):
            cls.asked.append((codes, start, stop))
            kpis._check_accounts(set(ids))
            accounts = kpis.env['res.partner'].browse(ids)
            return [{'code': code, 'value': sum(REVENUE[account.name] for account in accounts) if code == 'revenue' else None} for code in codes]
        cls.startClassPatcher(patch.object(cls.registry['kam.kpi'], 'measure_total', measure_total))
        cls.digest = cls.env.ref('kam_kpi.digest_key_accounts')

    def value(self, user, name='revenue'):
        digest = self.digest.with_user(user).with_context(
            start_datetime=datetime(2026, 5, 4, 9), end_datetime=datetime(2026, 5, 11, 9))
        return digest[f'kpi_kam_{name}_value']

    def test_account_manager_has_the_own_accounts(self):
        self.assertEqual((self.value(self.anna), self.value(self.ben)), (1000.0, 200.0))

    def test_leader_has_the_team_and_director_all(self):
        self.assertEqual((self.value(self.leo), self.value(self.zoe), self.value(self.diana)), (1200.0, 0.0, 1200.0))

    def test_whole_days_of_the_window(self):
        self.asked.clear()
        self.value(self.anna)
        [(_codes, start, stop)] = self.asked
        self.assertEqual((str(start), str(stop)), ('2026-05-04', '2026-05-11'))

    def test_no_figure_counts_nothing(self):
        self.assertEqual(self.value(self.anna, 'interactions'), 0)

    def test_accounts_at_risk(self):
        self.env['kam.health'].search([]).unlink()
        self.assertEqual(self.value(self.anna, 'at_risk'), 0)

    def test_mail_has_them_for_account_managers(self):
        names = {kpi['kpi_name'] for kpi in self.digest._compute_kpis(self.company, self.anna)}
        self.assertLessEqual({'kpi_kam_revenue', 'kpi_kam_interactions', 'kpi_kam_attention', 'kpi_kam_at_risk'}, names)

    def test_mail_leaves_them_out_for_others(self):
        names = {kpi['kpi_name'] for kpi in self.digest._compute_kpis(self.company, self.sam)}
        self.assertFalse({name for name in names if name.startswith('kpi_kam')})

    def test_weekly_and_sent_to_subscribers(self):
        self.assertEqual((self.digest.periodicity, self.digest.user_ids), ('weekly', self.env['res.users']))
        self.digest.user_ids = [Command.link(self.anna.id)]
        self.digest.action_send()
        mail = self.env['mail.mail'].search([('email_to', 'ilike', self.anna.email_normalized)], order='id desc', limit=1)
        self.assertIn("Revenue of my key accounts", mail.body_html)
