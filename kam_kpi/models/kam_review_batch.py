import base64
import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.pdf import merge_pdf

from .kam_review_print import EDITIONS

_logger = logging.getLogger(__name__)

# A job is run ten times in a row before others get their turn, and Odoo ends a worker after two minutes: ten slices have to fit
# into that, at some three seconds a document.
SLICE = 3
KEPT_DAYS = 14


class KamReviewBatch(models.Model):
    """Many reviews printed into one file by a job, slice by slice, while people go on working.

    Each document is printed with the rights and in the language of its reader, as if whoever asked for the batch printed it, and kept
    until all are there; then they are merged in the order of the lines. A job that is broken off loses the slice
    it was at and goes on with it. A review that cannot be printed is named and does not stop the others.
    Finished batches are deleted after two weeks.
    """

    _name = 'kam.review.batch'
    _description = "Reviews in One File"
    _order = 'id desc'

    name = fields.Char(required=True)
    edition = fields.Selection([('internal', "Internal"), ('customer', "For the customer")], required=True, default='internal')
    user_id = fields.Many2one('res.users', "Asked for by", required=True, ondelete='cascade', index=True, default=lambda self: self.env.user, readonly=True)
    company_id = fields.Many2one('res.company', required=True, ondelete='cascade', index=True, default=lambda self: self.env.company, readonly=True)
    state = fields.Selection([('running', "Printing"), ('done', "Ready")], required=True, default='running', readonly=True, index=True)
    line_ids = fields.One2many('kam.review.batch.line', 'batch_id', "Reviews", readonly=True)
    review_count = fields.Integer("Number of reviews", compute='_compute_progress')
    printed_count = fields.Integer("Printed", compute='_compute_progress')
    failed_count = fields.Integer("Not printed", compute='_compute_progress')
    progress = fields.Float(compute='_compute_progress', help="In percent.")
    pdf_file = fields.Binary("File", attachment=True, readonly=True)
    pdf_name = fields.Char(readonly=True)

    @api.depends('line_ids.state')
    def _compute_progress(self):
        counts = {(batch, state): count for batch, state, count in self.env['kam.review.batch.line']._read_group(
            [('batch_id', 'in', self.ids)], ['batch_id', 'state'], ['__count'])}
        for batch in self:
            todo, printed, failed = (counts.get((batch, state), 0) for state in ('todo', 'printed', 'failed'))
            batch.review_count, batch.printed_count, batch.failed_count = todo + printed + failed, printed, failed
            batch.progress = 100 * (printed + failed) / batch.review_count if batch.review_count else 100.0

    @api.model
    def _begin(self, reviews, name, edition='internal'):
        """Have these reviews printed into one file, in their order; return the action which shows how far it is."""
        reviews.check_access('read')
        if not reviews:
            raise UserError(self.env._("There is nothing to print: choose at least one review."))
        if edition not in EDITIONS:
            raise ValueError(edition)
        batch = self.create({
            'name': name, 'edition': edition,
            'line_ids': [(0, 0, {'review_id': review.id, 'sequence': place}) for place, review in enumerate(reviews)]})
        self.env.ref('kam_kpi.ir_cron_kam_review_batch')._trigger()
        return batch._open()

    def _open(self):
        self.ensure_one()
        return {'type': 'ir.actions.act_window', 'res_model': self._name, 'res_id': self.id, 'views': [(False, 'form')], 'name': self.name}

    @api.model
    def _cron_print(self):
        """Print what waits, a slice at a time; each slice is kept before the next one begins."""
        lines = self.env['kam.review.batch.line'].search([('state', '=', 'todo')])
        self.env['ir.cron']._commit_progress(remaining=len(lines))
        for place in range(0, len(lines), SLICE):
            part = lines[place:place + SLICE]
            part._print()
            self._finish(part.batch_id)
            if not self.env['ir.cron']._commit_progress(processed=len(part)):
                break
            self.env.invalidate_all()  # what was printed is not needed any more

    @api.model
    def _finish(self, batches):
        """Merge the documents of batches that are complete, and give the file to whoever asked for it."""
        for batch in batches.filtered(lambda batch: batch.state == 'running' and not batch.line_ids.filtered(lambda line: line.state == 'todo')):
            documents = [base64.b64decode(line.pdf_file) for line in batch.line_ids if line.state == 'printed']
            batch.write({
                'state': 'done', 'pdf_name': f'{batch.name}.pdf'.replace('/', '-'),
                'pdf_file': base64.b64encode(merge_pdf(documents)) if documents else False})
            if not batch.failed_count:  # else they are merged anew with what is printed later
                batch.line_ids.pdf_file = False
            batch.user_id._bus_send('simple_notification', {
                'type': 'success', 'title': batch.env._("Reviews in one file"), 'message': batch.env._("“%(name)s” is ready.", name=batch.name)})

    @api.autovacuum
    def _gc_batches(self):
        limit = fields.Datetime.now() - timedelta(days=KEPT_DAYS)
        self.sudo().search([('state', '=', 'done'), ('create_date', '<', limit)]).unlink()  # sudo: of all people
