from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Date
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import KamCase

JANUARY, APRIL, JULY = (Date.to_date(day) for day in ('2026-01-01', '2026-04-01', '2026-07-01'))


@tagged('post_install', '-at_install')
class TestFactor(KamCase):
    """Which external factors concern whom, and who sees them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.energy = cls.env['res.partner.industry'].create({'name': "Energy"})
        cls.beta.industry_id = cls.energy
        cls.beta.country_id = cls.env.ref('base.fr')

    def factor(self, name="Prices rose", user=None, start='2026-02-01', end='2026-03-31', **vals):
        return self.env['kam.factor'].with_user(user or self.diana).create({'name': name, 'date_start': start, 'date_end': end, **vals})

    def during(self, start, stop):
        return self.env['kam.factor']._during(start, stop, self.company)

    def test_factor_of_the_quarter(self):
        factor = self.factor()
        self.assertEqual(self.during(JANUARY, APRIL), factor)

    def test_factor_that_is_over_is_not_in_the_next_quarter(self):
        self.factor()
        self.assertFalse(self.during(APRIL, JULY))

    def test_factor_that_goes_on_is_in_each_later_quarter(self):
        factor = self.factor(end=False)
        self.assertEqual(self.during(APRIL, JULY), factor)

    def test_factor_that_begins_after_the_quarter(self):
        self.factor(start='2026-04-01', end=False)
        self.assertFalse(self.during(JANUARY, APRIL))

    def test_general_factor_concerns_everybody(self):
        factor = self.factor()
        self.assertEqual(factor._concerning(self.alpha), factor)

    def test_factor_of_an_account_concerns_no_other(self):
        factor = self.factor(partner_ids=self.alpha.ids)
        self.assertEqual(factor._concerning(self.alpha), factor)
        self.assertFalse(factor._concerning(self.beta))

    def test_factor_of_an_industry_or_a_country(self):
        for vals in ({'industry_ids': self.energy.ids}, {'country_ids': self.env.ref('base.fr').ids}):
            with self.subTest(vals=str(vals)):
                factor = self.factor(**vals)
                self.assertEqual(factor._concerning(self.beta), factor)
                self.assertFalse(factor._concerning(self.alpha))

    def test_days_the_wrong_way_round_are_refused(self):
        with mute_logger('odoo.sql_db'), self.assertRaises(CheckViolation):
            self.factor(start='2026-03-01', end='2026-02-01')

    def test_name_of_blanks_is_refused(self):
        with self.assertRaises(ValidationError):
            self.factor(name="  ")

    def test_account_manager_notes_and_changes_own_ones(self):
        factor = self.factor(user=self.anna, partner_ids=self.alpha.ids)
        factor.effect = 'hurts'
        self.assertEqual((factor.effect, factor.user_id), ('hurts', self.anna))

    def test_account_manager_changes_no_others(self):
        general = self.factor()
        self.assertEqual(general.with_user(self.anna).name, "Prices rose")
        with self.assertRaises(AccessError):
            general.with_user(self.anna).effect = 'hurts'

    def test_account_manager_sees_nothing_of_a_colleagues_account(self):
        self.factor(partner_ids=self.beta.ids)
        self.assertFalse(self.env['kam.factor'].with_user(self.anna).search([]))

    def test_reader_sees_all_and_changes_nothing(self):
        factor = self.factor(partner_ids=self.beta.ids)
        self.assertEqual(self.env['kam.factor'].with_user(self.rita).search([]), factor)
        with self.assertRaises(AccessError):
            factor.with_user(self.rita).effect = 'hurts'

    def test_salesman_outside_the_groups_has_no_access(self):
        with self.assertRaises(AccessError):
            self.env['kam.factor'].with_user(self.sam).search([])

    def test_director_of_one_company_sees_nothing_of_another(self):
        other = self.env['res.company'].create({'name': "Other"})
        self.env['kam.factor'].create({'name': "Elsewhere", 'company_id': other.id, 'date_start': '2026-02-01'})
        self.assertFalse(self.env['kam.factor'].with_user(self.diana).search([]))

    def evaluations(self, user, **subject):
        """A scorecard, a target and a talk of the first quarter, as a user reads them."""
        quarter = {'date_start': '2026-01-01', 'date_end': '2026-03-31', 'frequency': 'quarter', 'company_id': self.company.id}
        scope = {'partner_id': 'account', 'user_id': 'user', 'team_id': 'team'}[next(iter(subject))]
        card = self.env['kam.scorecard'].create({**quarter, **subject, 'scope': scope, 'coverage': 0.0})
        target = self.env['kam.target'].create({
            **quarter, **subject, 'kpi_id': self.env.ref('kam_kpi.kam_kpi_revenue').id, 'target_value': 1.0})
        return [card.with_user(user).factors, target.with_user(user).factors]

    def test_factors_stand_beside_evaluations_of_their_time(self):
        self.factor(industry_ids=[(6, 0, self.energy.ids)])
        line = "Market: Prices rose (Not clear yet, since 02/01/2026)"
        self.assertEqual(self.evaluations(self.diana, partner_id=self.beta.id), [line, line])
        self.assertEqual(self.evaluations(self.diana, partner_id=self.alpha.id), [False, False])

    def test_factors_of_a_person_are_those_of_the_accounts_held(self):
        self.factor(partner_ids=[(6, 0, self.beta.ids)])
        self.assertTrue(all(self.evaluations(self.diana, user_id=self.ben.id)))
        self.assertFalse(any(self.evaluations(self.diana, user_id=self.anna.id)))
        self.assertTrue(all(self.evaluations(self.leo, team_id=self.north.id)))

    def test_factors_stand_beside_a_talk(self):
        self.factor()
        talk = self.env['kam.coaching'].create({
            'user_id': self.anna.id, 'leader_id': self.leo.id, 'team_id': self.north.id, 'kind': 'help', 'date_from': '2026-01-01', 'date_to': '2026-03-31'})
        self.assertIn("Prices rose", talk.with_user(self.anna).factors)
