from odoo import models

from ..tools import formula


class KamKpiTerms(models.Model):
    """What a KPI's figure is made of, for those who ask where it comes from."""

    _inherit = 'kam.kpi'

    def _term_windows(self, date_start, date_stop):
        """Return the measures of numerator and denominator with the days each looks at.

        :return: list of ``{'measure', 'shift', 'start', 'stop'}``, each measure and window once;
            ``start`` is None when it has no beginning
        """
        self.ensure_one()
        measures = {measure.code: measure for measure in self.measure_ids.sudo()}  # definitions are no secret
        found = []
        for text in filter(None, (self.numerator, self.denominator)):
            for term in formula.terms(formula.parse(text)):
                window = self._term_window(term.shift, date_start, date_stop)
                row = {'measure': measures[term.measure], 'shift': term.shift, 'start': window.start, 'stop': window.stop}
                if row not in found:
                    found.append(row)
        return found

    def _scope_accounts(self, scope, record_id, day, company):
        """Return the ids of the key accounts of a scope: those its manager or team holds on a day.

        :param scope: 'account', 'user', 'team' or 'company'; ``record_id`` belongs to it
        """
        if scope == 'account':
            return [record_id]
        return sorted(self._holdings(day, company).get((scope, record_id if scope != 'company' else company.id), []))

    def _holdings(self, day, company):
        """Return {(scope, record id): account ids} on a day, for managers, teams and the company."""
        partners = self.env['res.partner'].sudo().with_context(active_test=False)  # whose account it was is decided by date, not by who asks
        accounts = partners.search([('is_key_account', '=', True), ('commercial_partner_id.is_key_account', '=', True),
                                    ('company_id', 'in', (False, company.id))])
        accounts = accounts.filtered(lambda partner: partner.commercial_partner_id == partner)
        holdings = {('company', company.id): accounts.ids}
        for partner_id, (user_id, team_id) in self.env['kam.assignment'].sudo()._holders(accounts.ids, day, company.id).items():  # as above
            if user_id:
                holdings.setdefault(('user', user_id), []).append(partner_id)
            if team_id:
                holdings.setdefault(('team', team_id), []).append(partner_id)
        return holdings
