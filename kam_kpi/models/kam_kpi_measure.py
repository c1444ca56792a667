from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ..tools import bridge, statistics


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
        results = kpis._outcomes(scopes, date_start, date_stop, self._actors(user_id, team_id), single=set(scopes))
        return [
            self._public_result(kpi, partner_id, results[kpi.id, partner_id])
            for kpi in kpis for partner_id in scopes
        ]

    @api.model
    @api.readonly
    def measure_total(self, codes, partner_ids, date_start, date_stop, user_id=None, team_id=None):
        """As :meth:`measure_kpis`, for the accounts taken together: ``partner_id`` is None, ratios are ratios of the sums."""
        kpis = self._by_codes(codes)
        date_start, date_stop = self._dates(date_start, date_stop)
        scopes = {0: sorted(set(self._accounts(partner_ids).values()))}
        results = kpis._outcomes(scopes, date_start, date_stop, self._actors(user_id, team_id))
        return [self._public_result(kpi, None, results[kpi.id, 0]) for kpi in kpis]

    @api.model
    @api.readonly
    def revenue_bridge(self, partner_ids, date_start, date_stop, level='category'):
        """Return how revenue came from the window of equal length before to this one.

        :param level: 'category', 'template' or 'product': what counts as buying the same
        :return: amounts ``opening, new, upsell, cross_sell, contraction, churn, closing``;
            ``opening + new + upsell + cross_sell - contraction - churn = closing``
        """
        date_start, date_stop = self._dates(date_start, date_stop)
        accounts = sorted(set(self._accounts(partner_ids).values()))
        rows = self._bridge_rows(accounts, date_start, date_stop, level)
        half = self.env.company.currency_id.rounding / 2
        return {bucket: float(amount) for bucket, amount in bridge.revenue_bridge(rows, half).items()}

    @api.model
    def _by_codes(self, codes):
        found = {kpi.code: kpi for kpi in self.sudo().search([('code', 'in', list(codes))])}  # the catalogue is no secret, figures are checked by account
        unknown = [code for code in codes if code not in found]
        if unknown:
            raise UserError(self.env._("There is no KPI with the code %(codes)s.", codes=", ".join(map(str, unknown))))
        return self.browse([found[code].id for code in codes]).sudo()  # as above

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
        partners = self.env['res.partner'].sudo().with_context(active_test=False).browse(partner_ids).exists()  # checked in the next line
        accounts = {partner.id: partner.commercial_partner_id.id for partner in partners}
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
    def _actors(self, user_id, team_id):
        """The users whose activity is asked for, or None for everybody's."""
        if user_id:
            return [user_id]
        if team_id:
            members = self.env['crm.team.member'].sudo().with_context(active_test=False).search([('crm_team_id', '=', team_id)])  # only to filter sums
            return members.user_id.ids
        return None

    def _outcomes(self, scopes, date_start, date_stop, user_ids=None, single=()):
        """Return {(kpi id, scope id): result} of these KPIs; ``single`` holds the scopes which are one account."""
        future = date_start >= self._as_of()
        missing = {kpi.id for kpi in self if 'source_missing' in kpi.measure_ids.mapped('state')}
        ready = self.filtered(lambda kpi: not future and kpi.id not in missing)
        sums = ready._evaluate(scopes, date_start, date_stop, user_ids)
        results = {}
        for kpi in self:
            for scope_id in scopes:
                if kpi in ready:
                    results[kpi.id, scope_id] = kpi._outcome(sums.get((kpi.id, scope_id), {}), scope_id in single)
                else:
                    results[kpi.id, scope_id] = kpi._no_data('future_period' if future else 'source_missing')
        return results

    def _no_data(self, reason, **known):
        return {'numerator': None, 'denominator': None, 'sample_size': 0, 'margin': None, 'flags': [], **known,
                'value': None, 'state': 'no_data', 'reason': reason}

    def _outcome(self, sums, single):
        """Turn the sums of this KPI's formulas into a value, or into no data with its reason."""
        self.ensure_one()
        numerator = sums.get('numerator', 0.0)
        denominator = sums.get('denominator', 0.0) if self.denominator else None
        counted = sums.get('sample') if self.sample else denominator if self.min_sample else 0
        known = {'numerator': numerator, 'denominator': denominator, 'sample_size': round(counted or 0)}
        holding = self.check_ids.filtered(
            lambda check: (single or not check.account_only) and check._holds(sums.get(f'check {check.id}') or 0))
        reason = self._reason(sums, known, holding)
        if reason:
            return self._no_data(reason, **known)
        value = self.scale * numerator / (denominator if self.denominator else 1)
        flags = holding.mapped('code')
        if self.min_sample and known['sample_size'] < self.env.company.kam_min_sample:
            flags.append('low_sample')
        return {**known, 'value': value, 'state': 'ok', 'reason': None, 'flags': flags, 'margin': self._margin(sums, known)}

    def _reason(self, sums, known, holding):
        """Why there is no data, or None."""
        withdrawn = holding.filtered(lambda check: check.outcome == 'no_data')[:1]
        if withdrawn:
            return withdrawn.code
        if known['sample_size'] < self.min_sample:
            return 'insufficient_sample'
        whole = sums.get('coverage_denominator') or 0
        if self.coverage and whole > 0 and (sums.get('coverage') or 0) / whole < self.min_coverage:
            return 'low_coverage'
        if known['numerator'] is None:
            return 'zero_denominator'
        if self.denominator and (known['denominator'] or 0) < self.env.company.currency_id.rounding / 2:
            return 'zero_denominator'
        return None

    def _margin(self, sums, known):
        """Half the 95 % interval, for scores whose squares are known; None otherwise."""
        if not self.squares or not self.denominator:
            return None
        return statistics.score_margin(known['numerator'], sums.get('squares') or 0, known['denominator'], self.scale)

    @api.model
    def _public_result(self, kpi, partner_id, result):
        names = ('numerator', 'denominator', 'value', 'state', 'reason', 'sample_size')
        return {'code': kpi.code, 'partner_id': partner_id, **{name: result[name] for name in names}}
