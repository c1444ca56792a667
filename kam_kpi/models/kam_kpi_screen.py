from datetime import timedelta

from odoo import api, fields, models
from odoo.tools.misc import format_amount, format_date, formatLang

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

    @api.depends('code')
    @api.depends_context('lang', 'uid', 'allowed_company_ids')
    def _compute_preview(self):
        for kpi in self:
            kpi.preview = kpi.env['ir.qweb']._render('kam_kpi.kam_kpi_preview', kpi._preview_values())

    def _preview_values(self):
        """Return three accounts of the user with this KPI in the last closed quarter, as saved."""
        company = self.env.company
        running = company._kam_period('quarter', company._kam_today())[0]
        start, stop = company._kam_period('quarter', running - timedelta(days=1))
        accounts = self.env['kam.kpi.value'].search(
            [('scope', '=', 'account'), ('is_current', '=', True)], limit=200, order='numerator desc, partner_id').partner_id
        kpi = self._origin
        rows = kpi and accounts and self.measure_kpis([kpi.code], accounts[:PREVIEW_ACCOUNTS].ids, start, stop)
        names = {account.id: account.display_name for account in accounts}
        return {
            'period': self.env._(
                "%(first_day)s – %(last_day)s", first_day=format_date(self.env, start),
                last_day=format_date(self.env, stop - timedelta(days=1))),
            'rows': [{
                'account': names[row['partner_id']],
                'numerator': kpi._format_number(row['numerator']),
                'denominator': kpi._format_number(row['denominator']) if kpi.denominator else '',
                'value': kpi._format_figure(row['value'], company.currency_id),
                'reason': row['reason'] and kpi._reason_words(row['reason']),
            } for row in rows or []],
        }

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

    def action_view_values(self):
        """Open the history of this KPI, by quarter."""
        self.ensure_one()
        action = self.env['ir.actions.act_window']._for_xml_id('kam_kpi.kam_kpi_value_action_analysis')
        return {**action, 'context': {
            'search_default_scope_account': 1, 'search_default_frequency_quarter': 1, 'searchpanel_default_kpi_id': self.id,
        }}
