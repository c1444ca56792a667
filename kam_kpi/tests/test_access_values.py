from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import KamCase


@tagged('post_install', '-at_install')
class TestAccessValues(KamCase):
    """Who reads which facts and values; nobody writes them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.kpi = cls.env['kam.kpi'].create({'name': "Access", 'code': 'access_test', 'numerator': '1'})
        cls.measure = cls.env.ref('kam_kpi.kam_measure_revenue')
        cls.values = {
            'alpha': cls._value(scope='account', partner_id=cls.alpha.id, user_id=cls.anna.id, team_id=cls.north.id),
            'beta': cls._value(scope='account', partner_id=cls.beta.id, user_id=cls.ben.id, team_id=cls.north.id),
            'anna': cls._value(scope='user', user_id=cls.anna.id),
            'ben': cls._value(scope='user', user_id=cls.ben.id),
            'north': cls._value(scope='team', team_id=cls.north.id),
            'company': cls._value(scope='company'),
        }
        cls.facts = {
            name: cls.env['kam.fact'].create({
                'measure_id': cls.measure.id, 'company_id': cls.company.id, 'partner_id': partner.id,
                'date': '2026-02-01', 'amount': 1.0, 'count': 1,
            })
            for name, partner in (('alpha', cls.alpha), ('beta', cls.beta), ('gamma', cls.gamma), ('nobody', cls.env['res.partner']))
        }

    @classmethod
    def _value(cls, **vals):
        return cls.env['kam.kpi.value'].create({
            'kpi_id': cls.kpi.id, 'company_id': cls.company.id, 'frequency': 'quarter', 'state': 'ok',
            'date_start': '2026-01-01', 'date_end': '2026-03-31', 'value': 1.0, 'numerator': 1.0, **vals,
        })

    def _seen(self, user, records):
        model = next(iter(records.values())).browse()
        found = model.with_user(user).search([('id', 'in', [record.id for record in records.values()])])
        return {name for name, record in records.items() if record.id in found.ids}

    def test_manager_sees_own_accounts_and_own_figures(self):
        self.assertEqual(self._seen(self.anna, self.values), {'alpha', 'anna'})

    def test_leader_sees_the_team_its_accounts_and_people(self):
        self.assertEqual(self._seen(self.leo, self.values), {'alpha', 'beta', 'anna', 'ben', 'north'})

    def test_other_leader_sees_nothing(self):
        self.assertEqual(self._seen(self.zoe, self.values), set())

    def test_director_sees_all(self):
        self.assertEqual(self._seen(self.diana, self.values), set(self.values))

    def test_reader_sees_all(self):
        self.assertEqual(self._seen(self.rita, self.values), set(self.values))

    def test_salesman_without_group_is_refused(self):
        with self.assertRaises(AccessError):
            self.env['kam.kpi.value'].with_user(self.sam).search([])

    def test_former_holder_keeps_own_past_figures(self):
        self.alpha.kam_user_id = self.ben
        self.assertEqual(self._seen(self.anna, self.values), {'alpha', 'anna'})

    def test_new_holder_sees_the_history(self):
        self.alpha.kam_user_id = self.ben
        self.assertEqual(self._seen(self.ben, self.values), {'alpha', 'beta', 'ben'})

    def test_groups_count_readable_rows_only(self):
        domain = [('kpi_id', '=', self.kpi.id), ('scope', '=', 'account')]
        [(count,)] = self.env['kam.kpi.value'].with_user(self.anna)._read_group(domain, [], ['__count'])
        self.assertEqual(count, 1)

    def test_other_company_is_hidden_even_from_directors(self):
        other = self.env['res.company'].create({'name': "Elsewhere"})
        self.values['company'].company_id = other
        self.assertNotIn('company', self._seen(self.diana, self.values))

    def test_nobody_writes_values(self):
        for user in (self.anna, self.leo, self.diana, self.rita):
            with self.subTest(user=user.name), self.assertRaises(AccessError):
                self.values['alpha'].with_user(user).write({'value': 100.0})

    def test_nobody_creates_values(self):
        for user in (self.anna, self.diana, self.rita):
            with self.subTest(user=user.name), self.assertRaises(AccessError):
                self.env['kam.kpi.value'].with_user(user).create({
                    'kpi_id': self.kpi.id, 'company_id': self.company.id, 'frequency': 'quarter',
                    'date_start': '2026-01-01', 'date_end': '2026-03-31'})

    def test_facts_of_own_accounts(self):
        self.assertEqual(self._seen(self.anna, self.facts), {'alpha'})

    def test_facts_of_the_team(self):
        self.assertEqual(self._seen(self.leo, self.facts), {'alpha', 'beta'})

    def test_facts_of_all(self):
        self.assertEqual(self._seen(self.diana, self.facts), set(self.facts))
        self.assertEqual(self._seen(self.rita, self.facts), set(self.facts))

    def test_facts_by_category_follow_the_same_rules(self):
        facts = {
            name: self.env['kam.fact.category'].create({
                'measure_id': self.measure.id, 'company_id': self.company.id, 'partner_id': partner.id,
                'date': '2026-02-01', 'amount': 1.0,
            })
            for name, partner in (('alpha', self.alpha), ('beta', self.beta), ('gamma', self.gamma))
        }
        self.assertEqual(self._seen(self.anna, facts), {'alpha'})
        self.assertEqual(self._seen(self.leo, facts), {'alpha', 'beta'})
        self.assertEqual(self._seen(self.rita, facts), set(facts))

    def test_facts_follow_the_holder_of_today(self):
        self.alpha.kam_user_id = self.ben
        self.assertEqual(self._seen(self.anna, self.facts), set())

    def test_nobody_deletes_facts(self):
        for user in (self.anna, self.diana, self.rita):
            with self.subTest(user=user.name), self.assertRaises(AccessError):
                self.facts['alpha'].with_user(user).unlink()

    def test_trend_does_not_show_the_figure_of_another_holder(self):
        before = self._value(
            scope='account', partner_id=self.alpha.id, user_id=self.ben.id, value=5.0,
            date_start='2025-10-01', date_end='2025-12-31')
        self.assertEqual(self.values['alpha'].with_user(self.anna).previous_value, 5.0)
        self.alpha.kam_user_id = self.ben
        self.assertEqual(before.with_user(self.ben).value, 5.0)
        self.values['alpha'].invalidate_recordset()
        self.assertIs(self.values['alpha'].with_user(self.anna).previous_value, False)

    def test_explanations_are_for_the_one_who_asked(self):
        explain = self.env['kam.explain'].with_user(self.anna).sudo().create({
            'kpi_id': self.kpi.id, 'company_id': self.company.id, 'date_start': '2026-01-01', 'date_end': '2026-03-31',
            'partner_id': self.alpha.id, 'line_ids': [Command.create({'measure_id': self.measure.id, 'date_stop': '2026-04-01'})]})
        explain.with_user(self.anna).check_access('read')
        with self.assertRaises(AccessError):
            explain.with_user(self.diana).check_access('read')
        with self.assertRaises(AccessError):
            explain.line_ids.with_user(self.diana).check_access('read')
