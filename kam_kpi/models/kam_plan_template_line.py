from odoo import api, fields, models
from odoo.exceptions import ValidationError

LAST_DAY = 366


class KamPlanTemplateLine(models.Model):
    """One line which a plan gets from its template: an objective, an action for one of the objectives, or a communication."""

    _name = 'kam.plan.template.line'
    _description = "Line of a Plan Template"
    _order = 'sequence, id'

    template_id = fields.Many2one('kam.plan.template', required=True, ondelete='cascade', index=True)
    sequence = fields.Integer(default=10)
    kind = fields.Selection([
        ('objective', "Objective"),
        ('action', "Action"),
        ('internal', "Internal communication"),
        ('external', "Communication to the customer"),
    ], required=True, default='objective')
    name = fields.Char("What", required=True, translate=True)
    days = fields.Integer("After days", default=90, help="Due so many days after the template is used, and never after the plan's last day.")
    parent_id = fields.Many2one(
        'kam.plan.template.line', "For the objective", ondelete='cascade', index='btree_not_null',
        domain="[('template_id', '=', template_id), ('kind', '=', 'objective')]")
    objective_id = fields.Many2one('kam.objective', "Serves", ondelete='restrict', index='btree_not_null')
    measure = fields.Char("Reached when", translate=True)
    channel = fields.Selection(selection='_channels', default='meeting')

    _days_in_a_year = models.Constraint(f'CHECK (days BETWEEN 0 AND {LAST_DAY})', "A line of a template is due within a year.")

    def _channels(self):
        return self.env['kam.plan.communication']._fields['channel']._description_selection(self.env)

    @api.constrains('parent_id', 'kind', 'template_id')
    def _check_parent(self):
        for line in self.filtered('parent_id'):
            if line.kind != 'action' or line.parent_id.kind != 'objective' or line.parent_id.template_id != line.template_id:
                raise ValidationError(self.env._("“%(line)s”: only an action serves an objective, and one of the same template.", line=line.name))
