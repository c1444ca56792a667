from datetime import timedelta

from odoo import models

from ..tools import statistics
from .kam_kpi_query_everyone import EVERYONE
from .kam_kpi_query_reduce import UNKNOWN_WHEN_EMPTY, is_known


class KamKpiOutcome(models.Model):
    """From the sums of a KPI's formulas to a value, or to no data and why."""

    _inherit = 'kam.kpi'

    def _outcomes(self, scopes, date_start, date_stop, user_ids=None, subjects=None):
        """Return {(kpi id, scope id): result} of these KPIs.

        :param scopes: the accounts by scope id: a list, or ``EVERYONE``
        :param user_ids: count only what these users did, for measures which know
        :param subjects: what each scope is: ('account', 'user', 'team', 'company' or 'group', id of the record);
            a scope without one is a group of accounts
        :return: results are dicts ``numerator, denominator, value, state, reason, sample_size, margin, flags``
        """
        subjects = {scope_id: (subjects or {}).get(scope_id, ('group', None)) for scope_id in scopes}
        results = {}
        ready = self
        for reason, kpis in self._unready(date_start).items():
            ready -= kpis
            results.update({(kpi.id, scope_id): kpi._no_data(reason) for kpi in kpis for scope_id in scopes})
        for kpi in ready.filtered('method'):
            found = getattr(kpi, f'_method_{kpi.method}')(kpi._own_scopes(scopes, subjects), date_start, date_stop, user_ids, subjects)
            results.update({(kpi.id, scope_id): found[scope_id] for scope_id in scopes})
        formulas = ready.filtered(lambda kpi: not kpi.method)
        for kpi, scope_id, sums in formulas._sums(scopes, date_start, date_stop, user_ids, subjects):
            results[kpi.id, scope_id] = kpi._outcome(sums, subjects[scope_id][0], date_start, date_stop)
        return results

    def _unready(self, date_start):
        """The KPIs which can have no figure whatever the accounts, by reason."""
        if date_start >= self._as_of():
            return {'future_period': self}
        return {'source_missing': self.filtered(lambda kpi: any(measure.state != 'ok' for measure in kpi.measure_ids))}

    def _sums(self, scopes, date_start, date_stop, user_ids, subjects):
        """Yield (kpi, scope id, {part: number or None}); KPIs whose scopes are the same go into the same statements."""
        actors = self._users_by_scope(subjects) if user_ids is None else {}
        doing = self.filtered('actor_view') if actors else self.browse()
        for whole, kpis in self.grouped(lambda kpi: kpi._whole_scopes(subjects)).items():
            own = {scope_id: EVERYONE if scope_id in whole else accounts for scope_id, accounts in scopes.items()}
            sums = kpis._evaluate(own, date_start, date_stop, user_ids)
            did = (doing & kpis)._evaluate_actors(actors, date_start, date_stop) if doing & kpis else {}
            for kpi in kpis:
                for scope_id in scopes:
                    found = did if kpi in doing and scope_id in actors else sums
                    yield kpi, scope_id, found.get((kpi.id, scope_id), {})

    def _whole_scopes(self, subjects):
        """The scopes where this KPI looks at everybody: the company for one that counts all, and a group for one of the company only."""
        self.ensure_one()
        kinds = {'company', 'group'} if self.company_only else {'company'} if self.population == 'all' else set()
        return frozenset(scope_id for scope_id, (kind, _record_id) in subjects.items() if kind in kinds)

    def _own_scopes(self, scopes, subjects):
        """The scopes as this KPI sees them."""
        whole = self._whole_scopes(subjects)
        return {scope_id: EVERYONE if scope_id in whole else accounts for scope_id, accounts in scopes.items()}

    def _users_by_scope(self, subjects):
        """Who is asked about where the scope is a person or a team: {scope id: user ids}."""
        found = {scope_id: [record_id] for scope_id, (kind, record_id) in subjects.items() if kind == 'user'}
        teams = {scope_id: record_id for scope_id, (kind, record_id) in subjects.items() if kind == 'team'}
        if teams:
            members = self.env['crm.team.member'].sudo().with_context(active_test=False)._read_group(  # only to filter sums
                [('crm_team_id', 'in', list(teams.values()))], ['crm_team_id'], ['user_id:recordset'])
            users = {team.id: people.ids for team, people in members}
            found.update({scope_id: users.get(team_id, []) for scope_id, team_id in teams.items()})
        return found

    def _no_data(self, reason, **known):
        return {'numerator': None, 'denominator': None, 'sample_size': 0, 'margin': None, 'flags': [], **known,
                'value': None, 'state': 'no_data', 'reason': reason}

    def _outcome(self, sums, kind, date_start, date_stop):
        """Turn the sums of this KPI's formulas into a value, or into no data with its reason.

        :param kind: what the figure is of: an 'account', or accounts together
        """
        self.ensure_one()
        if self.company_only and kind not in ('company', 'group'):
            return self._no_data('source_missing')
        numerator = sums.get('numerator', 0.0)
        denominator = sums.get('denominator', 0.0) if self.denominator else None
        counted = sums.get('sample') if self.sample else denominator if self.min_sample else 0
        known = {'numerator': numerator, 'denominator': denominator, 'sample_size': round(counted or 0)}
        holding = self.check_ids.filtered(
            lambda check: (kind == 'account' or not check.account_only) and check._holds(sums.get(f'check {check.id}') or 0))
        reason = self._reason(sums, known, holding, date_start, date_stop)
        if reason:
            return self._no_data(reason, **known)
        value = self.scale * numerator / (denominator if self.denominator else 1)
        return {**known, 'value': value, 'state': 'ok', 'reason': None,
                'flags': self._flags(known, holding, date_start, date_stop), 'margin': self._margin(sums, known)}

    def _reason(self, sums, known, holding, date_start, date_stop):
        """Why there is no data, or None."""
        withdrawn = holding.filtered(lambda check: check.outcome == 'no_data')[:1]
        if withdrawn:
            return withdrawn.code
        if known['sample_size'] < self.min_sample:
            return 'insufficient_sample'
        whole = sums.get('coverage_denominator') or 0
        if self.coverage and whole > 0 and (sums.get('coverage') or 0) / whole < self.min_coverage:
            return 'low_coverage'
        if known['numerator'] is None or self.denominator and known['denominator'] is None:
            return self._why_unknown(date_start, date_stop)
        if self.denominator and known['denominator'] < self.env.company.currency_id.rounding / 2:
            return 'zero_denominator'
        return None

    def _why_unknown(self, date_start, date_stop):
        """Why a figure is unknown: before the first picture, nothing that could be observed, or a division by nothing."""
        windows = self._term_windows(date_start, date_stop)
        if not all(is_known(term['measure'], term['window']) for term in windows):
            never = any(not (term['measure'].base_id or term['measure']).known_since
                        for term in windows if not is_known(term['measure'], term['window']))
            return 'source_missing' if never else 'no_history'
        if self.denominator or not any(term['measure'].reducer in UNKNOWN_WHEN_EMPTY for term in windows):
            return 'zero_denominator'
        return 'insufficient_sample'

    def _flags(self, known, holding, date_start, date_stop):
        flags = holding.mapped('code')
        if self.min_sample and known['sample_size'] < self.env.company.kam_min_sample:
            flags.append('low_sample')
        stop = self._base_window(date_start, date_stop).stop
        days = self._days_to_mature()
        if days and stop + timedelta(days=days) > self._as_of():
            flags.append('immature')
        return flags

    def _margin(self, sums, known):
        """Half the 95 % interval, for scores whose squares are known; None otherwise."""
        if not self.squares or not self.denominator:
            return None
        return statistics.score_margin(known['numerator'], sums.get('squares') or 0, known['denominator'], self.scale)
