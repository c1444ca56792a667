import logging

from odoo import fields, models
from odoo.exceptions import AccessError

_logger = logging.getLogger(__name__)


class KamReviewBatchLine(models.Model):
    """One review of a batch, and its document until the batch is complete."""

    _name = 'kam.review.batch.line'
    _description = "Review in a Batch"
    _order = 'batch_id, sequence, id'
    _rec_name = 'review_id'

    batch_id = fields.Many2one('kam.review.batch', required=True, ondelete='cascade', index=True)
    sequence = fields.Integer()
    review_id = fields.Many2one('kam.review', "Review", required=True, ondelete='cascade', index=True)
    state = fields.Selection([('todo', "Waiting"), ('printed', "Printed"), ('failed', "Not printed")], required=True, default='todo', index=True)
    problem = fields.Char("What is wrong")
    pdf_file = fields.Binary(attachment=True)

    def _print(self):
        """Print these reviews, each as whoever asked for its batch; what fails is named and does not stop the others."""
        for line in self:
            review = line.review_id.with_user(line.batch_id.user_id).with_company(line.batch_id.company_id)
            try:
                with self.env.cr.savepoint():
                    document = review.get_pdf(line.batch_id.edition)
                line.write({'state': 'printed', 'pdf_file': document['data'], 'problem': False})
            except AccessError:
                line.write({'state': 'failed', 'problem': self.env._("Whoever asked for the file may not see this review any more.")})
            except Exception as error:  # one review must not stop the others
                _logger.exception("Review %s could not be printed", line.review_id.id)
                line.write({'state': 'failed', 'problem': str(error)[:500]})

    def action_again(self):
        """Try once more what could not be printed."""
        failed = self.filtered(lambda line: line.state == 'failed')
        failed.write({'state': 'todo', 'problem': False})
        failed.batch_id.write({'state': 'running'})
        self.env.ref('kam_kpi.ir_cron_kam_review_batch')._trigger()
