from odoo import models
from odoo.tools import SQL


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
        return self._query_margin(SQL("r.amount"), SQL("c.cost IS NOT NULL"))

    def _query_cost_covered(self):
        return self._query_margin(SQL("c.cost"), SQL("c.cost IS NOT NULL"))

    def _query_volume_covered(self):
        return self._query_margin(SQL("ABS(r.amount)"), SQL("c.cost IS NOT NULL"))

    def _query_volume(self):
        return self._query_margin(SQL("ABS(r.amount)"), SQL("TRUE"))

    def _query_volume_estimated(self):
        """Volume whose cost is an estimate: the product's unit cost, neither booked nor on an order."""
        return self._query_margin(SQL("ABS(r.amount)"), SQL("c.known IS NULL AND c.estimated IS NOT NULL"))

    def _query_margin(self, amount, condition):
        """Rows of the revenue measure with another amount; ``c.cost`` is the line's cost in company currency."""
        return SQL(
            """SELECT r.model, r.res_id, r.partner_id, r.company_id, r.date, r.moment, r.user_id, r.key, r.categ_id, %(amount)s AS amount
                 FROM (%(revenue)s) r
                 JOIN account_move_line l ON l.id = r.res_id
                 JOIN account_move m ON m.id = l.move_id
                CROSS JOIN LATERAL (SELECT COALESCE(NULLIF(%(booked)s, 0), NULLIF(%(ordered)s, 0)) AS known,
                                           NULLIF(%(standard)s, 0) AS estimated, %(nothing)s AS nothing) k
                CROSS JOIN LATERAL (SELECT k.known, k.estimated, COALESCE(k.known, k.estimated, k.nothing) AS cost) c
                WHERE %(condition)s""",
            amount=amount, condition=condition, revenue=self.env.ref('kam_kpi.kam_measure_revenue')._rows(),
            booked=self._booked_cost_sql(), ordered=self._ordered_cost_sql(), standard=self._standard_cost_sql(),
            nothing=SQL(
                "(SELECT 0 FROM product_product p JOIN product_template t ON t.id = p.product_tmpl_id WHERE p.id = l.product_id AND t.kam_no_cost)"),
        )

    def _booked_cost_sql(self):
        """Cost of goods booked for the same invoice and product, shared out by quantity in one unit."""
        return SQL(
            """(SELECT SUM(g.balance) FROM account_move_line g JOIN account_account a ON a.id = g.account_id
                 WHERE g.move_id = l.move_id AND g.product_id = l.product_id
                   AND g.display_type = 'cogs' AND a.account_type LIKE 'expense%%')
               * l.quantity * COALESCE((SELECT u.factor FROM uom_uom u WHERE u.id = l.product_uom_id), 1)
               / NULLIF((SELECT SUM(s.quantity * COALESCE(u.factor, 1)) FROM account_move_line s LEFT JOIN uom_uom u ON u.id = s.product_uom_id
                 WHERE s.move_id = l.move_id AND s.product_id = l.product_id AND s.display_type = 'product'), 0)""")

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
               * l.quantity * COALESCE((SELECT u.factor FROM uom_uom u WHERE u.id = l.product_uom_id), 1)
               * CASE WHEN m.move_type = 'out_refund' THEN -1 ELSE 1 END""")

    def _standard_cost_sql(self):
        """Unit cost frozen for this very product, else today's standard cost, times the quantity in the product's own unit."""
        return SQL(
            """(SELECT COALESCE(CASE WHEN l.kam_cost_product = l.product_id THEN NULLIF(l.kam_unit_cost, 0) END,
                                (p.standard_price ->> l.company_id::text)::numeric)
                       * l.quantity * COALESCE(lu.factor / NULLIF(pu.factor, 0), 1)
                  FROM product_product p
                  JOIN product_template t ON t.id = p.product_tmpl_id
                  LEFT JOIN uom_uom pu ON pu.id = t.uom_id
                  LEFT JOIN uom_uom lu ON lu.id = l.product_uom_id
                 WHERE p.id = l.product_id)
               * CASE WHEN m.move_type = 'out_refund' THEN -1 ELSE 1 END""")
