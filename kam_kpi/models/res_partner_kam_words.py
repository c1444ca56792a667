from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools.misc import format_date

from ..tools.period import shift_months
from .kam_measure_method_voice import RATING_MODELS
from .kam_value_mixin import KAM_GROUPS

SHOWN = 5
MONTHS = 24


class ResPartnerKamWords(models.Model):
    """What the people of a key account wrote in surveys and ratings."""

    _inherit = 'res.partner'

    kam_words = fields.Html("In their words", compute='_compute_kam_words', groups=KAM_GROUPS, sanitize=False)

    @api.depends('commercial_partner_id')
    @api.depends_context('uid', 'company', 'lang')
    def _compute_kam_words(self):
        """For the one account of a form: the latest remarks as people read them; False without any, or for whom the account is none of theirs."""
        for partner in self:
            account = partner.commercial_partner_id._origin
            remarks = account._kam_remarks() if account._kam_may_read_words() else []
            partner.kam_words = remarks and self.env['ir.qweb']._render('kam_kpi.kam_account_words', {'remarks': remarks})

    def _kam_may_read_words(self):
        """Whose health of the account one may see, may read what its people wrote."""
        return bool(self.env['kam.health'].search_count([('partner_id', '=', self.id), ('company_id', '=', self.env.company.id)], limit=1))

    def _kam_remarks(self):
        """Return the latest remarks, ``[{'date', 'words', 'score', 'who'}]``, the newest first.

        Test entries are none; of answers made anonymous nobody's name is shown.
        """
        since = fields.Datetime.to_datetime(shift_months(self.env.company._kam_today(), -MONTHS))
        everything = self.sudo()  # sudo: surveys and ratings are closed to account managers; who may read them was asked before
        remarks = everything._kam_survey_remarks(since) + everything._kam_rating_remarks(since)
        remarks.sort(key=lambda remark: remark['at'], reverse=True)
        return [{
            **remark, 'date': format_date(self.env, fields.Datetime.context_timestamp(self, remark['at'])),
        } for remark in remarks[:SHOWN]]

    def _kam_survey_remarks(self, since):
        lines = self.env['survey.user_input.line'].search([
            ('user_input_id.partner_id.commercial_partner_id', '=', self.id), ('user_input_id.state', '=', 'done'), ('user_input_id.test_entry', '=', False),
            ('create_date', '>=', since), ('value_text_box', '!=', False),
        ], order='create_date desc, id desc', limit=SHOWN)
        return [{
            'at': line.user_input_id.end_datetime or line.create_date, 'words': line.value_text_box,
            'score': ", ".join(
                other._kam_score() for other in line.user_input_id.user_input_line_ids
                if other.question_id.kam_purpose and other.answer_type in ('scale', 'numerical_box') and not other.skipped),
            'who': not line.user_input_id.kam_anonymous and line.user_input_id.partner_id.name,
        } for line in lines]

    def _kam_rating_remarks(self, since):
        ratings = self.env['rating.rating'].search(Domain([
            ('partner_id.commercial_partner_id', '=', self.id), ('consumed', '=', True), ('res_model', 'in', RATING_MODELS),
            ('rated_on', '>=', since), ('feedback', 'not in', (False, '')),
        ]), order='rated_on desc, id desc', limit=SHOWN)
        return [{'at': rating.rated_on, 'words': rating.feedback, 'score': f"{rating.rating:g} / 5", 'who': rating.partner_id.name} for rating in ratings]
