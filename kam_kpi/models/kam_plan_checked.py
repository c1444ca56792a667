from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import format_date

# The lines of a step: when one of them was written last, the step was worked on.
LINES = {
    '2': ('goal_ids', 'competitor_ids', 'swot_ids', 'wallet_ids'),
    '3': ('stakeholder_ids',),
    '4': ('objective_ids',),
    '5': ('action_ids',),
    '6': ('audit_ids',),
    '7': ('communication_ids',),
}


class KamPlan(models.Model):
    """Which steps of a living plan were gone through when: a plan stays true without being written anew."""

    _inherit = 'kam.plan'

    check_ids = fields.One2many('kam.plan.check', 'plan_id', "Gone through", readonly=True)

    @api.depends('check_ids.date')
    def _compute_gates(self):
        super()._compute_gates()

    def action_nothing_changed(self):
        """Note that the step in the context (``kam_step``) was gone through today and is still true; once a day and person.

        The figures of the first step are taken anew, since they do change.
        """
        self.check_access('write')
        step = self._step(str(self.env.context.get('kam_step') or ''))
        if not step:
            raise UserError(self.env._("Say which step you went through: use the button on its page."))
        for plan in self:
            if not plan._is_living():
                raise UserError(self.env._("%(plan)s is closed: there is nothing to keep up to date.", plan=plan.display_name))
            today = plan.company_id._kam_today()
            if not plan.check_ids.filtered(lambda check: (check.step_id, check.date, check.user_id) == (step, today, self.env.user)):
                self.env['kam.plan.check'].sudo().create({  # sudo: a note of the button, which nobody writes by hand; access was checked
                    'plan_id': plan.id, 'step_id': step.id, 'date': today, 'user_id': self.env.uid})
            if step.code == '1':
                plan.action_refresh_figures()
        return True

    def _step_status(self, step, missing, waiver):
        """As before, with ``gone_through``: when and by whom, and ``is_old``: longer ago than the step allows."""
        status = super()._step_status(step, missing, waiver)
        day, user = self._gone_through(step)
        limit = step.rotting_threshold_days
        old = bool(day and limit and self._is_living() and day < (self.company_id or self.env.company)._kam_today() - timedelta(days=limit))
        words = day and self.env._("Last gone through on %(day)s by %(user)s.", day=format_date(self.env, day), user=user.name)
        return {**status, 'gone_through': words or '', 'is_old': old}

    def _gone_through(self, step):
        """The last day on which the step was worked on or confirmed, and by whom; ``(False, no user)`` when never."""
        found = [(check.date, check.user_id) for check in self.check_ids if check.step_id == step][:1]
        for name in LINES.get(step.code, ()):
            for line in self[name]._origin:
                found.append((fields.Datetime.context_timestamp(self, line.write_date).date(), line.write_uid))
        if step.code == '1':
            score = self.account_score_id
            found += [(score.date, score.user_id)] if score else []
        return max(found, key=lambda item: item[0], default=(False, self.env['res.users']))
