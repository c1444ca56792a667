from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .kam_stakeholder import LEVELS


class KamStakeholderTie(models.Model):
    """How close a colleague of ours is to a person at an account, besides the owner of the relationship."""

    _name = 'kam.stakeholder.tie'
    _description = "Who of us knows whom"
    _order = 'level desc, id'

    stakeholder_id = fields.Many2one('kam.stakeholder', required=True, index=True, ondelete='cascade')
    user_id = fields.Many2one(
        'res.users', "Colleague", required=True, index=True, ondelete='cascade', domain="[('share', '=', False)]")
    level = fields.Selection([row for row in LEVELS if row[0] != '0'], required=True, default='1')

    _pair_uniq = models.Constraint('UNIQUE (stakeholder_id, user_id)', "This colleague is noted for the person already.")

    @api.constrains('user_id')
    def _check_user(self):
        if any(tie.user_id.share for tie in self):
            raise ValidationError(self.env._("Only colleagues can be noted as knowing somebody."))


class KamStakeholder(models.Model):
    _inherit = 'kam.stakeholder'

    tie_ids = fields.One2many('kam.stakeholder.tie', 'stakeholder_id', "Others of us who know them")

    def write(self, vals):
        if 'user_id' not in vals:
            return super().write(vals)
        for person in self:
            super(KamStakeholder, person).write({**person._hand_over(vals['user_id']), **vals})
        return True

    def _hand_over(self, user_id):
        """Closeness is personal: the former owner keeps theirs as a tie, the new one brings their own.

        Returns the new owner's level to be written: unknown unless they have a
        tie; an owner for somebody who had none takes the level that is there.
        """
        self.ensure_one()
        before = self.user_id
        if not before or before.id == user_id:
            return {}
        own = self.tie_ids.filtered(lambda tie: tie.user_id.id == user_id)
        level = own.level or '0'
        own.unlink()
        if self.current_level != '0':
            self.env['kam.stakeholder.tie'].create({
                'stakeholder_id': self.id, 'user_id': before.id, 'level': self.current_level})
        return {'current_level': level} if user_id else {}

    @api.onchange('user_id')
    def _onchange_user_id(self):
        """Show what saving will do to the level."""
        before = self._origin.user_id
        if before and self.user_id and before != self.user_id:
            self.current_level = self._origin.tie_ids.filtered(lambda tie: tie.user_id == self.user_id).level or '0'

    def set_level(self, user_id, level):
        """Note how close a colleague is to the person: as the owner's level, or as a tie ('0' removes it)."""
        self.ensure_one()
        self.check_access('write')
        if level not in dict(LEVELS):
            raise ValidationError(self.env._("There is no such level."))
        if user_id == self.user_id.id:
            self.current_level = level
            return
        tie = self.tie_ids.filtered(lambda tie: tie.user_id.id == user_id)
        if level == '0':
            tie.unlink()
        elif tie:
            tie.level = level
        else:
            self.env['kam.stakeholder.tie'].create({'stakeholder_id': self.id, 'user_id': user_id, 'level': level})
