from datetime import datetime

from odoo import Command
from odoo.tests import TransactionCase, tagged


@tagged('post_install', '-at_install')
class TestAnswersCompany(TransactionCase):
    """Answers carry no company of their own: it is found through the account of who answered."""

    def test_answer_of_an_account_without_company_counts_once_in_the_main_one(self):
        account = self.env['res.partner'].create({'name': "Account", 'is_company': True, 'company_id': False})
        contact = self.env['res.partner'].create({'name': "Contact", 'parent_id': account.id})
        self.env['survey.user_input'].create({
            'survey_id': self.env.ref('kam_kpi.survey_csat_nps').id,
            'partner_id': contact.id,
            'state': 'done',
            'end_datetime': datetime(2025, 3, 5, 12),
            'user_input_line_ids': [Command.create({
                'question_id': self.env.ref('kam_kpi.question_csat').id, 'answer_type': 'scale', 'value_scale': 5})],
        })
        self.env['kam.fact'].rebuild()
        facts = self.env['kam.fact'].search([
            ('partner_id', '=', account.id), ('measure_id', '=', self.env.ref('kam_kpi.kam_measure_csat_satisfied').id)])
        self.assertRecordValues(facts, [{'company_id': self.env.ref('base.main_company').id, 'amount': 1.0}])
