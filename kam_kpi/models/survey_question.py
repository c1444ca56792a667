from odoo import fields, models


class SurveyQuestion(models.Model):
    _inherit = 'survey.question'

    kam_purpose = fields.Selection([
        ('csat', "Customer satisfaction"),
        ('nps', "Net promoter score"),
        ('ces', "Customer effort score"),
    ], "Key account measure", help="Answers to this question count for the account of the person who answers.")
    kam_satisfied_from = fields.Integer(
        "Satisfied from", default=4, help="The lowest answer that counts as satisfied: 4 on a scale from 1 to 5.")

    def _kam_range(self):
        """The lowest and highest answer, of a number only where it has to lie between them; else None."""
        self.ensure_one()
        if self.question_type == 'scale':
            return self.scale_min, self.scale_max
        if self.question_type == 'numerical_box' and self.validation_required:
            return self.validation_min_float_value, self.validation_max_float_value
        return None
