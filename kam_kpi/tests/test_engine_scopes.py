from datetime import date
from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import KamCase
from .engine_common import EngineCase

Q1 = ('2026-01-01', '2026-04-01')


@tagged('post_install', '-at_install')
class TestWholeCompany(EngineCase):
    """The company as a whole: every customer, and what belongs to none. Today is 2026-06-15."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.gamma = cls.customer("Gamma")
        cls.new_measure('sold')
        cls.new_kpi('sold_key', 'sold')
        cls.new_kpi('sold_all', 'sold', population='all')
        cls.new_kpi('buyers_all', 'active(sold)', population='all')
        cls.new_kpi('sold_whole', 'sold', company_only=True)
        for account, revenue in ((cls.alpha, 1), (cls.alpha, 2), (cls.beta, 20), (cls.gamma, 300), (None, 4000)):
            cls.won(cls(), account, '2026-02-01 12:00:00', expected_revenue=revenue)
        cls.env['kam.fact'].refresh()
        cls.reader = cls.new_user('reader', 'kam_kpi.group_kam_reader')
        cls.manager = cls.new_user('manager', 'kam_kpi.group_kam_user')

    def whole(self, code, user=None):
        [row] = self.env['kam.kpi'].with_user(user or self.diana).measure_total([code], None, *Q1)
        return row['value']

    def test_key_accounts_only(self):
        self.assertEqual(self.whole('sold_key'), 23.0)

    def test_all_customers_and_what_has_none(self):
        self.assertEqual(self.whole('sold_all', self.reader), 4323.0)

    def test_formulas_are_evaluated_for_each_customer(self):
        self.assertEqual(self.whole('buyers_all'), 4.0)

    def test_accounts_given_are_just_these(self):
        self.assertEqual(self.figure('sold_all', self.alpha | self.gamma, *Q1)['value'], 303.0)

    def test_figure_of_the_company_only(self):
        self.assertEqual(self.whole('sold_whole'), 4323.0)
        self.assertEqual(self.figure('sold_whole', self.alpha, *Q1)['value'], 4323.0)
        [row] = self.env['kam.kpi'].measure_kpis(['sold_whole'], self.alpha.ids, *Q1)
        self.assertNoData(row, 'source_missing')

    def test_account_managers_do_not_see_the_whole(self):
        for code, accounts in (('sold_key', None), ('sold_whole', [])):
            with self.subTest(code=code), self.assertRaises(AccessError):
                self.env['kam.kpi'].with_user(self.manager).measure_total([code], accounts, *Q1)

    def test_early_figures_are_marked(self):
        kpi = self.new_kpi('slow', 'sold', maturity_days=90)
        for stop, flags in (('2026-03-18', ['immature']), ('2026-03-17', [])):
            start, stop = date(2026, 1, 1), date.fromisoformat(stop)
            with self.subTest(stop=stop):
                self.assertEqual(kpi._outcomes({0: self.alpha.ids}, start, stop)[kpi.id, 0]['flags'], flags)


@tagged('post_install', '-at_install')
class TestInTheFamily(EngineCase):
    """What companies sell to one another is no revenue of both together, but it is of each by itself."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sister = cls.new_company("Sister", cls.eur)
        cls.invoice(cls(), cls.sister.partner_id, '2026-02-01', 1000)
        cls.invoice(cls(), cls.alpha, '2026-02-01', 70)
        cls.env['kam.kpi'].search([('code', '=', 'revenue')]).population = 'all'
        cls.env['kam.fact'].refresh()

    def of(self, companies, accounts=None):
        kpi = self.env['kam.kpi'].with_context(allowed_company_ids=companies.ids)
        [row] = kpi.measure_total(['revenue'], accounts and accounts.ids, *Q1)
        return row['value']

    def test_alone_it_is_revenue(self):
        self.assertEqual(self.of(self.company), 1070.0)
        self.assertEqual(self.of(self.company, self.sister.partner_id), 1000.0)

    def test_together_it_is_none(self):
        self.assertEqual(self.of(self.company | self.sister), 70.0)
        self.assertEqual(self.of(self.company | self.sister, self.sister.partner_id | self.alpha), 70.0)


@tagged('post_install', '-at_install')
class TestYearToDate(EngineCase):
    """The fiscal year up to the end of what is known, also when the period asked for reaches into the next one. Today is 2026-06-15."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.new_kpi('ytd', 'revenue', window='ytd')
        for day, amount in (('2025-12-31', 1), ('2026-01-01', 20), ('2026-06-14', 300), ('2026-06-15', 4000)):
            cls.invoice(cls(), cls.alpha, day, amount)
        cls.env['kam.fact'].refresh()

    def test_year_to_date(self):
        for stop, expected in (('2026-04-01', 20.0), ('2026-07-01', 320.0), ('2027-02-01', 320.0), ('2026-01-01', 1.0)):
            with self.subTest(stop=stop):
                self.assertEqual(self.figure('ytd', self.alpha, '2025-10-01', stop)['value'], expected)


@tagged('post_install', '-at_install')
class TestWhoDidIt(KamCase):
    """Results go to the holder of the account, activity to who did it.

    Today is 2026-05-10. Alpha was anna's until 2026-04-14 and is ben's since.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(patch.object(cls.registry['res.company'], '_kam_today', lambda company: date(2026, 5, 10)))
        measure = cls.env['kam.measure'].create({
            'name': "Done", 'code': 'done', 'model_name': 'crm.lead', 'domain': "[('won_status', '=', 'won')]", 'date_field': 'date_closed',
            'account_path': 'partner_id.commercial_partner_id', 'actor_path': 'user_id'})
        cls.effort = cls.env['kam.kpi'].create({'name': "Effort", 'code': 'effort', 'numerator': 'done', 'actor_view': True, 'family': 'activity'})
        cls.result = cls.env['kam.kpi'].create({'name': "Result", 'code': 'result', 'numerator': 'done'})
        first = cls.env['kam.assignment'].search([('partner_id', '=', cls.alpha.id)])
        first.date_to = '2026-04-14'
        cls.assign(cls.alpha, cls.ben, '2026-04-15')
        for user, day in ((cls.anna, '2026-04-02'), (cls.anna, '2026-04-20'), (cls.ben, '2026-04-25'), (cls.leo, '2026-04-26')):
            deal = cls.env['crm.lead'].create({
                'name': "Deal", 'type': 'opportunity', 'partner_id': cls.alpha.id, 'user_id': user.id, 'company_id': cls.company.id})
            deal.action_set_won()
            deal.date_closed = f'{day} 12:00:00'
        cls.measure = measure
        cls.env['kam.fact'].refresh()

    def stored(self, kpi, scope, subject):
        value = self.env['kam.kpi.value'].search([
            ('kpi_id', '=', kpi.id), ('scope', '=', scope), ('subject_id', '=', subject.id), ('frequency', '=', 'quarter'), ('is_current', '=', True)])
        return value.value

    def test_activity_stays_with_who_did_it(self):
        self.assertEqual(self.stored(self.effort, 'user', self.anna), 2.0)
        self.assertEqual(self.stored(self.effort, 'user', self.ben), 1.0)

    def test_results_go_to_the_holder(self):
        self.assertEqual(self.stored(self.result, 'user', self.ben), 4.0)
        self.assertFalse(self.stored(self.result, 'user', self.anna))

    def test_team_counts_its_members(self):
        self.assertEqual(self.stored(self.effort, 'team', self.north), 3.0)
        self.assertEqual(self.stored(self.result, 'team', self.north), 4.0)

    def test_accounts_and_company_count_everything(self):
        self.assertEqual(self.stored(self.effort, 'account', self.alpha), 4.0)
        self.assertEqual(self.stored(self.effort, 'company', self.company), 4.0)

    def test_leaver_keeps_what_was_done(self):
        self.anna.active = False
        self.env['kam.fact'].rebuild()
        self.assertEqual(self.stored(self.effort, 'user', self.anna), 2.0)

    def test_what_was_done_for_others_than_key_accounts_is_not_counted(self):
        deal = self.env['crm.lead'].create({
            'name': "Deal", 'type': 'opportunity', 'partner_id': self.gamma.id, 'user_id': self.anna.id, 'company_id': self.company.id})
        deal.action_set_won()
        deal.date_closed = '2026-04-03 12:00:00'
        self.env['kam.fact'].refresh()
        self.assertEqual(self.stored(self.effort, 'user', self.anna), 2.0)

    def test_live_figures_of_a_subject_are_the_stored_ones(self):
        for scope, subject in (('user', self.anna), ('user', self.ben), ('team', self.north), ('company', self.company), ('account', self.alpha)):
            rows = self.env['kam.kpi']._measure_subject(['effort', 'result'], scope, subject.id, date(2026, 4, 1), date(2026, 7, 1))
            for row, kpi in zip(rows, self.effort | self.result):
                with self.subTest(scope=scope, kpi=kpi.code):
                    self.assertEqual(row['value'], self.stored(kpi, scope, subject) or 0.0)
