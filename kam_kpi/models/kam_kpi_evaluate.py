from collections import defaultdict
from typing import NamedTuple

from odoo import models
from odoo.tools import SQL

from ..tools import formula
from .kam_kpi_query import AccountQuery
from .kam_kpi_query_category import CategoryQuery
from .kam_kpi_query_everyone import EVERYONE, ActorQuery, EveryoneQuery
from .kam_kpi_query_reduce import COUNTED_ANEW

PARTS = ('numerator', 'denominator', 'coverage', 'coverage_denominator', 'sample', 'squares')


class Item(NamedTuple):
    """One formula to evaluate: ``part`` of a KPI."""
    kpi: object
    part: str
    tree: tuple
    grain: str
    pooled: bool  # holds measures that are counted anew for each scope


class KamKpiEvaluate(models.Model):
    """Evaluates formulas of many KPIs for many scopes in a few statements, however many accounts there are.

    A *scope* is a list of accounts taken together, or ``EVERYONE``: the whole
    company, with what belongs to no account. Formulas are evaluated for each
    account (or account and category), then summed over the scope; those which
    count observations once are evaluated on the scope as a whole.
    """

    _inherit = 'kam.kpi'

    def _evaluate(self, scopes, date_start, date_stop, user_ids=None):
        """Return {(kpi id, scope id): {part: number or None}}.

        :param dict scopes: lists of commercial partner ids, or ``EVERYONE``, by scope id
        :param user_ids: count only what these users did, for measures which know
        """
        results = defaultdict(dict)
        listed = {scope_id: accounts for scope_id, accounts in scopes.items() if accounts is not EVERYONE}
        whole = {scope_id: EVERYONE for scope_id in scopes if scope_id not in listed}
        for (grain, pooled), items in self._grouped_items(listed).items():
            query_class = CategoryQuery if grain == 'category' else AccountQuery
            self._run_query(query_class(self.env, listed, pooled, user_ids), items, date_start, date_stop, results)
        if whole:
            for (grain, pooled), items in self._grouped_items(whole).items():
                if grain == 'category':
                    query = CategoryQuery(self.env, dict.fromkeys(whole, self._all_account_ids()), pooled, user_ids)
                else:
                    query = EveryoneQuery(self.env, whole, pooled, user_ids)
                self._run_query(query, items, date_start, date_stop, results)
        return results

    def _evaluate_actors(self, users_by_scope, date_start, date_stop):
        """As :meth:`_evaluate`, for what the users of each scope did with any key account."""
        results = defaultdict(dict)
        query = ActorQuery(self.env, users_by_scope, True, None)
        self._run_query(query, list(self._items()), date_start, date_stop, results)
        return results

    def _run_query(self, query, items, date_start, date_stop, results):
        for item in items:
            query.add(item, date_start, date_stop)
        for scope_id, values in query.run():
            for item, value in zip(items, values):
                results[item.kpi.id, scope_id][item.part] = None if value is None else float(value)

    def _grouped_items(self, scopes):
        """The formulas by the statement which evaluates them; what is single needs not be counted anew for a scope."""
        groups = defaultdict(list)
        if scopes:
            single = all(accounts is not EVERYONE and len(accounts) == 1 for accounts in scopes.values())
            for item in self._items():
                groups[item.grain, item.pooled and not single].append(item)
        return groups

    def _items(self):
        anew = {code for code, measure in self.env['kam.measure']._by_code().items() if measure.reducer in COUNTED_ANEW}
        for kpi in self:
            formulas = [(part, kpi[part]) for part in PARTS if kpi[part]]
            formulas += [(f'check {check.id}', check.formula) for check in kpi.check_ids]
            trees = [(part, formula.parse(text)) for part, text in formulas]
            pooled = not kpi.per_account and any(term.measure in anew for _part, tree in trees for term in formula.terms(tree))
            for part, tree in trees:
                grain = kpi.grain if part == 'numerator' else (kpi.denominator_grain or kpi.grain) if part == 'denominator' else 'account'
                yield Item(kpi, part, tree, grain, pooled)

    def _all_account_ids(self):
        """Every customer that has facts in the companies at hand."""
        return [row[0] for row in self.env.execute_query(SQL(
            "SELECT DISTINCT partner_id FROM kam_fact WHERE partner_id IS NOT NULL AND company_id = ANY(%s)", self.env.companies.ids))]
