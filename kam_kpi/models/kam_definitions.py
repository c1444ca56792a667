from odoo import api, models, tools

# What the engine reads of definitions; words for people are not among it.
READ = {
    'kam.kpi': (
        'active', 'code', 'sequence', 'family', 'unit', 'direction', 'numerator', 'denominator', 'scale', 'grain', 'denominator_grain', 'window', 'coverage',
        'coverage_denominator', 'min_coverage', 'sample', 'min_sample', 'squares', 'method', 'per_account', 'actor_view', 'company_only',
        'maturity_days', 'roll_up', 'population', 'flow', 'frequency_month', 'frequency_quarter', 'frequency_semester', 'frequency_year',
        'frequency_ttm', 'green_from', 'amber_from', 'measure_ids', 'part_ids', 'check_ids'),
    'kam.kpi.check': ('kpi_id', 'formula', 'below', 'outcome', 'code', 'account_only'),
    'kam.measure': (
        'active', 'code', 'kind', 'engine', 'method', 'model_name', 'domain', 'date_field', 'account_path', 'company_path', 'actor_path', 'category_path',
        'aggregate', 'value_field', 'key_path', 'rate_field', 'sign', 'monetary', 'reducer', 'base_id', 'band_from', 'band_to', 'max_age_months',
        'kept_days', 'known_since', 'source', 'failure'),
}


class KamDefinitions(models.AbstractModel):
    """The definitions of KPIs and measures, which every figure needs and which hardly ever change: read once a process.

    Any change of one of them forgets what was read, in all processes, by Odoo's own means.
    Models of definitions inherit this; :meth:`_know` hands what was read to the records of the caller.
    """

    _name = 'kam.definitions'
    _description = "Cached Definitions"

    @api.model_create_multi
    def create(self, vals_list):
        self.env.registry.clear_cache()
        return super().create(vals_list)

    def write(self, vals):
        self.env.registry.clear_cache()
        return super().write(vals)

    def unlink(self):
        self.env.registry.clear_cache()
        return super().unlink()

    @api.model
    def _know(self):
        """Fill the caller's cache with the definitions; what the caller has changed and not yet written stays."""
        for model, (ids, columns) in self._definitions().items():
            records = self.env[model].browse(ids)
            for name, values in columns.items():
                records._fields[name]._insert_cache(records, values)

    @api.model
    @tools.ormcache("self.env.context.get('active_test', True)")
    def _definitions(self):
        """Return ``{model: (ids, {field: values in the form of the cache})}`` of all definitions, archived ones too."""
        found = {}
        for model, names in READ.items():
            records = self.env[model].sudo().search(self._every(model), order='id')  # sudo: definitions are no secret
            records.fetch(names)
            columns = {}
            for name in names:
                cache = records._fields[name]._get_cache(records.env)
                records.mapped(name)
                columns[name] = tuple(cache[id_] for id_ in records.ids)
            found[model] = (records._ids, columns)
        return found

    @api.model
    def _every(self, model):
        """A domain which holds for all records, archived ones too, whatever the context."""
        return [('active', 'in', (True, False))] if 'active' in self.env[model]._fields else []
