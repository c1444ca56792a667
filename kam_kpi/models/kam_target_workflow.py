from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..tools.finite import finite
from .kam_target import VALUE_FIELDS

PERIOD_FIELDS = ('frequency', 'date_start', 'date_end')
SUBJECT_FIELDS = ('kpi_id', 'partner_id', 'user_id', 'team_id', 'company_id')
TERMS = (*SUBJECT_FIELDS, *PERIOD_FIELDS, *VALUE_FIELDS, 'phasing', 'profile_id', 'weight', 'missing_as_zero')
LOGGED_FIELDS = (*TERMS, 'objective_id', 'owner_id', 'active', 'state')
PROPOSED_FIELDS = ('date_start', 'date_end', 'objective_id', 'owner_id')
# Set by the actions and the measurement below, never by a caller.
GUARDED_FIELDS = (
    'state', 'proposer_id', 'agreed_by_id', 'agreed_on', 'actual_value', 'attainment', 'due_value', 'pace', 'forecast',
    'forecast_basis', 'status', 'reason', 'measured_on', 'is_final', 'season', 'run_rate', 'run_rate_reason', 'seasonal',
    'seasonal_reason', 'pipeline', 'pipeline_reason', 'pipeline_deviation', 'pipeline_commit', 'pipeline_best',
    'parent_id',
)


class KamTargetWorkflow(models.Model):
    """How a target comes about: proposed, agreed by somebody else, locked.

    Every change of its terms is kept in ``kam.target.history``. Once locked,
    or agreed and begun, a change needs a reason (``change_reason`` in the
    same write); so does everything a director does to a closed period.
    Superuser code (data files, tests) is trusted with reasons, not with the
    history.
    """

    _inherit = 'kam.target'

    state = fields.Selection([
        ('proposed', "Proposed"),
        ('agreed', "Agreed"),
        ('locked', "Locked"),
    ], "Stage", required=True, default='proposed', readonly=True, copy=False, tracking=True, index=True)
    proposer_id = fields.Many2one(
        'res.users', "Proposed by", ondelete='restrict', readonly=True, copy=False, index='btree_not_null')
    agreed_by_id = fields.Many2one(
        'res.users', "Agreed by", ondelete='restrict', readonly=True, copy=False, index='btree_not_null')
    agreed_on = fields.Datetime("Agreed on", readonly=True, copy=False)
    # Not stored: it goes with a write into the history and is not a property of the target.
    change_reason = fields.Char("Reason for the change", store=False)
    needs_reason = fields.Boolean(compute='_compute_needs_reason')
    may_change = fields.Boolean(compute='_compute_may_change')
    history_ids = fields.One2many('kam.target.history', 'target_id', "History", readonly=True)

    @api.depends('state', 'date_start', 'date_end', 'company_id')
    def _compute_needs_reason(self):
        for target in self:
            target.needs_reason = target._is_closed() or target._is_in_force()

    @api.depends('state')
    @api.depends_context('uid')
    def _compute_may_change(self):
        """Whether the form lets the user type: the rules decide in the end."""
        leader = self.env.user.has_group('kam_kpi.group_kam_leader')
        for target in self:
            target.may_change = leader or target.state == 'proposed'

    # ------------------------------------------------------------------
    # writing
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        prepared, reasons = [], []
        for vals in vals_list:
            # An empty cell of an import asks for what is proposed.
            vals = {name: value for name, value in vals.items() if value or name not in PROPOSED_FIELDS}
            self._check_guarded(vals)
            self._check_numbers(vals)
            reasons.append((vals.pop('change_reason', None) or '').strip())
            if not self.env.su:
                # Set explicitly: a default from the context must not slip past the guard.
                vals.update(
                    dict.fromkeys(GUARDED_FIELDS), state='proposed', proposer_id=self.env.uid, status='no_data',
                    is_final=False)
            prepared.append({'proposer_id': self.env.uid, **vals})
        targets = super().create(prepared)
        for target, reason in zip(targets, reasons):
            target._check_closed(reason)
            target._log('state', '', target._log_text('state'), reason)
        if not self.env.context.get('kam_measure_later'):
            targets._measure()
        return targets

    def write(self, vals):
        vals = dict(vals)
        self._check_guarded(vals)
        self._check_numbers(vals)
        reason = (vals.pop('change_reason', None) or '').strip()
        if not set(vals) & set(LOGGED_FIELDS):
            return super().write(vals) if vals else True
        changed = self.filtered(lambda target: target._changes(vals, (*TERMS, 'active')))
        for target in changed:
            target._check_change(vals, reason)
        before = {target: {name: target._log_text(name) for name in LOGGED_FIELDS} for target in self}
        result = super().write(vals)
        for target in changed:
            target._check_closed(reason)
        for target, old in before.items():
            for name in LOGGED_FIELDS:
                new = target._log_text(name)
                if new != old[name]:
                    target._log(name, old[name], new, reason)
        if changed:
            # Before another target takes its place: the unique index looks at the database.
            changed.flush_recordset()
            # The rules are asked before a write; it must not take a target to where they would refuse it.
            changed.check_access('write')
            if set(vals) & {*SUBJECT_FIELDS, *PERIOD_FIELDS}:
                changed.sudo().season = False  # sudo: measured, so closed to everybody's write
            changed._measure(again=True)
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("Targets are kept, with their history: archive a target that is not wanted."))

    def _check_guarded(self, vals):
        if 'history_ids' in vals:
            raise UserError(self.env._("The history of targets is written by the changes themselves."))
        names = [name for name in GUARDED_FIELDS if vals.get(name) and (name, vals[name]) != ('state', 'proposed')]
        if not self.env.su and (names or (self and any(name in vals for name in GUARDED_FIELDS))):
            raise AccessError(self.env._(
                "The stage of a target changes with its buttons, and its figures are measured: they cannot be "
                "written (%(fields)s).", fields=", ".join(names or GUARDED_FIELDS[:1])))

    def _changes(self, vals, names):
        """Return whether writing ``vals`` would change one of the fields."""
        self.ensure_one()
        for name in set(names) & set(vals):
            new, old = vals[name], self[name]
            if name in VALUE_FIELDS:
                new, old = finite(new), finite(old)
            else:
                new = self._fields[name].convert_to_cache(new, self)
                old = self._fields[name].convert_to_cache(old, self)
            if new != old:
                return True
        return False

    def _check_change(self, vals, reason):
        """Refuse a change of terms which the stage does not allow, or not without a reason."""
        if self.env.su:
            return
        if self.state != 'proposed' and self._changes(vals, SUBJECT_FIELDS):
            raise UserError(self.env._(
                "%(target)s has been agreed: what it is about stays. Archive it and propose another one.",
                target=self.display_name))
        if not reason and self._is_in_force():
            raise UserError(self.env._(
                "%(target)s is in force: give a reason for the change. It stays in the history.",
                target=self.display_name))
        self._check_closed(reason)

    def _is_in_force(self):
        """Whether people rely on it: locked, or agreed and begun."""
        self.ensure_one()
        begun = bool(self.date_start) and self.date_start < (self.company_id or self.env.company)._kam_today()
        return self.state == 'locked' or (self.state == 'agreed' and begun)

    def _check_closed(self, reason):
        """Refuse to set or change a target when its period is over, unless a director says why."""
        if self.env.su or not self._is_closed():
            return
        if not self.env.user.has_group('kam_kpi.group_kam_manager'):
            raise UserError(self.env._(
                "The period of %(target)s is over. Ask a director to set or change its target.",
                target=self.display_name))
        if not reason:
            raise UserError(self.env._(
                "The period of %(target)s is over: give a reason. It stays in the history.", target=self.display_name))

    # ------------------------------------------------------------------
    # history
    # ------------------------------------------------------------------

    def _log_text(self, name):
        """Return a field's value as the history shows it."""
        value, field = self[name], self._fields[name]
        if field.type == 'many2one':
            return value.sudo().display_name or ''  # sudo: the name is kept even where it may not be read now
        if field.type == 'boolean':
            return self.env._("Yes") if value else self.env._("No")
        if value is False or value is None:
            return ''
        if field.type == 'selection':
            return dict(field._description_selection(self.env)).get(value, value)
        if field.type == 'float':
            return repr(value).removesuffix('.0')
        return str(value)

    def _log(self, name, old, new, reason=''):
        self.ensure_one()
        self.env['kam.target.history'].sudo().create({  # sudo: nobody may write history, it is written here only
            'target_id': self.id,
            'company_id': self.company_id.id,
            'user_id': self.env.uid,
            'field': name,
            'old_value': old,
            'new_value': new,
            'reason': reason,
        })

    # ------------------------------------------------------------------
    # stages
    # ------------------------------------------------------------------

    def action_agree(self, reason=None):
        """Agree proposed targets: a leader or director, not the proposer.

        A director may agree an own proposal with a reason; without one the
        question for it is returned as an action.
        """
        self._check_leader()
        own = self.filtered(lambda target: self.env.user in (target.proposer_id, target.user_id))
        if own and not self.env.su:
            if not self.env.user.has_group('kam_kpi.group_kam_manager'):
                raise UserError(self.env._(
                    "Nobody agrees an own proposal or an own target. Ask another leader or a director to agree "
                    "%(target)s.", target=own[0].display_name))
            if not (reason or '').strip():
                return self._ask_reason('agree')
        return self._move(('proposed',), 'agreed', reason, {
            'agreed_by_id': self.env.uid, 'agreed_on': fields.Datetime.now()})

    def action_lock(self):
        """Lock agreed targets: from now on a change needs a reason."""
        self._check_leader()
        return self._move(('agreed',), 'locked')

    def action_reopen(self, reason=None):
        """Take agreed or locked targets back to proposed, with a reason."""
        self._check_leader()
        if not self.env.su:
            if not (reason or '').strip():
                return self._ask_reason('reopen')
            for target in self:
                target._check_closed(reason)
        return self._move(('agreed', 'locked'), 'proposed', reason, {'agreed_by_id': False, 'agreed_on': False})

    def action_archive(self):
        """Archive targets; what is in force or closed asks for a reason first."""
        if not self.env.su and any(target._is_in_force() or target._is_closed() for target in self):
            return self._ask_reason('archive')
        return super().action_archive()

    def _check_leader(self):
        self.check_access('write')
        if not self.env.su and not self.env.user.has_group('kam_kpi.group_kam_leader'):
            raise AccessError(self.env._("Team leaders and directors agree and lock targets."))

    def _move(self, sources, state, reason=None, vals=None):
        labels = dict(self._fields['state']._description_selection(self.env))
        for target in self:
            if target.state not in sources:
                raise UserError(self.env._(
                    "%(target)s is %(state)s already.", target=target.display_name,
                    state=labels[target.state].lower()))
        # sudo: the stage is closed to everybody's write; the checks are above
        self.sudo().write({**(vals or {}), 'state': state, 'change_reason': reason})  # sudo: see above
        return True

    def _ask_reason(self, operation):
        return {
            'type': 'ir.actions.act_window',
            'name': self.env._("Give a reason"),
            'res_model': 'kam.target.reason',
            'view_mode': 'form',
            'target': 'new',
            'context': {'default_operation': operation, 'default_target_ids': self.ids},
        }
