import io
import re
import unittest

from odoo import Command
from odoo.addons.base.models import ir_actions_report
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged
from odoo.tools.pdf import PdfFileReader

from .plan_common import PlanCase


class PlanPrintCase(PlanCase):
    """A plan of Alpha with a little of everything in it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.plan.write({
            'summary': "Alpha grows.\nWe grow with it.", 'strategy': 'grow', 'challenges': "Too many stops", 'budget': 5000, 'hours_planned': 120,
            'goal_ids': [Command.create({'name': "Fewer stops", 'baseline': 10, 'target': 4, 'unit': "a month", 'due_date': '2026-12-31'})],
            'swot_ids': [Command.create({'name': "Close to <b>engineering</b>", 'kind': 'strength'}), Command.create({'name': "New buyer", 'kind': 'threat'})],
            'objective_ids': [Command.create({'name': "Second line", 'measure': "Order is there", 'date_deadline': '2026-09-30'})],
            'action_ids': [Command.create({'name': "Visit the plant", 'user_id': cls.anna.id, 'date_deadline': '2026-03-01'}),
                           Command.create({'name': "Offer", 'user_id': cls.anna.id, 'date_deadline': '2026-05-01'})],
        })
        cls.env['kam.stakeholder'].with_user(cls.anna).create({
            'partner_id': cls.alpha.id, 'name': "Carla", 'role': 'decision_maker', 'remark': "Likes sailing", 'user_id': cls.anna.id})

    def html(self, report='plan', user=None):
        content, _kind = self.env['ir.actions.report'].with_user(user or self.anna)._render_qweb_html(f'kam_kpi.report_{report}', self.plan.ids)
        return content.decode()


@tagged('post_install', '-at_install')
class TestPlanPrint(PlanPrintCase):

    def test_figures_are_those_of_the_plan(self):
        data = self.plan._plan_data()
        self.assertEqual(data['tiles'][0], ("Revenue, 12 months", "$\xa01,000"))
        self.assertEqual(data['tiles'][3], ("Share of wallet", "–"))

    def test_whole_plan_has_its_seven_steps(self):
        html = self.html()
        for text in ("1 Portfolio", "2 Understanding", "3 Relationship", "4 Key account plan", "5 Action", "6 Resource", "7 Communication",
                     "Fewer stops", "Too many stops", "New buyer", "Second line", "Visit the plant", "Carla", "Decision maker", "120"):
            with self.subTest(text=text):
                self.assertIn(text, html)

    def test_what_people_typed_is_text(self):
        self.assertIn("Close to &lt;b&gt;engineering&lt;/b&gt;", self.html())

    def test_remarks_about_people_are_not_printed(self):
        self.assertNotIn("sailing", self.html())

    def test_goal_not_measured_is_a_dash(self):
        self.assertEqual(self.plan._plan_data()['goals'], [("Fewer stops", "10 a month", "4 a month", "–", "12/31/2026")])

    def test_next_actions_by_day_and_the_late_one_is_marked(self):
        self.assertEqual([(row[0], row[4]) for row in self.plan._plan_data()['next_actions']], [("Visit the plant", True), ("Offer", False)])

    def test_one_page_has_no_audit(self):
        html = self.html('plan_summary')
        self.assertIn("Second line", html)
        self.assertNotIn("7 Communication", html)

    def test_plan_of_a_colleague_is_refused(self):
        with self.assertRaises(AccessError):
            self.html(user=self.ben)


@tagged('post_install', '-at_install')
class TestPlanPdf(PlanPrintCase, HttpCase):

    def pages(self, report):
        with self.allow_pdf_render():
            content, _kind = self.env['ir.actions.report'].with_context(force_report_rendering=True)._render_qweb_pdf(
                f'kam_kpi.action_report_{report}', self.plan.ids)
        return [re.sub(r'\s+', ' ', page.extract_text()) for page in PdfFileReader(io.BytesIO(content)).pages]

    def test_documents_read_back(self):
        if not ir_actions_report._wkhtml().is_patched_qt:
            raise unittest.SkipTest("needs wkhtmltopdf with patched Qt")
        pages = self.pages('plan')
        self.assertGreaterEqual(len(pages), 2)
        self.assertIn(f"Page 1 / {len(pages)}", pages[0])
        self.assertIn("Internal, not for the customer", pages[0])
        self.assertIn("Alpha", pages[0])
        [page] = self.pages('plan_summary')
        self.assertIn("Next actions", page)
