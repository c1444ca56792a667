from odoo import Command
from odoo.fields import Date
from odoo.tests import HttpCase, tagged

from .share_common import SECRET, SHOWN, ShareCase

SCRIPT = "<script>alert(1)</script>"


@tagged('post_install', '-at_install')
class TestSharePortal(ShareCase, HttpCase):
    """The pages of the portal, asked for as a browser does."""

    def setUp(self):
        super().setUp()
        self.login(self.carla)

    def login(self, contact):
        login = f'portal_{contact.name.lower()}'
        self.authenticate(login, login)

    def get(self, path, **options):
        return self.url_open(path, allow_redirects=False, **options)

    def post(self, path, token=True, **data):
        if token:
            data['csrf_token'] = self.csrf()
        return self.url_open(path, data=data, allow_redirects=False)

    def csrf(self):
        page = self.get(f'/my/key-account/{self.share.id}').text
        return page.split('name="csrf_token" value="')[1].split('"')[0]

    def page(self):
        return self.get(f'/my/key-account/{self.share.id}')

    def test_the_page(self):
        page = self.page()
        self.assertEqual(page.status_code, 200)
        for part in ('goal', 'objective', 'ours', 'theirs', 'review', 'value'):
            with self.subTest(part=part):
                self.assertIn(f"{SHOWN} {part}", page.text)

    def test_numbers_are_written_as_people_do(self):
        goal = self.share.sudo()._page('en_US')['goals'][0]
        self.assertEqual([goal[name] for name in ('from', 'now', 'to')], ["10", "–", "4"])

    def test_nothing_internal_is_in_the_source(self):
        for path in (f'/my/key-account/{self.share.id}', '/my/key-account', '/my/home'):
            with self.subTest(path=path):
                text = self.get(path).text
                for word in (SECRET, '77310', 'harvest', 'Harvest'):
                    self.assertNotIn(word, text)

    def test_the_list_and_the_home_page_lead_there(self):
        self.assertIn(f'/my/key-account/{self.share.id}', self.get('/my/key-account').text)
        self.assertIn('/my/key-account', self.get('/my/home').text)

    def test_what_may_not_be_seen_is_as_if_it_were_not_there(self):
        other = self.new_share(self.dan)
        draft = self.new_share(self.carla, publish=False)
        revoked = self.new_share(self.carla)
        revoked.action_revoke()
        ended = self.new_share(self.carla)
        ended.sudo().date_until = Date.subtract(self.today, days=1)
        missing = self.get('/my/key-account/999999999')
        self.assertEqual(missing.status_code, 404)
        for share in (other, draft, revoked, ended):
            for path in ('', '/pdf'):
                with self.subTest(share=share.id, path=path):
                    answer = self.get(f'/my/key-account/{share.id}{path}')
                    self.assertEqual(answer.status_code, 404)
                    self.assertNotIn(SHOWN, answer.text)
            for path in ('report', 'comment', 'ask'):
                with self.subTest(share=share.id, path=path):
                    self.assertEqual(self.post(f'/my/key-account/{share.id}/{path}', action_id='1', body='x').status_code, 404)

    def test_another_companys_contact_sees_nothing(self):
        self.login(self.eve)
        self.assertEqual(self.page().status_code, 404)
        self.assertNotIn(SHOWN, self.get('/my/key-account').text)
        self.assertIn('o_kam_shared_nothing', self.get('/my/key-account').text)

    def test_our_own_people_have_no_page_there(self):
        self.authenticate(self.anna.login, self.anna.login)
        self.assertEqual(self.page().status_code, 404)

    def test_the_public_is_asked_to_log_in(self):
        self.authenticate(None, None)
        for path in ('/my/key-account', f'/my/key-account/{self.share.id}', f'/my/key-account/{self.share.id}/pdf', f'/kam/share/{self.share.id}/preview'):
            with self.subTest(path=path):
                answer = self.get(path)
                self.assertEqual(answer.status_code, 303)
                self.assertIn('/web/login', answer.headers['Location'])

    def test_looking_changes_nothing(self):
        before = (self.plan.revision, self.plan.worked_on, len(self.plan.sudo().message_ids), self.theirs.reported_on)
        for path in ('', '/report', '/comment', '/ask'):
            self.get(f'/my/key-account/{self.share.id}{path}?action_id={self.theirs.id}&done=1&body=hello')
        self.env.invalidate_all()
        self.assertEqual((self.plan.revision, self.plan.worked_on, len(self.plan.sudo().message_ids), self.theirs.reported_on), before)
        self.assertFalse(self.share.comment_ids)

    def test_without_the_token_of_the_page_nothing_is_done(self):
        for path in ('report', 'comment', 'ask'):
            with self.subTest(path=path):
                answer = self.post(f'/my/key-account/{self.share.id}/{path}', token=False, action_id=str(self.theirs.id), done='1', body='hello')
                self.assertEqual(answer.status_code, 400)
        self.env.invalidate_all()
        self.assertFalse(self.share.comment_ids or self.theirs.reported_on)

    def test_an_action_is_reported(self):
        answer = self.post(f'/my/key-account/{self.share.id}/report', action_id=str(self.theirs.id), done='1')
        self.assertEqual(answer.status_code, 303)
        self.env.invalidate_all()
        self.assertEqual(self.theirs.reported_by_id, self.carla)
        self.assertIn("Reported as done", self.page().text)

    def test_numbers_which_are_none_are_refused_in_words(self):
        for action_id in ('', 'abc', '-1', str(self.internal.id), '9' * 12):
            with self.subTest(action_id=action_id):
                self.post(f'/my/key-account/{self.share.id}/report', action_id=action_id, done='1')
                self.assertIn("This action cannot be reported.", self.page().text)
        self.env.invalidate_all()
        self.assertFalse(self.internal.reported_on)

    def test_comments_are_text(self):
        self.post(f'/my/key-account/{self.share.id}/comment', body=SCRIPT)
        text = self.page().text
        self.assertNotIn(SCRIPT, text)
        self.assertIn('&lt;script&gt;', text)

    def test_texts_of_the_plan_are_text(self):
        self.plan.objective_ids.filtered('for_customer').name = SCRIPT
        self.share.action_publish()
        self.assertNotIn(SCRIPT, self.page().text)

    def test_a_comment_that_is_too_long_is_told(self):
        self.post(f'/my/key-account/{self.share.id}/comment', body="x" * 3000)
        self.assertIn("Your comment is too long", self.page().text)

    def test_seen_is_noted(self):
        self.page()
        self.env.invalidate_all()
        self.assertEqual(self.share.visit_ids.contact_id, self.carla)

    def test_the_preview_is_the_same_page_and_leaves_no_trace(self):
        page = self.page().text
        self.share.sudo().visit_ids.unlink()
        self.authenticate(self.anna.login, self.anna.login)
        preview = self.get(f'/kam/share/{self.share.id}/preview')
        self.assertEqual(preview.status_code, 200)
        self.assertIn('o_kam_preview', preview.text)

        def body(text):
            return [line for line in text.split('o_kam_shared_page')[1].split('o_kam_share_ask')[0].splitlines() if SHOWN in line]
        self.assertEqual(body(preview.text), body(page))
        self.env.invalidate_all()
        self.assertFalse(self.share.visit_ids)

    def test_the_preview_is_for_those_who_see_the_share(self):
        for login in (self.ben.login, 'portal_carla'):
            with self.subTest(login=login):
                self.authenticate(login, login)
                self.assertEqual(self.get(f'/kam/share/{self.share.id}/preview').status_code, 404)

    def test_what_is_not_published_can_be_looked_at_beforehand(self):
        draft = self.new_share(self.carla, publish=False)
        self.authenticate(self.anna.login, self.anna.login)
        self.assertIn(f"{SHOWN} objective", self.get(f'/kam/share/{draft.id}/preview').text)

    def test_long_and_right_to_left_words(self):
        name = "خطة " * 60
        self.plan.objective_ids.filtered('for_customer').name = name.strip()
        self.share.action_publish()
        self.assertIn(name.strip(), self.page().text)

    def test_a_second_company_is_apart(self):
        company = self.env['res.company'].create({'name': "Other", 'kam_tz': 'UTC'})
        self.share.sudo().write({'contact_ids': [Command.link(self.dan.id)]})
        diana = self.diana
        diana.write({'company_ids': [Command.set(company.ids)], 'company_id': company.id})
        self.authenticate(diana.login, diana.login)
        self.assertEqual(self.get(f'/kam/share/{self.share.id}/preview').status_code, 404)
