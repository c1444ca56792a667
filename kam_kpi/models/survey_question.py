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
