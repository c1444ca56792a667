from odoo import models


class SurveySurvey(models.Model):
    _inherit = 'survey.survey'

    def _has_attempts_left(self, partner, email, invite_token):
        """Who was invited by a campaign answers once, whatever the survey allows others."""
        if invite_token and self.env['kam.voice.invitation'].sudo().search_count([  # sudo: respondents read no invitations
                ('user_input_id.invite_token', '=', invite_token), ('state', '=', 'answered')], limit=1):
            return False
        return super()._has_attempts_left(partner, email, invite_token)
