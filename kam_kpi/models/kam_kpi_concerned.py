from odoo import models

from ..tools import formula
from .kam_kpi_evaluate import PARTS
from .kam_kpi_query_reduce import looked_at


class KamKpiConcerned(models.Model):
    """Which figures changed facts may have changed: all others are left as they are."""

    _inherit = 'kam.kpi'

    def _concerned(self, changes, date_start, date_stop):
        """Split these KPIs by what the changes do to their figures of a period; those which stay the same are in no part.

        :param changes: :class:`Changes`
        :return: list of ``(kpis, ids of the accounts whose figures may be others)``; None in place of accounts: any account's
        """
        narrow, wide, accounts = self.browse(), self.browse(), set()
        for kpi in self:
            touched, everybody = kpi._touched(changes, date_start, date_stop)
            if everybody:
                wide |= kpi
            elif touched:
                narrow |= kpi
                accounts |= touched
        return [part for part in ((narrow, accounts), (wide, None)) if part[0]]

    def _touched(self, changes, date_start, date_stop):
        """Return (partners whose facts in this KPI's windows changed, whether that changes the figures of other accounts too)."""
        self.ensure_one()
        if self.method or not self.measure_ids:
            touched = changes.touched_before(date_stop)
            return touched, bool(self.method and touched)
        touched, everybody = set(), False
        for measure, shift, level in self._measures_looked_at():
            found = changes.touched((measure.base_id or measure).id, looked_at(measure, self._term_window(shift, date_start, date_stop)))
            touched |= found
            everybody |= bool(found and level == 'company')
        return touched, everybody

    def _measures_looked_at(self):
        """Return {(measure, shift, level)} of all formulas of this KPI, its checks and its coverage."""
        measures = self.env['kam.measure']._by_code()
        texts = [self[part] for part in PARTS if self[part]] + self.check_ids.mapped('formula')
        return {(measures[term.measure], term.shift, term.level) for text in texts for term in formula.terms(formula.parse(text))}
