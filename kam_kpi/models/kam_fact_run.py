from datetime import timedelta

from odoo import api, fields, models

KEPT_DAYS = 30


class KamFactRun(models.Model):
    """When the facts were last made equal to the documents, and what it took; runs of the last month are kept."""

    _name = 'kam.fact.run'
    _description = "Refresh of the Figures"
    _log_access = False
    _order = 'finished_at desc, id desc'
    _rec_name = 'finished_at'

    finished_at = fields.Datetime(required=True, index=True)
    accounts = fields.Integer(help="Accounts with changed documents.")
    months = fields.Integer(help="Months of accounts that were made anew.")

    @api.autovacuum
    def _gc_runs(self):
        self.sudo().search([('finished_at', '<', fields.Datetime.now() - timedelta(days=KEPT_DAYS))]).unlink()  # nobody else deletes them
