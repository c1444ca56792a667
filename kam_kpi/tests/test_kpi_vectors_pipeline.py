from odoo import Command
from odoo.tests import tagged

from .documents import DocumentsCase

MARCH = ('2025-03-01', '2025-04-01')
Q1 = ('2025-01-01', '2025-04-01')
NOON = '2025-03-10 12:00:00'


class PipelineCase(DocumentsCase):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.alpha = cls.customer("Alpha", key=True)
        cls.jane = cls.contact(cls.alpha, "Jane")
        cls.price = cls.env['crm.lost.reason'].create({'name': "Too dear"})
        cls.spam = cls.env['crm.lost.reason'].create({'name': "Spam", 'kam_spam': True})


@tagged('post_install', '-at_install')
class TestWinRate(PipelineCase):

    def rate(self, *period):
        return self.measure('win_rate_pct', self.alpha, *(period or MARCH))[self.alpha]

    def test_reference(self):
        for _number in range(12):
            self.won(self.jane, NOON)
        for _number in range(18):
            self.lost(self.alpha, NOON, self.price)
        result = self.rate()
        self.assertEqual((result['value'], result['numerator'], result['denominator'], result['sample_size']), (40.0, 12.0, 30.0, 30))

    def test_nothing_closed(self):
        self.lead(self.alpha)
        self.assertNoData(self.rate(), 'zero_denominator')

    def test_only_losses_are_a_real_zero(self):
        for _number in range(3):
            self.lost(self.alpha, NOON)
        result = self.rate()
        self.assertEqual((result['value'], result['state']), (0.0, 'ok'))

    def test_lost_ones_are_archived_and_count(self):
        self.won(self.alpha, NOON)
        self.assertFalse(self.lost(self.alpha, NOON).active)
        self.assertEqual(self.rate()['value'], 50.0)

    def test_merely_archived_is_not_closed(self):
        self.won(self.alpha, NOON)
        archived = self.lead(self.alpha, probability=30)
        archived.action_archive()
        archived.date_closed = NOON
        self.assertEqual((archived.active, archived.won_status), (False, 'pending'))
        self.assertEqual((self.rate()['value'], self.rate()['denominator']), (100.0, 1.0))

    def test_reopened_is_not_closed(self):
        self.won(self.alpha, NOON)
        lead = self.lost(self.alpha, NOON)
        self.assertEqual(self.rate()['value'], 50.0)
        lead.action_unarchive()
        lead.probability = 20
        self.assertEqual(lead.won_status, 'pending')
        self.assertEqual(self.rate()['value'], 100.0)

    def test_leads_that_never_became_opportunities_do_not_count(self):
        self.won(self.alpha, NOON)
        self.lost(self.alpha, NOON, kind='lead')
        self.assertEqual(self.rate()['denominator'], 1.0)

    def test_day_of_closing_decides(self):
        self.won(self.alpha, '2025-02-28 23:59:59')
        self.lost(self.alpha, '2025-03-31 23:59:59')
        self.won(self.alpha, '2025-04-01 00:00:00')
        self.assertEqual(self.rate()['value'], 0.0)

    def test_midnight_in_paris_when_the_clocks_change(self):
        self.company.kam_tz = 'Europe/Paris'
        self.won(self.alpha, '2025-03-29 22:59:59')   # 29 March 23:59:59 in winter
        self.lost(self.alpha, '2025-03-29 23:00:00')  # 30 March 00:00
        self.won(self.alpha, '2025-03-30 21:59:59')   # 30 March 23:59:59 in summer
        self.lost(self.alpha, '2025-03-30 22:00:00')  # 31 March 00:00
        for day, stop, expected in (('2025-03-29', '2025-03-30', 100.0), ('2025-03-30', '2025-03-31', 50.0), ('2025-03-31', '2025-04-01', 0.0)):
            self.assertEqual(self.rate(day, stop)['value'], expected, day)

    def test_quarter_end_in_honolulu_and_kiritimati(self):
        self.won(self.alpha, '2025-04-01 09:59:59')
        self.lost(self.alpha, '2025-03-31 10:00:00')
        for zone, first, second in (('Pacific/Honolulu', 50.0, None), ('Pacific/Kiritimati', None, 50.0), ('UTC', 0.0, 100.0)):
            self.company.kam_tz = zone
            self.assertEqual(self.rate('2025-01-01', '2025-04-01')['value'], first, zone)
            self.assertEqual(self.rate('2025-04-01', '2025-07-01')['value'], second, zone)

    def test_viewer_s_own_time_zone_does_not_matter(self):
        self.company.kam_tz = 'Europe/Paris'
        self.won(self.alpha, '2025-03-31 22:30:00')
        self.diana.tz = 'America/New_York'
        self.refresh()
        [row] = self.env['kam.kpi'].with_user(self.diana).with_context(tz='America/New_York').measure_kpis(
            ['win_rate_pct'], self.alpha.ids, *(self.alpha._fields['kam_since_date'].to_date(day) for day in ('2025-04-01', '2025-07-01')))
        self.assertEqual(row['value'], 100.0)

    def test_of_one_seller(self):
        other = self.new_user('other', 'sales_team.group_sale_salesman')
        self.won(self.alpha, NOON, user=self.diana)
        self.lost(self.alpha, NOON, user=other)
        for options, expected in (({}, 50.0), ({'user_id': self.diana.id}, 100.0), ({'user_id': other.id}, 0.0)):
            self.assertEqual(self.value('win_rate_pct', self.alpha, *MARCH, **options), expected)

    def test_of_a_team(self):
        other = self.new_user('other', 'sales_team.group_sale_salesman')
        team = self.env['crm.team'].create({
            'name': "Deals", 'company_id': self.company.id, 'crm_team_member_ids': [Command.create({'user_id': other.id})]})
        self.won(self.alpha, NOON, user=self.diana)
        self.lost(self.alpha, NOON, user=other)
        self.assertEqual(self.value('win_rate_pct', self.alpha, *MARCH, team_id=team.id), 0.0)

    def test_deals_without_customer_belong_to_no_account(self):
        self.won(None, NOON)
        self.assertNoData(self.rate(), 'zero_denominator')

    def test_deals_follow_the_contact(self):
        other = self.customer("Other")
        self.won(self.jane, NOON)
        self.refresh()
        self.jane.parent_id = other
        self.assertNoData(self.rate(), 'zero_denominator')
        self.assertEqual(self.value('win_rate_pct', other, *MARCH), 100.0)


@tagged('post_install', '-at_install')
class TestQualifiedLeads(PipelineCase):

    def leads(self, *period):
        return self.value('qualified_leads_count', self.alpha, *(period or MARCH))

    def converted(self, when, **vals):
        lead = self.lead(self.jane, created='2025-02-01 12:00:00', kind='lead')
        lead.convert_opportunity(self.jane)
        lead.date_conversion = when
        lead.write(vals)
        return lead

    def test_reference(self):
        for _number in range(7):
            self.converted(NOON)
        for _number in range(3):
            self.lead(self.alpha, created=NOON)
        self.assertEqual(self.leads(), 10.0)

    def test_none_is_a_real_zero(self):
        self.assertEqual(self.leads(), 0.0)

    def test_leads_not_converted_do_not_count(self):
        self.lead(self.alpha, created=NOON, kind='lead')
        self.assertEqual(self.leads(), 0.0)

    def test_converted_counts_on_the_day_of_conversion_only(self):
        self.converted('2025-04-02 12:00:00')
        self.assertEqual((self.leads('2025-02-01', '2025-03-01'), self.leads(), self.leads('2025-04-01', '2025-05-01')), (0.0, 0.0, 1.0))

    def test_spam_does_not_count_and_other_losses_do(self):
        self.lost(self.alpha, NOON, self.spam, created=NOON)
        self.lost(self.alpha, NOON, self.price, created=NOON)
        self.converted(NOON, lost_reason_id=self.spam.id)
        self.assertEqual(self.leads(), 1.0)

    def test_reason_flagged_later_takes_its_leads_out(self):
        self.lost(self.alpha, NOON, self.price, created=NOON)
        self.assertEqual(self.leads(), 1.0)
        self.price.kam_spam = True
        self.assertEqual(self.leads(), 0.0)

    def test_deleted_leads_vanish(self):
        lead = self.lead(self.alpha, created=NOON)
        self.assertEqual(self.leads(), 1.0)
        lead.unlink()
        self.assertEqual(self.leads(), 0.0)

    def test_won_and_archived_opportunities_count(self):
        self.won(self.alpha, '2025-05-05 12:00:00', created=NOON)
        self.lead(self.alpha, created=NOON).action_archive()
        self.assertEqual(self.leads(), 2.0)

    def test_per_month_of_the_quarter(self):
        for number in range(24):
            self.lead(self.alpha, created=f'2025-0{number % 3 + 1}-10 12:00:00')
        self.assertEqual(self.value('qualified_leads_per_month', self.alpha, *Q1), 8.0)

    def test_per_month_of_several_accounts_is_that_of_all_together(self):
        other = self.customer("Other", key=True)
        for account in (self.alpha, other):
            for _number in range(3):
                self.lead(account, created=NOON)
        self.assertEqual(self.total('qualified_leads_per_month', self.alpha | other, *Q1)['value'], 2.0)

    def test_per_month_of_a_running_month(self):
        self.lead(self.alpha, created='2026-06-03 12:00:00')
        self.assertAlmostEqual(self.value('qualified_leads_per_month', self.alpha, '2026-06-01', '2026-07-01'), 30.4375 / 14, 9)
        self.assertNoData(self.measure('qualified_leads_per_month', self.alpha, '2026-07-01', '2026-08-01')[self.alpha], 'future_period')

    def test_company_counts_leads_without_customer(self):
        self.lead(None, created=NOON)
        self.lead(self.alpha, created=NOON)
        self.refresh()
        [row] = self.env['kam.kpi'].measure_total(['qualified_leads_count'], None, *MARCH)
        self.assertEqual((row['value'], self.leads()), (2.0, 1.0))
