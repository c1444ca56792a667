from collections import defaultdict
from datetime import timedelta

from odoo import models
from odoo.fields import Domain

SUBJECT_FIELDS = {'account': 'partner_id', 'user': 'user_id', 'team': 'team_id'}
ONE_DAY = timedelta(days=1)


class KamKpiMethodQuota(models.Model):
    """How much of their sales targets people, teams and accounts have reached."""

    _inherit = 'kam.kpi'

    def _method_quota(self, asked):
        """Sum of the actuals over the sum of the targets whose period lies within the one asked for.

        Targets on the first of the KPIs this one is made of that has any: revenue, else
        order intake. Of nested periods the longest counts, so that a year is not
        added to its quarters. A person, team or company without targets of its own
        has those of its accounts. A running target counts in full, its actual up to today.
        """
        found = self._quota_targets(asked.date_start, asked.date_stop)
        chosen = {scope_id: self._quota_of(found, *asked.subjects[scope_id], accounts) for scope_id, accounts in asked.scopes.items()}
        actuals = self._quota_actuals({target for targets in chosen.values() for target in targets})
        return {scope_id: self._quota_figure(targets, actuals) for scope_id, targets in chosen.items()}

    def _quota_targets(self, date_start, date_stop):
        """Return ``{(kind, record id): targets}`` of the companies at hand, within the period."""
        domain = Domain([
            ('kpi_id', 'in', self.part_ids.ids), ('company_id', 'in', self.env.companies.ids),
            ('date_start', '>=', date_start), ('date_end', '<', date_stop), ('target_value', '!=', False)])
        targets = self.env['kam.target'].sudo()  # sudo: callers check whose figures are asked for
        found = defaultdict(targets.browse)
        for target in targets.search_fetch(domain):
            subject = target.company_id if target.scope == 'company' else target[SUBJECT_FIELDS[target.scope]]
            found[target.scope, subject.id] |= target
        return found

    def _quota_of(self, found, kind, record_id, accounts):
        """The targets which count for a scope: its own, else those of its accounts."""
        own = found.get((kind, record_id))
        if own or kind == 'account':
            return self._quota_chosen(own or ())
        sets = [found.get(('account', account), ()) for account in accounts]
        return [target for targets in sets for target in self._quota_chosen(targets)]

    def _quota_chosen(self, targets):
        """Of one subject: one KPI, and no two targets of the same days in a company; the longest periods first."""
        for part in self.part_ids.sorted('sequence'):
            same = [target for target in targets if target.kpi_id == part]
            if same:
                break
        else:
            return []
        chosen = []
        for target in sorted(same, key=lambda target: (target.date_start - target.date_end, target.date_start, target.id)):
            if not any(
                target.company_id == other.company_id and target.date_start <= other.date_end and other.date_start <= target.date_end
                for other in chosen
            ):
                chosen.append(target)
        return chosen

    def _quota_actuals(self, targets):
        """Return ``{target: result of its KPI up to today}``, live like every figure on request."""
        groups = defaultdict(self.env['kam.target'].browse)
        for target in targets:
            groups[target.company_id, target.date_start, target.date_end] |= target
        actuals = {}
        for (company, first, last), same in groups.items():
            there = same.with_company(company).with_context(allowed_company_ids=company.ids)
            actuals.update(there._results((first, last + ONE_DAY), company._kam_today()))
        return actuals

    def _quota_figure(self, targets, actuals):
        """One figure of the chosen targets, in the currency of the company at hand."""
        actual = whole = 0.0
        for target in targets:
            result = actuals[target]
            if result['value'] is None and result['reason'] != 'future_period':
                return self._no_data(result['reason'], sample_size=len(targets))
            actual += self._quota_amount(target, result['value'] or 0.0)
            whole += self._quota_amount(target, target.target_value)
        known = {'numerator': actual, 'denominator': whole, 'sample_size': len(targets)}
        if whole < self.env.company.currency_id.rounding / 2:
            return self._no_data('no_target', **({**known} if targets else {}))
        return {**known, 'value': self.scale * actual / whole, 'state': 'ok', 'reason': None, 'flags': [], 'margin': None}

    def _quota_amount(self, target, amount):
        """Convert an amount of the target's company, at the last day of its period that has passed."""
        company = self.env.company
        day = min(target.date_end, company._kam_today())
        return target.currency_id._convert(amount, company.currency_id, target.company_id, day, round=False)
