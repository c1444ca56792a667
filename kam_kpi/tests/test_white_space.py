from datetime import date
from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged
from odoo.tools import SQL

from .common import KamCase


class WhiteSpaceCase(KamCase):
    """Alpha of Anna among five accounts of one industry; facts are written here. Today is 2026-05-10."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(patch.object(cls.registry['res.company'], '_kam_today', lambda company: date(2026, 5, 10)))
        cls.service, cls.sensors, cls.cloud = (cls.env['product.category'].create({'name': name}) for name in ("Service", "Sensors", "Cloud"))
        cls.energy = cls.env['res.partner.industry'].create({'name': "Energy"})
        cls.others = cls.env['res.partner']
        for number in range(4):
            cls.others |= cls.new_account(f"Other {number}", cls.ben)
        (cls.alpha | cls.others).industry_id = cls.energy
        cls.env.flush_all()
        cls.fact(cls.alpha, cls.service, '2026-01-15', 500)
        cls.fact(cls.alpha, cls.sensors, '2024-03-01', 900)
        for account, service, sensors in zip(cls.others, (100, 800, 1200, 2000), (0, 0, 40, 60)):
            cls.fact(account, cls.service, '2025-09-01', service)
            cls.fact(account, cls.sensors, '2025-09-01', sensors)
            cls.fact(account, cls.cloud, '2025-09-01', 10)

    @classmethod
    def fact(cls, account, categ, day, amount):
        cls.env.cr.execute(SQL(
            "INSERT INTO kam_fact_category (measure_id, company_id, partner_id, categ_id, date, amount) VALUES (%s, %s, %s, %s, %s, %s)",
            cls.env.ref('kam_kpi.kam_measure_revenue').id, cls.company.id, account.id, categ.id, day, amount))

    def grid(self, user=None, account=None):
        return self.env['kam.white.space'].with_user(user or self.anna).get_grid(account and account.id)

    def cell(self, categ, account=None, user=None):
        grid = self.grid(user)
        row = next(row for row in grid['accounts'] if row['id'] == (account or self.alpha).id)
        place = next(place for place, offering in enumerate(grid['offerings']) if offering['id'] == categ.id)
        return row['cells'][place]


@tagged('post_install', '-at_install')
class TestWhiteSpace(WhiteSpaceCase):

    def test_bought_offering_against_comparable_accounts(self):
        # the others buy 100, 800, 1200 and 2000: the middle is 1000, 500 of which Alpha has
        cell = self.cell(self.service)
        self.assertEqual((cell['state'], cell['amount'], cell['potential'], cell['comparables'], cell['median'], cell['basis']), (
            'buys', 500.0, 500.0, 4, 1000.0, 'industry'))

    def test_lapsed_offering_says_when_it_was_bought_last(self):
        cell = self.cell(self.sensors)
        self.assertEqual((cell['state'], cell['amount'], cell['last']), ('lapsed', 0.0, '2024-03-01'))

    def test_too_few_buyers_give_no_estimate(self):
        cell = self.cell(self.sensors)
        self.assertEqual((cell['potential'], cell['comparables']), (None, 2))

    def test_offering_never_bought(self):
        cell = self.cell(self.cloud)
        self.assertEqual((cell['state'], cell['potential']), ('never', 10.0))

    def test_tier_speaks_where_the_industry_does_not(self):
        self.alpha.industry_id = False
        cell = self.cell(self.service)
        self.assertEqual((cell['basis'], cell['median']), ('tier', 1000.0))

    def test_fact_of_today_does_not_count_yet(self):
        self.fact(self.alpha, self.service, '2026-05-10', 999)
        self.assertEqual(self.cell(self.service)['amount'], 500.0)

    def test_offerings_by_size(self):
        self.assertEqual([offering['name'] for offering in self.grid()['offerings']], ["Service", "Sensors", "Cloud"])

    def test_account_manager_sees_own_accounts_only(self):
        self.assertEqual([row['name'] for row in self.grid()['accounts']], ["Alpha"])
        with self.assertRaises(AccessError):
            self.grid(account=self.others[0])

    def test_leader_sees_the_team_and_director_all(self):
        self.assertEqual(len(self.grid(self.leo)['accounts']), 6)
        self.assertEqual(len(self.grid(self.zoe)['accounts']), 0)
        self.assertEqual(len(self.grid(self.diana)['accounts']), 6)

    def test_salesman_outside_the_groups_sees_nothing(self):
        with self.assertRaises(AccessError):
            self.grid(self.sam)

    def test_number_of_queries_does_not_grow(self):
        grid = self.env['kam.white.space'].with_user(self.diana)

        def count():
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            grid.get_grid()
            return self.env.cr.sql_log_count - before

        def more(number):
            for place in range(number):
                account = self.new_account(f"More {place}", self.ben, industry_id=self.energy.id)
                self.env.flush_all()
                self.fact(account, self.service, '2025-09-01', 10)
        count()  # what is read once a process
        more(30)
        few = count()
        more(60)
        self.assertLessEqual(count(), few + 1, "one user more or less may have to be read, not one an account")

    # opportunities

    def pursue(self, categ=None):
        action = self.env['kam.white.space'].with_user(self.anna).create_opportunity(self.alpha.id, (categ or self.service).id)
        return self.env['crm.lead'].browse(action['res_id'])

    def test_opportunity_has_what_it_may_bring_and_why(self):
        lead = self.pursue()
        self.assertEqual((lead.name, lead.partner_id, lead.user_id, lead.expected_revenue, lead.kam_category_id), (
            "Service for Alpha", self.alpha, self.anna, 500.0, self.service))
        self.assertIn("4 comparable accounts", lead.description)

    def test_no_estimate_is_no_invented_amount(self):
        lead = self.pursue(self.sensors)
        self.assertEqual(lead.expected_revenue, 0.0)
        self.assertIn("too few comparable accounts", lead.description)

    def test_cell_shows_the_open_opportunity_and_opens_it_again(self):
        lead = self.pursue()
        self.assertEqual([row['id'] for row in self.cell(self.service)['leads']], lead.ids)
        self.assertEqual(self.pursue(), lead)

    def test_closed_opportunity_leaves_the_cell(self):
        self.pursue().action_set_lost()
        self.assertFalse(self.cell(self.service)['leads'])

    def test_reader_makes_no_opportunity(self):
        self.assertFalse(self.grid(self.rita)['may_create'])
        with self.assertRaises(AccessError):
            self.env['kam.white.space'].with_user(self.rita).create_opportunity(self.alpha.id, self.service.id)


@tagged('post_install', '-at_install')
class TestWhiteSpaceTour(WhiteSpaceCase, HttpCase):

    def test_from_white_space_to_an_opportunity(self):
        self.start_tour('/odoo/kam-white-space', 'kam_white_space_tour', login=self.anna.login)
        lead = self.env['crm.lead'].search([('kam_category_id', '=', self.cloud.id)])
        self.assertEqual((lead.partner_id, lead.user_id, lead.expected_revenue), (self.alpha, self.anna, 10.0))
