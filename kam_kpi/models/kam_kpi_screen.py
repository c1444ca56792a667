from datetime import timedelta

from odoo import api, fields, models
from odoo.models import MAGIC_COLUMNS
from odoo.tools import SQL
from odoo.tools.misc import format_amount, format_date, formatLang

from ..tools.period import shift_months

PREVIEW_ACCOUNTS = 3


class KamKpiScreen(models.Model):
    """What the form of a KPI shows besides its definition."""

    _inherit = 'kam.kpi'

    numerator_words = fields.Char("Numerator in words", compute='_compute_words')
    denominator_words = fields.Char("Denominator in words", compute='_compute_words')
    formula_message = fields.Text("To be mended", compute='_compute_formula_message')
    preview = fields.Html(compute='_compute_preview', sanitize=False)

    @api.depends('numerator', 'denominator')
    @api.depends_context('lang')
    def _compute_words(self):
        for kpi in self:
            kpi.numerator_words = kpi._formula_words(kpi.numerator)
            kpi.denominator_words = kpi._formula_words(kpi.denominator)

    @api.depends('numerator', 'denominator', 'coverage', 'coverage_denominator', 'sample', 'check_ids.formula')
    @api.depends_context('lang')
    def _compute_formula_message(self):
        for kpi in self:
            kpi.formula_message = "\n".join(kpi._formula_errors())

    @api.depends(
        'numerator', 'denominator', 'scale', 'unit', 'window', 'grain', 'denominator_grain', 'roll_up', 'coverage', 'coverage_denominator',
        'min_coverage', 'sample', 'min_sample', 'squares', 'per_account', 'population', 'method', 'check_ids.formula', 'check_ids.outcome')
    @api.depends_context('lang', 'uid', 'allowed_company_ids')
    def _compute_preview(self):
        shown = self.env.user.has_groups('kam_kpi.group_kam_manager,kam_kpi.group_kam_reader')
        for kpi in self:
            kpi.preview = shown and kpi.env['ir.qweb']._render('kam_kpi.kam_kpi_preview', kpi._preview_values())

    def _preview_values(self):
        """Return three accounts of the user with this KPI in the last closed quarter, as it is on the screen."""
        company = self.env.company
        running = company._kam_period('quarter', company._kam_today())[0]
        start, stop = company._kam_period('quarter', running - timedelta(days=1))
        accounts = self._preview_accounts()
        results = self._preview_results(accounts, start, stop)
        return {
            'problem': self.formula_message if results is None else False,
            'period': self.env._(
                "%(first_day)s – %(last_day)s", first_day=format_date(self.env, start),
                last_day=format_date(self.env, stop - timedelta(days=1))),
            'rows': [{
                'account': account.display_name,
                'numerator': self._format_number(result['numerator']),
                'denominator': self._format_number(result['denominator']) if self.denominator else '',
                'value': self._format_figure(result['value'], company.currency_id),
                'reason': result['reason'] and self._reason_words(result['reason']),
            } for account, result in zip(accounts, results or [])],
        }

    def _preview_accounts(self):
        """The key accounts for which these measures have most to tell, else any."""
        measures = self.used_measure_ids.sudo()  # only to choose accounts
        self.env['kam.fact'].flush_model()
        found = [row[0] for row in self.env.execute_query(SQL(
            """SELECT f.partner_id FROM kam_fact f JOIN res_partner p ON p.id = f.partner_id AND p.is_key_account AND p.active
                WHERE f.measure_id = ANY(%s) AND f.company_id = ANY(%s) AND f.date >= %s
                GROUP BY f.partner_id ORDER BY SUM(f.count) DESC, f.partner_id LIMIT %s""",
            (measures.base_id | measures).ids, self.env.companies.ids, shift_months(self.env.company._kam_today(), -24), PREVIEW_ACCOUNTS))]
        accounts = self.env['res.partner'].browse(found)
        if len(accounts) < PREVIEW_ACCOUNTS:
            accounts |= self.env['res.partner'].search(
                [('is_key_account', '=', True), ('id', 'not in', found)], limit=PREVIEW_ACCOUNTS - len(accounts), order='name, id')
        return accounts

    def _preview_results(self, accounts, date_start, date_stop):
        """The results of these accounts, saved or not; None when the formulas cannot be computed (yet)."""
        if not accounts:
            return []
        if self.method:
            rows = self.measure_kpis([self._origin.code], accounts.ids, date_start, date_stop) if self._origin else []
            return rows
        if self._formula_errors():
            return None
        self._check_accounts(accounts.ids)
        self.env.flush_all()  # the figures are read by SQL
        names = [name for name, field in self._fields.items() if field.store and field.type not in ('one2many', 'many2many')]
        probe = self.sudo().new({name: self[name] for name in names if name not in MAGIC_COLUMNS})  # what is typed; accounts were checked
        probe.measure_ids = self.used_measure_ids
        probe.check_ids = self.check_ids.sudo()  # as above
        scopes = {account.id: [account.id] for account in accounts}
        results = probe._outcomes(scopes, date_start, date_stop, subjects={account.id: ('account', account.id) for account in accounts})
        return [results[probe.id, account.id] for account in accounts]

    def _reason_words(self, reason):
        """Return the reason for no data in words; the code itself when it is one of the KPI's own outcomes."""
        return dict(self.env['kam.kpi.value']._fields['reason']._description_selection(self.env)).get(reason, reason)

    def _format_number(self, number):
        """Return a sum as text, "–" when it is not known."""
        if number is None or number is False:
            return "–"
        return formatLang(self.env, number, digits=0 if float(number).is_integer() else 2)

    def _format_figure(self, value, currency):
        """Return a value of this KPI as text in its unit, "–" for no data."""
        if value is None or value is False:
            return "–"
        if self.unit == 'currency':
            return format_amount(self.env, value, currency)
        if self.unit == 'percent':
            return self.env._("%(number)s %%", number=formatLang(self.env, value, digits=1))
        if self.unit == 'score':
            return formatLang(self.env, value, digits=1)
        return self._format_number(value)

    def action_refresh_figures(self):
        """Bring the figures up to date with what was just defined."""
        return self.env['kam.fact'].action_refresh()

    def action_view_accounts(self):
        """Open the current figures of this KPI, account by account."""
        self.ensure_one()
        action = self.env['ir.actions.act_window']._for_xml_id('kam_kpi.kam_kpi_value_action')
        return {**action, 'domain': [('kpi_id', '=', self.id), ('scope', '=', 'account')], 'context': {'search_default_current': 1}}

    def action_view_values(self):
        """Open the history of this KPI, by quarter."""
        self.ensure_one()
        action = self.env['ir.actions.act_window']._for_xml_id('kam_kpi.kam_kpi_value_action_analysis')
        return {**action, 'context': {
            'search_default_scope_account': 1, 'search_default_frequency_quarter': 1, 'searchpanel_default_kpi_id': self.id,
        }}
