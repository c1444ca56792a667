from psycopg2 import Error, errors

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL
from odoo.tools.misc import format_amount, format_date, formatLang

PREVIEW_ACCOUNTS = 3
PREVIEW_DOCUMENTS = 3
PREVIEW_SECONDS = 5
SHOWN = (
    'kind', 'engine', 'model_name', 'domain', 'date_field', 'account_path', 'company_path', 'actor_path', 'category_path', 'aggregate',
    'value_field', 'key_path', 'rate_field', 'sign', 'monetary', 'base_id')


class KamMeasureScreen(models.Model):
    """What the form of a measure shows besides its definition."""

    _inherit = 'kam.measure'
    _rec_names_search = ['name', 'code']

    kpi_count = fields.Integer("KPIs", compute='_compute_kpi_count')
    definition_message = fields.Text("To be mended", compute='_compute_definition_message')
    preview = fields.Html(compute='_compute_preview', sanitize=False)

    @api.depends('kpi_ids')
    def _compute_kpi_count(self):
        for measure in self:
            measure.kpi_count = len(measure.kpi_ids)

    @api.depends('code', *SHOWN)
    @api.depends_context('lang', 'uid')
    def _compute_definition_message(self):
        for measure in self:
            measure.definition_message = "\n".join(filter(None, [measure._code_problem(), measure._definition_problem()])) or False

    def _code_problem(self):
        """Say why the code cannot be used; False while there is none or when it can."""
        if self.code and self._ids_by_code().get(self.code, self._origin.id) != self._origin.id:
            return self.env._("There is a measure with the code “%(code)s” already: choose another one.", code=self.code)
        return False

    @api.depends(*SHOWN)
    @api.depends_context('lang', 'uid', 'allowed_company_ids')
    def _compute_preview(self):
        director = self.env.user.has_group('kam_kpi.group_kam_manager')
        for measure in self:
            measure.preview = director and measure.env['ir.qweb']._render('kam_kpi.kam_measure_preview', measure._preview_values())

    def _preview_values(self):
        """Return what the definition finds, as it is on the screen: saved or not."""
        self.ensure_one()
        empty = {'problem': False, 'hint': False, 'accounts': [], 'count': 0, 'orphans': 0, 'undated': False}
        if self.engine != 'aggregate' or self.base_id or not self.model_name or not self.date_field or self.model_name not in self.env:
            return {**empty, 'hint': True}
        problem = self._definition_problem()
        if not problem and self.aggregate == 'sum' and not self.value_field:
            problem = self.env._("Choose the field that is added up.")
        if problem:
            return {**empty, 'problem': problem}
        try:
            self.env.flush_all()
            # A savepoint that flushes would empty the cache when it is rolled back: what was typed would be lost.
            with self.env.cr.savepoint(flush=False) as savepoint:
                self.env.cr.execute(SQL("SELECT set_config('statement_timeout', %s, true)", f'{PREVIEW_SECONDS}s'))
                found = self._preview_found()
                savepoint.rollback()  # takes the limit back
        except errors.QueryCanceled:
            return {**empty, 'problem': self.env._("There is too much to go through for a preview; the figures themselves are made in the background.")}
        except (Error, UserError, ValueError) as error:
            return {**empty, 'problem': str(error).strip().split('\n')[0]}
        return {**empty, **found}

    def _preview_found(self):
        rows = SQL("SELECT * FROM (%s) r WHERE r.company_id = ANY(%s)", self._rows(), self.env.companies.ids)
        [(count, orphans)] = self.env.execute_query(SQL("SELECT COUNT(*), COUNT(*) FILTER (WHERE r.partner_id IS NULL) FROM (%s) r", rows))
        documents = self.env.execute_query_dict(SQL(
            """WITH found AS (%(rows)s),
               largest AS (SELECT f.partner_id, COUNT(*) AS size FROM found f JOIN res_partner p ON p.id = f.partner_id AND p.is_key_account
                            GROUP BY f.partner_id ORDER BY size DESC, f.partner_id LIMIT %(accounts)s)
               SELECT x.* FROM (
                   SELECT f.model, f.res_id, f.partner_id, f.date, f.amount, l.size,
                          row_number() OVER (PARTITION BY f.partner_id ORDER BY f.date DESC, f.res_id DESC) AS place
                     FROM found f JOIN largest l ON l.partner_id = f.partner_id) x
                WHERE x.place <= %(documents)s ORDER BY x.size DESC, x.partner_id, x.place""",
            rows=rows, accounts=PREVIEW_ACCOUNTS, documents=PREVIEW_DOCUMENTS))
        return {'count': count, 'orphans': orphans, 'undated': self._undated(), 'accounts': self._preview_rows(documents)}

    def _undated(self):
        """How many documents pass the filter and say no date: they never count."""
        documents = self.env[self.model_name].sudo().with_context(active_test=False)  # a number only, of a model the user may read
        field = self._path_field(documents, self.date_field)
        if field.required or field.name == 'create_date':
            return 0
        return documents.search_count(self._parsed_domain() & Domain(self.date_field, '=', False))

    def _preview_rows(self, rows):
        names = self._document_names(rows)
        partners = self.env['res.partner'].browse([row['partner_id'] for row in rows]).sudo()  # key accounts, for directors
        accounts = {partner.id: partner.display_name for partner in partners}
        currency = self.env.company.currency_id
        return [{
            'account': accounts[row['partner_id']] if row['place'] == 1 else '',
            'size': row['size'] if row['place'] == 1 else '',
            'date': format_date(self.env, row['date']),
            'name': names.get((row['model'], row['res_id']), ''),
            'amount': self._format_amount(row['amount'] or 0, currency),
        } for row in rows]

    def action_view_kpis(self):
        """Open the KPIs whose formulas use this measure."""
        self.ensure_one()
        action = self.env['ir.actions.act_window']._for_xml_id('kam_kpi.kam_kpi_action')
        return {**action, 'domain': [('measure_ids', 'in', self.ids)], 'context': {'create': False}}

    def action_view_facts(self):
        """Open what the documents of this measure add up to, by account and day."""
        self.ensure_one()
        action = self.env['ir.actions.act_window']._for_xml_id('kam_kpi.kam_fact_action')
        return {**action, 'domain': [('measure_id', '=', (self.base_id or self).id)], 'context': {}}

    def action_view_entries(self):
        """Open the amounts typed for this measure."""
        self.ensure_one()
        action = self.env['ir.actions.act_window']._for_xml_id('kam_kpi.kam_measure_entry_action')
        return {**action, 'domain': [('measure_id', '=', self.id)], 'context': {'default_measure_id': self.id}}

    def _format_amount(self, amount, currency):
        """Return an amount of this measure as text: money with its currency, else a plain number."""
        if self.monetary:
            return format_amount(self.env, amount, currency)
        return formatLang(self.env, amount, digits=0 if float(amount).is_integer() else 2)
