from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from .kam_plan_template import PURPOSES


class KamPlan(models.Model):
    """What a plan is for, and how it is filled from the template of that purpose."""

    _inherit = 'kam.plan'

    purpose = fields.Selection(PURPOSES, tracking=True, compute='_compute_purpose', store=True, readonly=False, precompute=True)
    template_id = fields.Many2one(
        'kam.plan.template', "Template", ondelete='set null', index='btree_not_null', copy=False,
        help="The plan takes its usual objectives, actions and communications over; change them as you like.")

    @api.depends('template_id')
    def _compute_purpose(self):
        for plan in self:
            plan.purpose = plan.template_id.purpose or plan.purpose

    @api.model_create_multi
    def create(self, vals_list):
        plans = super().create(vals_list)
        for plan in plans.filtered('template_id'):
            plan._fill_from_template()
        return plans

    def action_fill_from_template(self):
        """Take over from the template what the plan does not have yet; nothing that is there is changed.

        A line counts as there when the plan has one of that name, so that using
        it twice changes nothing. :raise UserError: without a template, and for a
        plan that is closed
        """
        self.check_access('write')
        for plan in self:
            if not plan.template_id:
                raise UserError(self.env._("Choose a template first: win, grow, keep or recover."))
            if not plan._is_living():
                raise UserError(self.env._("%(plan)s is closed. Renew it for next year and fill that plan.", plan=plan.display_name))
            plan._fill_from_template()

    def _fill_from_template(self):
        self.ensure_one()
        template = self.template_id
        empty = {name: template[name] for name in ('strategy', 'hours_planned') if template[name] and not self[name]}
        if empty:
            self.write(empty)
        objectives = self._fill_objectives(template.line_ids.filtered(lambda line: line.kind == 'objective'))
        self._fill_lines('kam.plan.action', 'action_ids', template.line_ids.filtered(lambda line: line.kind == 'action'), lambda line: {
            'objective_id': objectives.get(line.parent_id), 'user_id': self.user_id.id, 'date_deadline': self._due(line)})
        talks = template.line_ids.filtered(lambda line: line.kind in ('internal', 'external'))
        self._fill_lines('kam.plan.communication', 'communication_ids', talks, lambda line: {
            'audience': line.kind, 'channel': line.channel or 'meeting', 'user_id': self.user_id.id, 'date_planned': self._due(line)})

    def _fill_objectives(self, lines):
        """Make the objectives that are missing; return ``{line: id of its objective}``."""
        self._fill_lines('kam.plan.objective', 'objective_ids', lines, lambda line: {
            'objective_id': line.objective_id.id, 'measure': line.measure, 'user_id': self.user_id.id, 'date_deadline': self._due(line)})
        by_name = {objective.name: objective.id for objective in self.objective_ids}
        return {line: by_name[line.name] for line in lines}

    def _fill_lines(self, model, field, lines, values):
        present = set(self[field].mapped('name'))
        self.env[model].create([
            {'plan_id': self.id, 'name': line.name, **values(line)} for line in lines if line.name not in present])

    def _due(self, line):
        """The day of a line of the template: counted from today or the plan's first day, whichever is later; within the plan."""
        first = max(self.company_id._kam_today(), self.date_start)
        return max(min(first + timedelta(days=line.days), self.date_end), first)
