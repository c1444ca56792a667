from uuid import uuid4

from odoo import api, fields, models
from odoo.tools import SQL


class KamFactVersion(models.Model):
    """A token for the facts as they are: another one whenever facts are made, seen by a transaction together with those facts.

    What is costly to work out of all facts is kept for as long as its token is the current one. A token is
    never used twice, also not after a refresh that was rolled back.
    """

    _name = 'kam.fact.version'
    _description = "Version of the Facts"
    _log_access = False

    token = fields.Char(required=True)

    @api.model
    def _current(self):
        """The token of the facts this transaction sees; empty before there are any."""
        rows = self.env.execute_query(SQL("SELECT token FROM kam_fact_version ORDER BY id LIMIT 1"))
        return rows[0][0] if rows else ''

    @api.model
    def _renew(self):
        """Note that facts were made in this transaction."""
        token = str(uuid4())
        self.env.cr.execute(SQL("UPDATE kam_fact_version SET token = %s", token))
        if not self.env.cr.rowcount:
            self.env.cr.execute(SQL("INSERT INTO kam_fact_version (token) VALUES (%s)", token))
