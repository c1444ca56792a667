from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..tools import period
from .kam_kpi_query_category import CategoryQuery

LEVEL_PATHS = {
    'category': 'product_id.categ_id',
    'template': 'product_id.product_tmpl_id',
    'product': 'product_id',
}


class KamKpiBridge(models.Model):
    """Reads what the revenue bridge compares: money by account and product key in two windows."""

    _inherit = 'kam.kpi'

    @api.model
    def _bridge_windows(self, date_start, date_stop):
        """The window, cut at today, and the one of equal length before, cut to as many days."""
        before_start, before_stop = period.previous(date_start, date_stop)
        stop = min(date_stop, self._as_of())
        if stop < date_stop:
            before_stop = min(before_stop, before_start + (stop - date_start))
        return (before_start, before_stop), (date_start, stop)

    @api.model
    def _bridge_rows(self, account_ids, date_start, date_stop, level):
        """Yield (account, key, opening, closing), rounded to the currency at this grain."""
        if level not in LEVEL_PATHS:
            raise UserError(self.env._("The revenue bridge is drawn by category, template or product."))
        (before_start, before_stop), (start, stop) = self._bridge_windows(date_start, date_stop)
        measure = self.env.ref('kam_kpi.kam_measure_revenue').sudo()  # a definition; the accounts were checked
        return self.env.execute_query(SQL(
            """SELECT f.partner_id, f.product_key,
                      ROUND(COALESCE(SUM(f.amount) FILTER (WHERE f.date < %(before_stop)s), 0), %(digits)s),
                      ROUND(COALESCE(SUM(f.amount) FILTER (WHERE f.date >= %(start)s), 0), %(digits)s)
                 FROM %(facts)s f
                WHERE f.partner_id = ANY(%(accounts)s) AND f.company_id = ANY(%(companies)s)
                  AND (f.date >= %(before_start)s AND f.date < %(before_stop)s OR f.date >= %(start)s AND f.date < %(stop)s)
                GROUP BY f.partner_id, f.product_key""",
            before_start=before_start, before_stop=before_stop, start=start, stop=max(start, stop), accounts=account_ids,
            companies=self.env.companies.ids, digits=self.env.company.currency_id.decimal_places, facts=self._bridge_facts(measure, level, account_ids)))

    @api.model
    def _bridge_facts(self, measure, level, account_ids):
        """Money by account and product key: by category as kept, by template or product read from the documents."""
        query = BridgeQuery(self.env, {0: account_ids}, False, None)
        if level != 'category':
            query.live_path = LEVEL_PATHS[level]
        query.bridge_measure = measure
        return query.facts()


class BridgeQuery(CategoryQuery):
    """The facts of one measure by a product key of one's choice."""

    live_path = None
    bridge_measure = None

    def facts(self):
        accounts = [partner for _scope, partner in self.pairs]
        live_for = accounts if self.live_path else self.others
        kept = SQL(
            """SELECT measure_id, company_id, partner_id, categ_id AS product_key, date, amount FROM kam_fact_category
                WHERE measure_id = %s AND partner_id = ANY(%s) AND NOT partner_id = ANY(%s)""",
            self.bridge_measure.id, accounts, live_for)
        live = SQL(
            """SELECT %s AS measure_id, r.company_id, r.partner_id, r.categ_id AS product_key, r.date, r.amount
                 FROM (%s) r WHERE r.partner_id = ANY(%s)""",
            self.bridge_measure.id, self.bridge_measure._rows(self.live_path), live_for)
        table = SQL("(%s UNION ALL %s)", kept, live) if live_for else SQL("(%s)", kept)
        return self.in_reporting_currency(table, ('measure_id', 'company_id', 'partner_id', 'product_key', 'date'))
