import base64

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, new_test_user, tagged

from .review_common import ReviewCase

MODELS = ('kam.review', 'kam.review.kpi', 'kam.review.action')


@tagged('post_install', '-at_install')
class TestReviewAccess(ReviewCase):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.reviews = cls.new_review(cls.alpha) | cls.new_review(cls.beta)
        for review in cls.reviews:
            cls.env['kam.review.action'].create({'review_id': review.id, 'name': "Step"})

    def seen(self, user, model='kam.review'):
        records = self.env[model].with_user(user).search([])
        reviews = records if model == 'kam.review' else records.review_id
        return reviews.sudo().partner_id & (self.alpha | self.beta)

    def test_who_sees_whose_reviews(self):
        both = self.alpha | self.beta
        for user, accounts in (
            (self.anna, self.alpha), (self.ben, self.beta), (self.leo, both), (self.zoe, both.browse()),
            (self.diana, both), (self.rita, both),
        ):
            for model in MODELS:
                with self.subTest(user=user.name, model=model):
                    self.assertEqual(self.seen(user, model), accounts)

    def test_salesmen_without_key_accounts_see_nothing(self):
        for model in MODELS:
            with self.subTest(model=model), self.assertRaises(AccessError):
                self.env[model].with_user(self.sam).search([])

    def test_reader_changes_nothing(self):
        review = self.reviews[0].with_user(self.rita)
        for attempt in (
            lambda: review.write({'highlights': "x"}), review.action_share, review.action_refresh_figures, review.unlink,
            lambda: review.kpi_ids[0].write({'comment': "x"}), lambda: review.action_ids[0].write({'done': True}),
            lambda: self.new_review(self.gamma, self.rita),
        ):
            with self.assertRaises(AccessError):
                attempt()

    def test_manager_reviews_own_accounts_only(self):
        self.reviews.unlink()
        self.new_review(self.alpha, self.anna)
        with self.assertRaises(AccessError):
            self.new_review(self.beta, self.anna)
        with self.assertRaises(AccessError):
            self.reviews.create({'partner_id': self.beta.id}).with_user(self.anna).action_share()

    def test_colleague_reads_no_charts_and_prints_nothing(self):
        review = self.reviews[1].with_user(self.anna)
        with self.assertRaises(AccessError):
            review.read(['chart_html', 'figures'])
        with self.assertRaises(AccessError):
            self.env['ir.actions.report'].with_user(self.anna)._render_qweb_pdf('kam_kpi.action_report_review', review.ids)
        with self.assertRaises(AccessError):
            self.env['ir.actions.report'].with_user(self.anna)._render_qweb_html('kam_kpi.action_report_review', review.ids)

    def test_a_kept_document_is_refused_before_it_is_served(self):
        report = self.env.ref('kam_kpi.action_report_review')
        report.write({'attachment_use': True, 'attachment': "'review-%s.pdf' % object.id"})
        with self.assertRaises(AccessError):
            self.env['ir.actions.report'].with_user(self.anna)._render_qweb_pdf_prepare_streams(
                'kam_kpi.action_report_review', {}, self.reviews[1].ids)

    def test_review_follows_the_account_to_its_new_manager(self):
        self.alpha.with_user(self.diana).kam_user_id = self.ben
        self.assertEqual(self.seen(self.anna), self.alpha.browse())
        self.assertEqual(self.seen(self.ben), self.alpha | self.beta)

    def test_other_companys_reviews_are_not_seen(self):
        other = self.env['res.company'].create({'name': "Other"})
        review = self.new_review(self.new_account("Theta"), self.env.user, company_id=other.id)
        self.assertNotIn(review, self.env['kam.review'].with_user(self.diana).search([]))
        self.diana.company_ids = [Command.link(other.id)]
        self.assertIn(review, self.env['kam.review'].with_user(self.diana).with_context(
            allowed_company_ids=[self.company.id, other.id]).search([]))

    def test_lines_are_created_by_the_review_only(self):
        with self.assertRaises(AccessError):
            self.env['kam.review.kpi'].with_user(self.diana).create({
                'review_id': self.reviews[0].id, 'kpi_id': self.env.ref('kam_kpi.kam_kpi_revenue').id})

    def test_a_step_stays_in_its_review(self):
        action = self.reviews[0].action_ids
        with self.assertRaises(UserError):
            action.review_id = self.reviews[1]


@tagged('post_install', '-at_install')
class TestReviewServed(ReviewCase, HttpCase):
    """The signed document over HTTP: only to those who may read the review."""

    def test_signed_document_is_served_by_the_reviews_access(self):
        review = self.new_review(self.alpha)
        review._store({'pdf_file': base64.b64encode(b'%PDF-signed')})
        portal = new_test_user(self.env, 'kam_portal', 'base.group_portal', name="Portal")
        for user, served in ((self.anna, True), (self.leo, True), (self.rita, True), (self.ben, False), (self.sam, False), (portal, False)):
            self.authenticate(user.login, user.login)
            for url in (f'/web/content/kam.review/{review.id}/pdf_file', f'/report/pdf/kam_kpi.report_review/{review.id}'):
                with self.subTest(user=user.name, url=url):
                    response = self.url_open(url)
                    self.assertEqual(response.status_code == 200, served, response.status_code)
