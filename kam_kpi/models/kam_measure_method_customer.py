from odoo import models
from odoo.tools import SQL


class KamMeasureMethodCustomer(models.Model):
    """Since when somebody is a customer."""

    _inherit = 'kam.measure'

    def _query_sales_docs(self):
        """Invoices and receipts with a positive revenue, and days since when accounts are known to be customers.

        Where such a day is set it counts in place of all documents before it,
        in each company that may deal with the account.
        """
        documents = SQL(
            """SELECT 'account.move'::varchar AS model, m.id AS res_id, p.id AS partner_id, m.company_id, m.invoice_date AS date,
                      m.invoice_date::timestamp AS moment, NULL::int AS user_id, NULL::varchar AS key, NULL::int AS categ_id, 1::numeric AS amount
                 FROM account_move m
                 JOIN res_partner billed ON billed.id = m.commercial_partner_id
                 JOIN res_partner p ON p.id = billed.commercial_partner_id
                WHERE m.state = 'posted' AND m.move_type IN ('out_invoice', 'out_receipt') AND m.invoice_date IS NOT NULL
                  AND (p.kam_customer_since IS NULL OR m.invoice_date >= p.kam_customer_since)
                  AND (SELECT SUM(sold.amount) FROM (%s) sold JOIN account_move_line l ON l.id = sold.res_id WHERE l.move_id = m.id) > 0""",
            self.env.ref('kam_kpi.kam_measure_revenue')._rows())
        known = SQL(
            """SELECT 'res.partner'::varchar AS model, p.id AS res_id, p.id AS partner_id, c.id AS company_id, p.kam_customer_since AS date,
                      p.kam_customer_since::timestamp AS moment, NULL::int AS user_id, NULL::varchar AS key, NULL::int AS categ_id,
                      1::numeric AS amount
                 FROM res_partner p JOIN res_company c ON p.company_id IS NULL OR p.company_id = c.id
                WHERE p.kam_customer_since IS NOT NULL AND p.commercial_partner_id = p.id""")
        return SQL("%s UNION ALL %s", documents, known)
