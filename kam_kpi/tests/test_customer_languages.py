from odoo.tests import HttpCase, tagged

from .share_common import ShareCase

WORDS = {
    # what is shared, the survey's question, the mail
    'de_DE': ("Was wir gemeinsam erreichen wollen", "Wie zufrieden waren Sie", "Jetzt antworten"),
    'ar_001': ("ما نريد تحقيقه معًا", "ما مدى رضاك", "أجب الآن"),
}


@tagged('post_install', '-at_install')
class TestCustomerLanguages(ShareCase, HttpCase):
    """What customers read, they read in their language: shared pages, the survey, its mails, the page to opt out."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for code in WORDS:
            cls.env['res.lang']._activate_lang(code)
        cls.env['ir.module.module']._load_module_terms(['kam_kpi'], list(WORDS))

    def test_shared_page(self):
        for code, (word, *_rest) in WORDS.items():
            with self.subTest(lang=code):
                self.portal[self.carla].lang = code
                self.share.action_publish()
                self.opener.cookies.clear()  # the language of the visit before
                self.authenticate('portal_carla', 'portal_carla')
                page = self.url_open(f'/my/key-account/{self.share.id}').text
                self.assertIn(word, page)
                self.assertNotIn("What we want to reach together", page)

    def test_survey_and_its_mails(self):
        question = self.env.ref('kam_kpi.question_csat')
        for code, (_page, asked, button) in WORDS.items():
            with self.subTest(lang=code):
                self.assertIn(asked, question.with_context(lang=code).title)
                for name in ('invitation', 'reminder'):
                    self.assertIn(button, self.env.ref(f'kam_kpi.mail_template_voice_{name}').with_context(lang=code).body_html)

    def test_page_to_opt_out(self):
        for code, words in (('de_DE', "Ich möchte keine Umfragen"), ('ar_001', "لا أريد استبيانات")):
            with self.subTest(lang=code):
                html = self.env.ref('kam_kpi.voice_opt_out_page').with_context(lang=code).arch
                self.assertIn(words, html)
