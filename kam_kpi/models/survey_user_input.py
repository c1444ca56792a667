from odoo import fields, models

from ..tools.voice import NPS_LOW, POINTS_LOW


class SurveyUserInput(models.Model):
    """An answer of a customer: it ends its invitation, and is followed up when it is low."""

    _inherit = 'survey.user_input'

    kam_anonymous = fields.Boolean("Made anonymous", readonly=True, copy=False, help="Its account is known, whose answer it was no longer.")

    def _mark_done(self):
        result = super()._mark_done()
        if self.survey_id.question_ids.filtered('kam_purpose'):
            answers = self.sudo()  # sudo: respondents have no rights on what follows
            answers.env['kam.voice.invitation'].search([('user_input_id', 'in', self.ids), ('state', '!=', 'answered')])._answered()
            answers._kam_follow_up()
            # An answer shows on the account within a minute, not at the next full hour.
            answers.env.ref('kam_kpi.ir_cron_kam_fact_refresh')._trigger()
        return result

    def _kam_follow_up(self):
        """Have the low answers among these followed up; test entries and answers of nobody are none."""
        rows = []
        for answer in self.filtered(lambda answer: answer.partner_id and not answer.test_entry):
            low = answer.user_input_line_ids.filtered(lambda line: line._kam_is_low())
            if low:
                account = answer.partner_id.commercial_partner_id
                rows.append({
                    'partner_id': account, 'company': account._kam_voice_company(), 'contact_id': answer.partner_id.id, 'user_input_id': answer.id,
                    'score': ", ".join(line._kam_score() for line in low),
                    'words': "\n".join(answer.user_input_line_ids.filtered('value_text_box').mapped('value_text_box')) or False})
        return self.env['kam.voice.followup']._raise(rows)

    def _kam_anonymise(self, words=False):
        """Erase whose answers these are: the account stays, so that they count as before.

        :param words: erase what they wrote as well
        """
        for account, answers in self.grouped(lambda answer: answer.partner_id.commercial_partner_id).items():
            answers.write({'partner_id': account.id, 'email': False, 'nickname': False, 'kam_anonymous': True})
        self.env['kam.voice.invitation'].search([('user_input_id', 'in', self.ids)])._anonymise()
        self.env['kam.voice.followup'].search([('user_input_id', 'in', self.ids)])._anonymise(words)
        if words:
            self.user_input_line_ids.filtered(lambda line: line.answer_type in ('text_box', 'char_box')).unlink()


class SurveyUserInputLine(models.Model):
    _inherit = 'survey.user_input.line'

    def _kam_is_low(self):
        """Whether this is a low answer: 0 to 6 of 10, 1 or 2 of 5, or dissatisfied on another scale; as in Today."""
        self.ensure_one()
        question = self.question_id
        if self.skipped or self.answer_type not in ('scale', 'numerical_box'):
            return False
        value = self.value_scale if self.answer_type == 'scale' else self.value_numerical_box
        if question.kam_purpose == 'nps':
            return self.answer_type == 'scale' and question._kam_range() == (0, 10) and value <= NPS_LOW
        if question.kam_purpose != 'csat':
            return False
        return value <= POINTS_LOW if question._kam_range() == (1, 5) else value < question.kam_satisfied_from

    def _kam_score(self):
        """The answer and the highest possible, say 3 / 10."""
        if self.answer_type == 'scale':
            return f"{self.value_scale} / {self.question_id.scale_max}"
        return f"{self.value_numerical_box:g}"
