from odoo import api, fields, models

from .kam_target_cascade import SUBJECTS

COPIED_FIELDS = ('date_start', 'date_end', 'frequency', 'phasing')


class KamTargetCascadeLine(models.TransientModel):
    """One part of a target that is handed out: a share of it, or an amount; the one follows the other."""

    _name = 'kam.target.cascade.line'
    _description = "Part of a Distributed Target"

    wizard_id = fields.Many2one('kam.target.cascade', required=True, ondelete='cascade')
    partner_id = fields.Many2one('res.partner', "Account", readonly=True)
    user_id = fields.Many2one('res.users', "Account manager", readonly=True)
    team_id = fields.Many2one('crm.team', "Sales team", readonly=True)
    subject = fields.Char("For", compute='_compute_subject')
    part_id = fields.Many2one('kam.target', "Has already", readonly=True)
    current_text = fields.Char("Now", compute='_compute_subject')
    share = fields.Float("Share (%)", digits=(16, 2))
    value = fields.Float("Target", digits=(16, 2))
    unit = fields.Selection(related='wizard_id.unit')
    currency_id = fields.Many2one(related='wizard_id.currency_id')

    @api.depends('partner_id', 'user_id', 'team_id', 'part_id')
    def _compute_subject(self):
        for line in self:
            line.subject = (line.partner_id or line.user_id or line.team_id).display_name
            line.current_text = line.part_id._value_text(line.part_id.target_value) if line.part_id else False

    @api.onchange('share')
    def _onchange_share(self):
        whole = self.wizard_id.target_id
        if whole and round(self._share_of(self.value), 2) != round(self.share, 2):
            self.value = whole._round_value((whole.target_value or 0.0) * self.share / 100)

    @api.onchange('value')
    def _onchange_value(self):
        self.share = self._share_of(self.value)

    def _share_of(self, value):
        whole = self.wizard_id.target_id.target_value
        return 100 * value / whole if whole else 0.0

    def _changes_what_is_in_force(self):
        """Whether the part is another value now and people rely on the old one."""
        part = self.part_id._origin
        return bool(part) and part.target_value != self.value and part.needs_reason

    def _apply(self):
        """Set the part's target; return it. Nothing for nobody: a zero makes no new target."""
        self.ensure_one()
        wizard, whole = self.wizard_id, self.wizard_id.target_id
        if self.part_id:
            if self.part_id.target_value != self.value:
                self.part_id.write({'target_value': self.value, 'change_reason': wizard.reason, **self._kept_in_order()})
            return self.part_id
        if not self.value:
            return self.part_id
        field = SUBJECTS[wizard.level]
        return self.env['kam.target'].create({
            **{name: whole[name] for name in COPIED_FIELDS},
            'kpi_id': whole.kpi_id.id,
            'company_id': whole.company_id.id,
            'objective_id': whole.objective_id.id,
            'profile_id': whole.profile_id.id,
            field: self[field].id,
            'target_value': self.value,
            'change_reason': wizard.reason,
        })

    def _kept_in_order(self):
        """Drop a stretch or baseline of the part which is out of place beside the new value."""
        part = self.part_id
        sign = -1 if part.direction == 'lower' else 1
        dropped = {}
        if part.stretch_value is not False and sign * (part.stretch_value - self.value) <= 0:
            dropped['stretch_value'] = False
        if part.baseline is not False and sign * (self.value - part.baseline) <= 0:
            dropped['baseline'] = False
        return dropped
