from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

# What people say about an alert; all else is the job's.
THEIRS = {'useful', 'remark'}
LIVING = ('pending', 'open', 'dismissed')


class KamRuleAlert(models.Model):
    """A rule told about an account: since when, with which figure, and what became of it.

    *Pending* is not told yet: it has to last. *Dismissed* is silent until the
    figure is back. Written by the job; people dismiss it and say whether it was
    of use.
    """

    _name = 'kam.rule.alert'
    _description = "Alert"
    _order = 'opened_on desc, id desc'
    _rec_name = 'rule_id'

    rule_id = fields.Many2one('kam.rule', "Rule", required=True, readonly=True, ondelete='cascade', index=True)
    partner_id = fields.Many2one('res.partner', "Account", required=True, readonly=True, ondelete='cascade', index=True)
    company_id = fields.Many2one('res.company', required=True, readonly=True, ondelete='cascade', index=True)
    user_id = fields.Many2one(related='partner_id.kam_user_id', string="Account manager")
    state = fields.Selection([
        ('pending', "Not told yet"),
        ('open', "Open"),
        ('dismissed', "Dismissed"),
        ('closed', "Over"),
    ], required=True, readonly=True, default='pending', index=True)
    since = fields.Date("So since", readonly=True)
    opened_on = fields.Date("Told on", readonly=True)
    closed_on = fields.Date("Over on", readonly=True)
    silent_until = fields.Date(readonly=True)
    value = fields.Float("Measured when told", readonly=True, aggregator=None)
    value_now = fields.Float("Measured last", readonly=True, aggregator=None)
    figure = fields.Char("Figure when told", compute='_compute_figures')
    figure_now = fields.Char("Figure now", compute='_compute_figures')
    severity = fields.Selection(related='rule_id.severity', store=True)
    advice = fields.Text(related='rule_id.advice')
    dismiss_reason = fields.Char("Why dismissed", readonly=True)
    dismissed_by_id = fields.Many2one('res.users', "Dismissed by", readonly=True, ondelete='set null', index='btree_not_null')
    useful = fields.Selection([('yes', "Yes"), ('no', "No")], "Was it useful?")
    remark = fields.Char("What for, or why not")
    escalated_on = fields.Date("Leader told on", readonly=True)
    activity_id = fields.Many2one('mail.activity', "The leader's activity", readonly=True, ondelete='set null', index='btree_not_null')

    _one_living = models.UniqueIndex(f"(rule_id, partner_id, company_id) WHERE state IN {LIVING}", "This rule tells about the account already.")

    @api.depends('rule_id.name', 'partner_id.name')
    def _compute_display_name(self):
        for alert in self:
            alert.display_name = f"{alert.rule_id.name}: {alert.partner_id.name}"

    @api.depends('value', 'value_now', 'rule_id')
    @api.depends_context('lang')
    def _compute_figures(self):
        for alert in self:
            alert.figure, alert.figure_now = (alert.rule_id._figure(value) for value in (alert.value, alert.value_now))

    def write(self, vals):
        if not self.env.su and vals.keys() - THEIRS:
            raise AccessError(self.env._("An alert is opened and ended by its rule. You can dismiss it, and say whether it was useful."))
        return super().write(vals)

    def action_useful(self):
        """It helped."""
        self.write({'useful': 'yes'})

    def action_not_useful(self):
        """It did not; the rule's figures show it."""
        self.write({'useful': 'no'})

    def action_dismiss(self, reason=None):
        """Be silent about it until the figure is back. :raise UserError: without a reason"""
        self.check_access('write')
        reason = (reason or '').strip()
        if not reason:
            raise UserError(self.env._("Say why the alert needs nothing: it stays with it."))
        alerts = self.filtered(lambda alert: alert.state == 'open')
        alerts.sudo().write({'state': 'dismissed', 'dismiss_reason': reason, 'dismissed_by_id': self.env.uid})  # sudo: checked above
        alerts.sudo().activity_id.unlink()  # sudo: it is the leader's
        self.env['kam.attention']._refresh(alerts.partner_id.ids)

    def action_dismiss_dialog(self):
        """Ask for the reason."""
        self.ensure_one()
        return {
            'type': 'ir.actions.act_window', 'name': self.env._("Dismiss the alert"), 'res_model': 'kam.rule.dismiss', 'view_mode': 'form',
            'target': 'new', 'context': {'default_alert_id': self.id}}

    def action_open_account(self):
        """Open the account."""
        self.ensure_one()
        return self.partner_id.get_formview_action()
