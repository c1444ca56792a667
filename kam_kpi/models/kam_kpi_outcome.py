from typing import NamedTuple

from odoo import models

from .kam_kpi_query_everyone import EVERYONE
from .kam_kpi_query_reduce import UNKNOWN_WHEN_EMPTY, is_known
from .kam_kpi_rules import Rules, no_data

# Special methods which work on the sums of the KPI's own formulas.
SUMMED = ('clv_predictive', 'pipeline_coverage')


class Question(NamedTuple):
    """What a special method is asked: the figure of each scope over a half-open period."""
    scopes: dict     # the accounts by scope id: a list, or ``EVERYONE``
    date_start: object
    date_stop: object
    user_ids: object  # only what these users did, or None
    subjects: dict   # what each scope is: (kind, id of the record)
    sums: dict       # {(kpi id, scope id): sums of its formulas} of methods in ``SUMMED``
    results: dict    # {(kpi id, scope id): result} of the KPIs asked for beside it which are formulas

    def results_of(self, kpi, scopes):
        """The results of another KPI for these scopes, if it was asked for beside, else worked out."""
        if all((kpi.id, scope_id) in self.results for scope_id in scopes):
            return self.results
        return kpi._outcomes(scopes, self.date_start, self.date_stop, self.user_ids, self.subjects)


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
        self._know()
        subjects = {scope_id: (subjects or {}).get(scope_id, ('group', None)) for scope_id in scopes}
        results = {}
        ready = self
        for reason, kpis in self._unready(date_start).items():
            ready -= kpis
            results.update({(kpi.id, scope_id): kpi._no_data(reason) for kpi in kpis for scope_id in scopes})
        sums = {}
        formulas = ready.filtered(lambda kpi: not kpi.method or kpi.method in SUMMED)
        for kpi, by_scope in formulas._sums(scopes, date_start, date_stop, user_ids, subjects):
            if kpi.method:
                sums.update({(kpi.id, scope_id): found for scope_id, found in by_scope.items()})
                continue
            rules = kpi._rules(date_start, date_stop)
            for scope_id, found in by_scope.items():
                results[kpi.id, scope_id] = rules.outcome(found, subjects[scope_id][0])
        for kpi in ready.filtered('method'):
            asked = Question(kpi._own_scopes(scopes, subjects), date_start, date_stop, user_ids, subjects, sums, results)
            found = getattr(kpi, f'_method_{kpi.method}')(asked)
            results.update({(kpi.id, scope_id): found[scope_id] for scope_id in scopes})
        return results

    def _unready(self, date_start):
        """The KPIs which can have no figure whatever the accounts, by reason."""
        if date_start >= self._as_of():
            return {'future_period': self}
        return {'source_missing': self.filtered(lambda kpi: any(measure.state != 'ok' for measure in kpi.measure_ids))}

    def _sums(self, scopes, date_start, date_stop, user_ids, subjects):
        """Yield (kpi, {scope id: {part: number or None}}); KPIs whose scopes are the same go into the same statements."""
        actors = self._users_by_scope(subjects) if user_ids is None else {}
        doing = self.filtered('actor_view') if actors else self.browse()
        for whole, kpis in self.grouped(lambda kpi: kpi._whole_scopes(subjects)).items():
            own = {scope_id: EVERYONE if scope_id in whole else accounts for scope_id, accounts in scopes.items()}
            sums = kpis._evaluate(own, date_start, date_stop, user_ids)
            did = (doing & kpis)._evaluate_actors(actors, date_start, date_stop) if doing & kpis else {}
            for kpi in kpis:
                theirs = actors if kpi in doing else ()
                yield kpi, {
                    scope_id: (did if scope_id in theirs else sums).get((kpi.id, scope_id), {}) for scope_id in scopes}

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
        return no_data(reason, **known)

    def _rules(self, date_start, date_stop):
        """How the sums of this KPI become a value, as :class:`Rules`."""
        self.ensure_one()
        return Rules(self, date_start, date_stop)

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
