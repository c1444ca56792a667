from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.kam_target import VALUE_FIELDS
from ..tools.finite import finite
from ..tools.period import shift_months

ONE_DAY = timedelta(days=1)
DECIMALS = 6


class KamTargetCopy(models.TransientModel):
    """Propose targets for the next period from those of the last one, many at once."""

    _name = 'kam.target.copy'
    _description = "Copy Targets to the Next Period"

    target_ids = fields.Many2many('kam.target', default=lambda self: self._default_target_ids())
    basis = fields.Selection([
        ('target', "The target of the period before"),
        ('actual', "What was reached in the period before"),
    ], "Start from", required=True, default='target')
    growth = fields.Float(
        "Growth (%)", default=5.0,
        help="More where more is better, less where less is better. Bands are copied as they are.")
    new_count = fields.Integer(compute='_compute_counts')
    existing_count = fields.Integer(compute='_compute_counts')
    unknown_count = fields.Integer(compute='_compute_counts')

    @api.model
    def _default_target_ids(self):
        """The selected targets, else those of the periods which run now."""
        if self.env.context.get('active_model') == 'kam.target' and self.env.context.get('active_ids'):
            return self.env['kam.target'].browse(self.env.context['active_ids'])
        today = self.env.company._kam_today()
        return self.env['kam.target'].search([
            ('company_id', '=', self.env.company.id), ('date_start', '<=', today), ('date_end', '>=', today)])

    @api.depends('target_ids', 'basis')
    def _compute_counts(self):
        for wizard in self:
            existing, unknown, new = wizard._sorted_out()
            wizard.existing_count, wizard.unknown_count, wizard.new_count = len(existing), len(unknown), len(new)

    def action_copy(self):
        """Create the proposals and open them."""
        self.ensure_one()
        try:
            finite(self.growth)
        except ValueError as error:
            raise UserError(self.env._("Enter the growth as an ordinary number of percent.")) from error
        _existing, _unknown, targets = self._sorted_out()
        if not targets:
            raise UserError(self.env._(
                "There is nothing to copy: the next period has its targets already, or there are no figures to start "
                "from."))
        copies = self.env['kam.target'].create([self._copy_vals(target) for target in targets])
        self._keep_parts(targets, copies)
        action = self.env['ir.actions.act_window']._for_xml_id('kam_kpi.kam_target_action')
        return {
            **action, 'domain': [('id', 'in', copies.ids)], 'context': {}, 'view_mode': 'list,kanban,form',
            'views': [(False, 'list'), (False, 'kanban'), (False, 'form')],
        }

    @api.model
    def _keep_parts(self, targets, copies):
        """Make the copies of parts parts of the copy of their whole, where it was copied along."""
        copy_of = dict(zip(targets, copies))
        for target, copy in copy_of.items():
            whole = copy_of.get(target.sudo().parent_id)  # sudo: who may see a part need not see the whole
            if whole and (whole.date_start, whole.date_end) == (copy.date_start, copy.date_end):
                copy.sudo().parent_id = whole  # sudo: set by the wizards only

    def _sorted_out(self):
        """Return the targets whose next period has one, those without a figure to start from, and the rest."""
        existing = unknown = new = self.env['kam.target']
        targets = self.target_ids._origin
        keys = {target: (*self._subject(target), *self._next_period(target)) for target in targets}
        taken = {
            (*self._subject(target), target.date_start, target.date_end)
            for target in self.env['kam.target'].search([
                ('kpi_id', 'in', targets.kpi_id.ids), ('date_start', 'in', [key[-2] for key in keys.values()])])
        }
        for target, key in keys.items():
            if key in taken:
                existing |= target
            elif self.basis == 'actual' and target.direction != 'band' and target.actual_value is False:
                unknown |= target
            else:
                new |= target
                taken.add(key)
        return existing, unknown, new

    @api.model
    def _subject(self, target):
        return target.kpi_id, target.company_id, target.partner_id, target.user_id, target.team_id

    @api.model
    def _next_period(self, target):
        """Return the first and last day of the period after the target's."""
        start = target.date_end + ONE_DAY
        if target.frequency == 'ttm':
            # Twelve months that end one quarter later.
            stop = target.company_id._kam_period('quarter', start)[1]
            return shift_months(stop, -12), stop - ONE_DAY
        start, stop = target.company_id._kam_period(target.frequency, start)
        return start, stop - ONE_DAY

    def _copy_vals(self, target):
        date_start, date_end = self._next_period(target)
        values = {name: target[name] for name in VALUE_FIELDS}
        if target.direction != 'band':
            values.update(self._grown(target))
        return {
            **values,
            'kpi_id': target.kpi_id.id,
            'partner_id': target.partner_id.id,
            'user_id': target.user_id.id,
            'team_id': target.team_id.id,
            'company_id': target.company_id.id,
            'frequency': target.frequency,
            'date_start': date_start,
            'date_end': date_end,
            'objective_id': target.objective_id.id,
            'phasing': target.phasing,
            'profile_id': target.profile_id.id,
            'note': target.note,
        }

    def _grown(self, target):
        """Return the values moved by the growth; the stretch keeps its distance, a baseline now out of place is dropped."""
        sign = -1 if target.direction == 'lower' else 1
        base = target.actual_value if self.basis == 'actual' else target.target_value
        value = round(base + sign * abs(base) * self.growth / 100, DECIMALS)
        moved = {'target_value': value}
        if target.stretch_value is not False:
            moved['stretch_value'] = round(value + target.stretch_value - target.target_value, DECIMALS)
        if target.baseline is not False and sign * (value - target.baseline) <= 0:
            moved['baseline'] = False
        return moved
