from odoo import fields, models
from odoo.tools import SQL


class KamKpiValueAggregate(models.Model):
    """The true roll-up of ``value``, whatever the rows are grouped by."""

    _inherit = 'kam.kpi.value'

    # Dimensions of the account to group by: the web client groups by fields, not by paths.
    tier_id = fields.Many2one(related='partner_id.kam_tier_id', string="Tier")
    industry_id = fields.Many2one(related='partner_id.industry_id')
    country_id = fields.Many2one(related='partner_id.country_id')

    def _read_group_select(self, aggregate_spec, query):
        """Answer an average, or a sum, of ``value`` with the figure of the group taken as one.

        Never a mean of ratios: the scaled sum of the numerators, over the sum
        of the denominators for a ratio. Rows without data are left out. The
        answer is empty where rows cannot be added up: several KPIs, scopes,
        frequencies or, for money, currencies in one group; overlapping windows
        of one subject; a figure that has to be counted anew.
        """
        if aggregate_spec not in ('value:avg', 'value:sum'):
            return super()._read_group_select(aggregate_spec, query)
        column = {name: self._field_to_sql(self._table, name, query) for name in (
            'value', 'numerator', 'denominator', 'scale', 'state', 'roll_up',
        )}
        # Keys are compared byte by byte: the language's order of letters is slow and says nothing here.
        column['roll_up'] = SQL('%s COLLATE "C"', column['roll_up'])
        known = SQL("FILTER (WHERE %s = 'ok')", column['state'])
        return SQL(
            """CASE
                WHEN %(mixed)s THEN NULL
                WHEN COUNT(*) %(known)s = 1 THEN MIN(%(value)s) %(known)s
                WHEN %(overlapping)s THEN NULL
                WHEN MIN(%(roll_up)s) = 'sum' THEN SUM(%(part)s) %(known)s
                WHEN MIN(%(roll_up)s) = 'ratio' AND SUM(%(whole)s) %(known)s > 0
                    THEN SUM(%(part)s) %(known)s / SUM(%(whole)s) %(known)s
            END""",
            mixed=self._mixed_sql(query),
            overlapping=self._overlapping_sql(query),
            known=known,
            value=column['value'],
            roll_up=column['roll_up'],
            part=SQL("%s * %s", column['scale'], column['numerator']),
            whole=column['denominator'],
        )

    def _mixed_sql(self, query):
        """Return the condition that a group holds rows which do not speak of the same thing."""
        one_only = [self._field_to_sql(self._table, 'kpi_id', query), *(
            SQL('%s COLLATE "C"', self._field_to_sql(self._table, name, query))
            for name in ('frequency', 'scope', 'roll_up')
        )]
        money = SQL(
            "CASE WHEN %s IN %s THEN %s END",
            self._field_to_sql(self._table, 'kpi_id', query),
            self._kpi_ids_sql([('measure_ids.monetary', '=', True)]),
            self._field_to_sql(self._table, 'currency_id', query),
        )
        return SQL("(%s)", SQL(" OR ").join(
            SQL("MIN(%s) <> MAX(%s)", term, term) for term in [*one_only, money]
        ))

    def _overlapping_sql(self, query):
        """Return the condition that windows of one subject overlap: the same months would count twice."""
        column = {name: self._field_to_sql(self._table, name, query) for name in (
            'kpi_id', 'frequency', 'state', 'company_id', 'subject_id',
        )}
        long_window = SQL(
            "%(state)s = 'ok' AND (%(frequency)s = 'ttm' OR %(kpi_id)s IN %(long)s)",
            long=self._kpi_ids_sql([('window', '!=', 'period')]), **column)
        return SQL(
            """COUNT(*) FILTER (WHERE %(long_window)s)
                > COUNT(DISTINCT CASE WHEN %(long_window)s THEN (%(company_id)s::bigint << 32) + %(subject_id)s END)""",
            long_window=long_window, **column)

    def _kpi_ids_sql(self, domain):
        """Return a sub-select of the KPIs of a domain, archived ones included."""
        return self.env['kam.kpi'].with_context(active_test=False)._search(domain).subselect()
