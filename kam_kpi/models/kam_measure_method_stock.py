from odoo import api, models
from odoo.tools import SQL

# What the pipeline forecast adds up: which measure stands for which part of it.
FORECAST_MEASURES = {
    'order_backlog': 'backlog', 'pipeline_unordered': 'open', 'pipeline_weighted': 'weighted', 'pipeline_variance': 'variance',
}


class KamMeasureMethodStock(models.Model):
    """What is still to come: orders not invoiced yet, and opportunities not decided yet.

    Stocks: a picture of them is taken every day. An opportunity with a
    confirmed order is no longer one here, since its money stands in the order
    already; ``open_pipeline``, which is declared without code, has all of them.
    """

    _inherit = 'kam.measure'

    def _query_pipeline_unordered(self):
        """Expected revenue of open opportunities without a confirmed order, on the day they are expected to close."""
        return self._pipeline_rows(SQL("1"))

    def _query_pipeline_weighted(self):
        """The same, times the probability."""
        return self._pipeline_rows(SQL("p.chance"))

    def _query_pipeline_variance(self):
        """What such an opportunity adds to the variance of the sum: amount² p (1 − p), of independent ones."""
        return self._pipeline_rows(SQL("COALESCE(l.expected_revenue, 0) * p.chance * (1 - p.chance)"))

    def _pipeline_rows(self, factor):
        """Rows of open opportunities; ``factor`` is SQL by which the expected revenue is multiplied."""
        account, moment = SQL("c.commercial_partner_id"), SQL("l.date_deadline")
        company = self._fallback_company_sql(SQL("l.company_id"), account, moment, self.env['kam.fact']._main_company_id())
        return SQL(
            """SELECT 'crm.lead'::varchar AS model, l.id AS res_id, %(account)s AS partner_id, %(company)s AS company_id,
                      l.date_deadline AS date, l.date_deadline::timestamp AS moment, l.user_id AS user_id, NULL::varchar AS key,
                      NULL::int AS categ_id, COALESCE(l.expected_revenue, 0)::numeric * %(factor)s AS amount
                 FROM crm_lead l
                CROSS JOIN LATERAL (SELECT (COALESCE(l.probability, 0) / 100)::numeric AS chance) p
                 LEFT JOIN res_partner c ON c.id = l.partner_id
                WHERE l.type = 'opportunity' AND l.won_status = 'pending' AND l.active AND l.date_deadline IS NOT NULL
                  AND NOT EXISTS (SELECT 1 FROM sale_order o WHERE o.opportunity_id = l.id AND o.state = 'sale')""",
            account=account, company=company, factor=factor)

    def _query_order_backlog(self):
        """What of confirmed orders is not invoiced yet, in company currency at the order's rate.

        It falls due on the promised delivery; without one the order's own date
        stands for "any time now". Down payments are no goods.
        """
        return SQL(
            """SELECT 'sale.order'::varchar AS model, o.id AS res_id, p.commercial_partner_id AS partner_id, o.company_id AS company_id,
                      timezone(COALESCE(c.kam_timezone, 'UTC'), timezone('UTC', COALESCE(o.commitment_date, o.date_order)))::date AS date,
                      COALESCE(o.commitment_date, o.date_order) AS moment, o.user_id AS user_id, NULL::varchar AS key,
                      NULL::int AS categ_id, b.amount / COALESCE(NULLIF(o.currency_rate, 0), 1)::numeric AS amount
                 FROM sale_order o
                 JOIN res_company c ON c.id = o.company_id
                 LEFT JOIN res_partner p ON p.id = o.partner_id
                 JOIN LATERAL (
                     SELECT SUM(GREATEST(i.price_subtotal - COALESCE(i.untaxed_amount_invoiced, 0), 0))::numeric AS amount
                       FROM sale_order_line i
                      WHERE i.order_id = o.id AND i.display_type IS NULL AND i.is_downpayment IS NOT TRUE) b ON b.amount > 0
                WHERE o.state = 'sale'""")

    @api.model
    def _pipeline_sums(self, company, today, date_end):
        """Return ``{account id or None: {part: amount}}`` of what is expected by the last day of a period.

        Parts: ``backlog``, ``open``, ``weighted``, ``variance``. From the last picture;
        ``None`` when none was taken yet. Opportunities whose day has passed are no longer expected.
        """
        if not company.kam_pictured_on:
            return None
        ids = self._ids_by_code()
        measures = {ids[code]: part for code, part in FORECAST_MEASURES.items()}
        rows = self.env.execute_query(SQL(
            """SELECT f.partner_id, f.measure_id, SUM(f.amount)
                 FROM kam_fact f
                WHERE f.measure_id = ANY(%(measures)s) AND f.company_id = %(company)s AND f.date = %(picture)s AND f.moment < %(stop)s
                  AND (f.measure_id = %(backlog)s OR f.moment >= %(today)s)
                GROUP BY f.partner_id, f.measure_id""",
            measures=list(measures), company=company.id, picture=company.kam_pictured_on, today=today,
            stop=SQL("%s::date + 1", date_end), backlog=ids['order_backlog']))
        sums = {}
        for account, measure, amount in rows:
            sums.setdefault(account, {})[measures[measure]] = float(amount)
        return sums
