from odoo import api, fields, models
from odoo.exceptions import UserError


class KamPlan(models.Model):
    """Approval of the blueprint (step 4) by the account's leader or a director."""

    _inherit = 'kam.plan'

    can_decide = fields.Boolean(compute='_compute_can_decide', help="Whether the current user may approve, refuse and open gates here.")

    @api.depends('partner_id', 'submitted_by_id')
    @api.depends_context('uid')
    def _compute_can_decide(self):
        user = self.env.user
        director, leader = user.has_group('kam_kpi.group_kam_manager'), user.has_group('kam_kpi.group_kam_leader')
        for plan in self:
            leads = director or leader and plan.partner_id.kam_team_id.user_id == user
            plan.can_decide = leads and user not in (plan.partner_id.kam_user_id, plan.submitted_by_id)

    def action_link_targets(self):
        """Take the account's KPI targets of the plan's year into the plan."""
        self.check_access('write')
        for plan in self:
            targets = self.env['kam.target'].search([
                ('partner_id', '=', plan.partner_id.id), ('company_id', '=', plan.company_id.id),
                ('date_start', '<=', plan.date_end), ('date_end', '>=', plan.date_start),
            ])
            if not targets:
                raise UserError(self.env._(
                    "%(account)s has no KPI targets in %(year)s yet: propose one under Targets first.",
                    account=plan.partner_id.name, year=plan.year))
            if targets - plan.target_ids:
                plan.target_ids |= targets
        return True

    def action_submit_approval(self):
        """Ask for the approval: whoever decides gets an activity.

        :raise UserError: when something else of step 4 is missing, or nobody else could decide
        """
        self.check_access('write')
        for plan in self:
            plan._check_under_way()
            if plan.approval_state in ('submitted', 'approved'):
                raise UserError(self.env._("This plan was submitted already."))
            missing = plan.sudo()._blueprint_missing()  # sudo: the gate is the same for all who may move the plan
            if missing:
                raise UserError(self.env._(
                    "The blueprint is not complete yet. Still missing:\n%(missing)s",
                    missing="\n".join(f"• {text}" for text in missing)))
            approver = plan._approver()
            plan._set({'approval_state': 'submitted', 'submitted_by_id': self.env.user.id,
                       'approved_by_id': False, 'approved_on': False})
            plan.activity_schedule(
                'kam_kpi.mail_activity_type_plan_approval', user_id=approver.id,
                summary=self.env._("Approve the plan of %(account)s", account=plan.partner_id.name))
        return True

    def action_approve(self):
        """Approve submitted blueprints; never one's own."""
        self.check_access('write')
        for plan in self:
            plan._check_decision()
            plan._set({'approval_state': 'approved', 'approved_by_id': self.env.user.id, 'approved_on': fields.Datetime.now()})
            plan.activity_feedback(['kam_kpi.mail_activity_type_plan_approval'])
            plan._tell_manager(self.env._("The blueprint is approved. The plan can move on to its actions."))
        return True

    def action_refuse(self):
        """Ask for the reason of a refusal."""
        self.ensure_one()
        self._check_decision()
        return self._reason_wizard('refuse', self.env._("Refuse the blueprint"))

    def _refuse(self, reason):
        self.ensure_one()
        self.check_access('write')
        self._check_decision()
        self._set({'approval_state': 'refused'})
        self.activity_feedback(['kam_kpi.mail_activity_type_plan_approval'])
        self._tell_manager(self.env._("The blueprint is refused: %(reason)s", reason=reason))

    def _check_decision(self):
        """Refuse decisions on what is not submitted, or by those who may not decide."""
        self._check_under_way()
        self._check_may_decide()
        for plan in self:
            if plan.approval_state != 'submitted':
                raise UserError(self.env._("The plan %(plan)s is not waiting for an approval.", plan=plan.display_name))

    def _tell_manager(self, body):
        """Post a message which reaches the account manager and who submitted the plan."""
        self.ensure_one()
        people = self.partner_id.kam_user_id | self.submitted_by_id
        self.message_post(body=body, partner_ids=(people - self.env.user).partner_id.ids)

    def _approver(self):
        """Who is asked: the team's leader, else a director; not the manager of the account, nor who submits."""
        self.ensure_one()
        own = self.partner_id.kam_user_id | self.env.user
        leader = self.partner_id.kam_team_id.user_id
        if leader - own and leader.has_group('kam_kpi.group_kam_leader'):
            return leader
        directors = self.env.ref('kam_kpi.group_kam_manager').sudo().all_user_ids  # sudo: groups are closed to account managers
        directors = directors.filtered(
            lambda user: user.active and not user.share and self.company_id in user.company_ids) - own - self.env.ref('base.user_root')
        if not directors:
            raise UserError(self.env._(
                "There is nobody to approve the plan of %(account)s: set a leader on its sales team.", account=self.partner_id.name))
        return directors.sorted('id')[0]

    def _reset_approval(self):
        """Ask for approval again after the blueprint changed; an opened gate of step 4 ends with it."""
        for plan in self.filtered(lambda plan: plan._is_living()):
            waivers = plan.waiver_ids.filtered(lambda waiver: waiver.step_id.code == '4')
            waivers.sudo().active = False  # sudo: nobody writes the record of opened gates by hand
            if plan.approval_state not in ('submitted', 'approved'):
                continue
            plan._set({'approval_state': 'none', 'approved_by_id': False, 'approved_on': False})
            plan.sudo().activity_unlink(['kam_kpi.mail_activity_type_plan_approval'])  # sudo: the activity is the leader's
            plan.message_post(body=self.env._("The blueprint was changed: it needs the leader's approval again."))
