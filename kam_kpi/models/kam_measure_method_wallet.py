from odoo import models
from odoo.tools import SQL


class KamMeasureMethodWallet(models.Model):
    """What customers spend in all, by estimate, and what of it they spend with us."""

    _inherit = 'kam.measure'

    def _query_wallet(self):
        """Estimates in the company's currency at the rate of their day; the key makes the latest of an account count."""
        return SQL(
            """SELECT 'kam.wallet.estimate'::varchar AS model, e.id AS res_id, p.commercial_partner_id AS partner_id, e.company_id, e.date,
                      e.date::timestamp AS moment, NULL::int AS user_id, 'wallet'::varchar AS key, NULL::int AS categ_id,
                      (%s)::numeric AS amount
                 FROM kam_wallet_estimate e
                 JOIN res_company c ON c.id = e.company_id
                 JOIN res_partner p ON p.id = e.partner_id
                WHERE e.date IS NOT NULL""",
            self._converted_sql(SQL("e.amount"), SQL("e.currency_id"), 'c', SQL("e.date")))

    def _query_wallet_revenue(self):
        """Revenue in the categories of the account's latest estimate, and those below them; all of it where it names none.

        The latest estimate of the invoice's company counts, else of any.
        """
        return SQL(
            """SELECT r.model, r.res_id, r.partner_id, r.company_id, r.date, r.moment, r.user_id, r.key, r.categ_id, r.amount
                 FROM (%(revenue)s) r
                 JOIN (SELECT DISTINCT owner.commercial_partner_id AS partner_id
                         FROM kam_wallet_estimate given JOIN res_partner owner ON owner.id = given.partner_id
                        WHERE given.date IS NOT NULL) estimated ON estimated.partner_id = r.partner_id
                CROSS JOIN LATERAL (
                       SELECT given.id FROM kam_wallet_estimate given JOIN res_partner owner ON owner.id = given.partner_id
                        WHERE owner.commercial_partner_id = r.partner_id AND given.date IS NOT NULL
                        ORDER BY given.company_id = r.company_id DESC, given.date DESC, given.id DESC LIMIT 1) e
                WHERE NOT EXISTS (SELECT 1 FROM kam_wallet_category_rel named WHERE named.wallet_id = e.id)
                   OR EXISTS (SELECT 1 FROM kam_wallet_category_rel named
                                JOIN product_category above ON above.id = named.categ_id
                                JOIN product_category own ON own.parent_path LIKE above.parent_path || '%%'
                               WHERE named.wallet_id = e.id AND own.id = r.categ_id)""",
            revenue=self.env.ref('kam_kpi.kam_measure_revenue')._rows())
