from odoo.tests import HttpCase, tagged

from .voice_common import VoiceCase


@tagged('post_install', '-at_install')
class TestVoiceTour(VoiceCase, HttpCase):
    """From the campaign to the closed loop in a browser, and the page for those who want no surveys."""

    def test_from_campaign_to_closed_loop(self):
        self.campaign.unlink()
        self.start_tour('/odoo/kam-voice', 'kam_voice_campaign_tour', login=self.anna.login)
        campaign = self.env['kam.voice.campaign'].search([('name', '=', "After the summer")])
        self.assertEqual((campaign.state, campaign.user_id), ('running', self.anna))
        self.run_job()
        invitation = self.invited(self.carla)
        self.start_tour(invitation.user_input_id.get_start_url(), 'kam_voice_answer_tour', login=None)
        self.env.invalidate_all()
        self.assertEqual(invitation.state, 'answered')
        self.env['kam.fact'].refresh()
        self.start_tour('/odoo/action-kam_kpi.kam_attention_action_today', 'kam_voice_loop_tour', login=self.anna.login)
        loop = self.env['kam.voice.followup'].search([('partner_id', '=', self.alpha.id)])
        self.assertEqual((loop.state, loop.cause, loop.closed_by_id), ('closed', 'delivery', self.anna))

    def test_cards_and_response_rates(self):
        self.campaign.action_start()
        self.run_job()
        self.start_tour('/odoo/kam-voice', 'kam_voice_cards_tour', login=self.anna.login)
        self.start_tour('/odoo/kam-invitations', 'kam_voice_rates_tour', login=self.anna.login)

    def test_opt_out_takes_the_button(self):
        self.campaign.action_start()
        self.run_job()
        invitation = self.invited(self.carla)
        url = f'/kam/voice/opt-out/{invitation.sudo().access_token}'
        for _time in range(20):
            page = self.url_open(url)
        self.assertEqual((page.status_code, self.carla.kam_voice_opt_out), (200, False))
        self.assertEqual(self.url_open(url, data={'x': '1'}).status_code, 400)  # without the form's token
        self.assertFalse(self.carla.kam_voice_opt_out)
        self.start_tour(url, 'kam_voice_opt_out_tour', login=None)
        self.env.invalidate_all()
        self.assertEqual((self.carla.kam_voice_opt_out, invitation.state), (True, 'opted_out'))

    def test_wrong_links(self):
        for token in ('x', '%', '______', 'False'):
            with self.subTest(token=token):
                self.assertEqual(self.url_open(f'/kam/voice/opt-out/{token}').status_code, 404)

    def test_following_the_link_is_no_answer(self):
        self.campaign.action_start()
        self.run_job()
        invitation = self.invited(self.carla)
        for _time in range(5):
            self.assertEqual(self.url_open(invitation.user_input_id.get_start_url()).status_code, 200)
        self.env.invalidate_all()
        self.assertEqual((invitation.state, invitation.user_input_id.state), ('sent', 'new'))
