from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..fields import NullableFloat
from ..models.kam_kpi_terms import Holdings
from ..models.kam_target_cascade import RANKS
from ..models.kam_target_phase import ONE_DAY
from ..tools.distribute import distribute
from ..tools.period import last_year

LEVELS = [('team', "Sales teams"), ('user', "Account managers"), ('account', "Accounts")]
SUBJECTS = {'team': 'team_id', 'user': 'user_id', 'account': 'partner_id'}


class KamTargetCascadeWizard(models.TransientModel):
    """Hand out a target to teams, managers or accounts by shares; again, when the whole was revised."""

    _name = 'kam.target.cascade'
    _description = "Distribute a Target"

    target_id = fields.Many2one('kam.target', "Whole", required=True, readonly=True, ondelete='cascade')
    currency_id = fields.Many2one(related='target_id.currency_id')
    unit = fields.Selection(related='target_id.unit')
    scope = fields.Selection(related='target_id.scope')
    target_value = NullableFloat(related='target_id.target_value')
    levels = fields.Json(compute='_compute_levels')
    level = fields.Selection(LEVELS, "To", required=True, compute='_compute_level', store=True, readonly=False, precompute=True)
    method = fields.Selection([
        ('keep', "As it is shared out now"),
        ('equal', "The same for each"),
        ('last_year', "By the revenue of the same period last year"),
    ], "Start from", required=True, compute='_compute_method', store=True, readonly=False, precompute=True,
        help="Where the shares begin; each can be changed below.")
    line_ids = fields.One2many('kam.target.cascade.line', 'wizard_id', "Parts")
    distributed = fields.Float(compute='_compute_rest')
    rest = fields.Float("Not distributed", compute='_compute_rest')
    needs_reason = fields.Boolean(compute='_compute_needs_reason')
    reason = fields.Char("Reason for the change")

    @api.depends('target_id')
    def _compute_levels(self):
        """The levels below the target's own."""
        for wizard in self:
            wizard.levels = [level for level, _label in LEVELS if RANKS[level] < RANKS.get(wizard.target_id.scope, 0)]

    @api.depends('target_id')
    def _compute_level(self):
        """As it was handed out before, else to the next level down."""
        for wizard in self:
            parts = wizard.target_id.child_ids
            wizard.level = parts[:1].scope or {'company': 'team', 'team': 'user'}.get(wizard.target_id.scope, 'account')

    @api.depends('target_id')
    def _compute_method(self):
        for wizard in self:
            wizard.method = 'keep' if wizard.target_id.child_ids else 'last_year'

    @api.depends('line_ids.value', 'target_id')
    def _compute_rest(self):
        for wizard in self:
            wizard.distributed = sum(wizard.line_ids.mapped('value'))
            wizard.rest = wizard.target_id._round_value((wizard.target_value or 0.0) - wizard.distributed) if wizard.target_id else 0.0

    @api.depends('line_ids.part_id', 'line_ids.value')
    def _compute_needs_reason(self):
        for wizard in self:
            wizard.needs_reason = any(line._changes_what_is_in_force() for line in wizard.line_ids)

    @api.onchange('level', 'method')
    def _onchange_lines(self):
        self.line_ids = [Command.clear(), *(Command.create(vals) for vals in self._proposed_lines())]

    @api.model_create_multi
    def create(self, vals_list):
        wizards = super().create(vals_list)
        for wizard, vals in zip(wizards, vals_list):
            if 'line_ids' not in vals:
                wizard.line_ids = [Command.create(line) for line in wizard._proposed_lines()]
        return wizards

    # ------------------------------------------------------------------

    def _proposed_lines(self):
        """Return the values of the lines: whom the target goes to, and how much by the chosen method."""
        whole = self.target_id._origin
        if not whole or not self.level:
            return []
        whole.check_access('write')
        subjects = self._subjects(whole)
        parts = self._existing_parts(whole)
        weights = self._weights(whole, subjects, parts)
        total = abs(whole.target_value or 0.0)
        sign = -1 if (whole.target_value or 0.0) < 0 else 1
        amounts = distribute(total, weights, whole._value_step())
        field = SUBJECTS[self.level]
        return [{
            field: subject, 'part_id': parts.get(subject, whole.browse()).id, 'value': sign * amount,
            'share': 100 * amount / total if total else 0.0,
        } for subject, amount in zip(subjects, amounts)]

    def _subjects(self, whole):
        """Return ``{record id: its accounts}`` of those to whom the target can go, by who holds what."""
        company = whole.company_id
        day = min(whole.date_end, company._kam_today())
        holder = whole.user_id or whole.team_id
        accounts = self.env['kam.kpi']._scope_accounts(whole.scope, holder.id, day, company)
        if self.level == 'account':
            names = self.env['res.partner'].browse(accounts).sorted('name')
            return {account.id: account.ids for account in names}
        holders = Holdings(self.env, company).holders(day)
        subjects = {}
        for account in accounts:
            user_id, team_id = holders.get(account, (False, False))
            subject = user_id if self.level == 'user' else team_id
            if subject:
                subjects.setdefault(subject, []).append(account)
        return subjects

    def _existing_parts(self, whole):
        """Return ``{record id: target}``: targets of the same KPI and period which the subjects have already."""
        field = SUBJECTS[self.level]
        targets = self.env['kam.target'].search([
            ('kpi_id', '=', whole.kpi_id.id), ('company_id', '=', whole.company_id.id), ('scope', '=', self.level),
            ('date_start', '=', whole.date_start), ('date_end', '=', whole.date_end)])
        return {target[field].id: target for target in targets}

    def _weights(self, whole, subjects, parts):
        if self.method == 'keep':
            return [abs(parts[subject].target_value or 0.0) if subject in parts else 0.0 for subject in subjects]
        if self.method == 'equal':
            return [1.0] * len(subjects)
        window = last_year(whole.date_start, whole.date_end + ONE_DAY)
        accounts = {account for held in subjects.values() for account in held}
        history = self.env['kam.target']._revenue_by_month(whole.company_id, accounts, window)
        earned = {account: float(sum(months.values())) for account, (_first, months) in history.items()}
        return [max(sum(earned.get(account, 0.0) for account in held), 0.0) for held in subjects.values()]

    def action_confirm(self):
        """Set the parts, with the rights of who does it, and say so on the whole."""
        self.ensure_one()
        whole = self.target_id
        whole.check_access('write')
        if not any(line.value for line in self.line_ids):
            raise UserError(self.env._("Nothing is handed out yet: enter a share or an amount for at least one of them."))
        parts = self.env['kam.target']
        for line in self.line_ids:
            parts |= line._apply()
        parts.sudo().parent_id = whole  # sudo: who is part of what is set here only, after the checks of each part
        whole.invalidate_recordset(['child_ids'])
        whole.message_post(body=self.env._("Distributed: %(text)s", text=whole.distribution_text))
        return {'type': 'ir.actions.act_window_close'}
