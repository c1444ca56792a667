from collections import defaultdict
from typing import NamedTuple

from odoo import models

from ..tools import formula
from .kam_kpi_query import AccountQuery
from .kam_kpi_query_category import CategoryQuery

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

    A *scope* is a list of accounts taken together. Formulas are evaluated for
    each account (or account and category), then summed over the scope; those
    which count observations once are evaluated on the scope as a whole.
    """

    _inherit = 'kam.kpi'

    def _evaluate(self, scopes, date_start, date_stop, user_ids=None):
        """Return {(kpi id, scope id): {part: number or None}}.

        :param dict scopes: lists of commercial partner ids by scope id
        :param user_ids: count only what these users did, for measures which know
        """
        results = defaultdict(dict)
        groups = defaultdict(list)
        for item in self._items():
            groups[item.grain, item.pooled].append(item)
        for (grain, pooled), items in groups.items():
            query_class = CategoryQuery if grain == 'category' else AccountQuery
            query = query_class(self.env, scopes, pooled, user_ids)
            for item in items:
                query.add(item, date_start, date_stop)
            for scope_id, values in query.run():
                for item, value in zip(items, values):
                    results[item.kpi.id, scope_id][item.part] = None if value is None else float(value)
        return results

    def _items(self):
        distinct = {code for code, measure in self.env['kam.measure']._by_code().items() if measure.reducer == 'distinct'}
        for kpi in self:
            formulas = [(part, kpi[part]) for part in PARTS if kpi[part]]
            formulas += [(f'check {check.id}', check.formula) for check in kpi.check_ids]
            trees = [(part, formula.parse(text)) for part, text in formulas]
            pooled = any(term.measure in distinct for _part, tree in trees for term in formula.terms(tree))
            for part, tree in trees:
                grain = kpi.grain if part == 'numerator' else (kpi.denominator_grain or kpi.grain) if part == 'denominator' else 'account'
                yield Item(kpi, part, tree, grain, pooled)
