from odoo import fields, models

ESCALATE_AFTER_DAYS = 7


class KamPlan(models.Model):
    """What happens by itself: the audit's questions in a new plan, and a word to the leader when actions lie."""

    _inherit = 'kam.plan'

    def _fill_audit(self):
        """Give plans without an audit the questions of the checklist."""
        questions = self.env['kam.plan.audit.question'].search([])
        self.env['kam.plan.audit'].create([
            {'plan_id': plan.id, 'name': question.name, 'sequence': question.sequence}
            for plan in self if not plan.audit_ids for question in questions])

    def _escalate_overdue(self):
        """Ask the leader for help with actions overdue for more than a week; once at a time, ended when none is left."""
        for plan in self:
            limit = fields.Date.subtract(plan.company_id._kam_today(), days=ESCALATE_AFTER_DAYS)
            late = plan.action_ids.filtered(
                lambda action, limit=limit: action.state == 'open' and action.date_deadline and action.date_deadline < limit)
            waiting = plan.activity_ids.filtered(
                lambda activity: activity.activity_type_id == self.env.ref('kam_kpi.mail_activity_type_plan_escalation'))
            if not late:
                waiting.unlink()
            elif not waiting and plan.leader_id:
                plan.activity_schedule(
                    'kam_kpi.mail_activity_type_plan_escalation', user_id=plan.leader_id.id,
                    summary=self.env._("%(count)s actions overdue at %(account)s", count=len(late), account=plan.partner_id.name))
