from odoo.tests import tagged

from .common import KamCase


@tagged('post_install', '-at_install')
class TestTeamFields(KamCase):
    """A key account team shows the figures of its accounts taken together."""

    def test_number_of_key_accounts(self):
        self.new_contact(self.alpha, "Carl")
        self.assertEqual((self.north.kam_account_count, self.south.kam_account_count), (2, 0))

    def test_figures_are_the_team_s_own(self):
        self.new_value('nrr_pct', 97.0, team=self.north)
        self.new_value('nrr_pct', 50.0, self.alpha)
        self.assertEqual(self.north.with_user(self.leo).kam_nrr, 97.0)

    def test_no_data_is_not_zero(self):
        self.new_value('csat_pct', None, team=self.north)
        self.assertIs(self.north.with_user(self.leo).kam_csat, False)
        self.assertIs(self.north.with_user(self.leo).kam_upsell_ratio, False)

    def test_teams_are_sorted_by_a_figure(self):
        self.new_value('nrr_pct', 97.0, team=self.north)
        teams = self.env['crm.team'].with_user(self.diana).search(
            [('id', 'in', (self.north | self.south).ids)], order='kam_nrr desc')
        self.assertEqual(teams.ids, [self.north.id, self.south.id])

    def test_button_opens_the_team_s_accounts(self):
        action = self.north.with_user(self.leo).action_kam_accounts()
        self.assertEqual(self.env['res.partner'].search(action['domain']), self.alpha | self.beta)
