from odoo import api, fields, models
from odoo.fields import Domain

from .kam_value_mixin import KAM_GROUPS

TREND_QUARTERS = 8
SEVERITY = {'off_track': 0, 'missed': 0, 'at_risk': 1, 'on_track': 2, 'achieved': 3}


class ResPartnerKamHeadline(models.Model):
    """The headline figures of a key account as its page shows them: beside last year, the target and the last quarters."""

    _inherit = 'res.partner'

    kam_headlines = fields.Json("Headline figures", compute='_compute_kam_headlines', groups=KAM_GROUPS)

    @api.depends('commercial_partner_id')
    @api.depends_context('uid', 'company', 'lang')
    def _compute_kam_headlines(self):
        """For the one account of a form: a list in the order of the account's KPI fields.

        Of each: ``{'id': of the value, 'code', 'name', 'help', 'unit', 'currency_id',
        'value', 'reason', 'last_year', 'change': better / worse / same / False,
        'target': {...} or False, 'trend': [quarters, the oldest first, None without
        data]}``. KPIs without a stored value are left out.
        """
        codes = list(self._kam_codes().values())
        for partner in self:
            account = partner.commercial_partner_id._origin
            values = self.env['kam.kpi.value'].search(self._kam_value_domain(codes) & Domain('partner_id', '=', account.id))
            trends, targets = account._kam_quarters(values.kpi_id), account._kam_running_targets(values.kpi_id)
            partner.kam_headlines = [{
                **account._kam_headline(value),
                'target': targets.get(value.kpi_id, False),
                'trend': trends.get(value.kpi_id, []),
            } for value in values.sorted(lambda value: codes.index(value.kpi_id.code))]

    def _kam_headline(self, value):
        reasons = dict(value._fields['reason']._description_selection(self.env))
        return {
            'id': value.id, 'code': value.kpi_id.code, 'name': value.kpi_id.name, 'help': value.kpi_id.description or False,
            'unit': value.unit, 'currency_id': value.currency_id.id, 'value': value.value,
            'reason': reasons.get(value.reason, False), 'last_year': value.last_year_value,
            'change': value._trend_against(value.last_year_value),
        }

    def _kam_quarters(self, kpis):
        """Return ``{kpi: [value or None]}`` of the last quarters that are over; KPIs with fewer than two known ones are left out."""
        rows = self.env['kam.kpi.value'].search_fetch([
            ('kpi_id', 'in', kpis.ids), ('scope', '=', 'account'), ('partner_id', '=', self.id), ('frequency', '=', 'quarter'),
            ('company_id', '=', self.env.company.id), ('date_end', '<', self.env.company._kam_today()),
        ], ['kpi_id', 'date_end', 'value'])
        ends = sorted(set(rows.mapped('date_end')))[-TREND_QUARTERS:]
        found = {}
        for row in rows.filtered(lambda row: row.date_end in ends):
            found.setdefault(row.kpi_id, dict.fromkeys(ends))[row.date_end] = None if row.value is False else row.value
        return {kpi: list(by_end.values()) for kpi, by_end in found.items() if len([1 for value in by_end.values() if value is not None]) > 1}

    def _kam_running_targets(self, kpis):
        """Return ``{kpi: target}`` of the agreed targets in force today: of several of a KPI the one which needs most help."""
        today = self.env.company._kam_today()
        targets = self.env['kam.target'].search([
            ('partner_id', '=', self.id), ('kpi_id', 'in', kpis.ids), ('company_id', '=', self.env.company.id),
            ('state', 'in', ('agreed', 'locked')), ('date_start', '<=', today), ('date_end', '>=', today)])
        statuses = dict(targets._fields['status']._description_selection(self.env))
        found = {}
        for target in targets.sorted(lambda target: (SEVERITY.get(target.status, 4), target.date_end, target.id)):
            found.setdefault(target.kpi_id, {
                'id': target.id,
                'value': target.target_value,
                'period': self.env['kam.kpi.value']._period_text(target.frequency, target.date_start, target.date_end),
                'attainment': False if target.attainment is False else 100.0 * target.attainment,
                'status': target.status,
                'status_label': statuses.get(target.status, False),
            })
        return found

    def action_kam_headline(self, value_id):
        """Open the explanation of one of the headline figures."""
        self.ensure_one()
        return self.env['kam.kpi.value'].browse(value_id).exists().action_explain()
