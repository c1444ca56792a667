from datetime import date

from odoo.tests import tagged

from .test_kpi_vectors_touch import MARCH, NOON, Q1, TouchCase
from .vectors import vectors


@tagged('post_install', '-at_install')
class TestCounts(TouchCase):
    """The plain counts, and whose they are."""

    def setUp(self):
        super().setUp()
        # The events of the vectors: see test_reference of the interactions.
        ours, theirs = self.anna.partner_id, self.jane
        self.message(self.deal, ours, '2025-03-03 09:00:00')
        self.message(self.deal, theirs, '2025-03-03 11:00:00', kind='email')
        self.message(self.deal, ours, '2025-03-03 15:00:00')
        self.message(self.deal, theirs, '2025-03-04 10:00:00', kind='email')
        self.message(self.deal, ours, '2025-03-04 11:00:00', subtype='mail.mt_note', is_internal=True)
        self.message(self.other_deal, ours, '2025-03-05 10:00:00', kind='auto_comment')
        meeting = self.meeting(NOON, self.jane, organiser=self.anna)
        self.activity(self.deal, 'meeting', NOON, user=self.anna, calendar_event_id=meeting.id)
        self.activity(self.deal, 'phonecall', '2025-03-06 10:00:00', user=self.anna)

    def test_reference(self):
        for code in ('calls_count', 'emails_sent_count', 'meetings_count', 'interactions_count'):
            [case] = vectors('kpis')[code]
            with self.subTest(code=code):
                self.assertEqual(self.value(code, self.alpha, *MARCH), case['expected'])
                result = self.measure(code, self.beta, *MARCH)[self.beta]
                self.assertEqual((result['value'], result['state']), (0.0, 'ok'))

    def test_what_is_no_message_sent(self):
        ours = self.anna.partner_id
        self.message(self.deal, self.env.ref('base.partner_root'), NOON)
        for kind in ('auto_comment', 'notification', 'email_outgoing', 'out_of_office', 'user_notification'):
            self.message(self.deal, ours, NOON, kind=kind)
        self.message(self.deal, ours, NOON, subtype='mail.mt_note')
        self.message(self.deal, ours, NOON, is_internal=True)
        self.message(self.meeting('2024-03-03 12:00:00', self.jane), ours, NOON)
        self.assertEqual(self.value('emails_sent_count', self.alpha, *MARCH), 2.0)

    def test_message_to_somebody_of_the_account_on_another_s_document(self):
        deal = self.lead(self.bob)
        self.message(deal, self.anna.partner_id, NOON, partner_ids=[(6, 0, self.jane.ids)])
        self.assertEqual((self.value('emails_sent_count', self.alpha, *MARCH), self.value('emails_sent_count', self.beta, *MARCH)), (3.0, 1.0))
        self.assertEqual(self.total('emails_sent_count', self.alpha | self.beta, *MARCH)['value'], 3.0)

    def test_message_of_a_colleague_who_left(self):
        self.anna.action_archive()
        self.anna.partner_id.active = False
        self.assertEqual(self.value('emails_sent_count', self.alpha, *MARCH), 2.0)

    def test_two_managers_in_one_meeting_are_one_for_each_and_one_for_the_team(self):
        ben = self.new_user('ben', 'kam_kpi.group_kam_user')
        team = self.env['crm.team'].create({'name': "Both", 'company_id': self.company.id, 'crm_team_member_ids': [
            (0, 0, {'user_id': self.anna.id}), (0, 0, {'user_id': ben.id})]})
        april = ('2025-04-01', '2025-05-01')
        self.meeting('2025-04-03 09:00:00', self.jane, ben.partner_id, organiser=self.anna)
        for options in ({}, {'user_id': self.anna.id}, {'user_id': ben.id}, {'team_id': team.id}):
            with self.subTest(**options):
                self.assertEqual(self.value('meetings_count', self.alpha, *april, **options), 1.0)
        self.assertEqual(self.value('meetings_count', self.alpha, *april, user_id=self.diana.id), 0.0)

    def test_people_are_counted_by_what_they_did_on_any_key_account(self):
        kpi = self.env['kam.kpi'].search([('code', '=', 'meetings_count')])
        self.beta.is_key_account = True
        self.meeting(NOON, self.bob, organiser=self.anna)
        self.refresh()
        scopes = {0: self.alpha.ids}
        found = kpi._outcomes(scopes, date(2025, 3, 1), date(2025, 4, 1), subjects={0: ('user', self.anna.id)})
        self.assertEqual(found[kpi.id, 0]['value'], 2.0)


@tagged('post_install', '-at_install')
class TestMeetingsTakePlace(TouchCase):

    def met(self, *period):
        return self.value('meetings_count', self.alpha, *(period or MARCH))

    def test_private_meeting_counts(self):
        self.meeting(NOON, self.jane, privacy='private')
        self.assertEqual(self.met(), 1.0)

    def test_meeting_still_going_on_does_not_count_yet(self):
        june = ('2026-06-01', '2026-07-01')  # today is 15 June
        self.meeting('2026-06-14 20:00:00', self.jane, stop='2026-06-15 00:00:01')
        self.assertEqual(self.met(*june), 0.0)
        self.meeting('2026-06-14 20:00:00', self.jane, stop='2026-06-15 00:00:00')
        self.assertEqual(self.met(*june), 1.0)

    def test_days_long_fair_counts_when_it_is_over_on_its_first_day(self):
        fair = {'allday': True, 'start': '2026-06-12 08:00:00', 'stop': '2026-06-15 18:00:00', 'start_date': '2026-06-12', 'stop_date': '2026-06-15'}
        self.meeting('2026-06-12 08:00:00', self.jane, **fair)
        self.assertEqual(self.met('2026-06-01', '2026-07-01'), 0.0)
        with self.calendar(date(2026, 6, 16)):
            self.assertEqual(self.met('2026-06-12', '2026-06-13'), 1.0)

    def test_days_long_fair_in_any_zone(self):
        fair = {'allday': True, 'start': '2026-06-12 08:00:00', 'stop': '2026-06-14 18:00:00', 'start_date': '2026-06-12', 'stop_date': '2026-06-14'}
        self.meeting('2026-06-12 08:00:00', self.jane, **fair)
        for zone in ('UTC', 'Pacific/Honolulu', 'Pacific/Kiritimati', 'Europe/Paris'):
            self.company.kam_tz = zone
            self.assertEqual(self.met('2026-06-12', '2026-06-13'), 1.0, zone)

    def test_days_of_the_change_of_clocks_in_paris(self):
        self.company.kam_tz = 'Europe/Paris'
        self.meeting('2025-03-30 21:00:00', self.jane)  # 30 March 23:00 in summer
        self.meeting('2025-03-29 23:00:00', self.jane)  # 30 March 0:00 in winter
        self.assertEqual((self.met('2025-03-30', '2025-03-31'), self.met('2025-03-29', '2025-03-30')), (2.0, 0.0))


@tagged('post_install', '-at_install')
class TestTouchCoverage(TouchCase):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tier = cls.env['kam.tier'].create({'name': "Often", 'code': 'X', 'min_score': 9.5, 'meetings_per_month': 2.0})

    def touch(self, account, *days):
        for day in days:
            self.meeting(f'{day} 09:00:00', account)

    def touched(self, account, period=MARCH):
        return self.value('touch_coverage_pct', account, *period)

    def test_reference(self):
        accounts = [self.customer(f"Account {number}", key=True) for number in range(4)]
        for account in accounts[:3]:
            self.touch(account, '2025-03-03')
        [case] = vectors('kpis')['touch_coverage_pct']
        result = self.total('touch_coverage_pct', self.env['res.partner'].union(*accounts), *MARCH)
        self.assertEqual((result['value'], result['numerator'], result['denominator']), (case['expected'], 3.0, 4.0))

    def test_no_accounts(self):
        self.assertNoData(self.total('touch_coverage_pct', self.env['res.partner'], *MARCH), 'zero_denominator')

    def test_untouched_is_a_real_zero(self):
        self.assertEqual(self.touched(self.alpha), 0.0)

    def test_calls_and_messages_are_contacts_too(self):
        self.activity(self.deal, 'phonecall', NOON)
        self.assertEqual(self.touched(self.alpha), 100.0)
        self.message(self.beta, self.anna.partner_id, NOON)
        self.assertEqual(self.touched(self.beta), 100.0)

    def test_meeting_with_two_accounts_touches_both(self):
        self.meeting(NOON, self.jane, self.bob)
        self.assertEqual(self.total('touch_coverage_pct', self.alpha | self.beta, *MARCH)['numerator'], 2.0)

    def test_tier_asks_for_more_in_a_longer_period(self):
        account = self.customer("Often", key=True, kam_tier_id=self.tier.id, kam_since_date='2024-01-01')
        self.touch(account, '2025-03-03')
        self.assertEqual((self.touched(account), self.touched(account, Q1)), (0.0, 0.0))
        self.touch(account, '2025-03-04')
        self.assertEqual((self.touched(account), self.touched(account, Q1)), (100.0, 0.0))
        self.touch(account, '2025-01-03', '2025-01-06', '2025-02-03', '2025-02-04')
        self.assertEqual(self.touched(account, Q1), 100.0)

    def test_one_contact_at_least_whatever_the_tier(self):
        self.tier.meetings_per_month = 0
        account = self.customer("Seldom", key=True, kam_tier_id=self.tier.id, kam_since_date='2024-01-01')
        self.assertEqual(self.touched(account), 0.0)
        self.touch(account, '2025-03-03')
        self.assertEqual(self.touched(account), 100.0)

    def test_running_period_asks_for_what_is_due_so_far(self):
        account = self.customer("Often", key=True, kam_tier_id=self.tier.id, kam_since_date='2024-01-01')
        self.touch(account, '2026-06-03')  # 14 of 30 days are over: 0.92 contacts are due
        self.assertEqual(self.touched(account, ('2026-06-01', '2026-07-01')), 100.0)

    def test_changed_cadence_of_the_tier(self):
        account = self.customer("Often", key=True, kam_tier_id=self.tier.id, kam_since_date='2024-01-01')
        self.touch(account, '2025-03-03')
        self.assertEqual(self.touched(account), 0.0)
        self.tier.meetings_per_month = 1
        self.assertEqual(self.touched(account), 100.0)

    def test_tier_of_the_time_counts(self):
        account = self.customer("Promoted", key=True, kam_since_date='2024-01-01')
        with self.calendar(date(2025, 3, 15)):
            account.kam_tier_id = self.tier
        self.touch(account, '2025-02-03', '2025-03-03')
        self.assertEqual((self.touched(account, ('2025-02-01', '2025-03-01')), self.touched(account)), (100.0, 0.0))
        with self.calendar(date(2025, 4, 1)):
            account.kam_tier_id = False
        self.assertEqual((self.touched(account), self.touched(account, ('2025-03-02', '2025-04-02'))), (0.0, 100.0))

    def test_merged_account_keeps_its_own_tier(self):
        account = self.customer("Stays", key=True, kam_tier_id=self.tier.id, kam_since_date='2024-01-01')
        other = self.customer("Goes", key=True, kam_since_date='2024-01-01')
        with self.calendar(date(2025, 1, 15)):
            other.kam_tier_id = self.env.ref('kam_kpi.kam_tier_d')
        self.env['base.partner.merge.automatic.wizard']._merge((account | other).ids, account)
        self.touch(account, '2025-03-03')
        self.assertEqual(self.touched(account), 0.0)

    def test_tier_changed_behind_our_back_is_noted_at_night(self):
        account = self.customer("Imported", key=True, kam_tier_id=self.tier.id)
        self.env.flush_all()
        self.env.cr.execute("UPDATE res_partner SET kam_tier_id = NULL WHERE id = %s", [account.id])
        self.env.invalidate_all()
        history = self.env['kam.tier.history']
        history._catch_up()
        history._catch_up()
        rows = history.search([('partner_id', '=', account.id)])
        self.assertEqual([(row.tier_id, row.date_from) for row in rows], [(self.env['kam.tier'], self.today), (self.tier, self.today)])


@tagged('post_install', '-at_install')
class TestDaysSinceLastInteraction(TouchCase):

    def days(self, account=None, period=('2025-03-01', '2025-03-27')):
        return self.measure('days_since_last_interaction', account or self.alpha, *period)[account or self.alpha]

    def test_reference(self):
        known, never = vectors('kpis')['days_since_last_interaction']
        self.meeting(f"{known['input']['last']} 09:00:00", self.jane)
        self.assertEqual(self.days(period=('2025-03-01', known['input']['as_of']))['value'], known['expected'])
        self.assertEqual((self.days(self.beta)['value'], self.days(self.beta)['state']), (never['expected'], never['reason']))

    def test_never_touched_is_no_data(self):
        self.assertNoData(self.days(), 'insufficient_sample')

    def test_latest_of_any_kind_counts(self):
        self.meeting('2025-03-05 09:00:00', self.jane)
        self.activity(self.deal, 'phonecall', '2025-03-07 09:00:00')
        self.assertEqual(self.days()['value'], 20.0)
        self.message(self.deal, self.jane, '2025-03-20 09:00:00', kind='email')
        self.assertEqual(self.days()['value'], 7.0)

    def test_looks_further_back_than_the_period_and_not_beyond_it(self):
        self.meeting('2023-03-27 09:00:00', self.jane)
        self.meeting('2025-03-27 09:00:00', self.jane)
        self.assertEqual(self.days()['value'], 731.0)

    def test_running_period_counts_to_today(self):
        self.meeting('2026-06-10 09:00:00', self.jane)
        self.assertEqual(self.days(period=('2026-06-01', '2026-07-01'))['value'], 5.0)

    def test_local_day_in_paris(self):
        self.company.kam_tz = 'Europe/Paris'
        self.message(self.deal, self.jane, '2025-03-25 23:30:00', kind='email')
        self.assertEqual(self.days()['value'], 1.0)

    def test_of_several_accounts_is_the_middle_one_and_untouched_ones_do_not_count(self):
        other, never = self.customer("Other", key=True), self.customer("Never", key=True)
        for account, day in ((self.alpha, '26'), (self.beta, '20'), (other, '05')):
            self.meeting(f'2025-03-{day} 09:00:00', account)
        result = self.total('days_since_last_interaction', self.alpha | self.beta | other | never, '2025-03-01', '2025-03-27')
        self.assertEqual((result['value'], result['sample_size']), (7.0, 3))
        self.assertNoData(self.total('days_since_last_interaction', never, '2025-03-01', '2025-03-27'), 'insufficient_sample')
