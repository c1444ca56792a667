from odoo import models


class IrActionsReport(models.Model):
    _inherit = 'ir.actions.report'

    def _render_qweb_pdf_prepare_streams(self, report_ref, data, res_ids=None):
        # Odoo serves a document kept on a report without asking who reads it: for reviews somebody who may not is refused first.
        report = self._get_report(report_ref)
        if res_ids and report.model == 'kam.review':
            self.env['kam.review'].browse(res_ids).check_access('read')
        return super()._render_qweb_pdf_prepare_streams(report_ref, data, res_ids=res_ids)
