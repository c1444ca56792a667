from datetime import date

from odoo import Command
from odoo.tests import tagged

from .documents import DocumentsCase

MARCH = ('2025-03-01', '2025-04-01')
Q1 = ('2025-01-01', '2025-04-01')
NOON = '2025-03-03 12:00:00'


class TouchCase(DocumentsCase):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.alpha, cls.beta = cls.customer("Alpha", key=True), cls.customer("Beta")
        cls.jane, cls.bob = cls.contact(cls.alpha, "Jane"), cls.contact(cls.beta, "Bob")
        cls.anna = cls.new_user('anna', 'kam_kpi.group_kam_user')
        cls.deal = cls.lead(cls(), cls.jane, created='2024-06-01 12:00:00')
        cls.other_deal = cls.lead(cls(), cls.alpha, created='2024-06-01 12:00:00')

    def count(self, account=None, period=MARCH, **options):
        return self.value('interactions_count', account or self.alpha, *period, **options)


@tagged('post_install', '-at_install')
class TestInteractions(TouchCase):

    def test_reference(self):
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
        self.assertEqual(self.count(), 4.0)

    def test_nothing_happened_is_a_real_zero(self):
        result = self.measure('interactions_count', self.beta, *MARCH)[self.beta]
        self.assertEqual((result['value'], result['state']), (0.0, 'ok'))

    def test_notes_tracking_mailings_and_automatic_answers_do_not_count(self):
        ours = self.anna.partner_id
        self.message(self.deal, ours, NOON, subtype='mail.mt_note')
        self.message(self.deal, ours, NOON, is_internal=True)
        for kind in ('notification', 'auto_comment', 'user_notification', 'email_outgoing', 'out_of_office', 'sms'):
            if kind in dict(self.env['mail.message']._fields['message_type']._description_selection(self.env)):
                self.message(self.deal, ours, NOON, kind=kind)
        self.assertEqual(self.count(), 0.0)

    def test_two_threads_on_a_day_are_two(self):
        self.message(self.deal, self.jane, NOON)
        self.message(self.other_deal, self.jane, NOON)
        self.message(self.alpha, self.anna.partner_id, NOON)
        self.assertEqual(self.count(), 3.0)

    def test_on_orders_and_invoices(self):
        order = self.order(self.jane, '2025-01-05', self.sensor, 10)
        invoice = self.invoice(self.jane, '2025-01-05', 10)
        self.message(order, self.anna.partner_id, NOON)
        self.message(invoice, self.anna.partner_id, NOON)
        self.assertEqual(self.count(), 2.0)

    def test_to_a_customer_on_a_document_without_one(self):
        loose = self.lead(None)
        self.message(loose, self.anna.partner_id, NOON, partner_ids=[Command.set(self.jane.ids)])
        self.assertEqual(self.count(), 1.0)

    def test_from_a_customer_on_a_document_without_one(self):
        loose = self.lead(None)
        self.message(loose, self.jane, NOON, kind='email')
        self.assertEqual(self.count(), 1.0)

    def test_between_customers_does_not_count_for_the_one_in_copy(self):
        self.message(self.deal, self.jane, NOON, kind='email', partner_ids=[Command.set(self.bob.ids)])
        self.assertEqual((self.count(), self.count(self.beta)), (1.0, 0.0))

    def test_among_colleagues_does_not_count(self):
        loose = self.lead(None)
        self.message(loose, self.anna.partner_id, NOON, partner_ids=[Command.set(self.diana.partner_id.ids)])
        house = self.diana.partner_id.commercial_partner_id
        self.assertEqual(self.count(house), 0.0)

    def test_colleague_who_left_is_still_a_colleague(self):
        loose = self.lead(None)
        self.message(loose, self.anna.partner_id, NOON, partner_ids=[Command.set(self.jane.ids)])
        self.anna.action_archive()
        self.anna.partner_id.active = False
        self.assertEqual((self.count(), self.count(self.anna.partner_id)), (1.0, 0.0))

    def test_message_to_two_accounts_is_one_together(self):
        self.message(self.deal, self.anna.partner_id, NOON, partner_ids=[Command.set(self.bob.ids)])
        self.assertEqual((self.count(), self.count(self.beta)), (1.0, 1.0))
        self.assertEqual(self.total('interactions_count', self.alpha | self.beta, *MARCH)['value'], 1.0)

    def test_of_one_colleague(self):
        self.message(self.deal, self.anna.partner_id, NOON)
        self.message(self.other_deal, self.diana.partner_id, NOON)
        self.assertEqual((self.count(), self.count(user_id=self.anna.id)), (2.0, 1.0))

    def test_day_of_a_thread_is_cut_at_midnight_in_paris(self):
        self.company.kam_tz = 'Europe/Paris'
        self.message(self.deal, self.jane, '2025-03-31 21:59:00')
        self.message(self.deal, self.jane, '2025-03-31 22:01:00')
        self.assertEqual((self.count(), self.count(period=('2025-04-01', '2025-05-01'))), (1.0, 1.0))

    def test_documents_that_change_hands_take_their_messages_along(self):
        self.message(self.deal, self.anna.partner_id, NOON)
        self.assertEqual(self.count(), 1.0)
        self.deal.partner_id = self.bob
        self.assertEqual((self.count(), self.count(self.beta)), (0.0, 1.0))

    def test_deleted_messages_vanish(self):
        message = self.message(self.deal, self.jane, NOON)
        self.assertEqual(self.count(), 1.0)
        message.unlink()
        self.assertEqual(self.count(), 0.0)

    def test_call_outlives_its_activity(self):
        self.activity(self.deal, 'phonecall', NOON)
        self.assertEqual(self.count(), 1.0)
        self.env['mail.activity'].with_context(active_test=False).search([('res_id', '=', self.deal.id), ('res_model', '=', 'crm.lead')]).unlink()
        self.assertEqual(self.count(), 1.0)

    def test_planned_calls_and_meetings_do_not_count(self):
        self.activity(self.deal, 'phonecall', NOON, done=False)
        self.activity(self.deal, 'meeting', NOON, done=False)
        self.assertEqual(self.count(), 0.0)


@tagged('post_install', '-at_install')
class TestMeetings(TouchCase):

    def met(self, account=None, period=MARCH):
        return self.measure('meeting_frequency', account or self.alpha, *period)[account or self.alpha]['numerator']

    def test_reference(self):
        accounts = [self.customer(f"Account {number}", number % 2) for number in range(4)]
        for account, meetings in zip(accounts, (6, 3, 0, 3)):
            for day in range(meetings):
                self.meeting(f'2025-0{day % 3 + 1}-{day + 5:02} 09:00:00', account)
        result = self.total('meeting_frequency', self.env['res.partner'].union(*accounts), *Q1)
        self.assertEqual((result['numerator'], result['denominator'], result['value']), (12.0, 12.0, 1.0))
        self.assertEqual(self.value('meeting_frequency', accounts[2], *Q1), 0.0)
        self.assertEqual(self.value('meeting_frequency', accounts[0], *Q1), 2.0)

    def test_no_accounts(self):
        self.assertNoData(self.total('meeting_frequency', self.env['res.partner'], *Q1), 'zero_denominator')

    def test_running_month_counts_its_days(self):
        self.meeting('2026-06-03 09:00:00', self.jane)
        result = self.measure('meeting_frequency', self.alpha, '2026-06-01', '2026-07-01')[self.alpha]
        self.assertAlmostEqual(result['denominator'], 14 / 30.4375, 9)

    def test_meeting_of_two_colleagues_and_two_contacts_is_one(self):
        self.meeting(NOON, self.jane, self.alpha, self.anna.partner_id, organiser=self.diana)
        self.assertEqual(self.met(), 1.0)
        for user in (self.anna, self.diana):
            self.assertEqual(self.value('interactions_count', self.alpha, *MARCH, user_id=user.id), 1.0)

    def test_meeting_with_two_accounts_is_one_together(self):
        self.meeting(NOON, self.jane, self.bob)
        self.assertEqual((self.met(), self.met(self.beta)), (1.0, 1.0))
        self.assertEqual(self.total('meeting_frequency', self.alpha | self.beta, *MARCH)['numerator'], 1.0)

    def test_declined_by_the_customer(self):
        meeting = self.meeting(NOON, self.jane, self.bob)
        self.assertEqual(self.met(), 1.0)
        meeting.attendee_ids.filtered(lambda attendee: attendee.partner_id == self.jane).state = 'declined'
        self.assertEqual((self.met(), self.met(self.beta)), (0.0, 1.0))

    def test_declined_by_one_of_two_contacts(self):
        meeting = self.meeting(NOON, self.jane, self.alpha)
        meeting.attendee_ids.filtered(lambda attendee: attendee.partner_id == self.jane).state = 'declined'
        self.assertEqual(self.met(), 1.0)

    def test_not_yet_answered_counts(self):
        meeting = self.meeting(NOON, self.jane)
        self.assertIn('needsAction', meeting.attendee_ids.mapped('state'))
        self.assertEqual(self.met(), 1.0)

    def test_archived_or_deleted_is_cancelled(self):
        meetings = self.meeting(NOON, self.jane), self.meeting(NOON, self.jane)
        self.assertEqual(self.met(), 2.0)
        meetings[0].active = False
        self.assertEqual(self.met(), 1.0)
        meetings[1].unlink()
        self.assertEqual(self.met(), 0.0)

    def test_without_any_of_us(self):
        self.meeting(NOON, self.jane, self.bob, organiser=False)
        self.assertEqual(self.met(), 0.0)

    def test_attended_by_us_and_organised_by_nobody(self):
        self.meeting(NOON, self.jane, self.anna.partner_id, organiser=False)
        self.assertEqual(self.met(), 1.0)

    def test_all_day_meeting_keeps_its_day_in_any_zone(self):
        self.meeting('2025-03-31 08:00:00', self.jane, allday=True, start_date='2025-03-31', stop_date='2025-03-31')
        for zone in ('UTC', 'Pacific/Honolulu', 'Pacific/Kiritimati', 'Europe/Paris'):
            self.company.kam_tz = zone
            self.assertEqual((self.met(), self.met(period=('2025-04-01', '2025-05-01'))), (1.0, 0.0), zone)

    def test_late_meeting_is_next_month_in_paris(self):
        self.meeting('2025-03-31 22:30:00', self.jane)
        self.assertEqual((self.met(), self.met(period=('2025-04-01', '2025-05-01'))), (1.0, 0.0))
        self.company.kam_tz = 'Europe/Paris'
        self.assertEqual((self.met(), self.met(period=('2025-04-01', '2025-05-01'))), (0.0, 1.0))

    def test_moved_meeting(self):
        meeting = self.meeting(NOON, self.jane)
        self.assertEqual(self.met(), 1.0)
        meeting.write({'start': '2025-05-05 10:00:00', 'stop': '2025-05-05 11:00:00'})
        self.assertEqual((self.met(), self.met(period=('2025-05-01', '2025-06-01'))), (0.0, 1.0))

    def test_archived_contact_counts(self):
        self.meeting(NOON, self.jane)
        self.jane.active = False
        self.assertEqual(self.met(), 1.0)

    def test_contact_who_changes_company_takes_the_meetings_along(self):
        self.meeting(NOON, self.jane)
        self.assertEqual(self.met(), 1.0)
        self.jane.parent_id = self.beta
        self.assertEqual((self.met(), self.met(self.beta)), (0.0, 1.0))

    def test_done_meeting_activity_without_event(self):
        self.activity(self.deal, 'meeting', NOON)
        self.assertEqual(self.met(), 1.0)

    def test_weekly_meeting_counts_each_time(self):
        self.meeting('2025-03-03 09:00:00', self.jane, recurrency=True, rrule_type='weekly', mon=True, end_type='count', count=4, event_tz='UTC')
        self.assertEqual(self.met(), 4.0)

    def test_meeting_to_come_does_not_count_yet(self):
        self.meeting('2026-06-20 09:00:00', self.jane)
        self.assertEqual(self.met(period=('2026-06-01', '2026-07-01')), 0.0)

    def test_colleague_who_left_still_met_them(self):
        self.meeting(NOON, self.jane, organiser=self.anna)
        self.anna.action_archive()
        self.assertEqual(self.met(), 1.0)


@tagged('post_install', '-at_install')
class TestCompanyOfAContact(TouchCase):
    """Meetings, answers and messages name no company: the partner's counts, else the one that holds the account, else the main one."""

    def held(self, companies, account, day=date(2025, 3, 1)):
        self.refresh()
        kpi = self.env['kam.kpi'].with_context(allowed_company_ids=companies.ids)
        [row] = kpi.measure_kpis(['interactions_count'], account.ids, day, date(2025, 4, 1))
        return row['value']

    def test_company_of_the_partner(self):
        self.meeting(NOON, self.jane)
        self.assertEqual(self.held(self.company, self.alpha), 1.0)

    def test_company_which_holds_the_account(self):
        account = self.customer("Shared", key=True, company_id=False)
        self.meeting(NOON, account)
        self.env['kam.assignment'].create({
            'partner_id': account.id, 'user_id': self.anna.id, 'company_id': self.company.id, 'date_from': '2025-01-01'})
        self.assertEqual(self.held(self.company, account), 1.0)

    def test_company_which_held_it_on_that_day(self):
        account = self.customer("Shared", key=True, company_id=False)
        other = self.new_company("Other", self.eur)
        self.meeting(NOON, account)
        self.env['kam.assignment'].create([
            {'partner_id': account.id, 'user_id': self.anna.id, 'company_id': self.company.id, 'date_from': '2025-01-01', 'date_to': '2025-03-03'},
            {'partner_id': account.id, 'user_id': self.anna.id, 'company_id': other.id, 'date_from': '2025-03-04'}])
        self.assertEqual((self.held(self.company, account), self.held(other, account)), (1.0, 0.0))

    def test_main_company_else(self):
        account = self.customer("Shared", company_id=False)
        self.meeting(NOON, account)
        main = self.env['res.company'].browse(self.env['kam.fact']._main_company_id())
        self.assertEqual((self.held(self.company, account), self.held(main, account)), (0.0, 1.0))
