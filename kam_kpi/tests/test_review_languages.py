import re

from lxml import html

from odoo.tests import tagged

from .review_common import ReviewCase


@tagged('post_install', '-at_install')
class TestReviewLanguages(ReviewCase):
    """The printed review in the languages the addon ships."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        codes = ['de_DE', 'ar_001']
        for code in codes:
            cls.env['res.lang']._activate_lang(code)
        cls.env['ir.module.module']._load_module_terms(['kam_kpi'], codes, overwrite=True)

    def render(self, lang):
        """The text and the tree of a review of an account with this language."""
        self.alpha.lang = lang
        review = self.new_review()
        content, _kind = self.env['ir.actions.report'].with_user(self.anna)._render_qweb_html('kam_kpi.action_report_review', review.ids)
        tree = html.fromstring(content)
        return re.sub(r'\s+', ' ', tree.text_content().replace('\xa0', ' ')), tree

    def test_german(self):
        text, _tree = self.render('de_DE')
        for words in ("Quartalsgespräch", "Kennzahlen", "Umsatzbrücke", "Nächste Schritte", "108,0 %", "01.04.2026 bis 30.06.2026"):
            self.assertIn(words, text)

    def test_arabic_reads_from_right_to_left(self):
        text, tree = self.render('ar_001')
        for words in ("مراجعة ربع سنوية", "الأرقام الرئيسية", "جسر الإيرادات", "الخطوات التالية"):
            self.assertIn(words, text)
        self.assertTrue(tree.xpath("//div[hasclass('article')][@dir='rtl']"))

    def test_no_english_is_left_in_the_document(self):
        """What the templates, the selections and the first wording say is translated, all of it."""
        text, _tree = self.render('ar_001')
        for words in ("Headline", "against", "Account manager", "Next steps", "No target", "Eight quarters", "agreed", "None noted", "Revenue"):
            self.assertNotIn(words, text)
