from odoo import models


class SurveyUserInput(models.Model):
    _inherit = 'survey.user_input'

    def _mark_done(self):
        result = super()._mark_done()
        if self.survey_id.question_ids.filtered('kam_purpose'):
            # An answer shows on the account within a minute, not at the next full hour.
            self.env.ref('kam_kpi.ir_cron_kam_fact_refresh').sudo()._trigger()  # respondents have no rights on jobs
        return result
