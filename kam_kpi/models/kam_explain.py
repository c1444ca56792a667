from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tools.misc import format_date

from ..fields import NullableFloat
from ..tools import period
from .kam_kpi_value import REASONS


class KamExplain(models.TransientModel):
    """A figure taken apart: the formula in words, what went into it by month, and the documents behind that.

    For one account it shows the measures over their windows; for a person, a
    team or the company it shows the accounts that make up the figure, each of
    which explains itself. It is made by ``kam.kpi.action_explain`` and
    ``kam.kpi.value.action_explain`` after they have checked what the user may
    see; nobody else creates or changes one.
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
    live_value = NullableFloat("From the documents of today")
    is_changed = fields.Boolean("Changed since it was reported")
    is_closed_off = fields.Boolean("Account of somebody else")
    line_ids = fields.One2many('kam.explain.line', 'explain_id', "Measures")
    months = fields.Html("By month", compute='_compute_months', sanitize=False)
    account_value_ids = fields.Many2many('kam.kpi.value', string="Accounts", compute='_compute_account_value_ids')

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
            explain.months = self.env['ir.qweb']._render('kam_kpi.kam_explain_months', {
                'tables': explain._month_tables(),
            }) if explain.line_ids else False

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
            })
        return [table for table in tables if table['rows']]

    @api.depends('value_id')
    def _compute_account_value_ids(self):
        for explain in self:
            explain.account_value_ids = explain.value_id._account_values() if not explain.partner_id else False

    @api.model
    def _open(self, vals, term_windows):
        """Create an explanation and return the action that shows it.

        :param dict vals: of the explanation itself
        :param term_windows: what ``kam.kpi._term_windows`` answers; empty when the documents are not to be shown
        """
        explain = self.sudo().create({  # written for the user, who may change nothing in it; access was checked by the caller
            **vals,
            'reason': vals['reason'] if vals['reason'] in dict(REASONS) else False,
            'company_ids': [Command.set(self.env.companies.ids)],
            'line_ids': [Command.create(line) for line in self._line_vals(vals['partner_id'], term_windows)],
        })
        return {
            'type': 'ir.actions.act_window',
            'name': self.env._("Explain: %(kpi)s", kpi=explain.kpi_id.name),
            'res_model': self._name,
            'res_id': explain.id,
            'view_mode': 'form',
            'target': 'current',
        }

    @api.model
    def _line_vals(self, partner_id, term_windows):
        """Return the values of the lines: each measure with its months, which add up to its amount."""
        lines = []
        for window in sorted(term_windows, key=lambda window: bool(window['shift'])):
            monthly = window['measure']._monthly([partner_id], window['start'], window['stop'])
            lines.append({
                'measure_id': window['measure'].id,
                'shift': window['shift'] or False,
                'date_start': window['start'],
                'date_stop': window['stop'],
                'amount': sum(amount for _month, amount in monthly),
                'months': self._calendar(dict(monthly), window['start'], window['stop']) if window['start'] else False,
            })
        return lines

    @api.model
    def _calendar(self, monthly, date_start, date_stop):
        """Return ``[month, amount]`` of every month the window touches, silent ones with 0."""
        months = []
        month = date_start.replace(day=1)
        while month < date_stop:
            months.append([fields.Date.to_string(month), monthly.get(month, 0.0)])
            month = period.shift_months(month, 1)
        return months

    @api.model
    def _may_open(self, partner_id):
        """Whether the user may see the documents of an account."""
        try:
            self.env['kam.kpi']._check_accounts([partner_id])
        except AccessError:
            return False
        return True
