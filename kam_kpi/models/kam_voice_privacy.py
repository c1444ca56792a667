import logging

from odoo import api, fields, models

from .kam_measure_method_voice import RATING_MODELS

_logger = logging.getLogger(__name__)

BATCH = 500


class KamVoiceInvitation(models.Model):
    """How long an answer tells whose it is, and how that is erased."""

    _inherit = 'kam.voice.invitation'

    def _anonymise(self):
        """Forget the person; that somebody was asked, and whether they answered, stays for the response rate."""
        self.write({'contact_id': False, 'stakeholder_id': False, 'email': False, 'problem': False})

    def action_anonymise(self):
        """Erase who was asked, and whose the answer was with what they wrote."""
        self.check_access('write')
        answers = self.sudo().user_input_id  # sudo: checked above
        answers._kam_anonymise(words=True)
        self._anonymise()

    @api.model
    def _cron_erase(self):
        """Daily: make answers anonymous whose time is over, and forget whom we asked so long ago.

        Whose time is over is decided by the company of the account, the main one for
        accounts without. Figures of closed periods are stored and do not move.
        """
        main = self.env['kam.fact']._main_company_id()
        for company in self.env['res.company'].search([('kam_voice_months', '>', 0)]):
            limit = fields.Date.subtract(company._kam_today(), months=company.kam_voice_months)
            companies = [company.id, False] if company.id == main else [company.id]
            answers = self.env['survey.user_input'].search([
                ('state', '=', 'done'), ('kam_anonymous', '=', False), ('partner_id.commercial_partner_id.is_key_account', '=', True),
                ('partner_id.company_id', 'in', companies), ('end_datetime', '<', fields.Datetime.to_datetime(limit)),
                ('survey_id.question_and_page_ids.kam_purpose', '!=', False)], limit=BATCH)
            answers._kam_anonymise()
            ratings = self._ratings_over(companies, limit)
            ratings._kam_anonymise()
            # Who was deleted since has left an address.
            asked = self.search([
                ('company_id', '=', company.id), ('wave', '<', limit),
                '|', '|', ('contact_id', '!=', False), ('stakeholder_id', '!=', False), ('email', '!=', False)], limit=BATCH)
            asked._anonymise()
            if BATCH in (len(answers), len(asked), len(ratings)):
                self.env.ref('kam_kpi.ir_cron_kam_voice_daily')._trigger()
            if answers or ratings:
                _logger.info("Made %s answers and %s ratings of customers anonymous", len(answers), len(ratings))

    @api.model
    def _ratings_over(self, companies, limit):
        """Ratings of people of key accounts whose time is over; what is the account's already tells of nobody."""
        return self.env['rating.rating'].search([
            ('consumed', '=', True), ('res_model', 'in', RATING_MODELS), ('rated_on', '<', fields.Datetime.to_datetime(limit)),
            ('partner_id.commercial_partner_id.is_key_account', '=', True), ('partner_id.company_id', 'in', companies),
            ('partner_id', 'any', [('kam_is_account', '=', False)])], limit=BATCH)


class KamVoiceFollowup(models.Model):
    _inherit = 'kam.voice.followup'

    def _anonymise(self, words=True):
        """Forget the person; with ``words``, what they and we wrote about it as well."""
        gone = {'contact_id': False}
        if words:
            gone.update(words=False, explanation=False)
        self.sudo().write(gone)  # sudo: called after a check, or by the job

    def action_anonymise(self):
        """Erase whose answer it was, and what was written about it."""
        self.check_access('write')
        self._anonymise()
