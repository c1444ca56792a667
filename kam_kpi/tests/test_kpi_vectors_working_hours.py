from odoo.exceptions import ValidationError
from odoo.fields import Datetime
from odoo.tests import tagged

from .test_kpi_vectors_response import MARCH, ResponseCase


@tagged('post_install', '-at_install')
class TestWorkingHours(ResponseCase):

    def test_night_and_break_are_no_work(self):
        self.wait('2025-03-03 11:30:00', '2025-03-03 13:30:00')
        self.assertEqual(self.hours(), 1.0)

    def test_within_the_night_is_no_wait_at_all(self):
        self.wait('2025-03-03 20:00:00', '2025-03-03 22:00:00')
        self.assertEqual(self.hours(), 0.0)

    def test_public_holiday(self):
        self.wait('2025-03-07 16:30:00', '2025-03-11 09:30:00')
        self.assertEqual(self.hours(), 10.0)
        self.env['resource.calendar.leaves'].create({
            'name': "Holiday", 'calendar_id': self.schedule.id, 'company_id': self.company.id,
            'date_from': '2025-03-10 00:00:00', 'date_to': '2025-03-10 23:59:59'})
        self.assertEqual(self.hours(), 2.0)

    def test_holiday_of_another_company_or_person_is_none(self):
        other = self.env['res.company'].create({'name': "Other"})
        hers = self.env['resource.resource'].create({'name': "Anna", 'calendar_id': self.schedule.id, 'company_id': self.company.id})
        holidays = self.env['resource.calendar.leaves']
        day = {'name': "Holiday", 'date_from': '2025-03-10 00:00:00', 'date_to': '2025-03-10 23:59:59'}
        self.assertEqual(holidays.with_company(other).create(day).company_id, other)
        holidays.create({**day, 'calendar_id': self.schedule.id, 'resource_id': hers.id})
        self.wait('2025-03-07 16:30:00', '2025-03-11 09:30:00')
        self.assertEqual(self.hours(), 10.0)

    def test_changed_schedule(self):
        self.wait('2025-03-07 16:30:00', '2025-03-10 09:30:00')
        self.assertEqual(self.hours(), 2.0)
        self.schedule.attendance_ids.filtered(lambda line: line.dayofweek == '4' and line.day_period == 'afternoon').hour_to = 18
        self.assertEqual(self.hours(), 3.0)
        self.schedule.attendance_ids.filtered(lambda line: line.dayofweek == '0').unlink()
        self.assertEqual(self.hours(), 1.5)

    def test_schedule_in_paris_over_the_change_of_clocks(self):
        self.schedule.tz = 'Europe/Paris'
        self.wait('2025-03-28 15:30:00', '2025-03-31 07:30:00')  # Friday 16:30 in winter to Monday 9:30 in summer
        self.assertEqual(self.hours(), 2.0)

    def test_agreed_hours_of_an_open_wait_run_out_at_work(self):
        self.company.kam_sla_hours = 4
        self.write_in('2025-03-07 16:30:00')
        self.refresh()
        [wait] = self.env['kam.fact'].search([('measure_id.code', '=', 'waits_decided')])
        self.assertEqual(wait.moment, Datetime.to_datetime('2025-03-10 11:30:00'))

    def test_agreed_hours_are_used_up_but_not_exceeded_over_night(self):
        self.write_in('2025-03-03 08:00:00')
        self.refresh()
        [wait] = self.env['kam.fact'].search([('measure_id.code', '=', 'waits_decided')])
        self.assertEqual(wait.moment, Datetime.to_datetime('2025-03-04 08:00:00'))
        self.answer_at('2025-03-04 08:00:00')
        self.assertEqual(self.counts(), (1.0, 1.0))

    def test_answer_just_in_time(self):
        self.wait('2025-03-07 16:30:00', '2025-03-10 16:30:00')
        self.wait('2025-03-07 16:30:00', '2025-03-10 16:30:01')
        self.assertEqual(self.counts(), (1.0, 2.0))
        self.company.kam_sla_hours = 2
        self.assertEqual(self.counts(), (0.0, 2.0))

    def test_schedule_without_work_never_runs_out(self):
        self.schedule.attendance_ids.unlink()
        self.write_in('2025-03-07 16:30:00')
        self.assertEqual(self.counts(), (0.0, 0.0))

    def test_company_without_schedule_counts_all_hours(self):
        self.company.resource_calendar_id = False
        self.wait('2025-03-07 16:30:00', '2025-03-10 09:30:00')
        self.assertEqual(self.hours(), 65.0)

    def test_messages_of_long_ago_and_of_years_to_come(self):
        self.wait('2025-03-07 16:30:00', '2025-03-10 09:30:00')
        self.refresh()
        self.wait('2009-03-06 16:30:00', '2009-03-09 09:30:00')
        self.refresh()
        self.wait('2030-03-08 16:30:00', '2030-03-11 09:30:00')
        self.refresh()
        rows = self.env['kam.fact'].search([('measure_id.code', '=', 'response_hours')])
        self.assertEqual(rows.mapped('amount'), [2.0, 2.0, 2.0])

    def test_working_time_is_odoo_s_own(self):
        self.schedule.tz = 'America/New_York'
        self.env['resource.calendar.leaves'].create({
            'name': "Bridge", 'calendar_id': self.schedule.id, 'company_id': self.company.id,
            'date_from': '2025-11-03 12:00:00', 'date_to': '2025-11-03 19:15:00'})
        pairs = [('2025-10-30 14:10:00', '2025-11-04 15:05:00'), ('2025-03-07 21:00:00', '2025-03-10 13:01:00'), ('2025-07-04 03:00:00', '2025-07-19 22:00:00')]
        for opened, closed in pairs:
            self.wait(opened, closed)
        self.refresh()
        rows = self.env['kam.fact'].search([('measure_id.code', '=', 'response_hours')])
        expected = [self.schedule.get_work_hours_count(*map(Datetime.to_datetime, pair)) for pair in pairs]
        self.assertEqual([round(amount, 6) for amount in sorted(rows.mapped('amount'))], [round(hours, 6) for hours in sorted(expected)])

    def test_two_companies_have_their_own_hours(self):
        other = self.new_company("Other", self.eur)
        other.write({'kam_response_hours': 'calendar', 'kam_tz': 'UTC'})
        customer = self.env['res.partner'].create({'name': "Shared", 'is_company': True})
        here, there = self.lead(customer), self.lead(customer)
        there.company_id = other
        for document in (here, there):
            self.write_in('2025-03-07 16:30:00', customer, document)
            self.answer_at('2025-03-10 09:30:00', document=document)
        self.refresh()
        kpi = self.env['kam.kpi']
        figures = [
            kpi.with_context(allowed_company_ids=companies.ids).measure_kpis(['response_time_hours'], customer.ids, *MARCH)[0]['value']
            for companies in (self.company, other, self.company | other)]
        self.assertEqual(figures, [2.0, 65.0, 33.5])

    def test_impossible_settings_are_refused(self):
        for name, value in (('kam_sla_hours', 0), ('kam_sla_hours', -1), ('kam_sla_hours', 1001), ('kam_conversion_days', 0)):
            with self.subTest(name=name, value=value), self.assertRaises(ValidationError):
                self.company[name] = value
