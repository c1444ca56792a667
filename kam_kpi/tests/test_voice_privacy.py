from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .voice_common import VoiceCase


@tagged('post_install', '-at_install')
@freeze_time('2026-06-15 09:00:00')
class TestVoicePrivacy(VoiceCase):
    """How long an answer tells whose it is, and how that is erased."""

    def setUp(self):
        super().setUp()
        self.start()
        self.first = self.answer(self.carla, 2, 3, "Late again")
        self.second = self.answer(self.dan, 5, 9)

    def erase(self, day):
        with freeze_time(f'{day} 09:00:00'):
            self.env['kam.voice.invitation']._cron_erase()
        self.env.invalidate_all()
        return self.first.kam_anonymous

    def test_anonymous_after_24_months(self):
        self.assertFalse(self.erase('2028-06-15'))
        self.assertTrue(self.erase('2028-06-16'))
        self.assertEqual((self.first.partner_id, self.first.email, self.first.nickname), (self.alpha, False, False))
        invitations = self.invitations()
        self.assertFalse(invitations.contact_id | invitations.stakeholder_id.contact_id)
        self.assertEqual(set(invitations.mapped('email')), {False})
        self.assertFalse(self.env['kam.voice.followup'].search([('partner_id', '=', self.alpha.id)]).contact_id)

    def test_address_of_who_was_deleted_is_erased(self):
        self.campaign.fatigue_days = 0
        self.run_job('2026-12-15')
        invitation = self.invited(self.dan)
        self.env['kam.stakeholder'].search([('contact_id', '=', self.dan.id)]).unlink()
        self.dan.unlink()
        self.env.invalidate_all()
        self.assertEqual((invitation.contact_id.id, invitation.email), (False, 'dan@alpha.example'))
        self.erase('2028-12-16')
        self.assertFalse(invitation.email)

    def test_ratings_are_made_anonymous_too(self):
        partner = self.new_contact(self.alpha, "Ute")
        stranger = self.new_contact(self.gamma, "Uwe")
        model = self.env['ir.model']._get_id('discuss.channel')
        mine, other = self.env['rating.rating'].create([{
            'res_model_id': model, 'res_id': self.env['discuss.channel'].create({'name': "Talk"}).id, 'partner_id': person.id, 'rating': 1, 'consumed': True,
            'feedback': "Slow", 'rated_on': '2026-06-15 09:00:00'} for person in (partner, stranger)])
        mine._kam_follow_up()
        self.erase('2028-06-15')
        self.assertEqual(mine.partner_id, partner)
        self.erase('2028-06-16')
        self.assertEqual((mine.partner_id, mine.feedback, other.partner_id), (self.alpha, "Slow", stranger))
        self.assertFalse(self.env['kam.voice.followup'].search([('rating_id', '=', mine.id)]).contact_id)

    def test_response_rate_stays(self):
        self.erase('2028-06-16')
        self.assertEqual((self.campaign.asked_count, self.campaign.response_rate), (2, 100.0))

    def test_setting_and_zero(self):
        self.company.kam_voice_months = 0
        self.assertFalse(self.erase('2036-01-01'))
        self.company.kam_voice_months = 6
        self.assertTrue(self.erase('2026-12-16'))

    def test_figures_stay(self):
        def figures():
            self.env['kam.fact'].refresh()
            return [(row['code'], row['numerator'], row['denominator'], row['sample_size']) for row in self.env['kam.kpi'].measure_kpis(
                ['nps', 'csat_pct'], self.alpha.ids, '2026-01-01', '2027-01-01')]
        before = figures()
        self.assertTrue(any(numerator is not None for _code, numerator, _denominator, _size in before))
        self.erase('2028-06-16')
        self.assertEqual(figures(), before)

    def lookup(self):
        wizard = self.env['privacy.lookup.wizard'].create({'name': "Carla", 'email': 'carla@alpha.example'})
        wizard.action_lookup()
        return wizard.line_ids

    def test_person_is_erased_by_the_lookup(self):
        lines = self.lookup().filtered(lambda line: line.res_model in ('survey.user_input', 'kam.voice.invitation', 'kam.voice.followup'))
        self.assertEqual(set(lines.mapped('res_model')), {'survey.user_input', 'kam.voice.invitation', 'kam.voice.followup'})
        lines.action_anonymise()
        self.env.invalidate_all()
        self.assertFalse(self.lookup().filtered(lambda line: line.res_model in ('survey.user_input', 'kam.voice.invitation', 'kam.voice.followup')))
        self.assertFalse(self.first.user_input_line_ids.filtered('value_text_box'))
        self.assertEqual(self.first.user_input_line_ids.mapped('value_scale'), [2, 3])
        self.assertFalse(self.second.kam_anonymous)

    def test_account_managers_erase_nothing(self):
        invitation = self.invited(self.carla)
        with self.assertRaises(AccessError):
            invitation.with_user(self.anna).action_anonymise()

    def test_opt_out(self):
        self.campaign.fatigue_days = 0
        self.run_job('2026-12-15')
        invitation = self.invited(self.carla)
        self.assertEqual(invitation.state, 'sent')
        invitation._opt_out()
        self.run_job('2026-12-24')
        self.assertEqual((invitation.state, len(self.mails(self.carla))), ('opted_out', 2))
        self.run_job('2027-06-15')
        self.assertEqual(self.invited(self.carla).reason, 'opted_out')
        self.assertEqual(self.invited(self.dan).state, 'sent')

    def test_merged_contacts(self):
        wizard = self.env['base.partner.merge.automatic.wizard'].create({})
        wizard._merge((self.carla | self.dan).ids, self.carla)
        self.assertEqual(len(self.invitations().filtered('contact_id')), 1)
        self.assertEqual(self.campaign.asked_count, 2)
