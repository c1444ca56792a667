from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..fields import NullableFloat

KAM_GROUPS = 'kam_kpi.group_kam_user,kam_kpi.group_kam_reader'


class KpiFloat(NullableFloat):
    """A figure of the KPI ``kpi_code``; see ``kpi_float``."""

    kpi_code = None


def kpi_float(string, kpi_code, **attributes):
    """Declare the current trailing-twelve-months figure of a KPI on the record it is about.

    Not stored: everybody sees, searches and sorts what the access rules of
    the KPI values let them see, in the current company. No data is empty.
    Ratios have no aggregator, since ratios cannot be added up.
    """
    return KpiFloat(string, kpi_code=kpi_code, **{
        'compute': '_compute_kam_values',
        'search': lambda model, operator, value: model._kam_search_kpi(kpi_code, operator, value),
        'groups': KAM_GROUPS,
        'aggregator': None,
        **attributes,
    })


class KamValueMixin(models.AbstractModel):
    """Figures kept in another table, one row of it per record: shown, searched, sorted and grouped like own fields.

    A model says with ``_kam_scope`` and ``_kam_subject_field`` which values are
    about it, and declares ``kpi_float`` fields. Figures of other tables name
    their source in ``_kam_sources``.
    """

    _name = 'kam.value.mixin'
    _description = "Current KPI Figures"

    _kam_scope = 'account'
    _kam_subject_field = 'partner_id'

    def _valid_field_parameter(self, field, name):
        return name == 'kpi_code' or super()._valid_field_parameter(field, name)

    @api.model
    def _kam_codes(self):
        """Return ``{field name: KPI code}`` of this model."""
        return {name: field.kpi_code for name, field in self._fields.items() if isinstance(field, KpiFloat)}

    def _kam_subject(self):
        """The record whose figures this one shows."""
        return self

    @api.model
    def _kam_value_domain(self, codes):
        return Domain([
            ('kpi_id.code', 'in', codes), ('scope', '=', self._kam_scope), ('frequency', '=', 'ttm'),
            ('is_current', '=', True), ('company_id', '=', self.env.company.id),
        ])

    @api.depends_context('uid', 'company')
    def _compute_kam_values(self):
        codes = self._kam_codes()
        subjects = {record: record._kam_subject()._origin.id for record in self}
        rows = self.env['kam.kpi.value'].search_fetch(
            self._kam_value_domain(list(codes.values())) & Domain(self._kam_subject_field, 'in', list(subjects.values())),
            [self._kam_subject_field, 'kpi_id', 'value'], order='date_end, id')
        found = {(row[self._kam_subject_field].id, row.kpi_id.code): row.value for row in rows}
        for record, subject_id in subjects.items():
            for name, code in codes.items():
                record[name] = found.get((subject_id, code), False)

    @api.model
    def _kam_sources(self):
        """Return ``{field name: (model, domain, column, field which tells the latest row)}``."""
        return {
            name: ('kam.kpi.value', self._kam_value_domain([code]), 'value', 'date_end')
            for name, code in self._kam_codes().items()
        }

    def _kam_subject_sql(self, alias, query):
        return SQL.identifier(alias, 'id')

    @api.model
    def _kam_search_kpi(self, kpi_code, operator, value):
        name = next(name for name, code in self._kam_codes().items() if code == kpi_code)
        return self._kam_search_figure(name, operator, value)

    @api.model
    def _kam_search_figure(self, name, operator, value):
        """Compare the figure itself: no data is neither below nor above a number."""
        return Domain.custom(to_sql=lambda model, alias, query: model._fields[name].condition_to_sql(
            name, operator, value, model, alias, query))

    def _field_to_sql(self, alias, field_expr, query=None):
        source = self._kam_sources().get(field_expr) if field_expr.startswith('kam_') else None
        if source is None:
            return super()._field_to_sql(alias, field_expr, query)
        self._check_field_access(self._fields[field_expr], 'read')
        model, domain, column, latest = source
        Source = self.env[model]
        rows = Source._search(domain)  # with the access rules: nobody sorts by what they may not see
        subject = Source._field_to_sql(rows.table, self._kam_subject_field, rows)
        rows.order = SQL("%s, %s DESC", subject, Source._field_to_sql(rows.table, latest, rows))
        link = query.make_alias(alias, field_expr)
        query.add_join('LEFT JOIN', link, SQL("(%s)", rows.select(
            SQL("DISTINCT ON (%s) %s AS subject_id", subject, subject),
            SQL("%s AS figure", Source._field_to_sql(rows.table, column, rows)),
        )), SQL("%s = %s", SQL.identifier(link, 'subject_id'), self._kam_subject_sql(alias, query)))
        return SQL.identifier(link, 'figure')

    def _order_field_to_sql(self, alias, field_name, direction, nulls, query):
        if field_name.startswith('kam_') and field_name in self._kam_sources():
            nulls = SQL("NULLS LAST")  # no data is neither the best nor the worst
        return super()._order_field_to_sql(alias, field_name, direction, nulls, query)
