from odoo import api, fields, models

from ..fields import NullableFloat

# A change of one of these is a change of what the leader approved.
APPROVED_FIELDS = ('plan_id', 'name', 'objective_id', 'target_id', 'measure', 'date_deadline')


class KamPlanObjective(models.Model):
    """What a plan wants to reach at the account by a date, serving a strategic objective."""

    _name = 'kam.plan.objective'
    _inherit = ['kam.plan.part']
    _description = "Objective of a Plan"
    _order = 'date_deadline, id'

    name = fields.Char("Objective", required=True)
    objective_id = fields.Many2one('kam.objective', "Serves", ondelete='restrict', index='btree_not_null')
    target_id = fields.Many2one(
        'kam.target', "KPI target", ondelete='restrict', index='btree_not_null',
        domain="[('partner_id', '=', parent.partner_id)]", help="The target which tells whether the objective is reached.")
    measure = fields.Char("Reached when", help="How both sides will know that the objective is reached.")
    date_deadline = fields.Date("Due")
    user_id = fields.Many2one('res.users', "Owner", default=lambda self: self.env.user, ondelete='restrict')
    state = fields.Selection([
        ('open', "Open"),
        ('reached', "Reached"),
        ('dropped', "Dropped"),
    ], required=True, default='open')
    action_ids = fields.One2many('kam.plan.action', 'objective_id', "Actions")
    attainment = NullableFloat(related='target_id.attainment', aggregator=None)
    target_status = fields.Selection(related='target_id.status', string="Target's status")
    progress = fields.Integer("Actions done", compute='_compute_progress', aggregator=None, help="Percent of its actions done, cancelled ones left out.")

    @api.depends('action_ids.state')
    def _compute_progress(self):
        for objective in self:
            actions = objective.action_ids.filtered(lambda action: action.state != 'cancelled')
            done = actions.filtered(lambda action: action.state == 'done')
            objective.progress = round(100 * len(done) / len(actions)) if actions else 0

    @api.model_create_multi
    def create(self, vals_list):
        objectives = super().create(vals_list)
        objectives.plan_id._reset_approval()
        return objectives

    def write(self, vals):
        before = {objective: objective._blueprint() for objective in self}
        result = super().write(vals)
        changed = self.filtered(lambda objective: objective._blueprint() != before[objective])
        changed.plan_id._reset_approval()
        return result

    def _blueprint(self):
        """What a leader's approval of this objective covers."""
        self.ensure_one()
        return [self[name] for name in APPROVED_FIELDS]

    @api.ondelete(at_uninstall=False)
    def _unlink_reset_approval(self):
        self.plan_id._reset_approval()
