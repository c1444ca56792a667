import logging

from odoo import api, models
from odoo.tools import SQL

from .kam_partitions import Partitions

_logger = logging.getLogger(__name__)

SLICES = 7
COMPARED = SQL("measure_id, company_id, partner_id, date, moment, user_id, key, res_id, amount, count")


class KamFactReconcile(models.Model):
    """Finds what should not happen: facts that differ from their documents though nothing is queued."""

    _inherit = 'kam.fact'

    @api.model
    def _nightly_slice(self):
        """A seventh of the accounts with facts, another one each day of the week."""
        turn = self.env.company._kam_today().weekday()
        return [row[0] for row in self.env.execute_query(SQL(
            "SELECT DISTINCT partner_id FROM kam_fact WHERE partner_id %% %s = %s", SLICES, turn))]

    @api.model
    def _reconcile(self, partner_ids):
        """Rebuild these accounts' facts and return how many rows were different; a difference is logged."""
        if not partner_ids:
            return 0
        self.env.flush_all()
        where = SQL("partner_id = ANY(%s)", list(partner_ids))
        self.env.cr.execute(SQL("CREATE TEMPORARY TABLE kam_fact_before ON COMMIT DROP AS SELECT %s FROM kam_fact WHERE %s", COMPARED, where))
        self._build(self._measures(), Partitions(set(), set(partner_ids), set()))
        [(drift,)] = self.env.execute_query(SQL(
            """SELECT COUNT(*) FROM (
                   (SELECT %(columns)s FROM kam_fact_before EXCEPT ALL SELECT %(columns)s FROM kam_fact WHERE %(where)s)
                   UNION ALL
                   (SELECT %(columns)s FROM kam_fact WHERE %(where)s EXCEPT ALL SELECT %(columns)s FROM kam_fact_before)) d""",
            columns=COMPARED, where=where))
        self.env.cr.execute(SQL("DROP TABLE kam_fact_before"))
        if drift:
            _logger.warning("Key account facts differed from their documents in %s rows and were mended; a change went unnoticed.", drift)
        return drift

    @api.model
    def _repair_triggers(self):
        """Put back triggers which somebody removed, and have everything made anew since nobody watched."""
        missing = self._missing_triggers()
        if missing:
            _logger.warning("Row triggers of the key account facts were missing and are put back: %s", ", ".join(missing))
            self._create_triggers()
            self.env['kam.fact.queue'].create({'everything': True})
