from odoo import api, models
from odoo.exceptions import UserError


class KamKpiExplain(models.Model):
    """The way from a KPI of anybody to its explanation."""

    _inherit = 'kam.kpi'

    @api.model
    def action_explain(self, code, partner_id, date_start, date_stop):
        """Open the explanation of a KPI of one account, worked out live.

        :param str code: of the KPI
        :param int partner_id: the account
        :param date_start: first day of the period
        :param date_stop: first day after the period
        :raise AccessError: when the account is not one of the user's
        :raise UserError: when there is no such KPI
        """
        return self.action_explain_scope(code, 'account', partner_id, date_start, date_stop)

    @api.model
    def action_explain_scope(self, code, scope, record_id, date_start, date_stop):
        """Open the explanation of a KPI of an account, a manager, a team or the company, worked out live.

        :param str scope: 'account', 'user', 'team' or 'company'; ``record_id`` is the id of the subject
        :raise AccessError: when the user may not see figures of the subject
        :raise UserError: when there is no such KPI or scope
        """
        kpi = self.search([('code', '=', code)])
        if not kpi:
            raise UserError(self.env._("There is no KPI “%(code)s”: choose one of the catalogue.", code=code))
        if scope not in ('account', 'user', 'team', 'company'):
            raise UserError(self.env._("Figures are of an account, an account manager, a team or the company."))
        date_start, date_stop = self._dates(date_start, date_stop)
        record_id = self.env.company.id if scope == 'company' else int(record_id)
        self._check_subject(scope, record_id)
        if scope == 'account':
            record_id = self._accounts([record_id])[record_id]
        return self.env['kam.explain']._open(kpi, scope, record_id, date_start, date_stop)

    @api.model
    def action_explain_values(self, domain):
        """Open the explanation of what a cell or a point of an analysis shows: of the one stored value, else the list of them.

        :param domain: of stored values, as the user sees them
        """
        values = self.env['kam.kpi.value'].search(domain, limit=2)
        if len(values) == 1:
            return values.action_explain()
        action = self.env['ir.actions.act_window']._for_xml_id('kam_kpi.kam_kpi_value_action')
        return {
            **action, 'name': self.env._("Values behind the figure"), 'path': False, 'domain': domain, 'context': {},
            'views': [(False, 'list'), (False, 'form')], 'view_mode': 'list,form',
        }
