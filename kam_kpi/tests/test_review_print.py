import io
import re
import unittest

from lxml import html

from odoo.addons.base.models import ir_actions_report
from odoo.exceptions import UserError
from odoo.tests import HttpCase, tagged
from odoo.tools.pdf import PdfFileReader

from .review_common import ReviewCase

PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=='


@tagged('post_install', '-at_install')
class TestReviewPrint(ReviewCase):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.review = cls.new_review()
        cls.review.write({'risks': "They may leave", 'factors': "Steel is dear", 'internal_note': "Credit limit", 'decisions': "Meet monthly"})

    def render(self, review=None, edition=''):
        """The text and the tree of the printed review."""
        content, _kind = self.env['ir.actions.report'].with_user(self.anna)._render_qweb_html(
            f'kam_kpi.action_report_review{edition}', (review or self.review).ids)
        tree = html.fromstring(content)
        return re.sub(r'\s+', ' ', tree.text_content().replace('\xa0', ' ')), tree

    def test_headline_figures_against_last_year(self):
        _text, tree = self.render()
        rows = {cells[0].split('(')[0].strip(): cells[1:] for cells in (
            [re.sub(r'\s+', ' ', cell.text_content().replace('\xa0', ' ')).strip() for cell in row.iterfind('td')]
            for row in tree.xpath("//table[hasclass('o_kam_table')]//tr") if row.find('td') is not None) if len(cells) == 8}
        kpi = self.env.ref('kam_kpi.kam_kpi_nrr_pct').name
        self.assertEqual(rows[kpi], ['108.0 %', '–', '–', '95.0 %', '+13.0 points', '100.0 %', 'No target'])

    def test_no_data_prints_a_dash_and_why(self):
        text, _tree = self.render()
        self.assertRegex(text, re.escape(self.env.ref('kam_kpi.kam_kpi_nps').name) + r' Too few cases – –')

    def test_bridge_is_drawn_with_its_amounts(self):
        text, tree = self.render()
        self.assertEqual(len(tree.xpath("//svg")), 3)
        for amount in (40000, 5000, 2000, -3000, 44000):
            self.assertIn(self.review._format_value(amount, 'currency', signed=abs(amount) < 10000).replace('\xa0', ' '), text)

    def test_initials_stand_in_for_a_missing_logo(self):
        text, tree = self.render()
        self.assertIn("A", tree.xpath("//div[hasclass('o_kam_initials')]")[0].text_content())
        self.alpha.image_1920 = PIXEL
        _text, tree = self.render()
        self.assertTrue(tree.xpath("//td[hasclass('o_kam_cover_logo')]/img[starts-with(@src, 'data:image/png')]"))

    def test_customers_edition_leaks_nothing_internal(self):
        self.new_review(self.beta)
        text, _tree = self.render(edition='_customer')
        for word in ("They may leave", "Steel is dear", "Credit limit", "Internal edition", "Account health", "Revenue bridge", "Contraction"):
            self.assertNotIn(word, text)
        self.assertNotIn(self.env.ref('kam_kpi.kam_kpi_gross_margin_pct').name, text)
        self.assertNotIn(self.env.ref('kam_kpi.kam_kpi_nrr_pct').name, text)
        self.assertIn("Meet monthly", text)
        self.assertIn(self.env.ref('kam_kpi.kam_kpi_csat_pct').name, text)

    def test_first_wording_tells_the_customer_shown_figures_only(self):
        """The highlights are in both editions, so only figures of both are worded there."""
        self.assertNotIn(self.env.ref('kam_kpi.kam_kpi_nrr_pct').name, self.review.highlights)

    def test_text_of_people_is_escaped(self):
        self.review.decisions = "<script>alert(1)</script>"
        _text, tree = self.render()
        self.assertFalse([script for script in tree.xpath("//script") if script.text and 'alert(1)' in script.text])
        self.alpha.name = "<b>Alpha</b>"
        self.assertNotIn("<b>Alpha", self.review.chart_html)

    def test_reader_reads_own_language(self):
        self.env['res.lang']._activate_lang('de_DE')
        self.alpha.lang = 'de_DE'
        text, _tree = self.render()
        self.assertIn("108,0 %", text)
        self.assertIn("01.04.2026", text)
        self.assertIn("Quartalsgespräch", text)

    def test_signed_review_prints_the_same_after_documents_change(self):
        self.sign(self.review)
        before, _tree = self.render()
        self.figures['revenue']['2026-04-01'] = 1.0
        self.addCleanup(self.figures['revenue'].update, {'2026-04-01': 12000.0})
        self.env.invalidate_all()
        self.assertEqual(self.render()[0], before)

    def test_missing_pdf_engine_does_not_stop_the_signatures(self):
        def fail(*args, **kwargs):
            raise UserError(self.env._("no engine"))
        self.patch(self.registry['ir.actions.report'], '_render_qweb_pdf', fail)
        with self.assertLogs('odoo.addons.kam_kpi.models.kam_review_sign', 'WARNING'):
            self.sign(self.review)
        self.assertEqual((self.review.state, self.review.pdf_file), ('signed', False))

    def test_mail_carries_the_customers_edition(self):
        template = self.env.ref('kam_kpi.mail_template_kam_review_send')
        self.assertEqual(template.report_template_ids, self.env.ref('kam_kpi.action_report_review_customer'))
        values = template._generate_template(self.review.ids, ('subject', 'body_html', 'partner_to'))[self.review.id]
        self.assertEqual(values['subject'], "Alpha: Q2 2026")


@tagged('post_install', '-at_install')
class TestReviewPdf(ReviewCase, HttpCase):
    """The document itself, read back; the figures are tested on its HTML."""

    def test_document_has_pages_with_numbers_header_and_footer(self):
        if not ir_actions_report._wkhtml().is_patched_qt:
            raise unittest.SkipTest("needs wkhtmltopdf with patched Qt")
        review = self.new_review()
        with self.allow_pdf_render():
            content, kind = self.env['ir.actions.report'].with_context(
                force_report_rendering=True)._render_qweb_pdf('kam_kpi.action_report_review', review.ids)
        self.assertEqual((kind, content[:4]), ('pdf', b'%PDF'))
        pages = PdfFileReader(io.BytesIO(content)).pages
        self.assertGreaterEqual(len(pages), 3)
        for number, page in enumerate(pages, start=1):
            text = re.sub(r'\s+', ' ', page.extract_text())
            self.assertIn(f"Page {number} / {len(pages)}", text)
            self.assertIn("Alpha · Q2 2026", text)
            self.assertIn(review.reference, text)
        self.assertIn("Headline figures", pages[0].extract_text())
        self.assertIn("Revenue bridge", pages[1].extract_text())
        self.assertIn("Next steps", pages[2].extract_text())
