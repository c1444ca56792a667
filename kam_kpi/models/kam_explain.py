from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools.misc import format_date

from ..fields import NullableFloat
from ..tools import period
from .kam_kpi_value import REASONS


class KamExplain(models.TransientModel):
    """A figure taken apart: the formula in words, what went into it by month, and the documents behind that.

    Of one account, or of a person, a team or the company with the accounts
    that make it up, each of which explains itself. It is made by
    ``kam.kpi.action_explain…`` and ``kam.kpi.value.action_explain`` after they
    have checked what the user may see (``kam_explain_open.py``); nobody else
    creates or changes one. What it says in words is in ``kam_explain_words.py``.
    """

    _name = 'kam.explain'
    _description = "Explanation of a Figure"
    _rec_name = 'kpi_id'

    kpi_id = fields.Many2one('kam.kpi', required=True, ondelete='cascade')
    description = fields.Text(related='kpi_id.description')
    unit = fields.Selection(related='kpi_id.unit')
    numerator_words = fields.Char(related='kpi_id.numerator_words')
    denominator_words = fields.Char(related='kpi_id.denominator_words')
    kpi_scale = fields.Float(related='kpi_id.scale')
    value_id = fields.Many2one('kam.kpi.value', "Stored value", ondelete='cascade')
    scope = fields.Selection([
        ('account', "Account"),
        ('user', "Account manager"),
        ('team', "Sales team"),
        ('company', "Company"),
    ], required=True, default='account')
    subject_id = fields.Integer("Subject's id")
    partner_id = fields.Many2one('res.partner', "Account", ondelete='cascade')
    subject = fields.Char("For")
    company_id = fields.Many2one('res.company', required=True, ondelete='cascade')
    company_ids = fields.Many2many('res.company', string="Companies", help="Whose documents count.")
    currency_id = fields.Many2one(related='company_id.currency_id')
    date_start = fields.Date("From", required=True)
    date_end = fields.Date("To", required=True)
    heading = fields.Char(compute='_compute_heading')
    numerator = NullableFloat()
    denominator = NullableFloat()
    value = NullableFloat()
    state = fields.Selection([('ok', "Ok"), ('no_data', "No data")], required=True, default='no_data')
    reason = fields.Selection(REASONS)
    sample_size = fields.Integer("Sample size")
    margin = NullableFloat("Margin of error")
    flags = fields.Char()
    known_part = NullableFloat("Known part", help="Of the whole, between 0 and 1.")
    live_value = NullableFloat("From the documents of today")
    is_changed = fields.Boolean("Changed since it was reported")
    is_closed = fields.Boolean(related='value_id.closed')
    is_closed_off = fields.Boolean("Documents are not the user's")
    of_whom = fields.Json(
        help="Whose documents count: 'accounts', a list or null for all there are, and 'users' where it is about what people did.")
    line_ids = fields.One2many('kam.explain.line', 'explain_id', "Measures")
    months = fields.Html("By month", compute='_compute_months', sanitize=False)
    figure_ids = fields.One2many('kam.explain.figure', 'explain_id', "Figures")
    part_ids = fields.One2many('kam.explain.figure', 'explain_id', "Made of", domain=[('kind', '=', 'part')])
    account_figure_ids = fields.One2many('kam.explain.figure', 'explain_id', "Accounts", domain=[('kind', '=', 'account')])
    account_value_ids = fields.Many2many('kam.kpi.value', string="Reported accounts", compute='_compute_account_value_ids')

    @api.depends('kpi_id', 'subject')
    def _compute_display_name(self):
        for explain in self:
            explain.display_name = self.env._("%(kpi)s: %(subject)s", kpi=explain.kpi_id.name, subject=explain.subject)

    @api.depends('subject', 'date_start', 'date_end')
    @api.depends_context('lang')
    def _compute_heading(self):
        for explain in self:
            explain.heading = self.env._(
                "%(subject)s, %(first_day)s – %(last_day)s", subject=explain.subject,
                first_day=format_date(self.env, explain.date_start), last_day=format_date(self.env, explain.date_end))

    @api.depends('line_ids.months')
    def _compute_months(self):
        for explain in self:
            tables = explain._month_tables()
            explain.months = self.env['ir.qweb']._render('kam_kpi.kam_explain_months', {'tables': tables}) if tables else False

    def _month_tables(self):
        """Return for each measure its windows side by side, month by month."""
        tables = []
        for measure, lines in self.line_ids.grouped('measure_id').items():
            lines = lines.filtered('months')
            length = max((len(line.months) for line in lines), default=0)
            tables.append({
                'measure': measure,
                'windows': [line._window_label() for line in lines],
                'rows': [[line._month_cell(position) for line in lines] for position in range(length)],
                'totals': [line.amount_text for line in lines],
                'total_label': self.env._("Total") if measure._is_additive() else self.env._("Together"),
            })
        return [table for table in tables if table['rows']]

    @api.depends('value_id')
    def _compute_account_value_ids(self):
        for explain in self:
            explain.account_value_ids = explain.value_id._account_values() if explain.scope != 'account' else False

    def _check_documents(self, of_company=False):
        """Raise AccessError unless the user may see the documents of the figure now."""
        Kpi, whom = self.env['kam.kpi'], self.of_whom
        if not whom:
            raise AccessError(self.env._("The documents behind this figure are shown to those who look after all of its accounts."))
        if of_company:
            Kpi._check_subject('company', False)
        elif whom['users'] is not None or whom['accounts'] is None:
            Kpi._check_subject(self.scope, self.subject_id)
        else:
            Kpi._check_accounts(whom['accounts'])

    def _drill(self, measure, start, stop, of_company=False):
        """The drill-down of a measure of this figure."""
        measure = measure.with_context(allowed_company_ids=self.company_ids.ids)
        until, whom = fields.Date.add(self.date_end, days=1), self.of_whom
        if of_company:
            return measure._drill(None, start, stop, until=until)
        if whom['users'] is not None:
            return measure._drill(None, start, stop, until=until, user_ids=whom['users'], key_only=True)
        return measure._drill(whom['accounts'], start, stop, until=until)

    def _closed_from(self):
        """The UTC time from which on documents are later than what was reported; None for a figure that is not closed."""
        value = self.value_id
        if not value.closed:
            return None
        day = value._closing_day()
        return period.utc_bounds(day, day, value.company_id.kam_timezone or 'UTC')[0]

    @api.model
    def _may_open(self, partner_id):
        """Whether the user may see the documents of an account."""
        try:
            self.env['kam.kpi']._check_accounts([partner_id])
        except AccessError:
            return False
        return True
