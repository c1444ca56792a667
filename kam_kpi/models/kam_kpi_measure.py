from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from .kam_kpi_terms import Holdings


class KamKpiMeasure(models.Model):
    """The figures on request: any KPI, any accounts, any period."""

    _inherit = 'kam.kpi'

    @api.model
    @api.readonly
    def measure_kpis(self, codes, partner_ids, date_start, date_stop, user_id=None, team_id=None):
        """Return the KPIs of each account for the half-open period ``[date_start, date_stop)``.

        Live from the facts as of the last refresh, in the currency of the current
        company. KPIs with a window of their own (retention) take the one which stops at ``date_stop``.

        :param codes: codes of KPIs
        :param partner_ids: accounts; a contact stands for its company
        :param user_id: count only activity of this user; ``team_id``: of this team's members
        :return: list of ``{'code', 'partner_id', 'numerator', 'denominator', 'value', 'state', 'reason', 'sample_size'}``;
            ``value`` is None and ``reason`` says why when ``state`` is 'no_data'
        :raise AccessError: for accounts the caller may not see
        """
        kpis = self._by_codes(codes)
        date_start, date_stop = self._dates(date_start, date_stop)
        commercial = self._accounts(partner_ids)
        scopes = {partner_id: [commercial[partner_id]] for partner_id in commercial}
        subjects = {partner_id: ('account', commercial[partner_id]) for partner_id in scopes}
        results = kpis._outcomes(scopes, date_start, date_stop, self._actors(user_id, team_id), subjects)
        return [
            self._public_result(kpi, partner_id, results[kpi.id, partner_id])
            for kpi in kpis for partner_id in scopes
        ]

    @api.model
    @api.readonly
    def measure_total(self, codes, partner_ids, date_start, date_stop, user_id=None, team_id=None):
        """As :meth:`measure_kpis`, for the accounts taken together: ``partner_id`` is None, ratios are ratios of the sums.

        :param partner_ids: None or False for the company as a whole: all its key accounts, or all
            that happens in it where the KPI counts everybody. Directors and readers only; so are
            KPIs of the company as a whole, whatever the accounts.
        """
        kpis = self._by_codes(codes)
        date_start, date_stop = self._dates(date_start, date_stop)
        whole = partner_ids is None or partner_ids is False
        if whole or any(kpi.company_only for kpi in kpis):
            self._check_whole_company()
        if whole:
            scopes, subjects = {0: self._key_account_ids()}, {0: ('company', self.env.company.id)}
        else:
            scopes, subjects = {0: sorted(set(self._accounts(partner_ids).values()))}, {0: ('group', None)}
        results = kpis._outcomes(scopes, date_start, date_stop, self._actors(user_id, team_id), subjects)
        return [self._public_result(kpi, None, results[kpi.id, 0]) for kpi in kpis]

    @api.model
    def _by_codes(self, codes):
        # Targets and reviews of the past may be about a KPI that was archived since.
        ids, columns = self.sudo()._definitions()['kam.kpi']  # the catalogue is no secret, figures are checked by account
        found = dict(zip(columns['code'], ids))
        unknown = [code for code in codes if code not in found]
        if unknown:
            raise UserError(self.env._("There is no KPI with the code %(codes)s.", codes=", ".join(map(str, unknown))))
        return self.browse([found[code] for code in codes]).sudo()  # as above

    @api.model
    def _dates(self, date_start, date_stop):
        """Dates from dates or texts, checked: over the API they come as texts."""
        try:
            start, stop = fields.Date.to_date(date_start), fields.Date.to_date(date_stop)
        except ValueError:
            start = stop = None
        if not start or not stop or start >= stop:
            raise UserError(self.env._(
                "A period runs from a day to a later day, the last one not included; “%(start)s” to “%(stop)s” is none.",
                start=date_start, stop=date_stop))
        return start, stop

    @api.model
    def _accounts(self, partner_ids):
        """Return {partner id: id of its account} after checking that the caller may see these accounts."""
        self.env.flush_all()  # the figures are read by SQL
        partners = self.env['res.partner'].sudo().with_context(active_test=False).search_fetch(  # checked below
            [('id', 'in', list(partner_ids))], ['commercial_partner_id'], order='id')
        found = {partner.id: partner.commercial_partner_id.id for partner in partners}
        accounts = {partner_id: found[partner_id] for partner_id in partner_ids if partner_id in found}
        self._check_accounts(set(accounts.values()))
        return accounts

    @api.model
    def _check_accounts(self, partner_ids):
        """Raise AccessError unless the caller may see the figures of all these accounts."""
        user = self.env.user
        if self.env.su or user.has_groups('kam_kpi.group_kam_manager,kam_kpi.group_kam_reader'):
            return
        domain = Domain('id', 'in', list(partner_ids)) & Domain('kam_user_id', '=', user.id)
        if user.has_group('kam_kpi.group_kam_leader'):
            domain = Domain('id', 'in', list(partner_ids)) & (Domain('kam_user_id', '=', user.id) | Domain('kam_team_id.user_id', '=', user.id))
        allowed = set()
        if user.has_group('kam_kpi.group_kam_user'):
            allowed = set(self.env['res.partner'].sudo().with_context(active_test=False).search(domain).ids)  # only ids, to compare
        if set(partner_ids) - allowed:
            raise AccessError(self.env._("You may see the figures of your own accounts only. Ask a KAM director for access to the others."))

    @api.model
    def _check_whole_company(self):
        """Raise AccessError unless the caller may see figures of the company as a whole."""
        if not (self.env.su or self.env.user.has_groups('kam_kpi.group_kam_manager,kam_kpi.group_kam_reader')):
            raise AccessError(self.env._("Figures of the whole company are for KAM directors and readers. Ask for single accounts instead."))

    @api.model
    def _key_account_ids(self):
        """The key accounts of the companies at hand; the figures of the whole are asked for."""
        self.env.flush_all()  # the figures are read by SQL
        companies = self.env.companies
        return sorted({account for company in companies for account in Holdings(self.env, company).accounts})

    @api.model
    def _actors(self, user_id, team_id):
        """The users whose activity is asked for, or None for everybody's."""
        if user_id:
            return [user_id]
        if team_id:
            members = self.env['crm.team.member'].sudo().with_context(active_test=False).search([('crm_team_id', '=', team_id)])  # only to filter sums
            return members.user_id.ids
        return None

    @api.model
    def _public_result(self, kpi, partner_id, result):
        names = ('numerator', 'denominator', 'value', 'state', 'reason', 'sample_size')
        return {'code': kpi.code, 'partner_id': partner_id, **{name: result[name] for name in names}}
