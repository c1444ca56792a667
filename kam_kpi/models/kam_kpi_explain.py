from datetime import timedelta

from odoo import api, models
from odoo.exceptions import UserError


class KamKpiExplain(models.Model):
    """The way from a KPI of an account to its explanation."""

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
        kpi = self.search([('code', '=', code)])
        if not kpi:
            raise UserError(self.env._("There is no KPI “%(code)s”: choose one of the catalogue.", code=code))
        date_start, date_stop = map(self._fields['next_review'].to_date, (date_start, date_stop))
        self._check_accounts([partner_id])
        [measured] = self.measure_kpis([code], [partner_id], date_start, date_stop)
        partner = self.env['res.partner'].browse(partner_id)
        return self.env['kam.explain']._open({
            'kpi_id': kpi.id,
            'partner_id': partner.id,
            'subject': partner.sudo().display_name,  # an account of the user, whatever the rules of contacts say
            'company_id': self.env.company.id,
            'date_start': date_start,
            'date_end': date_stop - timedelta(days=1),
            **{name: measured[name] for name in ('numerator', 'denominator', 'value', 'state', 'reason', 'sample_size')},
        }, kpi._term_windows(date_start, date_stop))
