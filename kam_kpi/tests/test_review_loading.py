from odoo.tests import tagged

from .review_common import ReviewCase


@tagged('post_install', '-at_install')
class TestReviewLoading(ReviewCase):
    """A review signed while modules are loaded keeps its figures at once and its document later."""

    def test_no_document_is_made_while_modules_load(self):
        review = self.new_review()
        self.patch(self.env.registry, 'ready', False)
        self.sign(review)
        self.assertEqual(review.state, 'signed')
        self.assertTrue(review.snapshot_hash)
        self.assertFalse(review.pdf_file)
