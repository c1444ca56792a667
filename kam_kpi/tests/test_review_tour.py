from odoo.tests import HttpCase, tagged

from .review_common import ReviewCase


@tagged('post_install', '-at_install')
class TestReviewTour(ReviewCase, HttpCase):
    """A quarter is over, reviewed, signed by both sides and printed, by the director in a browser."""

    def test_from_the_closed_quarter_to_the_printed_review(self):
        self.env['kam.review'].search([]).active = False
        with self.enter_registry_test_mode():
            self.env.ref('kam_kpi.ir_cron_kam_review_draft').method_direct_trigger()
        review = self.env['kam.review'].search([('partner_id', '=', self.alpha.id)])
        self.assertEqual((review.state, str(review.date_end)), ('draft', '2026-06-30'))
        self.start_tour('/odoo/kam-reviews', 'kam_review_sign_tour', login=self.diana.login)
        self.env.invalidate_all()
        self.assertRecordValues(review, [{
            'state': 'signed', 'internal_signed_id': self.diana.id, 'counterpart_name': "Carla Customer", 'so_what': "They stay, and buy more"}])
        self.figures['revenue']['2026-04-01'] = 99.0  # an invoice that came late
        html, _kind = self.env['ir.actions.report']._render_qweb_html('kam_kpi.action_report_review', review.ids)
        text = html.decode()
        self.assertIn("12,000", text)
        self.assertIn("They stay, and buy more", text)
        self.assertTrue(review.is_untouched)
