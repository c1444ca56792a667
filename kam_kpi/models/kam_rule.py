from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools.misc import formatLang

from ..fields import NullableFloat
from ..tools.hysteresis import Limits
from .kam_kpi import FREQUENCIES

SOURCES = [
    ('kpi', "A KPI"),
    ('kpi_change', "A KPI against the period before"),
    ('target', "Progress of a target, % of what is due by now"),
    ('health', "Health"),
    ('health_change', "Change of the health over some days"),
    ('coverage', "Coverage of the relationships"),
    ('finding', "A finding of the relationship X-ray"),
    ('contact', "Days since the last contact"),
    ('plan', "Days since somebody worked on the plan"),
    ('renewal', "Days to the end of an agreement"),
]
FINDINGS = [
    ('no_decision_maker', "No decision maker is known"),
    ('no_champion', "Nobody speaks for us"),
    ('single_thread_us', "One of us holds all relationships"),
    ('single_thread_them', "We know one person only"),
    ('powerful_without_owner', "Someone influential has no owner on our side"),
    ('powerful_against', "Someone influential is against us"),
    ('powerful_silent', "Someone influential was not met in time"),
    ('too_rosy', "Nobody is against us: the map is too rosy"),
    ('left', "Somebody has left"),
    ('empty', "Nobody is known at all"),
    ('held_by_one', "One of us holds more than seven of ten relationships"),
    ('decider_alone', "The decision maker is with us, most of the influential people are not"),
    ('bounced', "Mails to somebody came back twice"),
]
# Of these, only whether it is so can be asked.
YES_NO = ('finding',)


class KamRule(models.Model):
    """A limit which is watched for all key accounts, and what is to be done when it is crossed.

    A figure beyond ``enter`` for ``min_days`` opens an alert, which is over when
    the figure is back at ``leave``; for ``cool_days`` after that there is no new
    one. No data neither opens nor ends an alert. See ``tools/hysteresis.py``.
    """

    _name = 'kam.rule'
    _description = "Rule"
    _order = 'sequence, id'

    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one('res.company', help="Empty: in all companies.", index='btree_not_null')
    source = fields.Selection(SOURCES, "Watches", required=True, default='kpi')
    kpi_id = fields.Many2one('kam.kpi', "KPI", ondelete='cascade', index='btree_not_null', help="Of a target: empty means any.")
    frequency = fields.Selection(FREQUENCIES, "Period", default='ttm', help="The twelve months to today, or the last period that is over.")
    change_days = fields.Integer("Over days", default=14)
    finding = fields.Selection(FINDINGS)
    direction = fields.Selection([('below', "falls below"), ('above', "rises above")], "When it", required=True, default='below')
    enter = fields.Float("Limit", digits=(16, 2))
    leave = fields.Float(
        "Over at", digits=(16, 2),
        help="Where the figure has to be back before the alert is over; not the limit itself, so that it does not come and go.")
    min_days = fields.Integer("For days", help="So long it has to be so before anybody is told.")
    cool_days = fields.Integer("Silence afterwards (days)", default=14)
    severity = fields.Selection([('1', "Note"), ('3', "Warning"), ('5', "Urgent")], required=True, default='3')
    tier_ids = fields.Many2many('kam.tier', 'kam_rule_tier_rel', 'rule_id', 'tier_id', "Tiers", help="Empty: all.")
    advice = fields.Text(translate=True, help="What usually helps; shown with the alert.")
    activity_plan_id = fields.Many2one(
        'mail.activity.plan', "Starts the activities", ondelete='set null', index='btree_not_null', domain=[('res_model', '=', 'res.partner')],
        help="Planned on the account once, when the alert opens.")
    escalate_days = fields.Integer("To the leader after days", default=7, help="Of an alert that nobody dismissed. 0: never.")
    alert_ids = fields.One2many('kam.rule.alert', 'rule_id', "Alerts", domain=[('state', '!=', 'pending')])
    alert_count = fields.Integer("Alerts so far", compute='_compute_use')
    open_count = fields.Integer("Open", compute='_compute_use')
    useful_pct = NullableFloat("Useful (%)", digits=(5, 0), compute='_compute_use', aggregator=None, help="Of the alerts about which somebody said so.")
    rated_count = fields.Integer("Judged", compute='_compute_use')
    words = fields.Text("In words", compute='_compute_words')

    _days = models.Constraint(
        'CHECK (min_days >= 0 AND cool_days >= 0 AND escalate_days >= 0 AND change_days > 0 AND min_days < 1000 AND cool_days < 1000)',
        "Days of a rule are whole numbers, zero or more; a change is looked at over one day at least.")
    _numbers = models.Constraint(
        "CHECK (enter > -1e15 AND enter < 1e15 AND leave > -1e15 AND leave < 1e15)", "Limits are ordinary numbers.")

    @api.constrains('source', 'kpi_id', 'finding', 'direction', 'enter', 'leave')
    def _check_definition(self):
        for rule in self:
            if rule.source in ('kpi', 'kpi_change') and not rule.kpi_id:
                raise ValidationError(self.env._("“%(rule)s”: choose the KPI to watch.", rule=rule.name))
            if rule.source == 'finding' and not rule.finding:
                raise ValidationError(self.env._("“%(rule)s”: choose the finding to watch.", rule=rule.name))
            if rule.source in YES_NO:
                continue
            if (rule.leave < rule.enter) if rule.direction == 'below' else (rule.leave > rule.enter):
                raise ValidationError(self.env._(
                    "“%(rule)s”: an alert at %(enter)s cannot be over at %(leave)s, which is worse. Give a better figure, or the limit itself.",
                    rule=rule.name, enter=rule._number(rule.enter), leave=rule._number(rule.leave)))

    def _limits(self):
        """The rule as ``tools.hysteresis.Limits``."""
        self.ensure_one()
        if self.source in YES_NO:
            return Limits(False, 0.5, 0.5, self.min_days, self.cool_days)
        return Limits(self.direction == 'below', self.enter, self.leave, self.min_days, self.cool_days)

    def _number(self, value):
        return formatLang(self.env, value, digits=0 if value == int(value) else 2)

    def _figure(self, value):
        """A figure of the rule as people read it; empty where there is only yes or no."""
        if self.source in YES_NO:
            return ""
        percent = self.source in ('target', 'coverage') or self.kpi_id.sudo().unit == 'percent'  # sudo: the unit is no secret
        return formatLang(self.env, value, digits=0 if value == int(value) else 1) + (" %" if percent else "")

    @api.depends_context('uid')
    def _compute_use(self):
        counts = self.env['kam.rule.alert']._read_group(
            [('rule_id', 'in', self.ids), ('state', '!=', 'pending')], ['rule_id', 'state', 'useful'], ['__count'])
        for rule in self:
            own = [(state, useful, count) for of, state, useful, count in counts if of == rule]
            rated = sum(count for _state, useful, count in own if useful)
            rule.alert_count = sum(count for *_what, count in own)
            rule.open_count = sum(count for state, _useful, count in own if state != 'closed')
            rule.rated_count = rated
            rule.useful_pct = 100.0 * sum(count for _state, useful, count in own if useful == 'yes') / rated if rated else False

    @api.depends('source', 'kpi_id', 'frequency', 'finding', 'direction', 'enter', 'leave', 'min_days', 'cool_days', 'change_days', 'tier_ids', 'escalate_days')
    @api.depends_context('lang')
    def _compute_words(self):
        for rule in self:
            rule.words = " ".join(rule._sentences())

    def _sentences(self):
        """The rule as people say it."""
        what = self._subject_words()
        if self.source in YES_NO:
            said = [self.env._("An alert opens when the X-ray of an account says: %(what)s.", what=what)]
        else:
            below = self.direction == 'below'
            said = [
                self.env._("An alert opens when %(what)s is below %(enter)s.", what=what, enter=self._number(self.enter)) if below
                else self.env._("An alert opens when %(what)s is above %(enter)s.", what=what, enter=self._number(self.enter)),
                self.env._("It is over at %(leave)s or more.", leave=self._number(self.leave)) if below
                else self.env._("It is over at %(leave)s or less.", leave=self._number(self.leave))]
        if self.min_days:
            said.append(self.env._("It has to be so for %(days)s days.", days=self.min_days))
        if self.cool_days:
            said.append(self.env._("After that there is silence for %(days)s days.", days=self.cool_days))
        if self.tier_ids:
            said.append(self.env._("For accounts of tier %(tiers)s.", tiers=", ".join(self.tier_ids.mapped('code'))))
        if self.escalate_days:
            said.append(self.env._("The leader is told after %(days)s days.", days=self.escalate_days))
        said.append(self.env._("No data neither opens nor ends an alert."))
        return said

    def _subject_words(self):
        """What is watched, in the middle of a sentence."""
        periods = dict(self._fields['frequency']._description_selection(self.env))
        findings = dict(self._fields['finding']._description_selection(self.env))
        kpi, period = self.kpi_id.sudo().name or "…", (periods.get(self.frequency) or "").lower()  # sudo: names of KPIs are no secret
        return {
            'kpi': self.env._("%(kpi)s (%(period)s)", kpi=kpi, period=period),
            'kpi_change': self.env._("the change of %(kpi)s (%(period)s) against the period before", kpi=kpi, period=period),
            'target': self.env._("the progress of the target of %(kpi)s", kpi=kpi) if self.kpi_id else self.env._("the progress of a target"),
            'health': self.env._("the health"),
            'health_change': self.env._("the change of the health over %(days)s days", days=self.change_days),
            'coverage': self.env._("the coverage of the relationships"),
            'finding': findings.get(self.finding, "…"),
            'contact': self.env._("the number of days since the last contact"),
            'plan': self.env._("the number of days since somebody worked on the plan"),
            'renewal': self.env._("the number of days to the end of an agreement"),
        }[self.source or 'kpi']

    def action_alerts(self):
        """Open the alerts of the rule."""
        self.ensure_one()
        action = self.env['ir.actions.act_window']._for_xml_id('kam_kpi.kam_rule_alert_action')
        return {**action, 'domain': [('rule_id', '=', self.id), ('state', '!=', 'pending')], 'context': {}, 'path': False}

    def action_try(self):
        """Show whom the rule would tell about now, and how often it would have in the past; nothing is written."""
        self.ensure_one()
        trial = self.env['kam.rule.try'].create({'rule_id': self.id})
        return {
            'type': 'ir.actions.act_window', 'name': self.env._("Try: %(rule)s", rule=self.name), 'res_model': 'kam.rule.try', 'res_id': trial.id,
            'view_mode': 'form', 'target': 'new'}
