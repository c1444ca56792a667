from odoo import api, fields, models
from odoo.exceptions import ValidationError


class KamPlanAction(models.Model):
    """A thing to do for an objective; while open it is one Odoo activity on the plan.

    Owner, deadline and wording of the two follow each other, whichever is
    edited. Marking one done marks the other; discarding the activity cancels
    the action. Without an owner or a deadline there is no activity.
    """

    _name = 'kam.plan.action'
    _inherit = ['kam.plan.part']
    _description = "Action of a Plan"
    _order = 'state_order, date_deadline, id'

    name = fields.Char("Action", required=True)
    objective_id = fields.Many2one(
        'kam.plan.objective', "Objective", index='btree_not_null', ondelete='set null',
        domain="[('plan_id', '=', plan_id)]")
    user_id = fields.Many2one('res.users', "Owner", ondelete='restrict', index='btree_not_null')
    date_deadline = fields.Date("Due")
    lead_id = fields.Many2one('crm.lead', "Opportunity", ondelete='set null', index='btree_not_null')
    state = fields.Selection([
        ('open', "Open"),
        ('done', "Done"),
        ('cancelled', "Cancelled"),
    ], required=True, default='open')
    state_order = fields.Integer(compute='_compute_state_order', store=True, precompute=True, aggregator=None)
    date_done = fields.Date("Done on", readonly=True, copy=False)
    is_overdue = fields.Boolean("Overdue", compute='_compute_is_overdue')
    activity_ids = fields.One2many('mail.activity', 'kam_action_id', "Activities", readonly=True)

    @api.depends('state')
    def _compute_state_order(self):
        for action in self:
            action.state_order = 0 if action.state == 'open' else 1

    @api.depends('state', 'date_deadline')
    def _compute_is_overdue(self):
        for action in self:
            today = (action.company_id or self.env.company)._kam_today()
            action.is_overdue = bool(action.state == 'open' and action.date_deadline and action.date_deadline < today)

    @api.constrains('objective_id', 'plan_id')
    def _check_objective(self):
        for action in self:
            if action.objective_id and action.objective_id.plan_id != action.plan_id:
                raise ValidationError(self.env._(
                    "The action “%(action)s” belongs to another plan than its objective.", action=action.name))

    @api.constrains('user_id', 'plan_id')
    def _check_owner(self):
        for action in self.filtered('user_id'):
            if not action.plan_id.with_user(action.user_id).has_access('read'):
                raise ValidationError(self.env._(
                    "%(user)s may not open the plan of %(account)s: give the action to someone who works on this account.",
                    user=action.user_id.name, account=action.plan_id.partner_id.name))

    @api.model_create_multi
    def create(self, vals_list):
        actions = super().create(vals_list)
        actions._stamp_done()
        actions._sync_activity()
        return actions

    def write(self, vals):
        result = super().write(vals)
        if 'state' in vals:
            self._stamp_done()
        if {'name', 'user_id', 'date_deadline', 'state', 'plan_id', 'objective_id'} & set(vals):
            self._sync_activity()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_activity(self):
        self._drop_activity()

    def action_mark_done(self):
        """Mark open actions, and with them their activities, as done."""
        self.check_access('write')
        self.filtered(lambda action: action.state == 'open').state = 'done'

    def action_reopen(self):
        """Open done or cancelled actions again, with a new activity."""
        self.check_access('write')
        self.filtered(lambda action: action.state != 'open').state = 'open'

    def _stamp_done(self):
        """Date what is done, and undate what is not."""
        for action in self:
            done = action.state == 'done'
            if done != bool(action.date_done):
                action.date_done = action.company_id._kam_today() if done else False

    def _open_activity(self):
        """The activities of these actions which still wait (done ones are archived)."""
        activities = self.sudo().activity_ids  # of the action's owner, whom the editor may not share a team with
        return activities.filtered('active')

    def _sync_activity(self):
        """Make the activities say what the actions say; write nothing that is equal already."""
        for action in self:
            activity = action._open_activity()
            wanted = action.state == 'open' and action.user_id and action.date_deadline
            if not wanted:
                if action.state == 'done' and activity:
                    activity._action_done()
                else:
                    action._drop_activity()
            elif activity:
                action._update_activity(activity)
            elif action.plan_id._is_living():
                action._create_activity()

    def _drop_activity(self):
        """Remove the waiting activities without cancelling the actions."""
        activities = self._open_activity()
        activities.kam_action_id = False
        activities.unlink()

    def _update_activity(self, activity):
        """Write to the activity what differs from the action, at once: the activity answers each write."""
        self.ensure_one()
        values = {}
        if activity.summary != self.name:
            values['summary'] = self.name
        if activity.user_id != self.user_id:
            values['user_id'] = self.user_id.id
        if activity.date_deadline != self.date_deadline:
            values['date_deadline'] = self.date_deadline
        if values:
            activity.write(values)

    def _follow_activity(self):
        """Take over what was edited in the activity; an emptied field changes nothing."""
        for action in self:
            activity = action._open_activity()[:1]
            values = {}
            if activity.summary and activity.summary != action.name:
                values['name'] = activity.summary
            if activity.user_id and activity.user_id != action.user_id:
                values['user_id'] = activity.user_id.id
            if activity.date_deadline and activity.date_deadline != action.date_deadline:
                values['date_deadline'] = activity.date_deadline
            if values:
                action.write(values)

    def _create_activity(self):
        self.plan_id.activity_schedule(
            'kam_kpi.mail_activity_type_plan_action', kam_action_id=self.id,
            summary=self.name, user_id=self.user_id.id, date_deadline=self.date_deadline,
            note=self.objective_id.name and self.env._("For the objective: %(objective)s", objective=self.objective_id.name))
