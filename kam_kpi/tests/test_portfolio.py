from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from ..tools import portfolio
from .common import KamCase


@tagged('post_install', '-at_install')
class TestPortfolioTools(KamCase):
    """Concentration and effort, in plain figures."""

    def test_concentration(self):
        self.assertEqual(portfolio.concentration([50.0, 30.0, 20.0, None, -10.0]), [(1, 50.0), (3, 100.0)])

    def test_nothing_sold_is_not_concentrated(self):
        self.assertEqual(portfolio.concentration([None, 0.0, -5.0]), [])

    def test_effort_in_proportion(self):
        self.assertEqual(portfolio.service_ratio(10, 100, 100, 1000), 1.0)
        self.assertEqual(portfolio.service_ratio(30, 100, 100, 1000), 3.0)

    def test_effort_for_nothing(self):
        self.assertEqual(portfolio.service_ratio(10, -5, 100, 1000), float('inf'))
        self.assertIsNone(portfolio.service_ratio(0, -5, 100, 1000))

    def test_effort_not_known(self):
        for case in ((None, 100, 100, 1000), (10, None, 100, 1000), (10, 100, 0, 1000), (10, 100, 100, 0), (10, 100, 100, None)):
            with self.subTest(case=case):
                self.assertIsNone(portfolio.service_ratio(*case))

    def test_limits_of_effort(self):
        ratios = (1.51, 1.5, 0.5, 0.49, None, float('inf'))
        self.assertEqual([portfolio.served(ratio) for ratio in ratios], ['over', 'fair', 'fair', 'under', None, 'over'])


@tagged('post_install', '-at_install')
@freeze_time('2025-07-01 09:00:00')
class TestPortfolio(KamCase):
    """The portfolio as each role sees it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env['res.partner'].search([('is_key_account', '=', True), ('id', 'not in', (cls.alpha | cls.beta).ids)]).is_key_account = False
        for account, revenue, margin, profit, contribution, hours in (
                (cls.alpha, 1000.0, 40.0, 400.0, 300.0, 30.0), (cls.beta, 3000.0, 20.0, 600.0, 600.0, 10.0)):
            cls.new_value('revenue', revenue, account)
            cls.new_value('gross_margin_pct', margin, account)
            cls.new_value('gross_profit', profit, account)
            cls.new_value('service_hours', hours, account)
            cls.new_value('contribution_margin_pct', 100 * contribution / revenue, account, numerator=contribution, denominator=revenue)

    def show(self, user, **choice):
        return self.env['kam.portfolio'].with_user(user).get_portfolio(choice)

    def row(self, content, account):
        return next(row for row in content['accounts'] if row['id'] == account.id)

    def test_the_director_sees_all_the_largest_first(self):
        content = self.show(self.diana)
        self.assertEqual([row['name'] for row in content['accounts']], ["Beta", "Alpha"])
        self.assertEqual((content['choice']['whose'], [option['whose'] for option in content['choices']]), ('all', ['mine', 'team', 'all']))

    def test_an_account_manager_sees_own_accounts_alone(self):
        for whose in ('mine', 'team', 'all', 'nonsense'):
            with self.subTest(whose=whose):
                self.assertEqual([row['name'] for row in self.show(self.anna, whose=whose)['accounts']], ["Alpha"])

    def test_a_leader_sees_the_team(self):
        content = self.show(self.leo)
        self.assertEqual((content['choice']['whose'], [row['name'] for row in content['accounts']]), ('team', ["Beta", "Alpha"]))
        self.assertEqual(self.show(self.zoe)['accounts'], [])

    def test_a_salesman_sees_nothing(self):
        with self.assertRaisesRegex(AccessError, "for the key account teams"):
            self.show(self.sam)

    def test_totals(self):
        totals = self.show(self.rita)['totals']
        self.assertEqual(totals, {'count': 2, 'revenue': 4000.0, 'contribution': 900.0, 'cost': 100.0, 'hours': 40.0, 'margin': 25.0})

    def test_a_row(self):
        row = self.row(self.show(self.diana), self.alpha)
        self.assertEqual(
            {name: row[name] for name in ('revenue', 'share', 'margin', 'cost', 'contribution', 'place', 'service')},
            {'revenue': 1000.0, 'share': 25.0, 'margin': 40.0, 'cost': 100.0, 'contribution': 300.0, 'place': 'gem', 'service': 'over'})
        self.assertEqual(self.row(self.show(self.diana), self.beta)['service'], 'under')

    def test_unknown_direct_cost_is_no_zero(self):
        value = self.env['kam.kpi.value'].search([('partner_id', '=', self.beta.id), ('kpi_id.code', '=', 'contribution_margin_pct')])
        value.flags = 'no_direct_cost'
        self.assertIsNone(self.row(self.show(self.diana), self.beta)['cost'])
        self.assertEqual(self.show(self.diana)['totals']['cost'], 100.0)

    def test_without_hours_the_effort_is_told_by_cost(self):
        self.assertEqual(self.show(self.diana)['effort'], 'hours')
        self.env['kam.kpi.value'].search([('kpi_id.code', '=', 'service_hours')]).unlink()
        content = self.show(self.diana)
        self.assertEqual((content['effort'], self.row(content, self.alpha)['service'], self.row(content, self.beta)['service']), ('cost', 'over', 'under'))

    def test_an_account_without_figures_stands_at_the_end(self):
        new = self.new_account("Aaron", self.anna)
        content = self.show(self.diana)
        self.assertEqual(content['accounts'][-1]['id'], new.id)
        row = content['accounts'][-1]
        self.assertEqual([row[name] for name in ('revenue', 'share', 'margin', 'place', 'service', 'hours')], [None] * 6)

    def test_limits_are_the_medians(self):
        self.assertEqual(self.show(self.diana)['limits'], {'revenue': 2000.0, 'margin': 30.0})

    def test_no_accounts(self):
        content = self.show(self.zoe)
        self.assertEqual((content['totals']['revenue'], content['totals']['margin'], content['concentration']), (None, None, []))

    def test_queries_do_not_grow_with_the_accounts(self):
        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.show(self.diana)
            return self.env.cr.sql_log_count - before
        few = (count(), count())[1]
        for number in range(40):
            account = self.new_account(f"More {number}", self.anna)
            self.new_value('revenue', 10.0, account)
        count()  # new accounts may have emptied Odoo's caches of definitions, which the first look fills again, as above
        self.assertLessEqual(count(), few)


@tagged('post_install', '-at_install')
@freeze_time('2025-07-01 09:00:00')
class TestRenewals(KamCase):
    """What is due for renewal within a year, and what is expected of it."""

    def agreement(self, end, account=None, call=False, **vals):
        agreement = self.env['kam.agreement'].create({
            'name': f"Until {end}", 'partner_id': (account or self.alpha).id, 'company_id': self.company.id, 'date_start': '2024-01-01', 'date_end': end,
            'annual_value': 100.0, 'renewal_call': call, **vals})
        agreement.action_sign()
        return agreement

    def renewals(self, user=None):
        return self.env['kam.portfolio'].with_user(user or self.anna).get_portfolio({})['renewals']

    def test_agreements_of_the_next_year_are_due(self):
        self.company.kam_grace_days = 30
        for end in ('2025-05-01', '2025-06-15', '2025-07-01', '2026-07-01', '2026-07-02'):
            self.agreement(end)
        self.assertEqual([row['name'] for row in self.renewals()['rows']], ["Until 2025-06-15", "Until 2025-07-01", "Until 2026-07-01"])

    def test_an_agreement_with_a_successor_is_not_due(self):
        agreement = self.agreement('2025-12-31')
        agreement.successor_id = self.agreement('2027-12-31', date_start='2026-01-01')
        self.assertEqual(self.renewals()['rows'], [])

    def test_what_is_expected_stands_side_by_side(self):
        self.agreement('2025-08-01', call='renew', renewal_value=120.0)
        self.agreement('2025-09-01', call='renew')
        self.agreement('2025-10-01', call='risk')
        self.agreement('2025-11-01', call='lost')
        self.agreement('2025-12-01')
        self.assertEqual(self.renewals()['totals'], {'due': 500.0, 'renew': 220.0, 'risk': 100.0, 'lost': 100.0, 'open': 100.0})

    def test_health_which_says_otherwise_is_told(self):
        agreement = self.agreement('2025-08-01', call='renew')
        health = self.env['kam.health'].create({
            'partner_id': self.alpha.id, 'company_id': self.company.id, 'state': 'red', 'computed_state': 'red', 'score': 20.0})
        cases = (('red', 'renew', True), ('red', 'risk', False), ('green', 'risk', True), ('green', 'renew', False), ('no_data', 'renew', False))
        for state, call, differs in cases:
            health.state = state
            agreement.renewal_call = call
            self.env.invalidate_all()
            with self.subTest(state=state, call=call):
                self.assertIs(agreement.with_user(self.anna).renewal_differs, differs)

    def test_others_see_none_of_it(self):
        self.agreement('2025-08-01')
        self.assertEqual(self.renewals(self.ben)['rows'], [])
        self.assertEqual(len(self.renewals(self.leo)['rows']), 1)

    def test_amounts_are_in_the_currency_of_the_company(self):
        currency = self.env['res.currency'].create({
            'name': 'KAX', 'symbol': 'K', 'rate_ids': [(0, 0, {'name': '2025-01-01', 'rate': 2.0, 'company_id': self.company.id})]})
        self.agreement('2025-08-01', currency_id=currency.id)
        self.assertEqual(self.renewals()['totals']['due'], 50.0)
