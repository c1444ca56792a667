from odoo.tests import tagged

from .documents import DocumentsCase


@tagged('post_install', '-at_install')
class TestReviewDocuments(DocumentsCase):
    """From invoices to the review, with the shipped KPIs and the real engine."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.alpha = cls.customer("Alpha", key=True)

    def new_review(self):
        return self.env['kam.review'].create({
            'partner_id': self.alpha.id, 'company_id': self.company.id, 'date_start': '2026-01-01', 'date_end': '2026-03-31'})

    def revenue(self, review):
        return review.kpi_ids.filtered(lambda line: line.code == 'revenue')

    def test_review_says_what_the_invoices_say(self):
        self.invoice(self.alpha, '2025-02-10', (self.sensor, 10000))
        self.invoice(self.alpha, '2025-11-05', (self.sensor, 2000))
        self.invoice(self.alpha, '2026-02-12', (self.sensor, 12000), (self.training_day, 1500))
        self.credit(self.alpha, '2026-03-03', (self.sensor, 500))
        self.refresh()
        review = self.new_review()
        line = self.revenue(review)
        self.assertEqual((line.value, line.value_last_year, line.value_previous), (13000.0, 10000.0, 2000.0))
        bridge = {code: review.figures['bridge'][code] for code in ('opening', 'upsell', 'cross_sell', 'contraction', 'closing')}
        self.assertEqual(bridge, {'opening': 10000.0, 'upsell': 3500.0, 'cross_sell': 1500.0, 'contraction': 0.0, 'closing': 15000.0})
        self.assertEqual([quarter['values']['revenue'] for quarter in review.figures['trend']][-5:], [10000, 0, 0, 2000, 13000])

    def test_account_without_documents_has_a_review_without_figures(self):
        self.refresh()
        review = self.new_review()
        self.assertIn('no_data', review.kpi_ids.mapped('state'))
        content, _kind = self.env['ir.actions.report']._render_qweb_html('kam_kpi.action_report_review', review.ids)
        self.assertIn("Alpha", content.decode())

    def test_credit_note_after_the_signatures_is_shown_beside(self):
        self.invoice(self.alpha, '2026-02-12', (self.sensor, 12000))
        self.refresh()
        review = self.new_review()
        review.action_share()
        review.action_sign_internal()
        review.counterpart_name = "Carla Customer"
        review.action_sign_counterpart()
        self.credit(self.alpha, '2026-03-20', (self.sensor, 4200))
        self.refresh()
        self.env.invalidate_all()
        line = self.revenue(review)
        self.assertEqual((line.value, line.live_value), (12000.0, 7800.0))
        self.assertIn(review._format_value(-4200, 'currency', signed=True), review.restatement)
        self.assertTrue(review.is_untouched)

    def test_plan_and_people_are_in_the_review(self):
        plan = self.env['kam.plan'].create({'partner_id': self.alpha.id, 'company_id': self.company.id, 'year': 2026})
        self.env['kam.plan.objective'].create({'plan_id': plan.id, 'name': "Supply the new plant", 'date_deadline': '2026-12-31'})
        self.env['kam.stakeholder'].create({
            'partner_id': self.alpha.id, 'company_id': self.company.id, 'name': "Ada", 'role': 'decision_maker'})
        review = self.new_review()
        self.assertEqual((review.figures['plan']['step'], review.figures['relations']['deciders']), (1, 1))
        content, _kind = self.env['ir.actions.report']._render_qweb_html('kam_kpi.action_report_review', review.ids)
        self.assertIn("Supply the new plant", content.decode())
        content, _kind = self.env['ir.actions.report']._render_qweb_html('kam_kpi.action_report_review_customer', review.ids)
        self.assertNotIn("Supply the new plant", content.decode())
