from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.tools.misc import format_date

from ..fields import NullableFloat
from ..tools import period


class KamKpiValueHistory(models.Model):
    """A KPI value beside those of other times: a running period like with like, and what became of a closed one.

    While a period runs it is compared with as many days of the earlier one,
    worked out now for the accounts of today; a period that is over is compared
    with the stored figure of the same length.
    """

    _inherit = 'kam.kpi.value'

    last_year_value = NullableFloat(
        "Last year", compute='_compute_last_year_value', aggregator=None,
        help="The figure a year earlier; of a running period: of as many of its days.")
    comparison = fields.Char(
        "Compared with", compute='_compute_comparison', help="The days of the period before which a running period is compared with.")
    restated_change = NullableFloat(
        "Difference", compute='_compute_restated_change', aggregator=None,
        help="What the documents say today less what was reported; empty where one of them is no data.")
    notice = fields.Text("What changed since", compute='_compute_notice')

    @api.depends('restated_value', 'restated_on', 'value')
    def _compute_restated_change(self):
        for value in self:
            known = value.restated_on and value.value is not False and value.restated_value is not False
            value.restated_change = value.restated_value - value.value if known else False

    @api.depends('restated_on', 'date_end')
    @api.depends_context('lang')
    def _compute_notice(self):
        for value in self:
            value.notice = value.restated_on and self.env._(
                "Documents of this period have changed since it was closed. The figure stays as it was reported; the difference was noticed "
                "on %(day)s.", day=format_date(self.env, value.restated_on))

    @api.depends('is_current', 'date_start', 'date_end', 'frequency')
    @api.depends_context('lang')
    def _compute_comparison(self):
        for value in self:
            window = value._is_cut() and value._window_of('previous')
            value.comparison = window and self.env._(
                "%(first_day)s – %(last_day)s", first_day=format_date(self.env, window[0]),
                last_day=format_date(self.env, window[1] - period.ONE_DAY))

    @api.depends('value', 'is_current', 'date_start', 'date_end')
    def _compute_last_year_value(self):
        live = self.filtered('is_current')._live_values('last_year')
        stored = (self - self.browse(live))._stored_last_year()
        for value in self:
            value.last_year_value = live.get(value.id, stored.get(value.id, False))

    def _stored_last_year(self):
        """Return ``{id: value}`` of the stored figures of the same series a year earlier, as the user may see them."""
        wanted = {value.id: (value._series(), period.last_year(value.date_start, value.date_end + period.ONE_DAY)) for value in self if value.date_end}
        if not wanted:
            return {}
        rows = self.search_fetch([
            ('kpi_id', 'in', self.kpi_id.ids), ('subject_id', 'in', list(set(self.mapped('subject_id')))),
            ('date_start', 'in', [start for _series, (start, _stop) in wanted.values()]), ('value', '!=', False),
        ], ['kpi_id', 'company_id', 'scope', 'subject_id', 'frequency', 'date_start', 'date_end', 'value'])
        found = {(row._series(), (row.date_start, row.date_end + period.ONE_DAY)): row.value for row in rows}
        return {value_id: found[key] for value_id, key in wanted.items() if key in found}

    def _previous_values(self):
        """As before, and like with like for periods that run and build up."""
        running = self.filtered(lambda value: value._is_cut())
        return {**super(KamKpiValueHistory, self - running)._previous_values(), **running._live_values('previous')}

    def _is_cut(self):
        """Whether the period still runs and the figure is of its days so far alone."""
        return bool(self.is_current and self.frequency != 'ttm' and self.kpi_id.window == 'period')

    def _window_of(self, shift):
        """The earlier window of equal length, cut to as many days as have passed of this one."""
        start, stop = self.date_start, self.date_end + period.ONE_DAY
        move = {'previous': period.previous, 'last_year': period.last_year}[shift]
        earlier_start, earlier_stop = move(start, stop)
        today = self.company_id._kam_today()
        if today < stop:
            earlier_stop = min(earlier_stop, earlier_start + (today - start))
        return earlier_start, earlier_stop

    def _live_values(self, shift):
        """Return ``{id: value}`` of an earlier window, worked out now for the accounts of today.

        Whoever sees the running figure of a subject may see what these very accounts gave before.
        """
        result = {}
        groups = self.grouped(lambda value: (value.company_id, value._window_of(shift)))
        for (company, (start, stop)), values in groups.items():
            if start >= stop:
                continue
            definitions = values.kpi_id.sudo().with_company(company).with_context(allowed_company_ids=company.ids)  # definitions are no secret
            subjects = dict(enumerate(sorted({(value.scope, value.subject_id) for value in values})))
            day = company._kam_today()
            scopes = {number: definitions._scope_accounts(*subject, day, company) for number, subject in subjects.items()}
            outcomes = definitions._outcomes(scopes, start, stop, subjects=subjects)
            numbers = {subject: number for number, subject in subjects.items()}
            for value in values:
                found = outcomes[value.kpi_id.id, numbers[value.scope, value.subject_id]]['value']
                result[value.id] = False if found is None else found
        return result

    def _closing_day(self):
        """The day from which on the period is closed: documents written later were not in what was reported."""
        return self.date_end + relativedelta(days=1 + self.company_id.kam_closing_days)

    def action_changed_documents(self):
        """Open the documents of the period which were written after it was closed.

        Of the measure which has such documents; where several have, or none can be told, the whole explanation.
        """
        self.ensure_one()
        action = self.action_explain()
        explain = self.env['kam.explain'].browse(action['res_id'])
        lines = explain.line_ids.filtered(lambda line: line.get_documents(changed=True)['count'])
        return lines.action_changed_documents() if len(lines) == 1 else action

    def action_restatements(self):
        """Open the list of closed figures of this KPI and subject whose documents have changed since."""
        self.ensure_one()
        action = self.env['ir.actions.act_window']._for_xml_id('kam_kpi.kam_kpi_value_action_restated')
        return {**action, 'path': False, 'domain': [
            ('restated_on', '!=', False), ('kpi_id', '=', self.kpi_id.id), ('scope', '=', self.scope), ('subject_id', '=', self.subject_id)]}
