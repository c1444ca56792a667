from ast import literal_eval

from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import SQL


class KamMeasureQuery(models.AbstractModel):
    """How a measure reads its documents: one SELECT of rows with fixed columns.

    Facts are these rows summed; the drill-down is these rows listed. Columns:
    ``model, res_id`` (the document), ``partner_id`` (commercial partner or
    NULL), ``company_id``, ``date`` (day in the company's time zone), ``moment``
    (UTC), ``user_id`` (who did it), ``key`` (of the observation), ``categ_id``,
    ``amount``. Rows depend on documents alone: never on today nor on the user.
    """

    _name = 'kam.measure.query'
    _description = "Documents of a measure"

    def _rows(self, category_path=None):
        """Return the SELECT of this measure's rows, or None when its source is not installed.

        :param category_path: read another product key than the category, for example ``product_id``
        """
        self.ensure_one()
        if not self._is_installed():
            return None
        if self.engine == 'method':
            return getattr(self, f'_query_{self.method}')()
        return self._rows_aggregate(category_path or self.category_path)

    def _shared_rows(self):
        """Return [(measures, SELECT)] of those of these measures which read the same documents: the build then reads them once.

        The SELECT has ``partner_id, company_id, date, user_id, categ_id`` and for
        each measure ``amount_<code>``, NULL in rows which do not count for it.
        Measures that are in none of them are read one by one.
        """
        return []

    def _rows_aggregate(self, category_path):
        # The definition says what counts; whoever triggers the refresh, the figure is the same.
        documents = self.env[self.model_name].sudo().with_context(active_test=False, lang=None)  # figures do not depend on the user
        query = documents._search(self._parsed_domain(), bypass_access=True)
        alias = documents._table
        account = self._path_sql(documents, self.account_path, query) if self.account_path else SQL("NULL::int")
        moment = self._path_sql(documents, self.date_field, query)
        company = self._company_sql(documents, account, moment, query)
        zone = self._zone_alias(query, alias, company)
        is_time = self._path_field(documents, self.date_field).type == 'datetime'
        query.add_where(SQL("%s IS NOT NULL", moment))
        return query.select(
            SQL("%s AS model", self.model_name),
            SQL("%s AS res_id", SQL.identifier(alias, 'id')),
            SQL("%s AS partner_id", account),
            SQL("%s AS company_id", company),
            SQL("%s AS date", SQL("timezone(%s, timezone('UTC', %s))::date", zone, moment) if is_time else moment),
            SQL("%s::timestamp AS moment", moment),
            SQL("%s AS user_id", self._path_sql(documents, self.actor_path, query) if self.actor_path else SQL("NULL::int")),
            SQL("%s::varchar AS key", self._key_sql(documents, query)),
            SQL("%s AS categ_id", self._path_sql(documents, category_path, query) if category_path else SQL("NULL::int")),
            SQL("%s AS amount", self._amount_sql(documents, query)),
        )

    def _amount_sql(self, documents, query):
        if self.aggregate == 'count':
            return SQL("1::numeric")
        amount = self._path_sql(documents, self.value_field, query)
        if self.kind != 'observation':
            amount = SQL("COALESCE(%s, 0)", amount)
        if self.rate_field:
            amount = SQL("%s / COALESCE(NULLIF(%s, 0), 1)", amount, self._path_sql(documents, self.rate_field, query))
        return SQL("(%s * %s)::numeric", SQL('-1' if self.sign == '-1' else '1'), amount)

    def _key_sql(self, documents, query):
        """What makes two observations the same one: the field that is named for it, else each document is one of its own."""
        if self.kind != 'observation':
            return SQL("NULL")
        return self._path_sql(documents, self.key_path or 'id', query)

    def _company_sql(self, documents, account, moment, query):
        """The document's company, else the partner's, else the one which holds the account, else the main one."""
        main = self.env['kam.fact']._main_company_id()
        if not self.company_path:
            own = SQL("NULL::int")
        elif self._path_field(documents, self.company_path).required:
            return self._path_sql(documents, self.company_path, query)
        else:
            own = self._path_sql(documents, self.company_path, query)
        return self._fallback_company_sql(own, account, moment, main)

    @api.model
    def _fallback_company_sql(self, own, account, moment, main):
        # The names in here must not hide those of the query around, which ``account`` speaks of.
        return SQL(
            """COALESCE(%(own)s,
                (SELECT of_partner.company_id FROM res_partner of_partner WHERE of_partner.id = %(account)s),
                (SELECT of_holder.company_id FROM kam_assignment of_holder
                  WHERE of_holder.partner_id = %(account)s AND of_holder.date_from <= %(moment)s
                    AND (of_holder.date_to IS NULL OR of_holder.date_to >= %(moment)s::date)
                  ORDER BY of_holder.date_from DESC, of_holder.id LIMIT 1),
                %(main)s)""",
            own=own, account=account, moment=moment, main=main,
        )

    def _zone_alias(self, query, alias, company):
        zone = query.make_alias(alias, 'kam_zone')
        query.add_join('LEFT JOIN', zone, 'res_company', SQL("%s = %s", SQL.identifier(zone, 'id'), company))
        return SQL("COALESCE(%s, 'UTC')", SQL.identifier(zone, 'kam_timezone'))

    def _parsed_domain(self):
        """The measure's filter as a Domain; ValidationError when it is not a plain domain."""
        try:
            return Domain(literal_eval(self.domain or '[]'))
        except (ValueError, SyntaxError, TypeError) as error:
            raise ValidationError(self.env._(
                "The filter of measure “%(measure)s” is not a list of conditions: %(error)s",
                measure=self.name, error=error)) from error

    @api.model
    def _path_field(self, documents, path):
        """The field at the end of a dotted path; ValidationError naming the part that does not exist."""
        model, field = documents, None
        for name in path.split('.'):
            if field is not None:
                model = self.env[field.comodel_name] if field.type == 'many2one' else None
            field = model._fields.get(name) if model is not None else None
            if field is None:
                raise ValidationError(self.env._(
                    "“%(part)s” in the path “%(path)s” is not a field that can be followed from %(model)s.",
                    part=name, path=path, model=documents._description))
        return field

    @api.model
    def _path_sql(self, documents, path, query):
        """SQL of the field at the end of a dotted path of many2one fields, joined into the query."""
        model, alias = documents, documents._table
        *steps, last = path.split('.')
        for name in steps:
            field = model._fields[name]
            if field.related and not field.store:
                model, field, alias = model._traverse_related_sql(alias, field, query)
            comodel = self.env[field.comodel_name].sudo()  # only a join: no record is shown
            coalias = query.make_alias(alias, field.name)
            query.add_join('LEFT JOIN', coalias, comodel._table, SQL(
                "%s = %s", model._field_to_sql(alias, field.name, query), SQL.identifier(coalias, 'id')))
            model, alias = comodel, coalias
        return model._field_to_sql(alias, last, query)
