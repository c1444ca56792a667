from odoo import models

from ..tools import formula


class KamKpiTerms(models.Model):
    """What a KPI's figure is made of, for those who ask where it comes from."""

    _inherit = 'kam.kpi'

    def _term_windows(self, date_start, date_stop):
        """Return the measures of numerator and denominator with the days each looks at.

        :return: list of ``{'measure', 'shift', 'window', 'start', 'stop', 'of_company'}``, each measure and window once;
            ``start`` is None when it has no beginning; ``of_company``: the whole company's, whoever the figure is of
        """
        self.ensure_one()
        measures = {measure.code: measure for measure in self.measure_ids.sudo()}  # definitions are no secret
        found = []
        for text in filter(None, (self.numerator, self.denominator)):
            for term in formula.terms(formula.parse(text)):
                window = self._term_window(term.shift, date_start, date_stop)
                row = {'measure': measures[term.measure], 'shift': term.shift, 'window': window, 'start': window.start, 'stop': window.stop,
                       'of_company': term.level == 'company'}
                if row not in found:
                    found.append(row)
        return found

    def _scope_accounts(self, scope, record_id, day, company):
        """Return the ids of the key accounts of a scope: those its manager or team holds on a day.

        :param scope: 'account', 'user', 'team' or 'company'; ``record_id`` belongs to it
        """
        if scope == 'account':
            return [record_id]
        holdings = Holdings(self.env, company)
        return sorted(holdings.on(day).get((scope, record_id if scope != 'company' else company.id), []))


class Holdings:
    """Who holds which key accounts of a company on a day; read once, asked for many days."""

    def __init__(self, env, company):
        self.company = company
        partners = env['res.partner'].sudo().with_context(active_test=False)  # whose account it was is decided by date, not by who asks
        accounts = partners.search([('is_key_account', '=', True), ('company_id', 'in', (False, company.id))])
        self.accounts = accounts.filtered(lambda partner: partner.commercial_partner_id == partner).ids
        assignments = env['kam.assignment'].sudo().search_fetch(  # as above
            [('partner_id', 'in', self.accounts), ('company_id', '=', company.id)],
            ['partner_id', 'user_id', 'team_id', 'date_from', 'date_to'])
        self.assignments = [
            (row.partner_id.id, row.user_id.id, row.team_id.id, row.date_from, row.date_to) for row in assignments]

    def holders(self, day):
        """Return {account id: (user id or False, team id or False)}."""
        return {
            partner_id: (user_id, team_id) for partner_id, user_id, team_id, first, last in self.assignments
            if first <= day and (not last or last >= day)
        }

    def users_between(self, first, last):
        """Ids of those who held an account on any of these days."""
        return {
            user_id for _partner, user_id, _team, date_from, date_to in self.assignments
            if user_id and date_from <= last and (not date_to or date_to >= first)
        }

    def on(self, day):
        """Return {(scope, record id): account ids} for managers, teams and the company."""
        found = {('company', self.company.id): self.accounts}
        for partner_id, (user_id, team_id) in self.holders(day).items():
            if user_id:
                found.setdefault(('user', user_id), []).append(partner_id)
            if team_id:
                found.setdefault(('team', team_id), []).append(partner_id)
        return found
