from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged

from .voice_common import VoiceCase


@tagged('post_install', '-at_install')
@freeze_time('2026-06-15 09:00:00')
class TestVoiceAnswer(VoiceCase):
    """What an answer sets going: the end of its invitation, a follow-up with a deadline, the closed loop."""

    def setUp(self):
        super().setUp()
        self.start()

    def loops(self, account=None):
        return self.env['kam.voice.followup'].search([('partner_id', '=', (account or self.alpha).id)])

    def loop(self, csat=2, nps=3, text="Third late delivery", user=None):
        self.answer(self.carla, csat, nps, text)
        return self.loops().with_user(user or self.anna)

    def fill(self, loop):
        loop.write({'cause': 'delivery', 'done': "Own driver from July", 'told_on': '2026-06-15'})
        return loop

    def test_answer_ends_the_invitation(self):
        self.answer(self.carla)
        invitation = self.invited(self.carla)
        self.assertEqual((invitation.state, str(invitation.answered_on), invitation.remind_on), ('answered', '2026-06-15', False))

    def test_answered_once(self):
        answer = self.answer(self.carla)
        self.assertFalse(answer.survey_id._has_attempts_left(self.carla, self.carla.email, answer.invite_token))
        other = self.invited(self.dan).user_input_id
        self.assertTrue(other.survey_id._has_attempts_left(self.dan, self.dan.email, other.invite_token))

    def test_low_answer_is_followed_up(self):
        loop = self.loop()
        self.assertRecordValues(loop, [{
            'contact_id': self.carla.id, 'user_id': self.anna.id, 'score': "2 / 5, 3 / 10", 'words': "Third late delivery",
            'state': 'open', 'date_due': self.later(2), 'company_id': self.company.id}])

    def test_limits_of_low(self):
        for csat, nps, low in ((3, 7, False), (5, 6, True), (2, 9, True), (4, 0, True)):
            with self.subTest(csat=csat, nps=nps):
                answer = self.env.ref('kam_kpi.survey_csat_nps')._create_answer(partner=self.dan)
                for purpose, value in (('csat', csat), ('nps', nps)):
                    answer._save_lines(self.env.ref(f'kam_kpi.question_{purpose}'), str(value))
                answer._mark_done()
                self.assertEqual(bool(self.env['kam.voice.followup'].search([('user_input_id', '=', answer.id)])), low)

    def test_limits_of_low_on_other_scales(self):
        """A number between 1 and 5 is judged as a scale of that length; without bounds, by what counts as satisfied."""
        survey = self.env['survey.survey'].create({'title': "Numbers", 'access_mode': 'token'})
        for bounded, value, low in ((True, 3, False), (True, 2, True), (False, 3, True), (False, 4, False)):
            with self.subTest(bounded=bounded, value=value):
                question = self.env['survey.question'].create({
                    'survey_id': survey.id, 'title': "How satisfied?", 'question_type': 'numerical_box', 'kam_purpose': 'csat',
                    'validation_required': bounded, 'validation_min_float_value': 1, 'validation_max_float_value': 5})
                answer = survey._create_answer(partner=self.dan)
                answer._save_lines(question, str(value))
                self.assertEqual(answer.user_input_line_ids.filtered(lambda line: line.question_id == question)._kam_is_low(), low)

    def test_test_entry_is_no_answer(self):
        answer = self.env['survey.user_input'].create({'survey_id': self.env.ref('kam_kpi.survey_csat_nps').id, 'partner_id': self.dan.id, 'test_entry': True})
        answer._save_lines(self.env.ref('kam_kpi.question_nps'), '1')
        answer._mark_done()
        self.assertFalse(self.loops())

    def test_no_key_account(self):
        answer = self.env.ref('kam_kpi.survey_csat_nps')._create_answer(partner=self.gamma)
        answer._save_lines(self.env.ref('kam_kpi.question_nps'), '1')
        answer._mark_done()
        self.assertFalse(self.loops(self.gamma))

    def test_once_an_answer(self):
        self.loop()
        for _time in range(10):
            self.invited(self.carla).user_input_id._kam_follow_up()
        self.assertEqual(len(self.loops()), 1)

    def test_low_rating_is_followed_up(self):
        channel = self.env['discuss.channel'].create({'name': "Support", 'channel_type': 'channel', 'group_public_id': False})
        for value in (1, 3):
            rating = self.env['rating.rating'].create({
                'res_model_id': self.env['ir.model']._get_id('discuss.channel'), 'res_id': channel.id, 'partner_id': self.dan.id, 'rating': value})
            rating.write({'consumed': True})
            rating.write({'consumed': True})
        self.assertEqual(self.loops().mapped('score'), ["1 / 5"])

    def test_deadline_is_a_setting(self):
        self.company.kam_voice_days = 5
        self.assertEqual(self.loop().date_due, self.later(5))

    def test_activity_of_the_manager(self):
        loop = self.loop()
        self.env['kam.fact'].refresh()
        activities = self.alpha.activity_ids.filtered(lambda row: row.kam_attention_cause and 'voice' in row.kam_attention_cause)
        self.assertEqual((len(activities), activities.user_id, activities.date_deadline), (1, self.anna, self.later(2)))
        item = activities.kam_attention_ids
        self.assertEqual((item.res_model, item.res_id), (loop._name, loop.id))
        self.env['kam.attention']._refresh()
        self.assertEqual(self.alpha.activity_ids.filtered(lambda row: row.kam_attention_cause and 'voice' in row.kam_attention_cause), activities)
        self.fill(loop).action_close()
        self.assertEqual((item.state, activities.exists().ids), ('gone', []))

    def test_close_needs_all_of_it(self):
        loop = self.loop()
        with self.assertRaisesRegex(UserError, "Cause, What was done, Told the customer on"):
            loop.action_close()
        self.fill(loop).action_close()
        self.assertEqual((loop.state, loop.closed_by_id, str(loop.closed_on)), ('closed', self.anna, '2026-06-15'))

    def test_closed_stays_closed(self):
        loop = self.fill(self.loop())
        loop.action_close()
        with self.assertRaisesRegex(UserError, "closed"):
            loop.done = "Something else"
        with self.assertRaises(AccessError):
            loop.action_reopen()
        loop.with_user(self.leo).action_reopen()
        self.assertEqual((loop.state, loop.closed_by_id.id), ('open', False))

    def test_what_was_answered_is_not_rewritten(self):
        loop = self.loop()
        for vals in ({'state': 'closed'}, {'date_due': '2027-01-01'}, {'score': "9 / 10"}, {'partner_id': self.beta.id}):
            with self.subTest(vals=vals), self.assertRaises(AccessError):
                loop.write(vals)

    def test_told_between_answer_and_today(self):
        loop = self.loop()
        for day in ('2026-06-14', '2026-06-16'):
            with self.subTest(day=day), self.assertRaises(ValidationError):
                loop.told_on = day

    def escalations(self):
        return self.alpha.activity_ids.filtered(
            lambda row: row.activity_type_id == self.env.ref('kam_kpi.mail_activity_type_voice_escalation'))

    def escalate(self, days, times=1):
        with freeze_time(f'{self.later(days)} 09:00:00'):
            for _time in range(times):
                self.env['kam.voice.followup']._cron_escalate()

    def test_escalated_after_the_deadline_once(self):
        loop = self.loop()
        self.escalate(2)
        self.assertFalse(self.escalations())
        self.escalate(3, times=10)
        self.assertEqual((len(self.escalations()), self.escalations().user_id, loop.escalated_on), (1, self.leo, self.later(3)))
        self.fill(loop).action_close()
        self.assertFalse(self.escalations())

    def test_closed_is_not_escalated(self):
        self.fill(self.loop()).action_close()
        self.escalate(9)
        self.assertFalse(self.escalations())

    def test_manager_who_leads_is_told_once_only(self):
        self.north.user_id = self.anna
        self.loop()
        self.escalate(9)
        self.assertFalse(self.escalations())

    def test_rights(self):
        loop = self.loop()
        for user in (self.anna, self.leo, self.diana):
            loop.with_user(user).write({'cause': 'delivery'})
        for user in (self.ben, self.zoe, self.sam):
            with self.subTest(user=user.name), self.assertRaises(AccessError):
                loop.with_user(user).read(['score'])
        self.assertEqual(loop.with_user(self.rita).read(['score'])[0]['score'], "2 / 5, 3 / 10")
        with self.assertRaises(AccessError):
            loop.with_user(self.rita).write({'cause': 'price'})
        with self.assertRaises(AccessError):
            self.env['kam.voice.followup'].with_user(self.anna).create({'partner_id': self.alpha.id, 'company_id': self.company.id})
