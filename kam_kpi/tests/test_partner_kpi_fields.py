from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import KamCase


@tagged('post_install', '-at_install')
class TestPartnerKpiFields(KamCase):
    """Headline figures come from the current twelve months, through the rules of the values."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.accounts = cls.alpha | cls.beta | cls.gamma
        cls.new_value('nrr_pct', 80.0, cls.alpha)
        cls.new_value('nrr_pct', 110.0, cls.beta)
        cls.new_value('revenue', 1000.0, cls.alpha)
        cls.new_value('revenue', 500.0, cls.beta)
        cls.Partner = cls.env['res.partner'].with_user(cls.diana)

    def found(self, *domain, **options):
        return self.Partner.search([('id', 'in', self.accounts.ids), *domain], **options)

    def test_figure_of_the_account(self):
        self.assertEqual(self.alpha.with_user(self.anna).kam_nrr, 80.0)

    def test_no_data_is_not_zero(self):
        self.new_value('csat_pct', None, self.alpha)
        self.assertIs(self.alpha.with_user(self.anna).kam_csat, False)
        self.assertIs(self.gamma.with_user(self.anna).kam_nrr, False)

    def test_zero_is_a_figure(self):
        self.new_value('nps', 0.0, self.alpha)
        self.assertIs(type(self.alpha.with_user(self.anna).kam_nps), float)
        self.assertEqual(self.found(('kam_nps', '=', 0)), self.alpha)

    def test_contact_shows_its_company_s(self):
        contact = self.new_contact(self.alpha, "Carl")
        self.assertEqual(contact.with_user(self.anna).kam_nrr, 80.0)
        self.assertEqual(self.Partner.search([('id', '=', contact.id), ('kam_nrr', '<', 90)]), contact)

    def test_older_twelve_months_do_not_count(self):
        self.new_value('nrr_pct', 50.0, self.gamma, is_current=False)
        self.assertIs(self.gamma.with_user(self.diana).kam_nrr, False)

    def test_another_company_s_figures_do_not_show(self):
        branch = self.env['res.company'].create({'name': "Branch"})
        self.new_value('nrr_pct', 50.0, self.gamma, company_id=branch.id)
        self.assertIs(self.gamma.with_user(self.diana).kam_nrr, False)

    def test_search_below_leaves_no_data_out(self):
        self.assertEqual(self.found(('kam_nrr', '<', 90)), self.alpha)
        self.assertEqual(self.found(('kam_nrr', '>=', 90)), self.beta)

    def test_search_for_no_data(self):
        self.assertEqual(self.found(('kam_nrr', '=', False)), self.gamma)
        self.assertEqual(self.found(('kam_nrr', '!=', False)), self.alpha | self.beta)

    def test_negation_of_below_has_no_data(self):
        self.assertEqual(self.found('!', ('kam_nrr', '<', 90)), self.beta | self.gamma)

    def test_sorted_with_no_data_last(self):
        self.assertEqual(self.found(order='kam_nrr').ids, [self.alpha.id, self.beta.id, self.gamma.id])
        self.assertEqual(self.found(order='kam_nrr desc').ids, [self.beta.id, self.alpha.id, self.gamma.id])

    def test_revenue_is_added_up_in_groups(self):
        groups = self.Partner._read_group(
            [('id', 'in', self.accounts.ids)], ['kam_tier_id'], ['kam_revenue:sum'], order='kam_tier_id')
        self.assertEqual({tier.code: revenue for tier, revenue in groups if tier}, {'B': 1500.0})

    def test_two_current_rows_do_not_double_the_account(self):
        self.new_value('nrr_pct', 85.0, self.alpha, date_start='2024-08-01', date_end='2025-07-31')
        self.assertEqual(self.found(order='kam_nrr').ids, [self.alpha.id, self.beta.id, self.gamma.id])
        self.assertEqual(self.alpha.with_user(self.diana).kam_nrr, 85.0)

    def test_account_manager_sees_own_figures_only(self):
        self.assertIs(self.beta.with_user(self.anna).kam_nrr, False)
        partners = self.env['res.partner'].with_user(self.anna)
        self.assertEqual(partners.search([('kam_nrr', '>', 0), ('id', 'in', self.accounts.ids)]), self.alpha)

    def test_leader_sees_the_team_s(self):
        self.assertEqual(self.beta.with_user(self.leo).kam_nrr, 110.0)
        self.assertIs(self.beta.with_user(self.zoe).kam_nrr, False)

    def test_reader_sees_all(self):
        self.assertEqual(self.beta.with_user(self.rita).kam_nrr, 110.0)

    def test_outside_the_groups_the_fields_do_not_exist(self):
        partner = self.alpha.with_user(self.sam)
        self.assertNotIn('kam_nrr', partner.fields_get())
        with self.assertRaises(AccessError):
            partner.read(['kam_nrr'])
        with self.assertRaises(AccessError):
            partner.search([('kam_nrr', '<', 90)])
        with self.assertRaises(AccessError):
            partner.search([], order='kam_nrr')

    def test_ratios_offer_no_total(self):
        offered = self.Partner.fields_get(['kam_nrr', 'kam_revenue'], ['aggregator', 'sortable', 'searchable'])
        self.assertFalse(offered['kam_nrr'].get('aggregator'))
        self.assertEqual(offered['kam_revenue']['aggregator'], 'sum')
        self.assertTrue(offered['kam_nrr']['sortable'] and offered['kam_nrr']['searchable'])

    def test_queries_do_not_grow_with_the_page(self):
        many = self.alpha
        for number in range(30):
            account = self.new_account(f"Account {number}", self.anna)
            self.new_value('nrr_pct', float(number), account)
            many |= account
        names = ['kam_revenue', 'kam_growth', 'kam_nrr', 'kam_grr', 'kam_csat', 'kam_nps', 'kam_health', 'kam_health_state',
                 'kam_score']
        counts = []
        many[:1].with_user(self.anna).read(names)  # access rules are cached from the first time on
        for accounts in (many[:3], many[:30]):
            self.env.flush_all()
            self.env.invalidate_all()
            accounts = accounts.with_user(self.anna)
            accounts.read(['name'])
            before = self.env.cr.sql_log_count
            accounts.read(names)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[0], counts[1])
