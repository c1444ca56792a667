from odoo import api, fields, models
from odoo.exceptions import UserError


class KamPlanStep(models.Model):
    """One of the seven steps of an account plan.

    A model and not a selection, since Odoo tracks the time a record spends in
    a stage, and marks stale ones, through a many2one. The codes '1'..'7' are
    fixed: the gates hang on them. Names, guidance and the days until a plan
    counts as stale may be edited.
    """

    _name = 'kam.plan.step'
    _description = "Account Plan Step"
    _order = 'code'

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, readonly=True)
    purpose = fields.Char(translate=True, help="What the step is for, in one sentence.")
    guidance = fields.Text(translate=True, help="Questions and hints shown on the step's page.")
    gate = fields.Text("Gate in words", translate=True, help="What must be there before the plan moves on.")
    rotting_threshold_days = fields.Integer(
        "Days to stale", default=60, help="A plan which stays longer in the step is marked as stale. 0: never.")

    _code_uniq = models.Constraint('UNIQUE(code)', "There is one step per code.")

    def write(self, vals):
        if 'code' in vals and any(step.code != vals['code'] for step in self):
            raise UserError(self.env._("The gates of a plan hang on the code of a step: it stays."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_step(self):
        raise UserError(self.env._("The seven steps of a plan cannot be deleted; rename a step instead."))
