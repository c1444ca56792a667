from odoo import api, models, tools
from odoo.tools import SQL

from ..tools import period
from ..tools.lifetime import YEARS_LOOKED_AT, customer_lifetime
from .kam_kpi_query import FACT_COLUMNS
from .kam_kpi_query_money import ReportingCurrency


class KamKpiMethodLifetime(models.Model):
    """What customers will be worth: figures which combine an account's profit with the whole company's churn."""

    _inherit = 'kam.kpi'

    def _method_clv_predictive(self, asked):
        """Gross profit of twelve months, per active account, times the lifetime of a customer (kpis: ``tools/lifetime.py``).

        The formulas of the KPI give profit and number of active accounts. A single
        account gets its own profit times the lifetime of all customers.
        """
        date_start, date_stop = asked.date_start, asked.date_stop
        years, capped, opening = self._customer_lifetime(date_start, date_stop)
        scopes, subjects, sums = asked.scopes, asked.subjects, asked.sums
        results, rules = {}, self._rules(date_start, date_stop)
        for scope_id in scopes:
            own = sums.get((self.id, scope_id), {})
            profit, active = own.get('numerator') or 0.0, own.get('denominator') or 0.0
            alone = subjects[scope_id][0] == 'account'
            known = {'numerator': years and profit * years, 'denominator': active, 'sample_size': round(opening)}
            reason = rules.reason(own, {**known, 'denominator': 1.0 if alone else active})
            if not years:
                results[scope_id] = self._no_data('insufficient_sample', **known)
            elif reason:
                results[scope_id] = self._no_data(reason, **known)
            else:
                results[scope_id] = self._figure(known, profit * years / (1 if alone else active), ['capped'] if capped else [])
        return results

    def _customer_lifetime(self, date_start, date_stop):
        """Return (years or None, whether they are capped, size of the cohorts) of the customers of the companies at hand."""
        stop = self._base_window(date_start, date_stop).stop
        companies, currency = self.env.companies.ids, self.env.company.currency_id.id
        version = self.env['kam.fact.version']._current()
        return customer_lifetime(list(self._customer_years(stop, tuple(companies), currency, version)))

    @api.model
    @tools.ormcache('stop', 'companies', 'currency', 'version')
    def _customer_years(self, stop, companies, currency, version):
        """Return ((customers of a year, those of them who bought nothing in the next one), …): of all customers, so kept by version of the facts."""
        money = ReportingCurrency(self.env)
        starts = [period.shift_months(stop, -12 * (year + 1)) for year in range(YEARS_LOOKED_AT + 1)]
        stops = [stop, *starts]
        years = SQL(", ").join(
            SQL("COALESCE(SUM(f.amount) FILTER (WHERE f.date >= %s AND f.date < %s), 0) AS y%s", first, last, number)
            for number, (first, last) in enumerate(zip(starts, stops)))
        half = self.env.company.currency_id.rounding / 2
        counts = SQL(", ").join(
            SQL("COUNT(*) FILTER (WHERE y%(before)s >= %(half)s), COUNT(*) FILTER (WHERE y%(before)s >= %(half)s AND y%(now)s < %(half)s)",
                before=number + 1, now=number, half=half) for number in range(YEARS_LOOKED_AT))
        [row] = self.env.execute_query(SQL(
            """SELECT %(counts)s FROM (
                   SELECT f.partner_id, %(years)s FROM %(facts)s f
                    WHERE f.measure_id = %(revenue)s AND %(in_scope)s AND f.date >= %(oldest)s AND f.partner_id IS NOT NULL
                    GROUP BY f.partner_id) r""",
            counts=counts, years=years, facts=money.in_reporting_currency(SQL("kam_fact"), FACT_COLUMNS),
            revenue=self.env['kam.measure']._ids_by_code()['revenue'], in_scope=money.in_scope(), oldest=starts[-1]))
        return tuple(zip(row[::2], row[1::2]))

    def _method_ltv_cac(self, asked):
        """What a customer is worth for each unit of money spent to win one, of the company as a whole."""
        parts = self.with_context(active_test=False)._by_codes(['clv_predictive', 'cac'])
        whole = {0: ('company', self.env.company.id)}
        worth, cost = (part._outcomes({0: self._key_account_ids()}, asked.date_start, asked.date_stop, subjects=whole)[part.id, 0] for part in parts)
        known = {'numerator': worth['value'], 'denominator': cost['value'], 'sample_size': worth['sample_size']}
        if worth['value'] is None or cost['value'] is None:
            result = self._no_data(worth['reason'] or cost['reason'], **known)
        elif cost['value'] < self.env.company.currency_id.rounding / 2:
            result = self._no_data('zero_denominator', **known)
        else:
            result = self._figure(known, worth['value'] / cost['value'], [*worth['flags'], *cost['flags']])
        return {
            scope_id: result if asked.subjects[scope_id][0] in ('company', 'group') else self._no_data('source_missing')
            for scope_id in asked.scopes
        }

    def _figure(self, known, value, flags=()):
        """The result of a special method that has a value."""
        return {**known, 'value': value, 'state': 'ok', 'reason': None, 'flags': list(flags), 'margin': None}
