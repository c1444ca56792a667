import base64
import io
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger
from odoo.tools.pdf import PdfFileReader, PdfFileWriter

from .review_common import ReviewCase


@tagged('post_install', '-at_install')
class TestReviewBatch(ReviewCase):
    """Reviews printed into one file by the job. A document here is one blank page, as wide as its review's id."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.broken = set()
        cls.printed = []

        def get_pdf(review, edition='internal'):
            review.check_access('read')
            if review.id in cls.broken:
                raise UserError("A font is missing")
            cls.printed.append((review.id, edition, review.env.user))
            writer = PdfFileWriter()
            writer.addBlankPage(width=1000 + review.id, height=100)
            with io.BytesIO() as stream:
                writer.write(stream)
                return {'name': "x.pdf", 'data': base64.b64encode(stream.getvalue()).decode()}
        cls.startClassPatcher(patch.object(cls.registry['kam.review'], 'get_pdf', get_pdf))
        cls.reviews = cls.env['kam.review']
        for number in range(4):
            cls.reviews |= cls.new_review(cls.new_account(f"Account {number}", cls.anna))

    def setUp(self):
        super().setUp()
        self.broken.clear()
        self.printed.clear()

    def begin(self, reviews=None, user=None, customer=False):
        reviews = (reviews or self.reviews).with_user(user or self.anna)
        action = reviews.action_print_batch_customer() if customer else reviews.action_print_batch()
        return self.env['kam.review.batch'].browse(action['res_id'])

    def run_job(self):
        with self.enter_registry_test_mode():
            self.env.ref('kam_kpi.ir_cron_kam_review_batch').with_user(self.env.ref('base.user_root')).method_direct_trigger()

    def widths(self, batch):
        return [int(page.mediaBox.getWidth()) - 1000 for page in PdfFileReader(io.BytesIO(base64.b64decode(batch.pdf_file))).pages]

    def test_one_file_in_the_order_of_the_reviews(self):
        batch = self.begin()
        self.assertEqual((batch.state, batch.progress, batch.pdf_file), ('running', 0.0, False))
        self.run_job()
        self.assertEqual((batch.state, batch.progress, batch.failed_count), ('done', 100.0, 0))
        self.assertEqual(self.widths(batch), self.reviews.ids)

    def test_single_documents_are_not_kept(self):
        batch = self.begin()
        self.run_job()
        self.assertFalse(any(batch.line_ids.mapped('pdf_file')))

    def test_printed_as_whoever_asked_for_it(self):
        self.begin(user=self.leo)
        self.run_job()
        self.assertEqual({user for _review, _edition, user in self.printed}, {self.leo})

    def test_edition_for_customers(self):
        self.begin(customer=True)
        self.run_job()
        self.assertEqual({edition for _review, edition, _user in self.printed}, {'customer'})

    def test_broken_review_is_named_and_stops_nothing(self):
        self.broken.add(self.reviews[1].id)
        batch = self.begin()
        with mute_logger('odoo.addons.kam_kpi.models.kam_review_batch_line'):
            self.run_job()
        self.assertEqual((batch.state, batch.failed_count, batch.line_ids[1].problem), ('done', 1, "A font is missing"))
        self.assertEqual(self.widths(batch), (self.reviews - self.reviews[1]).ids)

    def test_job_goes_on_where_it_was_broken_off(self):
        batch = self.begin()
        batch.line_ids[:2]._print()  # the slice that was kept before the process was killed
        self.printed.clear()
        self.run_job()
        self.assertEqual([review for review, _edition, _user in self.printed], self.reviews[2:].ids)
        self.assertEqual(self.widths(batch), self.reviews.ids)

    def test_progress(self):
        batch = self.begin()
        batch.line_ids[:1]._print()
        self.assertEqual((batch.progress, batch.printed_count, batch.review_count), (25.0, 1, 4))

    def test_ten_runs_print_once(self):
        self.begin()
        for _run in range(10):
            self.run_job()
        self.assertEqual(len(self.printed), 4)

    def test_review_of_a_colleague_is_refused(self):
        with self.assertRaises(AccessError):
            self.begin(self.reviews | self.new_review(self.beta))

    def test_account_handed_over_meanwhile_is_left_out(self):
        batch = self.begin()
        self.reviews[0].partner_id.kam_user_id = self.ben
        self.run_job()
        self.assertEqual(batch.line_ids[0].state, 'failed')
        self.assertIn("may not see", batch.line_ids[0].problem)

    def test_file_belongs_to_whoever_asked_for_it(self):
        batch = self.begin()
        self.run_job()
        for user in (self.ben, self.leo, self.diana):
            with self.subTest(user=user.name), self.assertRaises(AccessError):
                batch.with_user(user).read(['pdf_file'])

    def test_portfolio_of_a_manager(self):
        review = self.env['kam.review'].with_user(self.leo).create({'user_id': self.anna.id, 'date_start': '2026-04-01', 'date_end': '2026-06-30'})
        action = review.action_print_portfolio()
        batch = self.env['kam.review.batch'].browse(action['res_id'])
        self.assertEqual(batch.line_ids.review_id.ids, [review.id, *self.reviews.ids])

    def test_try_again(self):
        self.broken.add(self.reviews[1].id)
        batch = self.begin(self.reviews[:2])
        with mute_logger('odoo.addons.kam_kpi.models.kam_review_batch_line'):
            self.run_job()
        self.broken.clear()
        batch.line_ids[1].action_again()
        self.run_job()
        self.assertEqual(batch.line_ids[1].state, 'printed')
        self.assertEqual(self.widths(batch), self.reviews[:2].ids)
