from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..tools import bridge, period
from .kam_kpi_query_money import ReportingCurrency
from .kam_kpi_viewer import EVERYBODY

LEVEL_PATHS = {
    'category': 'product_id.categ_id',
    'template': 'product_id.product_tmpl_id',
    'product': 'product_id',
}


class KamKpiBridge(models.Model):
    """Reads what the revenue bridge compares: money by account and product key in two windows."""

    _inherit = 'kam.kpi'

    @api.model
    @api.readonly
    def revenue_bridge(self, partner_ids, date_start, date_stop, level='category', constant=False):
        """Return how revenue came from the window of equal length before to this one.

        :param partner_ids: accounts; a contact stands for its company. None: all customers, for directors and readers
        :param level: 'category', 'template' or 'product': what counts as buying the same
        :param constant: value both windows at the average rates of the earlier one; what is left is the amount ``currency``
        :return: amounts ``opening, new, upsell, cross_sell, contraction, churn, closing``;
            ``opening + new + upsell + cross_sell - contraction - churn (+ currency) = closing``
        :raise AccessError: for accounts the caller may not see
        """
        date_start, date_stop = self._dates(date_start, date_stop)
        if partner_ids is None:
            self.env.flush_all()
            accounts = self._subject_accounts('company', False, date_start)
        else:
            accounts = sorted(set(self._accounts(partner_ids).values()))
        found, booked = self._bridge_movements(accounts, date_start, date_stop, level, constant)
        return {bucket: float(amount) for bucket, amount in self._bridge_total(found, booked, constant).items()}

    @api.model
    def _bridge_total(self, found, booked, constant):
        """The buckets of movements taken together; at constant rates with the bar *currency*."""
        buckets = bridge.total(found)
        if not constant:
            return buckets
        amounts = [booked[movement.account, movement.key] for movement in found]
        return bridge.with_currency(buckets, sum(before for before, _after in amounts), sum(after for _before, after in amounts))

    @api.model
    def _bridge_windows(self, date_start, date_stop):
        """The window, cut at today, and the one of equal length before, cut to as many days."""
        before_start, before_stop = period.previous(date_start, date_stop)
        stop = max(date_start, min(date_stop, self._as_of()))
        if stop < date_stop:
            before_stop = min(before_stop, before_start + (stop - date_start))
        return (before_start, before_stop), (date_start, stop)

    @api.model
    def _bridge_movements(self, account_ids, date_start, date_stop, level, constant=False):
        """Return the movements of these accounts (EVERYBODY: of all customers), and what was booked.

        :param constant: value both windows at the average rates of the earlier one
        :return: ``(movements, {(account id, key): (opening, closing) as booked})``; without an account the id is None
        """
        rows = self._bridge_rows(account_ids, date_start, date_stop, level, constant)
        compared = [(account, key, *(amounts[2:] if constant else amounts[:2])) for account, key, *amounts in rows]
        half = self.env.company.currency_id.rounding / 2
        opening = {}
        for account, _key, before, _after in compared:
            opening[account] = opening.get(account, 0) + before
        silent = [account for account, amount in opening.items() if account and amount < half]
        found = bridge.movements(compared, half, self._customers_before(silent, date_start))
        return found, {(account, key): amounts[:2] for account, key, *amounts in rows}

    @api.model
    def _bridge_rows(self, account_ids, date_start, date_stop, level, constant=False):
        """Return (account, key, opening, closing, and both at constant rates), rounded to the currency at this grain."""
        if level not in LEVEL_PATHS:
            raise UserError(self.env._("The revenue bridge is drawn by category, template or product."))
        (before_start, before_stop), (start, stop) = self._bridge_windows(date_start, date_stop)
        facts = BridgeFacts(self.env, account_ids, level, (before_start, before_stop) if constant else None)
        return self.env.execute_query(SQL(
            """SELECT f.partner_id, f.product_key, %(sums)s
                 FROM %(facts)s f
                WHERE %(in_scope)s
                  AND (f.date >= %(before_start)s AND f.date < %(before_stop)s OR f.date >= %(start)s AND f.date < %(stop)s)
                GROUP BY f.partner_id, f.product_key""",
            sums=SQL(", ").join(
                SQL("ROUND(COALESCE(SUM(f.%s) FILTER (WHERE %s), 0), %s)", column, window, self.env.company.currency_id.decimal_places)
                for column in ((SQL("amount"), SQL("constant")) if constant else (SQL("amount"),))
                for window in (SQL("f.date < %s", before_stop), SQL("f.date >= %s", start))),
            before_start=before_start, before_stop=before_stop, start=start, stop=stop, in_scope=facts.in_scope(), facts=facts.sql()))

    @api.model
    def _customers_before(self, account_ids, day):
        """Return those of the accounts which bought before a day: by their documents, or by what was typed for older times."""
        if not account_ids:
            return set()
        return {partner for (partner,) in self.env.execute_query(SQL(
            """SELECT DISTINCT f.partner_id FROM kam_fact f
                WHERE f.measure_id = %(measure)s AND f.partner_id = ANY(%(accounts)s) AND f.company_id = ANY(%(companies)s)
                  AND f.date < %(day)s AND f.amount > 0
                UNION SELECT p.id FROM res_partner p WHERE p.id = ANY(%(accounts)s) AND p.kam_customer_since < %(day)s""",
            measure=self._bridge_measure().id, accounts=account_ids, companies=self.env.companies.ids, day=day))}

    @api.model
    def _bridge_measure(self):
        return self.env.ref('kam_kpi.kam_measure_revenue').sudo()  # a definition; the accounts are checked by the callers


COLUMNS = ('measure_id', 'company_id', 'partner_id', 'product_key', 'date')


class BridgeFacts(ReportingCurrency):
    """Revenue by account, product key and day, in the reporting currency.

    By category it is kept for key accounts; anything else is read from the
    documents, by the very query which would have filled the facts. With
    ``average_over``, a window, there is a second amount ``constant``: the
    document's own amount at the average rates of that window.
    """

    def __init__(self, env, account_ids, level, average_over):
        super().__init__(env)
        self.account_ids, self.level, self.average_over = account_ids, level, average_over
        self.measure = env['kam.kpi']._bridge_measure()

    def sql(self):
        if self.average_over:
            return self.at_constant_rates()
        rows = SQL(
            "SELECT %s AS measure_id, r.company_id, r.partner_id, r.categ_id AS product_key, r.date, r.amount FROM (%s) r WHERE %s",
            self.measure.id, self.measure._rows(LEVEL_PATHS[self.level]), self.of_accounts(SQL("r.partner_id")))
        if self.level == 'category':
            key_account = SQL("EXISTS (SELECT 1 FROM res_partner k WHERE k.id = r.partner_id AND k.is_key_account)")
            rows = SQL(
                """SELECT measure_id, company_id, partner_id, categ_id AS product_key, date, amount FROM kam_fact_category r
                    WHERE measure_id = %s AND %s AND %s UNION ALL %s AND NOT %s""",
                self.measure.id, self.of_accounts(SQL("r.partner_id")), key_account, rows, key_account)
        return self.in_reporting_currency(SQL("(%s)", rows), COLUMNS)

    def of_accounts(self, partner):
        return SQL("TRUE") if self.account_ids is EVERYBODY else SQL("%s = ANY(%s)", partner, list(self.account_ids))

    def at_constant_rates(self):
        """Documents with two amounts: as booked, and as they would be at the average rates.

        A currency without any rate keeps the rate of its documents.
        """
        rows = self.measure._rows_in_document_currency(LEVEL_PATHS[self.level])
        table = SQL("(SELECT %s AS measure_id, r.* FROM (%s) r WHERE %s)", self.measure.id, rows, self.of_accounts(SQL("r.partner_id")))
        facts = self.in_reporting_currency(table, (*COLUMNS, 'document_currency_id', 'document_amount'))
        return SQL(
            "(SELECT f.*, COALESCE(f.document_amount * average.rate, f.amount) AS constant FROM %s f LEFT JOIN (%s) average"
            " ON average.currency_id = f.document_currency_id)",
            facts, self.average_rates())

    def average_rates(self):
        """SELECT of (currency_id, rate): what one of it is worth in the reporting currency, mean of the window's days."""
        first, stop = self.average_over
        return SQL(
            """SELECT c.id AS currency_id, AVG(CASE WHEN c.id = %(target)s THEN 1 ELSE %(to_rate)s / %(from_rate)s END)::numeric AS rate
                 FROM res_currency c CROSS JOIN (SELECT generate_series(%(first)s::date, %(stop)s::date - 1, '1 day')::date AS date) f
                WHERE c.id = %(target)s OR EXISTS (
                      SELECT 1 FROM res_currency_rate k WHERE k.currency_id = c.id AND (k.company_id IS NULL OR k.company_id = %(company)s))
                GROUP BY c.id""",
            target=self.currency.id, to_rate=self.rate(SQL("%s", self.currency.id)), from_rate=self.rate(SQL("c.id")),
            first=first, stop=stop, company=self.env.company.root_id.id)
