from datetime import timedelta

from odoo import models
from odoo.fields import Domain

from ..tools import relationship

# So many mails which came back say that an address is wrong.
BOUNCES = 2


class KamRuleSource(models.Model):
    """The figures a rule looks at: of all accounts at once."""

    _inherit = 'kam.rule'

    def _values(self, day):
        """Return ``{account id: figure or None}`` of the accounts of a :class:`Day` which the rule is for; None and missing are no data."""
        self.ensure_one()
        accounts = day.accounts
        if self.tier_ids:
            accounts = accounts.filtered(lambda account: account.kam_tier_id in self.tier_ids)
        found = getattr(self, f'_values_{self.source}')(day)
        return {account.id: found.get(account.id) for account in accounts}

    def _kpi_rows(self, day):
        """The value rows of the KPI and period that are over by the day (of twelve months: those to it), the oldest first."""
        over = Domain('is_current', '=', True) if self.frequency == 'ttm' else Domain('date_end', '<', day.today)
        return self.env['kam.kpi.value'].search(Domain([
            ('kpi_id', '=', self.kpi_id.id), ('scope', '=', 'account'), ('frequency', '=', self.frequency), ('company_id', '=', day.company.id),
            ('partner_id', 'in', day.ids)]) & over, order='date_end, id')

    def _values_kpi(self, day):
        return {row.partner_id.id: None if row.value is False else row.value for row in self._kpi_rows(day)}

    def _values_kpi_change(self, day):
        latest = {row.partner_id.id: row for row in self._kpi_rows(day)}
        rows = self.env['kam.kpi.value'].concat(*latest.values())
        before = rows._previous_values()
        return {
            row.partner_id.id: row.value - before[row.id] for row in rows
            if row.value is not False and before.get(row.id, False) is not False}

    def _values_target(self, day):
        """The worst progress of the agreed targets in force, in percent of what is due by now."""
        targets = self.env['kam.target'].search(Domain([
            ('company_id', '=', day.company.id), ('partner_id', 'in', day.ids), ('state', 'in', ('agreed', 'locked')),
            ('date_start', '<=', day.today), ('date_end', '>=', day.today), ('pace', '!=', False),
        ]) & (Domain('kpi_id', '=', self.kpi_id.id) if self.kpi_id else Domain.TRUE))
        return {account.id: 100.0 * min(of.mapped('pace')) for account, of in targets.grouped('partner_id').items()}

    def _values_health(self, day):
        healths = self.env['kam.health'].search([('company_id', '=', day.company.id), ('partner_id', 'in', day.ids)])
        return {health.partner_id.id: health.score for health in healths if health.score is not False}

    def _values_health_change(self, day):
        then = self.env['kam.health.history']._as_of(day.ids, day.today - timedelta(days=self.change_days))
        before = {account.id: row.score for account, row in then.items() if row.score is not False}
        return {account_id: score - before[account_id] for account_id, score in self._values_health(day).items() if account_id in before}

    def _people(self, day):
        people = self.env['kam.stakeholder'].search([('company_id', '=', day.company.id), ('partner_id', 'in', day.ids)])
        found = {account_id: [] for account_id in day.ids}
        for person, row in zip(people, people._as_people(), strict=True):
            found[person.partner_id.id].append({**row, 'bounces': person.contact_id.message_bounce})
        return found

    def _values_coverage(self, day):
        return {account_id: relationship.coverage(people) for account_id, people in self._people(day).items()}

    def _values_finding(self, day):
        """1 where it is so. Of a map on which nobody stands only that is known."""
        return {
            account_id: float(self._is_found(people)) if people or self.finding == 'empty' else None
            for account_id, people in self._people(day).items()}

    def _is_found(self, people):
        checks = {
            'held_by_one': relationship.held_by_one, 'decider_alone': relationship.decider_alone,
            'bounced': lambda rows: any(row['bounces'] >= BOUNCES for row in rows if not row['left'])}
        check = checks.get(self.finding, lambda rows: self.finding in relationship.warnings(rows))
        return check(people)

    def _values_contact(self, day):
        return {account_id: (day.today - touch.any).days for account_id, touch in day.touches.items() if touch.any}

    def _values_plan(self, day):
        plans = self.env['kam.plan'].search([
            ('company_id', '=', day.company.id), ('partner_id', 'in', day.ids), ('state', 'in', ('draft', 'running'))])
        return {account.id: (day.today - max(of.mapped('worked_on'))).days for account, of in plans.grouped('partner_id').items()}

    def _values_renewal(self, day):
        agreements = self.env['kam.agreement'].search([
            ('company_id', '=', day.company.id), ('partner_id', 'in', day.ids), ('state', '=', 'active'), ('successor_id', '=', False)])
        pending = agreements.filtered(lambda agreement: agreement._outcome_on(day.today) == 'pending')
        return {account.id: (min(of.mapped('date_end')) - day.today).days for account, of in pending.grouped('partner_id').items()}

    def _past(self, day):
        """Return ``{account id: [(day, figure or None)]}``, the oldest first, as far as figures of the past are kept; empty for other sources."""
        found = {}
        if self.source == 'kpi' and self.frequency != 'ttm':
            for row in self._kpi_rows(day):
                found.setdefault(row.partner_id.id, []).append((row.date_end, None if row.value is False else row.value))
        elif self.source == 'health':
            for row in self.env['kam.health.history'].search([
                    ('company_id', '=', day.company.id), ('partner_id', 'in', day.ids), ('date', '<=', day.today)], order='date, id'):
                found.setdefault(row.partner_id.id, []).append((row.date, None if row.score is False else row.score))
        return found
