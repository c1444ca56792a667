from datetime import date

from odoo import fields
from odoo.exceptions import ValidationError
from odoo.tests import freeze_time, tagged

from .stakeholder_common import StakeholderCase


@tagged('post_install', '-at_install')
@freeze_time('2026-03-10 09:00:00')
class TestStakeholderContact(StakeholderCase):
    """What counts as a two-way contact, and on which day."""

    def test_nothing_on_record(self):
        self.assertEqual(self.last(), (None, None))
        self.assertEqual((self.carla.freshness, self.carla.next_contact), ('never', False))

    # they wrote

    def test_a_mail_of_theirs(self):
        self.message(self.contact, '2026-03-02 10:00:00')
        self.message(self.contact, '2026-02-02 10:00:00')
        self.assertEqual(self.last(), ('2026-03-02', 'mail'))
        self.assertEqual(str(self.carla.next_contact), '2026-04-01')

    def test_what_we_sent_is_none(self):
        self.message(self.anna.partner_id, '2026-03-02 10:00:00', partner_ids=[(6, 0, self.contact.ids)])
        self.assertEqual(self.last(), (None, None))

    def test_notes_notifications_and_other_people_are_none(self):
        self.message(self.contact, '2026-03-02 10:00:00', subtype_id=self.env.ref('mail.mt_note').id)
        self.message(self.contact, '2026-03-02 10:00:00', is_internal=True)
        self.message(self.contact, '2026-03-02 10:00:00', message_type='notification')
        self.message(self.new_contact(self.alpha, "Other"), '2026-03-02 10:00:00')
        self.message(self.alpha, '2026-03-02 10:00:00')
        self.assertEqual(self.last(), (None, None))

    # they attended

    def test_a_meeting_that_has_begun(self):
        self.meeting(self.contact | self.anna.partner_id, '2026-03-09 08:00:00', '2026-03-09 09:00:00')
        self.assertEqual(self.last(), ('2026-03-09', 'meeting'))

    def test_a_meeting_ahead_is_none_but_the_next(self):
        self.meeting(self.contact | self.anna.partner_id, '2026-03-12 08:00:00', '2026-03-12 09:00:00')
        self.meeting(self.contact | self.anna.partner_id, '2026-03-20 08:00:00', '2026-03-20 09:00:00')
        self.meeting(self.contact | self.anna.partner_id, '2026-03-01 08:00:00', '2026-03-01 09:00:00')
        self.assertEqual(self.last(), ('2026-03-01', 'meeting'))
        self.assertEqual(str(self.carla.next_meeting), '2026-03-12 08:00:00')

    def test_declined_archived_and_without_us(self):
        declined = self.meeting(self.contact | self.anna.partner_id, '2026-03-09 08:00:00')
        declined.attendee_ids.filtered(lambda attendee: attendee.partner_id == self.contact).state = 'declined'
        self.meeting(self.contact | self.anna.partner_id, '2026-03-08 08:00:00', active=False)
        self.meeting(self.contact, '2026-03-07 08:00:00').user_id = False
        self.assertEqual(self.last(), (None, None))
        self.assertFalse(self.carla.next_meeting)

    def test_our_attendee_who_declined_does_not_attend_for_us(self):
        event = self.meeting(self.contact | self.anna.partner_id, '2026-03-09 08:00:00')
        event.attendee_ids.filtered(lambda attendee: attendee.partner_id != self.contact).state = 'declined'
        event.user_id = False
        self.assertEqual(self.last(), (None, None))

    def test_a_whole_day_stays_its_day(self):
        self.company.kam_tz = 'Pacific/Auckland'
        self.meeting(self.contact | self.anna.partner_id, '2026-03-09 00:00:00', '2026-03-09 00:00:00', allday=True,
                     start_date='2026-03-09', stop_date='2026-03-09')
        self.assertEqual(self.last(), ('2026-03-09', 'meeting'))

    # they spoke

    def done(self, activity_type, record):
        """An activity of Anna's that is marked as done."""
        activity = self.env['mail.activity'].with_user(self.anna).create({
            'res_model_id': self.env['ir.model']._get_id(record._name), 'res_id': record.id,
            'activity_type_id': self.env.ref(activity_type).id, 'user_id': self.anna.id, 'date_deadline': '2026-03-10'})
        activity.action_done()

    def test_a_call_marked_as_done_on_the_contact(self):
        self.done('mail.mail_activity_data_call', self.contact)
        self.env.cr.execute("UPDATE mail_message SET date = '2026-03-05 12:00:00' WHERE model = 'res.partner' AND res_id = %s", [self.contact.id])
        self.assertEqual(self.last(), ('2026-03-05', 'call'))

    def test_a_call_on_a_deal_of_theirs(self):
        lead = self.env['crm.lead'].create({'name': "Deal", 'partner_id': self.contact.id, 'user_id': self.anna.id, 'type': 'opportunity'})
        self.done('mail.mail_activity_data_call', lead)
        self.assertEqual(self.last(), ('2026-03-10', 'call'))

    def test_a_call_on_the_account_names_nobody(self):
        self.done('mail.mail_activity_data_call', self.alpha)
        self.assertEqual(self.last(), (None, None))

    def test_a_to_do_is_no_contact(self):
        self.done('mail.mail_activity_data_todo', self.contact)
        self.assertEqual(self.last(), (None, None))

    # noted by hand

    def test_the_latest_of_noted_and_found(self):
        self.message(self.contact, '2026-03-02 10:00:00')
        self.carla.noted_contact = '2026-03-05'
        self.assertEqual(self.last(), ('2026-03-05', 'noted'))
        self.carla.noted_contact = '2026-02-05'
        self.assertEqual(self.last(), ('2026-03-02', 'mail'))

    def test_a_noted_contact_has_taken_place(self):
        with self.assertRaisesRegex(ValidationError, "has taken place"):
            self.carla.noted_contact = '2026-03-11'

    # days

    def test_the_day_is_the_company_s(self):
        self.message(self.contact, '2026-03-02 23:30:00')
        self.assertEqual(self.last()[0], '2026-03-02')
        self.company.kam_tz = 'Europe/Berlin'
        self.assertEqual(self.last()[0], '2026-03-03')
        self.company.kam_tz = 'America/New_York'
        self.assertEqual(self.last()[0], '2026-03-02')

    def test_overdue_by_cadence(self):
        self.message(self.contact, '2026-02-08 10:00:00')
        for cadence, state in ((30, 'fresh'), (29, 'due'), (15, 'due'), (14, 'overdue'), (0, 'fresh')):
            with self.subTest(cadence=cadence):
                self.carla.cadence_days = cadence
                self.assertEqual(self.carla.freshness, state)

    def test_search(self):
        silent = self.new_person("Silent")
        self.message(self.contact, '2026-01-02 10:00:00')
        people = self.env['kam.stakeholder'].with_user(self.anna)
        self.assertEqual(people.search([('last_contact', '=', False)]), silent)
        self.assertEqual(people.search([('last_contact', '<', '2026-02-01')]), self.carla)
        self.assertEqual(people.search([('freshness', '=', 'overdue')]), self.carla)
        self.assertEqual(people.search([('freshness', 'in', ['never', 'fresh'])]), silent)
        self.assertEqual(people.search([('freshness', '!=', 'never')]), self.carla)

    def test_a_person_at_two_accounts_has_one_contact(self):
        other = self.new_person(user=self.ben, account=self.beta, contact_id=self.contact.id)
        self.message(self.contact, '2026-03-02 10:00:00')
        self.assertEqual(self.last(other), ('2026-03-02', 'mail'))

    def test_without_rights_on_the_documents(self):
        """Anna sees the day of Ben's private meeting, which tells nothing else."""
        event = self.meeting(self.contact | self.ben.partner_id, '2026-03-06 08:00:00', host=self.ben, privacy='private')
        self.assertEqual(self.last(self.carla.with_user(self.anna)), ('2026-03-06', 'meeting'))
        self.env.invalidate_all()
        self.assertNotEqual(event.with_user(self.anna).read(['name'])[0]['name'], "Talk")

    def test_queries_do_not_grow_with_people(self):
        contacts = self.env['res.partner'].create([{'name': f"P{n}", 'parent_id': self.alpha.id} for n in range(60)])
        people = self.env['kam.stakeholder'].create([
            {'partner_id': self.alpha.id, 'contact_id': contact.id, 'company_id': self.company.id} for contact in contacts])
        for contact in contacts:
            self.message(contact, '2026-03-02 10:00:00')
        self.env.flush_all()

        def queries(some):
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.assertEqual(set(some.mapped('last_contact')), {date(2026, 3, 2)})
            some.mapped('next_meeting')
            return self.cr.sql_log_count - before

        queries(people[:2])
        few, many = queries(people[:3]), queries(people)
        self.assertEqual(few, many)
        self.assertLessEqual(many, 8)
        self.assertEqual(fields.Date.to_string(people[0].last_contact), '2026-03-02')
