from odoo import models
from odoo.tools import SQL

KNOWN = "CASE WHEN c.cost IS NOT NULL THEN %s END"
# What an invoice line adds to each measure; NULL where it does not count.
AMOUNTS = {
    'revenue_covered': KNOWN % "r.amount",
    'cost_covered': "c.cost",
    'volume_covered': KNOWN % "ABS(r.amount)",
    'volume': "ABS(r.amount)",
    # whose cost is an estimate: the product's unit cost, neither booked nor on an order
    'volume_estimated': "CASE WHEN c.known IS NULL AND c.estimated IS NOT NULL THEN ABS(r.amount) END",
}


class KamMeasureMethodMargin(models.Model):
    """Revenue and cost of the invoice lines whose cost is known.

    The cost of a line is the first that exists: cost of goods booked with the
    invoice; cost on its order line (with the module that keeps margins on
    orders); the product's unit cost, frozen when the invoice was posted. A
    cost of exactly zero counts as unknown, unless the product is marked to
    cost nothing.
    """

    _inherit = 'kam.measure'

    def _query_revenue_covered(self):
        return self._query_margin('revenue_covered')

    def _query_cost_covered(self):
        return self._query_margin('cost_covered')

    def _query_volume_covered(self):
        return self._query_margin('volume_covered')

    def _query_volume(self):
        return self._query_margin('volume')

    def _query_volume_estimated(self):
        return self._query_margin('volume_estimated')

    def _shared_rows(self):
        revenue = self._revenue_measure()
        members = self.filtered(lambda measure: measure == revenue or measure.engine == 'method' and measure.method in AMOUNTS)
        if len(members) < 2 or revenue.state != 'ok':
            return super()._shared_rows()
        amounts = SQL(", ").join(
            SQL("%s AS %s", SQL("r.amount") if measure == revenue else SQL(AMOUNTS[measure.method]), SQL.identifier(f'amount_{measure.code}'))
            for measure in members)
        return [*super()._shared_rows(), (members, SQL(
            "SELECT r.partner_id, r.company_id, r.date, r.user_id, r.categ_id, %s FROM %s", amounts, self._margin_tables()))]

    def _query_margin(self, method):
        """Rows of the revenue measure with another amount."""
        return SQL(
            """SELECT r.model, r.res_id, r.partner_id, r.company_id, r.date, r.moment, r.user_id, r.key, r.categ_id, %(amount)s AS amount
                 FROM %(tables)s WHERE %(amount)s IS NOT NULL""", amount=SQL(AMOUNTS[method]), tables=self._margin_tables())

    def _revenue_measure(self):
        return self.env.ref('kam_kpi.kam_measure_revenue')

    def _margin_tables(self):
        """FROM of the revenue measure's rows ``r``; ``c.cost`` is the line's cost in company currency."""
        return SQL(
            """(%(revenue)s) r
               JOIN account_move_line l ON l.id = r.res_id
               JOIN account_move m ON m.id = l.move_id
               LEFT JOIN product_product p ON p.id = l.product_id
               LEFT JOIN product_template t ON t.id = p.product_tmpl_id
               LEFT JOIN uom_uom pu ON pu.id = t.uom_id
               LEFT JOIN uom_uom lu ON lu.id = l.product_uom_id
               LEFT JOIN %(booked)s
               CROSS JOIN LATERAL (SELECT COALESCE(NULLIF(%(booked_cost)s, 0), NULLIF(%(ordered)s, 0)) AS known, NULLIF(%(standard)s, 0) AS estimated) k
               CROSS JOIN LATERAL (SELECT k.known, k.estimated, COALESCE(k.known, k.estimated, CASE WHEN t.kam_no_cost THEN 0 END) AS cost) c""",
            revenue=self._revenue_measure().with_context(kam_all_documents=self.env.context.get('kam_all_documents'))._rows(),
            booked=self._booked_sql(), booked_cost=self._booked_cost_sql(), ordered=self._ordered_cost_sql(), standard=self._standard_cost_sql(),
        )

    def _booked_sql(self):
        """Cost of goods ``g.balance`` booked for the same invoice and product: looked up line by line, or once for all documents."""
        rows = SQL(
            """SELECT g.move_id, g.product_id, SUM(g.balance) AS balance
                 FROM account_move_line g JOIN account_account a ON a.id = g.account_id
                WHERE g.display_type = 'cogs' AND g.product_id IS NOT NULL AND a.account_type LIKE 'expense%%'""")
        if self.env.context.get('kam_all_documents'):
            return SQL("(%s GROUP BY g.move_id, g.product_id) g ON g.move_id = l.move_id AND g.product_id = l.product_id", rows)
        return SQL("LATERAL (%s AND g.move_id = l.move_id AND g.product_id = l.product_id GROUP BY g.move_id, g.product_id) g ON TRUE", rows)

    def _booked_cost_sql(self):
        """The line's share of what was booked, by quantity in one unit."""
        return SQL(
            """CASE WHEN g.balance IS NOT NULL THEN g.balance * l.quantity * COALESCE(lu.factor, 1)
               / NULLIF((SELECT SUM(s.quantity * COALESCE(u.factor, 1)) FROM account_move_line s LEFT JOIN uom_uom u ON u.id = s.product_uom_id
                 WHERE s.move_id = l.move_id AND s.product_id = l.product_id AND s.display_type = 'product'), 0) END""")

    def _ordered_cost_sql(self):
        if 'purchase_price' not in self.env['sale.order.line']._fields:
            return SQL("NULL::numeric")
        return SQL(
            """(SELECT SUM(ol.purchase_price / COALESCE(NULLIF(o.currency_rate, 0), 1) / COALESCE(NULLIF(ou.factor, 0), 1) * ol.product_uom_qty)
                       / NULLIF(SUM(ol.product_uom_qty), 0)
                  FROM sale_order_line_invoice_rel rel
                  JOIN sale_order_line ol ON ol.id = rel.order_line_id
                  JOIN sale_order o ON o.id = ol.order_id
                  LEFT JOIN uom_uom ou ON ou.id = ol.product_uom_id
                 WHERE rel.invoice_line_id = l.id)::numeric
               * l.quantity * COALESCE(lu.factor, 1) * CASE WHEN m.move_type = 'out_refund' THEN -1 ELSE 1 END""")

    def _standard_cost_sql(self):
        """Unit cost frozen for this very product, else today's standard cost, times the quantity in the product's own unit."""
        return SQL(
            """COALESCE(CASE WHEN l.kam_cost_product = l.product_id THEN NULLIF(l.kam_unit_cost, 0) END,
                        (p.standard_price ->> l.company_id::text)::numeric)
               * l.quantity * COALESCE(lu.factor / NULLIF(pu.factor, 0), 1)
               * CASE WHEN m.move_type = 'out_refund' THEN -1 ELSE 1 END""")
