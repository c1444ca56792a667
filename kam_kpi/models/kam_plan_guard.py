from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL
from odoo.tools.misc import format_datetime

# Written by transitions alone: nobody sets them through a form, an import or RPC.
GUARDED = {
    'state', 'approval_state', 'approved_by_id', 'approved_on', 'submitted_by_id',
    'date_last_stage_update', 'previous_plan_id', 'user_id', 'leader_id', 'worked_on',
}
GUARDED_DEFAULTS = {'state': 'draft', 'approval_state': 'none'}
# What a plan is about; settled once it has left the draft.
IDENTITY = {'partner_id', 'company_id', 'year'}
# Kept on the account, edited on the plan's pages: field of the plan -> model of its lines.
ACCOUNT_LINES = {'stakeholder_ids': 'kam.stakeholder', 'wallet_ids': 'kam.wallet.estimate'}


class KamPlan(models.Model):
    """What may be written to a plan, by whom, and on which version of it."""

    _inherit = 'kam.plan'

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            self = self._without_forged_defaults()
            for vals in vals_list:
                self._check_new(vals)
        prepared = [self._for_account({**vals, 'revision': 1}) for vals in vals_list]
        lines = [{name: vals.pop(name) for name in ACCOUNT_LINES if name in vals} for vals in prepared]
        plans = super().create(prepared)
        for plan, plan_lines in zip(plans, lines, strict=True):
            plan._write_account_lines(plan_lines)
        plans._fill_audit()
        plans.action_refresh_figures()
        return plans

    def write(self, vals):
        if set(vals) <= {'message_main_attachment_id'} or self.env.su and self.env.context.get('kam_figures'):
            return super().write(vals)
        self.check_access('write')
        vals = dict(vals)
        self._check_revision(vals.pop('revision', None))
        self._check_open()
        step_id = None if self.env.su else vals.pop('step_id', None)
        self._check_guarded(vals)
        lines = {name: vals.pop(name) for name in ACCOUNT_LINES if name in vals}
        before = {plan: plan._blueprint() for plan in self}
        for plan in self:
            super(KamPlan, plan).write({**vals, 'revision': plan.revision + 1, 'worked_on': plan.company_id._kam_today()})
            plan._write_account_lines(lines)
        self.filtered(lambda plan: plan._blueprint() != before[plan])._reset_approval()
        if step_id:
            self._move_to(self.env['kam.plan.step'].browse(step_id))
        return True

    @api.model
    def _without_forged_defaults(self):
        """The model without context defaults for what only transitions may set."""
        forged = {f'default_{name}' for name in GUARDED | {'step_id', 'revision'}}
        return self.with_context({key: value for key, value in self.env.context.items() if key not in forged})

    @api.model
    def _check_new(self, vals):
        """Refuse a creation which claims steps taken or approvals given."""
        self._check_guarded({
            name: value for name, value in vals.items()
            if name in GUARDED and (value or False) != GUARDED_DEFAULTS.get(name, False)})
        first = self._step('1')
        if vals.get('step_id', first.id) != first.id:
            raise UserError(self.env._("A plan begins with its first step."))

    @api.model
    def _for_account(self, vals):
        """The values with the company of a contact in place of the contact."""
        partner = self.env['res.partner'].browse(vals.get('partner_id') or [])
        return {**vals, 'partner_id': partner.commercial_partner_id.id} if partner else vals

    def _check_guarded(self, vals):
        if self.env.su:
            return
        if GUARDED & set(vals):
            raise UserError(self.env._("A plan's state, its approval and its people are changed by its buttons, not by hand."))
        for plan in self.filtered(lambda plan: plan.state != 'draft'):
            if any(name in vals and (plan[name].id if name != 'year' else plan.year) != vals[name] for name in IDENTITY):
                raise UserError(self.env._(
                    "The account and the year of a plan under way stay: make a new plan instead of changing %(plan)s.",
                    plan=plan.display_name))

    def _check_revision(self, loaded):
        """Stop a save that was prepared on an older version of the plan than the stored one."""
        for plan in self if loaded else ():
            if plan.revision == loaded:
                continue
            when = format_datetime(self.env, plan.write_date, dt_format='HH:mm')
            if plan.write_uid == self.env.user:
                raise UserError(self.env._(
                    "You saved this plan at %(time)s in another window. Nothing was overwritten: "
                    "copy what you have just written, reload the page and enter it again.", time=when))
            raise UserError(self.env._(
                "%(user)s saved this plan at %(time)s. Nothing was overwritten: copy what you have just written, "
                "reload the page to see the changes and enter yours again.", user=plan.write_uid.name, time=when))

    def _check_open(self):
        """Refuse a change of a finished or cancelled plan to all but directors."""
        if self.env.su or self.env.user.has_group('kam_kpi.group_kam_manager'):
            return
        for plan in self:
            if not plan._is_living():
                raise UserError(self.env._(
                    "The plan %(plan)s is closed and kept as it was. Renew it to work on the next one.", plan=plan.display_name))

    def _touch(self):
        """Note that the plans were worked on, so that a decision taken meanwhile on the old lines collides and is retried."""
        for company, plans in self.grouped('company_id').items():
            self.env.cr.execute(SQL("UPDATE kam_plan SET worked_on = %s WHERE id = ANY(%s)", company._kam_today(), plans.ids))
        self.invalidate_recordset(['worked_on'])

    def _blueprint(self):
        """What a leader's approval of the plan itself covers (objectives watch themselves)."""
        self.ensure_one()
        return self.strategy, self.target_ids

    def _write_account_lines(self, lines):
        """Apply one2many commands of the plan's form to the lines which the account owns."""
        self.ensure_one()
        for name, commands in lines.items():
            model = self.env[ACCOUNT_LINES[name]]
            own = model.search([('partner_id', '=', self.partner_id.id)])
            for command, line_id, values in ([*command, 0, 0][:3] for command in commands):
                line = own.filtered(lambda line, line_id=line_id: line.id == line_id)
                if command == fields.Command.CREATE:
                    model.create({**values, 'partner_id': self.partner_id.id, 'company_id': self.company_id.id})
                elif command == fields.Command.UPDATE:
                    line.write(values)
                elif command in (fields.Command.DELETE, fields.Command.UNLINK):
                    line.unlink()
