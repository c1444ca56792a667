from odoo import api, fields, models


class KamExplainDoubt(models.TransientModel):
    """What makes the explained figure doubtful, of an account."""

    _inherit = 'kam.explain'

    doubts = fields.Text("Doubtful, because", compute='_compute_doubts')

    @api.depends('partner_id', 'kpi_id', 'company_id')
    @api.depends_context('lang', 'uid')
    def _compute_doubts(self):
        for explain in self:
            issues = self.env['kam.data.issue'].search([
                ('partner_id', '=', explain.partner_id.id), ('company_id', '=', explain.company_id.id), ('state', '=', 'open'),
                ('kpi_ids', 'in', explain.kpi_id.ids)]) if explain.partner_id and self.env['kam.data.issue'].has_access('read') else []
            explain.doubts = "\n".join(issue.words for issue in issues) or False
