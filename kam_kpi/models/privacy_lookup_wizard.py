from odoo import api, fields, models
from odoo.tools import SQL

ERASABLE = ('kam.stakeholder', 'kam.voice.invitation', 'kam.voice.followup', 'survey.user_input')


class PrivacyLookupWizard(models.TransientModel):
    """Finds people on relationship maps of whom there is only a name; those with a contact are found by Odoo."""

    _inherit = 'privacy.lookup.wizard'

    def _get_query(self):
        return SQL(
            """%s UNION ALL SELECT %s AS res_model_id, id AS res_id, active AS is_active
                 FROM kam_stakeholder WHERE contact_id IS NULL AND name ILIKE %s""",
            super()._get_query(), self.env['ir.model']._get_id('kam.stakeholder'), self.name.strip())


class PrivacyLookupWizardLine(models.TransientModel):
    _inherit = 'privacy.lookup.wizard.line'

    may_anonymise = fields.Boolean(compute='_compute_may_anonymise')

    @api.depends('res_model', 'is_unlinked', 'execution_details')
    def _compute_may_anonymise(self):
        for line in self:
            line.may_anonymise = line.res_model in ERASABLE and not line.is_unlinked and line.execution_details != self._anonymised(line)

    def _anonymised(self, line):
        return self.env._("Anonymised %(model)s #%(id)s", model=line.res_model_id.name, id=line.res_id)

    def action_anonymise(self):
        """Leave an empty chair on the map in place of the person; answers stay with the account, whose they were is erased."""
        self.check_access('write')
        for line in self.filtered('may_anonymise'):
            record = self.env[line.res_model].sudo().browse(line.res_id)  # sudo: the wizard is for administrators, like its deletion
            if line.res_model == 'survey.user_input':
                record._kam_anonymise(words=True)
            else:
                record.action_anonymise()
            line.execution_details = self._anonymised(line)

    def action_unlink_all(self):
        """Stakeholders first: a contact who is on a map cannot be deleted before."""
        first = self.filtered(lambda line: line.res_model == 'kam.stakeholder')
        return super(PrivacyLookupWizardLine, first + (self - first)).action_unlink_all()
