from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_list

LEADER = 'kam_kpi.group_kam_leader'
DIRECTOR = 'kam_kpi.group_kam_manager'


class KamPlan(models.Model):
    """The transitions of a plan: the only ways its step, state and approval change."""

    _inherit = 'kam.plan'

    # --- steps ---

    def action_next_step(self):
        """Move on by one step, or finish after the last.

        :raise UserError: with what is still missing, unless a leader opened the gate
        """
        self.check_access('write')
        for plan in self:
            if plan.step_id.code == '7':
                plan.action_done()
                continue
            plan._check_under_way()
            plan._check_gate()
            plan._set({'step_id': plan._step(str(int(plan.step_id.code) + 1)).id, 'state': 'running',
                       'date_last_stage_update': fields.Datetime.now()})
        return True

    def action_previous_step(self):
        """Go back by one step to work on it again; nothing is lost."""
        self.check_access('write')
        for plan in self:
            plan._check_under_way()
            if plan.step_id.code == '1':
                raise UserError(self.env._("This is the first step already."))
            plan._go_back(plan._step(str(int(plan.step_id.code) - 1)))
        return True

    def _move_to(self, step):
        """What dragging a card or clicking a step means: back at will, forward by one through the gate."""
        for plan in self:
            distance = int(step.code) - int(plan.step_id.code)
            if distance > 1:
                raise UserError(self.env._(
                    "A plan moves on one step at a time: %(plan)s is in step %(code)s.",
                    plan=plan.display_name, code=plan.step_id.code))
            if distance == 1:
                plan.action_next_step()
            elif distance:
                plan._check_under_way()
                plan._go_back(step)

    def _go_back(self, step):
        self.ensure_one()
        self._set({'step_id': step.id, 'date_last_stage_update': fields.Datetime.now()})

    def _check_under_way(self):
        """Refuse transitions of closed plans, to directors as well."""
        for plan in self:
            if not plan._is_living():
                raise UserError(self.env._(
                    "The plan %(plan)s is closed. Renew it to work on the next one.", plan=plan.display_name))

    def _check_gate(self):
        self.ensure_one()
        missing = self.sudo()._gate_missing(self.step_id.code)  # sudo: the gate is the same for all who may move the plan
        if missing:
            raise UserError(self.env._(
                "Step %(code)s, %(step)s, is not complete yet. Still missing:\n%(missing)s",
                code=self.step_id.code, step=self.step_id.name, missing="\n".join(f"• {text}" for text in missing)))

    def _set(self, values):
        """Write what is closed to direct editing; every caller has checked access and state."""
        self.sudo().write(values)  # sudo: the guard of these fields opens for the transitions alone

    # --- gates opened by a leader ---

    def action_open_gate(self):
        """Ask a leader for the reason to pass the current step as it is."""
        self.ensure_one()
        self._check_may_decide()
        return self._reason_wizard('gate', self.env._("Open the gate"))

    def _open_gate(self, reason):
        """Record the waiver and move on."""
        self.ensure_one()
        self.check_access('write')
        self._check_may_decide()
        self._check_under_way()
        code, missing = self.step_id.code, self.sudo()._gate_missing(self.step_id.code)  # sudo: as in _check_gate
        if not missing:
            raise UserError(self.env._("Nothing is missing in this step: simply move on."))
        self.env['kam.plan.waiver'].sudo().create({  # sudo: nobody writes the record of opened gates by hand
            'plan_id': self.id,
            'step_id': self.step_id.id,
            'user_id': self.env.user.id,
            'date': fields.Datetime.now(),
            'reason': reason,
            'missing': "\n".join(missing),
        })
        self.message_post(body=self.env._(
            "Gate of step %(code)s opened although something is missing (%(missing)s). Reason: %(reason)s",
            code=code, missing=format_list(self.env, missing), reason=reason))
        self.action_next_step()

    def _check_may_decide(self):
        """Only the account's leader or a director decides, and nobody about the own account."""
        for plan in self:
            user = self.env.user
            leads = user.has_group(DIRECTOR) or user.has_group(LEADER) and plan.partner_id.kam_team_id.user_id == user
            if not leads:
                raise AccessError(self.env._("Only the team leader of the account or a director decides this."))
            if user in (plan.partner_id.kam_user_id, plan.submitted_by_id):
                raise UserError(self.env._(
                    "Nobody decides about the own plan: ask another leader or a director for %(plan)s.", plan=plan.display_name))

    def _reason_wizard(self, kind, title):
        return {
            'type': 'ir.actions.act_window',
            'name': title,
            'res_model': 'kam.plan.reason',
            'view_mode': 'form',
            'target': 'new',
            'context': {'default_plan_id': self.id, 'default_kind': kind},
        }

    # --- end and renewal ---

    def action_done(self):
        """Finish a plan whose seven steps are through; it is kept as it is from then on."""
        self.check_access('write')
        for plan in self:
            plan._check_under_way()
            if plan.step_id.code != '7':
                raise UserError(self.env._(
                    "A plan is finished in its last step; %(plan)s is in step %(code)s.",
                    plan=plan.display_name, code=plan.step_id.code))
            plan._check_gate()
            plan._close('done')
        return True

    def action_cancel(self):
        """Give up a plan with a reason."""
        self.ensure_one()
        self.check_access('write')
        self._check_under_way()
        return self._reason_wizard('cancel', self.env._("Cancel the plan"))

    def _cancel(self, reason):
        self.ensure_one()
        self.check_access('write')
        self._check_under_way()
        self.message_post(body=self.env._("Plan cancelled. Reason: %(reason)s", reason=reason))
        self._close('cancelled')

    def _close(self, state):
        """Bring the figures up to date a last time, end what still waits and freeze the plan."""
        self.action_refresh_figures()
        self.activity_unlink(['kam_kpi.mail_activity_type_plan_approval'])
        self.sudo().action_ids._drop_activity()  # sudo: activities of colleagues are removed with the plan's end
        self._set({'state': state})
        self.flush_recordset(['state'])  # a new plan of the same year may follow in the same transaction

    def action_renew(self):
        """Open next year's plan from this closed one, or show it when it exists.

        Texts, competitors, SWOT, open goals, open objectives and their open
        actions are taken over, dates moved by a year; figures, approval,
        spending, audit and communication begin anew.
        """
        self.ensure_one()
        self.check_access('read')
        if self._is_living():
            raise UserError(self.env._("Finish or cancel this plan before you renew it."))
        following = self.search([('previous_plan_id', '=', self.id), ('state', '!=', 'cancelled')], limit=1)
        return (following or self._renewed()).get_formview_action()
