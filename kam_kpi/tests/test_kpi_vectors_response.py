from datetime import datetime, timedelta

from odoo import Command
from odoo.tests import tagged

from .documents import DocumentsCase
from .vectors import vectors

MARCH = ('2025-03-01', '2025-04-01')
MONDAY = datetime(2025, 3, 3, 8)


class ResponseCase(DocumentsCase):
    """A customer writes, anna answers; the company works Monday to Friday, 8 to 12 and 13 to 17, in UTC."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.schedule = cls.env['resource.calendar'].create({'name': "Office", 'company_id': cls.company.id, 'tz': 'UTC', 'attendance_ids': [
            Command.create({'name': "Work", 'dayofweek': str(day), 'hour_from': start, 'hour_to': start + 4, 'day_period': period})
            for day in range(5) for start, period in ((8, 'morning'), (13, 'afternoon'))]})
        cls.company.resource_calendar_id = cls.schedule
        cls.alpha, cls.beta = cls.customer("Alpha", key=True), cls.customer("Beta", key=True)
        cls.jane, cls.jim, cls.bob = cls.contact(cls.alpha, "Jane"), cls.contact(cls.alpha, "Jim"), cls.contact(cls.beta, "Bob")
        cls.anna = cls.new_user('anna', 'kam_kpi.group_kam_user')
        cls.deal = cls.lead(cls(), cls.jane, created='2024-06-01 12:00:00')

    def write_in(self, when, author=None, document=None, **vals):
        return self.message(document or self.deal, author or self.jane, when, kind='email', **vals)

    def answer_at(self, when, user=None, document=None, **vals):
        return self.message(document or self.deal, (user or self.anna).partner_id, when, **vals)

    def wait(self, opened, closed, **options):
        """A message and its answer in a thread of its own."""
        document = self.lead(self.jane)
        self.write_in(opened, document=document, **options)
        return self.answer_at(closed, document=document)

    def waits(self, hours, since=MONDAY):
        """Answered waits of so many hours, of all hours of the day."""
        self.company.kam_response_hours = 'calendar'
        for length in hours:
            self.wait(since, since + timedelta(hours=length))

    def hours(self, account=None, period=MARCH):
        return self.value('response_time_hours', account or self.alpha, *period)

    def in_time(self, account=None, period=MARCH):
        return self.measure('response_within_sla_pct', account or self.alpha, *period)[account or self.alpha]

    def counts(self, account=None, period=MARCH):
        """Answers in time, and waits that are decided."""
        result = self.in_time(account, period)
        return result['numerator'], result['denominator']


@tagged('post_install', '-at_install')
class TestResponseVectors(ResponseCase):

    def test_median_of_five_waits(self):
        [case] = [case for case in vectors('kpis')['response_time_hours'] if 'waits_h' in case['input']]
        self.waits(case['input']['waits_h'])
        self.assertEqual(self.hours(), case['expected'])

    def test_thread_to_waits(self):
        [case] = [case for case in vectors('kpis')['response_time_hours'] if 'thread_hours' in case['input']]
        self.company.kam_response_hours = 'calendar'
        for hours, side in case['input']['thread_hours']:
            {'in': self.write_in, 'out': self.answer_at}[side](MONDAY + timedelta(hours=hours))
        self.refresh()
        measure = self.env.ref('kam_kpi.kam_measure_response_hours')
        rows = self.env['kam.fact'].search([('measure_id', '=', measure.id)], order='moment')
        self.assertEqual(rows.mapped('amount'), case['expected'])
        self.assertEqual(self.hours(), sum(case['expected']) / 2)
        [open_wait] = self.env['kam.fact'].search([('measure_id.code', '=', 'waits_decided')]) - self.decided(rows.mapped('key'))
        self.assertEqual(open_wait.moment, MONDAY + timedelta(hours=case['open_since'] + 8))

    def decided(self, keys):
        return self.env['kam.fact'].search([('measure_id.code', '=', 'waits_decided'), ('key', 'in', keys)])

    def test_over_a_weekend(self):
        [case] = [case for case in vectors('kpis')['response_time_hours'] if 'received' in case['input']]
        self.wait(*(case['input'][name].replace('T', ' ') + ':00' for name in ('received', 'answered')))
        self.assertEqual(self.hours(), case['expected'])
        self.company.kam_response_hours = 'calendar'
        self.assertEqual(self.hours(), case['input']['calendar_hours'] if 'calendar_hours' in case['input'] else case['calendar_hours'])

    def test_answers_in_time(self):
        [case] = vectors('kpis')['response_within_sla_pct']
        midnight = datetime(2026, 6, 15)  # up to where documents are complete
        since = midnight - timedelta(days=3)
        self.waits(case['input']['waits_h'], since)
        for hours in case['input']['open_h']:
            self.write_in(midnight - timedelta(hours=hours), document=self.lead(self.jane))
        self.assertAlmostEqual(self.in_time(period=('2026-06-01', '2026-07-01'))['value'], case['expected'], 6)
        self.assertEqual(self.counts(period=('2026-06-01', '2026-07-01')), (4.0, 6.0))


@tagged('post_install', '-at_install')
class TestWaits(ResponseCase):

    def setUp(self):
        super().setUp()
        self.company.kam_response_hours = 'calendar'

    def test_no_messages_are_no_data(self):
        self.assertNoData(self.measure('response_time_hours', self.alpha, *MARCH)[self.alpha], 'insufficient_sample')
        self.assertNoData(self.in_time(), 'zero_denominator')

    def test_unanswered_is_no_response_time_and_a_missed_answer(self):
        self.write_in('2025-03-03 08:00:00')
        self.assertNoData(self.measure('response_time_hours', self.alpha, *MARCH)[self.alpha], 'insufficient_sample')
        self.assertEqual(self.in_time()['value'], 0.0)

    def test_fewer_than_five_are_a_small_sample(self):
        self.waits([1, 2, 3, 4])
        result = self.outcome('response_time_hours', self.alpha, *MARCH, kind='account')
        self.assertEqual((result['value'], result['sample_size'], result['flags']), (2.5, 4, ['low_sample']))
        self.waits([5])
        result = self.outcome('response_time_hours', self.alpha, *MARCH, kind='account')
        self.assertEqual((result['value'], result['sample_size'], result['flags']), (3.0, 5, []))

    def test_further_messages_do_not_restart_the_wait(self):
        self.write_in('2025-03-03 08:00:00')
        self.write_in('2025-03-03 11:00:00', self.jim)
        self.answer_at('2025-03-03 12:00:00')
        self.assertEqual((self.hours(), self.counts()), (4.0, (1.0, 1.0)))

    def test_second_answer_closes_nothing(self):
        self.write_in('2025-03-03 08:00:00')
        self.answer_at('2025-03-03 09:00:00')
        self.answer_at('2025-03-03 19:00:00')
        self.assertEqual((self.hours(), self.counts()), (1.0, (1.0, 1.0)))

    def test_what_is_no_answer(self):
        self.write_in('2025-03-03 08:00:00')
        portal = self.new_user('portal', 'base.group_portal')
        robot = self.env.ref('base.user_root')
        for number, (user, vals) in enumerate([
            (self.anna, {'kind': 'auto_comment'}), (self.anna, {'kind': 'notification'}), (self.anna, {'kind': 'out_of_office'}),
            (self.anna, {'kind': 'email_outgoing'}), (self.anna, {'subtype': 'mail.mt_note'}), (self.anna, {'is_internal': True}), (portal, {}), (robot, {}),
        ]):
            self.answer_at(f'2025-03-03 09:0{number}:00', user, **vals)
        self.answer_at('2025-03-03 10:00:00')
        self.assertEqual(self.hours(), 2.0)

    def test_what_opens_no_wait(self):
        self.write_in('2025-03-03 08:00:00', subtype='mail.mt_note')
        self.write_in('2025-03-03 08:00:00', is_internal=True)
        self.message(self.deal, self.jane, '2025-03-03 08:00:00', kind='auto_comment')
        self.message(self.deal, None, '2025-03-03 08:00:00', kind='email')
        meeting = self.meeting('2025-03-03 10:00:00', self.jane)
        self.write_in('2025-03-03 08:00:00', document=meeting)
        self.answer_at('2025-03-03 09:00:00')
        self.assertEqual(self.counts(), (0.0, 0.0))

    def test_on_all_documents_customers_write_on(self):
        order = self.order(self.jane, '2025-01-05', self.sensor, 10)
        invoice = self.invoice(self.jane, '2025-01-05', 10)
        for hours, document in enumerate((self.alpha, order, invoice, self.deal), 1):
            self.write_in('2025-03-03 08:00:00', document=document)
            self.answer_at(f'2025-03-03 {8 + hours:02}:00:00', document=document)
        self.assertEqual((self.hours(), self.counts()), (2.5, (4.0, 4.0)))

    def test_colleague_who_left_has_answered(self):
        self.write_in('2025-03-03 08:00:00')
        self.answer_at('2025-03-03 09:00:00')
        self.anna.action_archive()
        self.anna.partner_id.active = False
        self.assertEqual(self.hours(), 1.0)

    def test_archived_contact_has_written(self):
        self.write_in('2025-03-03 08:00:00')
        self.answer_at('2025-03-03 09:00:00')
        self.jane.active = False
        self.assertEqual(self.hours(), 1.0)

    def test_colleague_who_asks_opens_no_wait(self):
        self.write_in('2025-03-03 08:00:00', self.diana.partner_id)
        self.answer_at('2025-03-03 09:00:00')
        self.assertEqual(self.counts(), (0.0, 0.0))

    def test_a_wait_belongs_to_who_wrote(self):
        self.write_in('2025-03-03 08:00:00', self.bob)
        self.write_in('2025-03-03 09:00:00', self.jane)
        self.answer_at('2025-03-03 10:00:00')
        self.assertEqual((self.hours(self.beta), self.hours()), (2.0, 1.0))
        self.assertEqual(self.total('response_time_hours', self.alpha | self.beta, *MARCH)['value'], 1.5)

    def test_on_a_document_without_customer(self):
        loose = self.lead(None)
        self.write_in('2025-03-03 08:00:00', document=loose)
        self.answer_at('2025-03-03 09:00:00', document=loose)
        self.assertEqual(self.hours(), 1.0)

    def test_median_is_that_of_all_waits_not_of_the_accounts(self):
        self.waits([1, 2, 3])
        self.wait(MONDAY, MONDAY + timedelta(hours=9), author=self.bob)
        self.assertEqual(self.total('response_time_hours', self.alpha | self.beta, *MARCH)['value'], 2.5)

    def test_wait_counts_on_the_day_it_opened(self):
        self.write_in('2025-03-31 23:00:00')
        self.answer_at('2025-04-01 01:00:00')
        self.assertEqual((self.hours(), self.counts(period=('2025-04-01', '2025-05-01'))), (2.0, (0.0, 0.0)))

    def test_that_day_is_cut_in_paris(self):
        self.company.kam_tz = 'Europe/Paris'
        self.write_in('2025-03-31 22:30:00')
        self.answer_at('2025-03-31 23:30:00')
        self.assertEqual((self.counts(), self.counts(period=('2025-04-01', '2025-05-01'))), ((0.0, 0.0), (1.0, 1.0)))

    def test_answer_months_later_changes_the_month_of_the_question(self):
        self.write_in('2025-03-03 08:00:00')
        self.refresh()
        answer = self.answer_at('2025-05-03 08:00:00')
        self.assertEqual(self.hours(), 61 * 24.0)
        answer.unlink()
        self.assertNoData(self.measure('response_time_hours', self.alpha, *MARCH)[self.alpha], 'insufficient_sample')

    def test_answer_for_two_accounts_refreshes_both(self):
        self.write_in('2025-03-03 08:00:00', self.bob)
        self.write_in('2025-03-03 09:00:00', self.jane)
        self.assertEqual((self.in_time(self.beta)['value'], self.in_time()['value']), (0.0, 0.0))
        self.answer_at('2025-03-03 10:00:00')
        self.assertEqual((self.in_time(self.beta)['value'], self.in_time()['value']), (100.0, 100.0))

    def test_answer_on_an_invoice_of_another_account_refreshes_who_asked(self):
        invoice = self.invoice(self.bob, '2025-02-05', 10)
        self.write_in('2025-03-03 08:00:00', document=invoice)
        self.assertEqual(self.counts(), (0.0, 1.0))
        self.answer_at('2025-03-03 09:00:00', document=invoice)
        self.assertEqual((self.hours(), self.counts()), (1.0, (1.0, 1.0)))

    def test_answer_of_today_is_not_known_yet(self):
        self.write_in('2026-06-14 23:00:00')
        self.answer_at('2026-06-15 01:00:00')
        period = ('2026-06-01', '2026-07-01')
        self.assertNoData(self.measure('response_time_hours', self.alpha, *period)[self.alpha], 'insufficient_sample')
        self.assertEqual(self.counts(period=period), (0.0, 0.0))

    def test_contact_who_changes_company_takes_the_waits_along(self):
        self.write_in('2025-03-03 08:00:00')
        self.answer_at('2025-03-03 09:00:00')
        self.assertEqual(self.hours(), 1.0)
        self.jane.parent_id = self.beta
        self.assertEqual((self.hours(), self.hours(self.beta)), (None, 1.0))

    def test_calendar_hours_over_the_change_of_clocks(self):
        self.company.kam_tz = 'Europe/Paris'
        self.wait('2025-03-29 11:00:00', '2025-03-30 10:00:00')  # noon to noon, of a day with 23 hours
        self.assertEqual(self.hours(), 23.0)
