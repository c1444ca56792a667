from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged

from .voice_common import TODAY, VoiceCase


@tagged('post_install', '-at_install')
@freeze_time('2026-06-15 09:00:00')
class TestVoiceCampaign(VoiceCase):
    """Whom a campaign asks, when, and how often."""

    def test_own_accounts_are_asked(self):
        self.start()
        self.assertEqual(self.states(), {'Carla': 'sent', 'Dan': 'sent'})
        self.assertEqual(len(self.mails(self.carla)), 1)

    def test_draft_asks_nobody(self):
        self.run_job()
        self.assertFalse(self.invitations())

    def test_ten_runs_ask_once(self):
        self.start()
        self.run_job(times=10)
        self.assertEqual((len(self.invitations()), len(self.mails(self.carla))), (2, 1))

    def test_reach_of_team_and_company(self):
        self.assertEqual(self.start(self.new_campaign(self.leo, reach='team')).contact_id, self.carla | self.dan | self.eve)
        other = self.new_campaign(self.diana, reach='company', fatigue_days=0)
        self.assertEqual(other.audience_count, self.env['kam.stakeholder'].search_count([
            ('partner_id.is_key_account', '=', True), ('role', 'not in', ('blocker', 'gatekeeper'))]))

    def test_roles(self):
        self.campaign.for_user = False
        self.start()
        self.assertEqual(self.states(), {'Carla': 'sent'})

    def test_tiers(self):
        self.campaign.tier_ids = self.env.ref('kam_kpi.kam_tier_a')
        self.start()
        self.assertEqual(self.states(), {})
        self.alpha.kam_tier_id = self.env.ref('kam_kpi.kam_tier_a')
        self.assertEqual(self.campaign.audience_count, 2)

    def test_without_roles_it_does_not_start(self):
        for role in ('decision_maker', 'influencer', 'champion', 'user'):
            self.campaign[f'for_{role}'] = False
        with self.assertRaisesRegex(UserError, "at least one role"):
            self.campaign.action_start()

    def test_why_not_asked(self):
        self.carla.email = False
        self.dan.kam_voice_opt_out = True
        fay, gus = (self.new_contact(self.alpha, name, email=f'{name}@alpha.example') for name in ("Fay", "Gus"))
        self.on_map(fay)
        person = self.on_map(gus)
        gus.parent_id = self.gamma
        self.env['mail.blacklist']._add('fay@alpha.example')
        self.start()
        self.assertEqual(self.states(), {'Carla': 'no_email', 'Dan': 'opted_out', 'Fay': 'blacklisted', 'Gus': 'left'})
        self.assertTrue(person.has_left)
        self.assertEqual(self.campaign.asked_count, 0)

    def test_consultant_of_another_company(self):
        guest = self.new_contact(self.gamma, "Guest", email='guest@gamma.example')
        self.env['kam.stakeholder'].create({'partner_id': self.alpha.id, 'contact_id': guest.id, 'company_id': self.company.id})
        self.start()
        self.assertEqual(self.states()['Guest'], 'elsewhere')

    def test_one_mail_an_address(self):
        self.dan.email = 'carla@alpha.example'
        self.start()
        self.assertEqual(self.states(), {'Carla': 'sent', 'Dan': 'double'})

    def test_fatigue_across_campaigns(self):
        self.start()
        second = self.new_campaign(name="Second", date_next=self.later(89))
        second.action_start()
        self.run_job(self.later(89))
        self.assertEqual(self.states(second), {'Carla': 'fatigue', 'Dan': 'fatigue'})
        third = self.new_campaign(name="Third", date_next=self.later(90))
        third.action_start()
        self.run_job(self.later(90))
        self.assertEqual(self.states(third), {'Carla': 'sent', 'Dan': 'sent'})

    def test_two_campaigns_on_one_day_ask_once(self):
        second = self.new_campaign(name="Second")
        second.action_start()
        self.start()
        states = [self.states(), self.states(second)]
        self.assertCountEqual([state['Carla'] for state in states], ['sent', 'fatigue'])
        self.assertEqual(len(self.mails(self.carla)), 1)

    def test_cadence(self):
        self.start()
        self.assertEqual(str(self.campaign.date_next), '2026-12-15')
        self.run_job('2026-12-14')
        self.assertEqual(len(self.invitations()), 2)
        self.run_job('2026-12-15')
        self.assertEqual(len(self.invitations()), 4)

    def test_missed_waves_are_not_made_up_for(self):
        self.campaign.cadence = 1
        self.start()
        self.run_job('2026-10-01', times=2)
        self.assertEqual((len(self.invitations()), str(self.campaign.date_next)), (4, '2026-10-15'))

    def test_cadence_in_days(self):
        self.campaign.write({'cadence': 100, 'cadence_unit': 'days'})
        self.start()
        self.assertEqual(self.campaign.date_next, self.later(100))

    def test_one_reminder(self):
        self.start()
        self.answer(self.dan)
        self.run_job(self.later(6))
        self.assertEqual(len(self.mails(self.carla)), 1)
        for days in (7, 8, 14, 20):
            self.run_job(self.later(days), times=2)
        self.assertEqual((self.invited(self.carla).reminder_count, len(self.mails(self.carla)), len(self.mails(self.dan))), (1, 2, 1))

    def test_two_reminders(self):
        self.campaign.reminder_max = '2'
        self.start()
        for days in (7, 10, 14, 20):
            self.run_job(self.later(days))
        self.assertEqual((self.invited(self.carla).reminder_count, len(self.mails(self.carla))), (2, 3))

    def test_no_reminder(self):
        self.campaign.reminder_max = '0'
        self.start()
        self.run_job(self.later(8))
        self.assertEqual(len(self.mails(self.carla)), 1)

    def test_no_reminder_for_the_blacklist(self):
        self.start()
        self.env['mail.blacklist']._add('carla@alpha.example')
        self.run_job(self.later(8))
        self.assertEqual((len(self.mails(self.carla)), len(self.mails(self.dan))), (1, 2))

    def test_deadline(self):
        self.start()
        self.assertEqual(self.invited(self.carla).user_input_id.deadline.date(), self.later(22))
        self.run_job(self.later(21))
        self.assertEqual(self.states()['Carla'], 'sent')
        self.run_job(self.later(22))
        self.assertEqual(self.states()['Carla'], 'expired')

    def test_stop(self):
        self.start()
        self.campaign.action_stop()
        self.run_job('2027-01-15')
        self.assertEqual((len(self.invitations()), len(self.mails(self.carla))), (2, 1))

    def test_ask_now_once_a_day(self):
        self.start()
        with self.assertRaisesRegex(UserError, "has asked its people today"):
            self.campaign.action_send_now()

    def test_response_rate(self):
        self.assertIs(self.campaign.response_rate, False)
        self.start()
        self.assertEqual(self.campaign.response_rate, 0.0)
        self.answer(self.carla)
        self.assertEqual((self.campaign.asked_count, self.campaign.answered_count, self.campaign.response_rate), (2, 1, 50.0))
        [(account, rate)] = self.env['kam.voice.invitation'].with_user(self.anna)._read_group([], ['partner_id'], ['response_rate:avg'])
        self.assertEqual((account, rate), (self.alpha, 50.0))

    def test_no_rate_where_nobody_was_asked(self):
        (self.carla | self.dan).email = False
        self.start()
        [(rate,)] = self.env['kam.voice.invitation']._read_group([('partner_id', '=', self.alpha.id)], [], ['response_rate:avg'])
        self.assertFalse(rate)
        self.assertIs(self.invited(self.carla).response_rate, False)

    def test_language_of_the_person(self):
        self.env['res.lang']._activate_lang('de_DE')
        self.carla.lang = 'de_DE'
        self.start()
        self.assertEqual(self.invited(self.carla).user_input_id.lang_id.code, 'de_DE')
        self.assertEqual(self.invited(self.dan).user_input_id.lang_id.code, 'en_US')

    def test_mail_has_both_links(self):
        self.start()
        body = self.mails(self.carla).body_html
        invitation = self.invited(self.carla)
        self.assertIn(invitation.user_input_id.access_token, body)
        self.assertIn(invitation.sudo()._opt_out_url(), body)
        self.assertIn('/kam/voice/opt-out/', self.mails(self.carla).headers)

    def test_unsuited_surveys(self):
        survey = self.env['survey.survey'].create({'title': "Other", 'access_mode': 'token'})
        with self.assertRaisesRegex(ValidationError, "No question"):
            self.new_campaign(self.diana, survey_id=survey.id)
        survey.access_mode = 'public'
        with self.assertRaisesRegex(ValidationError, "open to everybody"):
            self.new_campaign(self.diana, survey_id=survey.id)

    # rights

    def test_reach_needs_the_role(self):
        for user, reach in ((self.anna, 'team'), (self.anna, 'company'), (self.leo, 'company')):
            with self.subTest(user=user.name, reach=reach), self.assertRaises(ValidationError):
                self.new_campaign(user, reach=reach)
        with self.assertRaisesRegex(ValidationError, "belongs to you"):
            self.new_campaign(self.anna, user_id=self.diana.id, reach='company')

    def test_who_changes_a_campaign(self):
        for user in (self.anna, self.leo, self.diana):
            self.campaign.with_user(user).name = f"By {user.name}"
        for user in (self.ben, self.zoe, self.rita, self.sam):
            with self.subTest(user=user.name), self.assertRaises(AccessError):
                self.campaign.with_user(user).name = "Mine"

    def test_who_reads_a_campaign(self):
        for user in (self.anna, self.ben, self.leo, self.diana, self.rita):
            self.assertEqual(self.campaign.with_user(user).read(['name', 'survey_id', 'response_rate'])[0]['name'], "Twice a year")
        with self.assertRaises(AccessError):
            self.campaign.with_user(self.sam).read(['name'])

    def test_who_reads_invitations(self):
        invitations = self.start()
        for user, count in ((self.anna, 2), (self.ben, 0), (self.leo, 2), (self.zoe, 0), (self.diana, 2)):
            self.assertEqual(self.env['kam.voice.invitation'].with_user(user).search_count([('id', 'in', invitations.ids)]), count, user.name)
        for user in (self.rita, self.sam):
            with self.subTest(user=user.name), self.assertRaises(AccessError):
                invitations.with_user(user).read(['state'])

    def test_nobody_writes_invitations(self):
        invitation = self.start()[0]
        for user in (self.anna, self.leo, self.diana):
            with self.subTest(user=user.name), self.assertRaises(AccessError):
                invitation.with_user(user).write({'state': 'answered'})

    def test_nobody_reads_the_token(self):
        invitation = self.start()[0]
        for user in (self.anna, self.diana):
            with self.subTest(user=user.name), self.assertRaises(AccessError):
                invitation.with_user(user).read(['access_token'])

    def test_other_company(self):
        company = self.env['res.company'].create({'name': "Elsewhere"})
        campaign = self.env['kam.voice.campaign'].create({'name': "There", 'company_id': company.id})
        self.assertFalse(self.env['kam.voice.campaign'].with_user(self.diana).search([('id', '=', campaign.id)]))

    def test_beginning_a_wave_asks_as_much_for_many_people_as_for_few(self):
        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            campaign = self.new_campaign(user=self.diana, reach='company')
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            campaign.sudo().date_next = TODAY
            campaign.sudo()._begin_wave()
            self.env.flush_all()
            return self.env.cr.sql_log_count - before
        few = (count(), count())[1]
        for number in range(60):
            account = self.new_account(f"More {number}", self.anna)
            self.on_map(self.new_contact(account, f"Person {number}", email=f'p{number}@example.com'))
        count()
        self.assertLessEqual(count(), few + 3)
        self.assertGreaterEqual(self.env['kam.voice.invitation'].search_count([('contact_id.name', 'like', "Person %")]), 60)
