from odoo import models
from odoo.tools import SQL


class KamMeasureMethodOrder(models.Model):
    """Confirmed orders, and amounts in foreign currency which carry no rate of their own."""

    _inherit = 'kam.measure'

    def _query_contracts(self):
        """One row for each order of the measure of order intake that is worth something in the company's currency."""
        return SQL(
            """SELECT r.model, r.res_id, r.partner_id, r.company_id, r.date, r.moment, r.user_id, r.key, r.categ_id, 1::numeric AS amount
                 FROM (%s) r JOIN res_company c ON c.id = r.company_id JOIN res_currency k ON k.id = c.currency_id
                WHERE ROUND(r.amount / k.rounding) > 0""",
            self.env.ref('kam_kpi.kam_measure_bookings')._rows())

    def _converted_sql(self, amount, currency, company, day):
        """SQL of an amount in the currency of a company at a day's rate, rounded as Odoo rounds it.

        :param currency: SQL of the id of the amount's currency
        :param company: alias of the company's row
        """
        # Names which no query around uses: they must not hide what the arguments speak of.
        own = SQL("%s.currency_id", SQL.identifier(company))
        rounding = SQL("(SELECT to_currency.rounding FROM res_currency to_currency WHERE to_currency.id = %s)", own)
        return SQL(
            "CASE WHEN %(currency)s = %(own)s THEN %(amount)s ELSE ROUND(%(amount)s * %(to_rate)s / %(from_rate)s / %(rounding)s) * %(rounding)s END",
            currency=currency, own=own, amount=amount, rounding=rounding,
            to_rate=self._rate_sql(own, company, day), from_rate=self._rate_sql(currency, company, day))

    def _rate_sql(self, currency, company, day):
        """A currency's rate on a day, chosen as Odoo does: the last one, else the first ever, else 1."""
        rates = SQL(
            """SELECT day_rate.rate FROM res_currency_rate day_rate WHERE day_rate.currency_id = %s
                  AND (day_rate.company_id IS NULL OR day_rate.company_id = SPLIT_PART(%s.parent_path, '/', 1)::int)""",
            currency, SQL.identifier(company))
        return SQL(
            "COALESCE((%(rates)s AND day_rate.name <= %(day)s ORDER BY day_rate.company_id, day_rate.name DESC LIMIT 1),"
            " (%(rates)s ORDER BY day_rate.company_id, day_rate.name LIMIT 1), 1)", rates=rates, day=day)
