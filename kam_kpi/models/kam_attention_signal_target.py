from odoo import models

from .kam_attention_day import Signal

SEVERITY = {'off_track': 4, 'at_risk': 2}


class KamAttentionSignalTarget(models.Model):
    """Agreed targets of an account which are behind the part due by now; the worst is named."""

    _inherit = 'kam.attention'

    def _signals_target(self, day):
        targets = self.env['kam.target'].search([
            ('company_id', '=', day.company.id), ('partner_id', 'in', day.ids), ('state', 'in', ('agreed', 'locked')),
            ('status', 'in', list(SEVERITY)), ('date_start', '<=', day.today), ('date_end', '>=', day.today)])
        for account, behind in targets.grouped('partner_id').items():
            worst = min(behind, key=lambda target: (target.status != 'off_track', self._progress(target), target.id))
            missing = self._missing(worst)
            yield Signal(
                account.id, 'target', f"target:{','.join(map(str, sorted(behind.ids)))}", SEVERITY[worst.status],
                day.revenue.get(account.id) if missing is None else missing, worst.date_end,
                {'count': len(behind), 'progress': round(100 * self._progress(worst), 1)}, worst)

    def _progress(self, target):
        """0..: attainment of what is due by now."""
        return next((value for value in (target.pace, target.attainment) if value is not False), 0.0)

    def _missing(self, target):
        """How much money is missing to the part due by now; None where the KPI is none of money."""
        due = target.target_value if target.due_value is False else target.due_value
        if target.unit != 'currency' or due is False or target.actual_value is False:
            return None
        return max(due - target.actual_value, 0.0)

    def _words_target(self, figures, source):
        name = source.kpi_id.with_env(self.env).sudo().name if source else self.env._("A target")  # sudo: names of KPIs are no secret
        progress = round(figures['progress'])
        if figures['count'] == 1:
            reason = self.env._("%(kpi)s is at %(progress)s %% of what is due by now.", kpi=name, progress=progress)
        else:
            reason = self.env._(
                "%(kpi)s is at %(progress)s %% of what is due by now; %(count)s targets are behind.",
                kpi=name, progress=progress, count=figures['count'])
        return reason, self.env._("Decide what brings it back, or revise the target with a reason.")
