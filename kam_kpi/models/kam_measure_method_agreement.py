from odoo import models
from odoo.tools import SQL


class KamMeasureMethodAgreement(models.Model):
    """Agreements that end, on the day they end: renewed, lost, or not decided yet.

    Whether the days of grace are over depends on the day one looks, so that
    is no fact: undecided agreements carry the midnight after which they are
    lost, and are counted by it. Values are in the company's currency at the
    rates of the day the agreement ends, the next one's value too: a movement
    of rates renews nothing.
    """

    _inherit = 'kam.measure'

    def _query_renewals_due(self):
        """Value of the agreements that are decided."""
        return self._agreement_rows(self._due_sql(), SQL("(s.id IS NOT NULL OR a.state = 'lost')"))

    def _query_renewals_kept(self):
        """Of it what the next agreements keep: at most as much as was due."""
        return self._agreement_rows(SQL("LEAST(%s, %s)", self._due_sql(), self._renewed_sql()), SQL("s.id IS NOT NULL"))

    def _query_renewals_value(self):
        """Value of the next agreements, whatever was due."""
        return self._agreement_rows(self._renewed_sql(), SQL("s.id IS NOT NULL"))

    def _query_renewals_decided(self):
        return self._agreement_rows(SQL("1"), SQL("(s.id IS NOT NULL OR a.state = 'lost')"))

    def _query_renewals_done(self):
        return self._agreement_rows(SQL("1"), SQL("s.id IS NOT NULL"))

    def _query_renewals_open_due(self):
        """Value of those not decided; ``moment`` is when the last day of grace begins."""
        return self._agreement_rows(self._due_sql(), SQL("s.id IS NULL AND a.state = 'active'"))

    def _query_renewals_open(self):
        return self._agreement_rows(SQL("1"), SQL("s.id IS NULL AND a.state = 'active'"))

    def _due_sql(self):
        return self._converted_sql(SQL("a.annual_value"), SQL("a.currency_id"), 'c', SQL("a.date_end"))

    def _renewed_sql(self):
        return self._converted_sql(SQL("s.annual_value"), SQL("s.currency_id"), 'c', SQL("a.date_end"))

    def _agreement_rows(self, amount, condition):
        """Rows of agreements ``a`` that were signed; ``s`` is the one which renews it."""
        return SQL(
            """SELECT 'kam.agreement'::varchar AS model, a.id AS res_id, p.commercial_partner_id AS partner_id, a.company_id, a.date_end AS date,
                      timezone('UTC', timezone(COALESCE(c.kam_timezone, 'UTC'), (a.date_end + c.kam_grace_days)::timestamp)) AS moment,
                      NULL::int AS user_id, ('agreement,' || a.id)::varchar AS key, NULL::int AS categ_id, (%(amount)s)::numeric AS amount
                 FROM kam_agreement a
                 JOIN res_company c ON c.id = a.company_id
                 JOIN res_partner p ON p.id = a.partner_id
                 LEFT JOIN kam_agreement s ON s.id = a.successor_id AND s.state IN ('active', 'lost')
                      AND s.date_start <= a.date_end + c.kam_grace_days
                WHERE a.state IN ('active', 'lost') AND %(condition)s""",
            amount=amount, condition=condition)
