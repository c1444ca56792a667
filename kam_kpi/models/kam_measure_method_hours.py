from odoo import models
from odoo.tools import SQL


class KamMeasureMethodHours(models.Model):
    """Hours which our people wrote down for a customer."""

    _inherit = 'kam.measure'

    def _query_service_hours(self):
        """Lines of timesheets: analytic lines of a project, by the customer of their task or project."""
        of_project = SQL("line.project_id IS NOT NULL") if self._configured_service_hours() else SQL("FALSE")
        return SQL(
            "SELECT r.* FROM (%s) r JOIN account_analytic_line line ON line.id = r.res_id WHERE %s", self._rows_aggregate(None), of_project)

    def _configured_service_hours(self):
        """Whether timesheets are installed: their module gives analytic lines a project."""
        return 'project_id' in self.env['account.analytic.line']._fields
