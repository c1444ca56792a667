from odoo import fields, models
from odoo.fields import Command

TAKEN_OVER = (
    'summary', 'strategy', 'strategy_reason', 'challenges', 'buying_process', 'budget_cycle', 'market_trends', 'contract_end',
    'value_proposition', 'white_space', 'budget_user_id', 'hours_planned',
)


class KamPlan(models.Model):
    """Next year's plan from this year's."""

    _inherit = 'kam.plan'

    def _renewed(self):
        """The new draft; whoever may plan for the account may renew."""
        self.ensure_one()
        values = self._convert_to_write({name: self[name] for name in TAKEN_OVER})
        plan = self.create({
            **values,
            'partner_id': self.partner_id.id,
            'company_id': self.company_id.id,
            'year': self.year + 1,
            'resource_user_ids': [Command.set(self.resource_user_ids.ids)],
            'competitor_ids': [Command.create(line._values('name', 'share', 'strength', 'note')) for line in self.competitor_ids],
            'swot_ids': [Command.create(line._values('name', 'kind')) for line in self.swot_ids],
            'goal_ids': [Command.create(goal._renewed_values()) for goal in self.goal_ids if not goal.is_reached],
        })
        plan._set({'previous_plan_id': self.id})
        for objective in self.objective_ids.filtered(lambda objective: objective.state == 'open'):
            plan._renew_objective(objective)
        plan.message_post(body=self.env._("Renewed from %(plan)s.", plan=self.display_name))
        return plan

    def _renew_objective(self, objective):
        """Take over an open objective with the actions that are still open."""
        values = objective._values('name', 'objective_id', 'measure', 'user_id')
        copy = self.env['kam.plan.objective'].create({
            **values, 'plan_id': self.id, 'date_deadline': self._a_year_later(objective.date_deadline)})
        self.env['kam.plan.action'].create([{
            **action._values('name', 'user_id', 'lead_id'),
            'plan_id': self.id,
            'objective_id': copy.id,
            'date_deadline': self._a_year_later(action.date_deadline),
        } for action in objective.action_ids if action.state == 'open'])

    def _a_year_later(self, day):
        return day and fields.Date.add(day, years=1)
