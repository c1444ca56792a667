from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ..tools.hysteresis import CALM, OPEN, PENDING, State, step
from .kam_attention_day import Day
from .kam_rule_alert import LIVING

KINDS = {'pending': PENDING, 'open': OPEN, 'dismissed': OPEN}


class KamRuleRun(models.Model):
    """Keeps the alerts equal to what the rules say: ten runs on one day do what one does."""

    _inherit = 'kam.rule'

    @api.model
    def _cron_run(self):
        """Nightly, after the figures and before the list of the day: all rules in all companies, a company at a time."""
        companies = self.env['kam.kpi.value']._companies()
        self.env['ir.cron']._commit_progress(remaining=len(companies))
        for company in companies:
            self._run_company(company)
            self.env['ir.cron']._commit_progress(1)

    @api.model
    def _run(self):
        """As the job does, at once and in one transaction."""
        for company in self.env['kam.kpi.value']._companies():
            self._run_company(company)

    def _run_company(self, company):
        here = self.with_company(company).with_context(allowed_company_ids=company.ids, mail_activity_quick_update=True)
        everything = here.sudo()  # sudo: alerts are made for everybody; the rules of access decide who sees them
        day = Day(everything.env)
        rules = everything.search([('company_id', 'in', [False, day.company.id])])
        for rule in rules:
            rule._run_rule(day)
        rest = everything.env['kam.rule.alert'].search([('company_id', '=', day.company.id), ('state', 'in', LIVING)])
        rest.filtered(lambda alert: alert.rule_id not in rules or alert.partner_id.id not in day.ids)._end(day, 0)
        everything._escalate(day)

    def _run_rule(self, day):
        """Bring the alerts of one rule up to date."""
        limits, values = self._limits(), self._values(day)
        alerts = self.env['kam.rule.alert'].search([
            ('rule_id', '=', self.id), ('company_id', '=', day.company.id), ('state', 'in', LIVING)])
        living = {alert.partner_id.id: alert for alert in alerts}
        silent = self._silent(day)
        opened, rows = alerts.browse(), []
        for account_id, value in values.items():
            alert = living.pop(account_id, None)
            before = State(KINDS[alert.state], alert.since) if alert else State(CALM, None, silent.get(account_id))
            after = step(limits, before, day.today, value)
            if alert:
                opened |= alert._follow(after, value, day, self.cool_days)
            elif after.kind != CALM:
                rows.append({
                    'rule_id': self.id, 'partner_id': account_id, 'company_id': day.company.id, 'state': 'pending', 'since': after.since,
                    'value': value, 'value_now': value, **({'state': 'open', 'opened_on': day.today} if after.kind == OPEN else {})})
        self.env['kam.rule.alert'].concat(*living.values())._end(day, 0)
        created = alerts.create(rows)
        self._start_plans(opened | created.filtered(lambda alert: alert.state == 'open'), day)

    def _silent(self, day):
        """``{account id: day}`` until which the rule says nothing after its last alert."""
        rows = self.env['kam.rule.alert']._read_group(
            [('rule_id', '=', self.id), ('company_id', '=', day.company.id), ('silent_until', '>', day.today)], ['partner_id'], ['silent_until:max'])
        return {account.id: until for account, until in rows}

    def _start_plans(self, alerts, day):
        """Plan the activities of the rule on the accounts of these alerts, all at once; without a responsible person none."""
        if not self.activity_plan_id or not alerts:
            return
        model_id = self.env['ir.model']._get_id('res.partner')
        rows = []
        for alert in alerts:
            user = day.users.get(alert.partner_id.id, self.env['res.users'])
            for template in self.activity_plan_id.template_ids:
                responsible = template._determine_responsible(user, alert.partner_id)['responsible'] if user or template.responsible_id else user
                if responsible:
                    rows.append({
                        'activity_type_id': template.activity_type_id.id, 'summary': template.summary or self.name, 'note': template.note,
                        'user_id': responsible.id, 'date_deadline': template._get_date_deadline(day.today), 'automated': True,
                        'res_model_id': model_id, 'res_id': alert.partner_id.id})
        self.env['mail.activity'].create(rows)

    @api.model
    def _escalate(self, day):
        """Tell the leader, once, of alerts which are open for the rule's days; nobody when the manager leads the team."""
        alerts = self.env['kam.rule.alert'].search(Domain([
            ('company_id', '=', day.company.id), ('state', '=', 'open'), ('escalated_on', '=', False), ('rule_id.escalate_days', '>', 0)]))
        for alert in alerts.filtered(lambda alert: alert.opened_on <= day.today - timedelta(days=alert.rule_id.escalate_days)):
            leader = alert.partner_id.kam_team_id.user_id.filtered('active')
            if not leader or leader == alert.partner_id.kam_user_id:
                continue
            activity = alert.partner_id.activity_schedule(
                'kam_kpi.mail_activity_type_alert', user_id=leader.id, date_deadline=day.today + timedelta(days=1),
                summary=alert.with_context(lang=leader.lang).display_name)
            alert.write({'escalated_on': day.today, 'activity_id': activity.id})


class KamRuleAlert(models.Model):
    _inherit = 'kam.rule.alert'

    @api.autovacuum
    def _gc(self):
        """What has been over for two years is forgotten."""
        self.search([('state', '=', 'closed'), ('closed_on', '<', fields.Date.subtract(self.env.company._kam_today(), years=2))]).unlink()

    def _follow(self, after, value, day, cool_days):
        """Take over the state after the day's figure; return the alert when it opened just now."""
        if after.kind == CALM:
            self._end(day, cool_days)
        elif after.kind == OPEN and self.state == 'pending':
            self.write({'state': 'open', 'opened_on': day.today, 'value': value, 'value_now': value})
            return self
        elif value is not None and self.value_now != value:
            self.value_now = value
        return self.browse()

    def _end(self, day, cool_days):
        """What was never told is forgotten; what was, is over, with silence after it."""
        pending = self.filtered(lambda alert: alert.state == 'pending')
        pending.unlink()
        told = self - pending
        told.activity_id.unlink()
        told.write({'state': 'closed', 'closed_on': day.today, 'silent_until': fields.Date.add(day.today, days=cool_days) if cool_days else False})
