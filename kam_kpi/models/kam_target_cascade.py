from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..fields import NullableFloat

RANKS = {'account': 1, 'user': 2, 'team': 3, 'company': 4}
SAME_FIELDS = ('kpi_id', 'company_id', 'date_start', 'date_end')


class KamTargetCascade(models.Model):
    """A target of a company, team or manager and its parts: what their teams, managers or accounts are to bring of it.

    The parts are targets of their own, agreed and measured by themselves. What
    is not handed out, or handed out twice, stays visible on the whole.
    """

    _inherit = 'kam.target'

    parent_id = fields.Many2one(
        'kam.target', "Part of", ondelete='restrict', index='btree_not_null', readonly=True, copy=False, check_company=True)
    child_ids = fields.One2many('kam.target', 'parent_id', "Parts", readonly=True)
    part_count = fields.Integer("Number of parts", compute='_compute_parts')
    distributed_value = NullableFloat("Distributed", compute='_compute_parts', aggregator=None)
    undistributed_value = NullableFloat("Not distributed", compute='_compute_parts', aggregator=None)
    distribution_text = fields.Char(compute='_compute_distribution_text')

    @api.depends('target_value', 'unit', 'child_ids.target_value', 'child_ids.active')
    def _compute_parts(self):
        """The sum of the parts and what it leaves of the whole; both empty without parts."""
        rows = self.env['kam.target'].sudo()._read_group(  # sudo: the sum is the sum, whoever looks
            [('parent_id', 'in', self.ids)], ['parent_id'], ['__count', 'target_value:sum'])
        parts = {whole.id: (count, total) for whole, count, total in rows}
        for target in self:
            count, total = parts.get(target._origin.id, (0, 0.0))
            target.part_count = count
            target.distributed_value = total or 0.0 if count else False
            rest = (target.target_value or 0.0) - (total or 0.0)
            target.undistributed_value = target._round_value(rest) if count else False

    @api.depends('undistributed_value', 'distributed_value', 'part_count')
    @api.depends_context('lang')
    def _compute_distribution_text(self):
        for target in self:
            values = {
                'count': target.part_count, 'part': target._value_text(target.distributed_value),
                'whole': target._value_text(target.target_value),
                'rest': target._value_text(abs(target.undistributed_value or 0.0)),
            }
            if not target.part_count:
                target.distribution_text = False
            elif not target.undistributed_value:
                target.distribution_text = self.env._("All of it is distributed, to %(count)s targets.", **values)
            elif (target.undistributed_value > 0) == (target.target_value > 0):
                target.distribution_text = self.env._("%(part)s of %(whole)s are distributed; %(rest)s are not.", **values)
            else:
                target.distribution_text = self.env._(
                    "The parts add up to %(part)s: %(rest)s more than the whole, %(whole)s.", **values)

    def _round_value(self, value):
        """Round to what the KPI's unit can show, so that 0.1 + 0.2 leaves nothing of 0.3."""
        self.ensure_one()
        step = self._value_step()
        return round(value / step) * step if step >= 1 else round(value, 6 if step < 0.01 else 2)

    def _value_step(self):
        """The smallest part that can be handed out: a cent, a piece, a hundredth of anything else."""
        if self.unit == 'currency':
            return (self.currency_id or self.env.company.currency_id).rounding or 0.01
        return 1 if self.unit == 'count' else 0.01

    @api.constrains('parent_id', *SAME_FIELDS)
    def _check_parent(self):
        for target in self | self.child_ids:
            whole = target.parent_id.sudo()  # sudo: who may see a part need not see the whole
            if not whole:
                continue
            if any(target[name] != whole[name] for name in SAME_FIELDS):
                raise ValidationError(self.env._(
                    "%(part)s is a part of %(whole)s: both are about the same KPI and period. Archive the part and propose "
                    "another one.", part=target.display_name, whole=whole.display_name))
            if RANKS[target.scope] >= RANKS[whole.scope]:
                raise ValidationError(self.env._(
                    "%(part)s cannot be a part of %(whole)s: a company's target goes to teams, managers or accounts, a "
                    "team's to managers or accounts, a manager's to accounts.", part=target.display_name, whole=whole.display_name))

    def action_distribute(self):
        """Open the distribution of this target."""
        self.ensure_one()
        self.check_access('write')
        if self.scope == 'account':
            raise UserError(self.env._("A target of one account has no parts."))
        if not self._is_flow():
            raise UserError(self.env._(
                "%(kpi)s does not add up over accounts, so it cannot be shared out. Set a target for each of them.",
                kpi=self.kpi_id.name))
        return {
            'type': 'ir.actions.act_window',
            'name': self.env._("Distribute %(target)s", target=self.display_name),
            'res_model': 'kam.target.cascade',
            'view_mode': 'form',
            'target': 'new',
            'context': {'default_target_id': self.id},
        }

    def action_parts(self):
        """Open the parts of this target."""
        self.ensure_one()
        action = self.env['ir.actions.act_window']._for_xml_id('kam_kpi.kam_target_action')
        return {
            **action, 'name': self.env._("Parts of %(target)s", target=self.display_name), 'context': {},
            'domain': [('parent_id', '=', self.id)], 'view_mode': 'list,kanban,form',
            'views': [(False, 'list'), (False, 'kanban'), (False, 'form')],
        }
