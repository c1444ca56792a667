import base64
import hashlib
import json
import logging

from odoo import api, fields, models
from odoo.exceptions import UserError

_logger = logging.getLogger(__name__)


def canonical_hash(data):
    """SHA-256 of the data in one fixed spelling, so that equal data has an equal hash.

    >>> canonical_hash({'b': 1, 'a': None}) == canonical_hash({'a': None, 'b': 1})
    True
    """
    return hashlib.sha256(json.dumps(data, sort_keys=True, separators=(',', ':')).encode()).hexdigest()


class KamReviewSign(models.AbstractModel):
    """Sharing, signing by both sides, and what is kept of it.

    At the second signature the review is frozen: ``snapshot`` keeps the
    numbers and, apart from them, the names (so that a person can be erased
    without touching a number), each with its hash. ``pdf_file`` is the
    document as signed; it is a field of the review, served only to those who
    may read the review.
    """

    _name = 'kam.review.sign'
    _description = "Signing of a Review"

    internal_signed_id = fields.Many2one('res.users', "Signed for us by", ondelete='restrict', readonly=True, copy=False)
    internal_signed_on = fields.Date("Signed for us on", readonly=True, copy=False)
    counterpart_name = fields.Char("Signs for the other side", copy=False, help="The customer's representative, or the leader.")
    counterpart_role = fields.Char("Role", copy=False)
    counterpart_signed_on = fields.Date("Signed for the other side on", readonly=True, copy=False)
    signed_on = fields.Datetime("Frozen on", readonly=True, copy=False)
    snapshot = fields.Json(readonly=True, copy=False)
    snapshot_hash = fields.Char("Fingerprint of the figures", readonly=True, copy=False)
    names_hash = fields.Char("Fingerprint of the names", readonly=True, copy=False)
    pdf_file = fields.Binary("Signed document", attachment=True, readonly=True, copy=False)
    pdf_name = fields.Char(compute='_compute_pdf_name')
    is_untouched = fields.Boolean("As signed", compute='_compute_is_untouched', help="The figures still match their fingerprint.")
    is_locked = fields.Boolean(compute='_compute_is_locked', help="Signed by one side or both: the content is closed.")
    restatement = fields.Text("Since then", compute='_compute_restatement', help="What the documents say today that differs from the signed figures.")

    def _compute_pdf_name(self):
        for review in self:
            review.pdf_name = review._pdf_name()

    def _pdf_name(self):
        return '%s.pdf' % (self.name or '').replace('/', '-').replace(':', '')

    @api.depends('state', 'internal_signed_on', 'counterpart_signed_on')
    def _compute_is_locked(self):
        for review in self:
            review.is_locked = bool(review.state == 'signed' or review.internal_signed_on or review.counterpart_signed_on)

    @api.depends('snapshot_hash', 'state')
    def _compute_is_untouched(self):
        for review in self:
            review.is_untouched = review.state == 'signed' and canonical_hash(review._numbers()) == review.snapshot_hash

    @api.depends('state')
    @api.depends_context('lang')
    def _compute_restatement(self):
        for review in self:
            changed = [line for line in review.kpi_ids if line.restated_text] if review.state == 'signed' else []
            review.restatement = '\n'.join('%s: %s' % (line.kpi_id.name, line.restated_text) for line in changed) or False

    def action_share(self):
        """Hand the draft to the other side for discussion."""
        for review in self:
            if review.state != 'draft':
                raise UserError(self.env._("%(review)s is shared already.", review=review.name))
        self._store_state({'state': 'shared'})

    def action_draft(self):
        """Take a shared review back; signatures given so far are void."""
        self._check_open()
        self._store_state({'state': 'draft', 'internal_signed_id': False, 'internal_signed_on': False, 'counterpart_signed_on': False})

    def action_withdraw(self):
        """Void the signatures given so far, so that the text can be changed again."""
        self._check_open()
        self._store_state({'internal_signed_id': False, 'internal_signed_on': False, 'counterpart_signed_on': False})

    def action_sign_internal(self):
        """Sign for our side, as the current user."""
        for review in self:
            review._check_signable()
            if review.internal_signed_on:
                raise UserError(self.env._("%(user)s has signed already.", user=review.internal_signed_id.name))
            review._store_state({'internal_signed_id': self.env.uid, 'internal_signed_on': fields.Date.context_today(review)})
            review._freeze_if_agreed()

    def action_sign_counterpart(self):
        """Record the other side's signature, given by the person named."""
        for review in self:
            review._check_signable()
            if review.counterpart_signed_on:
                raise UserError(self.env._("%(name)s has signed already.", name=review.counterpart_name))
            if not (review.counterpart_name or '').strip():
                raise UserError(self.env._("Fill in who signs for the other side first."))
            review._store_state({'counterpart_signed_on': fields.Date.context_today(review)})
            review._freeze_if_agreed()

    def _store_state(self, vals):
        """Write state and signatures for a user who may write the review, one at a time."""
        self.check_access('write')
        self.lock_for_update()
        self._store(vals)

    def _check_signable(self):
        self.ensure_one()
        self._check_open()
        if self.state != 'shared':
            raise UserError(self.env._("Share the review before it is signed: both sides sign what both have seen."))
        if self.company_id._kam_today() <= self.date_end:
            raise UserError(self.env._("The period runs until %(day)s: sign once it is over.", day=self._format_day(self.date_end)))

    def _check_unsigned(self):
        """Refuse to change what one side has signed."""
        if self.filtered('internal_signed_on') or self.filtered('counterpart_signed_on'):
            raise UserError(self.env._("One side has signed what is here. Withdraw the signatures before you change it."))

    def _freeze_if_agreed(self):
        self.ensure_one()
        if not (self.internal_signed_on and self.counterpart_signed_on):
            return
        numbers, names = self._numbers(), self._names()
        self._store({
            'snapshot': {'numbers': numbers, 'names': names},
            'snapshot_hash': canonical_hash(numbers),
            'names_hash': canonical_hash(names),
            'signed_on': fields.Datetime.now(),
            'state': 'signed',
        })
        self.activity_unlink(['mail.mail_activity_data_todo'])
        self.message_post(body=self.env._(
            "Signed by both sides. Fingerprint of the figures: %(hash)s", hash=self.snapshot_hash), subtype_xmlid='mail.mt_note')
        self._keep_pdf()

    def _keep_pdf(self):
        """Keep the document as signed. Without it the review is signed all the same; the nightly job tries again."""
        if not self.env.registry.ready:
            return  # While modules are loaded nobody serves the styles of a document.
        Report = self.env['ir.actions.report']
        for review in self:
            try:
                with self.env.cr.savepoint():
                    content, kind = Report._render_qweb_pdf('kam_kpi.action_report_review', review.ids)
            except UserError as error:
                _logger.warning("The document of review %s could not be made, it will be tried again: %s", review.id, error)
                continue
            if kind == 'pdf':
                review._store({'pdf_file': base64.b64encode(content)})

    def _numbers(self):
        """All figures of the review by code and id, without a name: what the fingerprint is taken of."""
        self.ensure_one()
        names = ('value', 'numerator', 'denominator', 'value_last_year', 'value_previous', 'target', 'attainment')
        figures = self.figures or {}
        return {
            'subject': [self._subject()._name, self._subject().id],
            'company': self.company_id.id,
            'currency': self.currency_id.name,
            'period': [str(self.date_start), str(self.date_end)],
            'filled_on': str(self.filled_on),
            'kpis': [{
                'code': line.code, 'unit': line.unit, 'state': line.state, 'reason': line.reason or None, 'status': line.status,
                'sample_size': line.sample_size,
                **{name: None if line[name] is False else line[name] for name in names},
            } for line in self.kpi_ids.sorted('kpi_id')],
            'bridge': figures.get('bridge'),
            'trend': figures.get('trend'),
            'next_targets': figures.get('next_targets'),
            'health': [None if self.health is False else self.health, self.health_state or None],
        }

    def _names(self):
        """What people are called and what they agreed, as signed."""
        self.ensure_one()
        return {
            'subject': self._subject().display_name,
            'kpis': {line.code: [line.kpi_id.name, line.kpi_id.numerator or '', line.kpi_id.denominator or ''] for line in self.kpi_ids},
            'signatures': [
                {'name': self.internal_signed_id.name, 'on': str(self.internal_signed_on)},
                {'name': self.counterpart_name, 'role': self.counterpart_role or '', 'on': str(self.counterpart_signed_on)},
            ],
            'actions': self._action_rows(),
        }
