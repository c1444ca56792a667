from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..tools.finite import weight_of

SHARE_FIELDS = tuple(f'share_{month:02}' for month in range(1, 13))


def _share(name):
    return fields.Float(name, default=1.0, help="Weight of this month; only the proportions matter.")


class KamTargetProfile(models.Model):
    """How a year's figure is spread over its months: twelve weights, to be used by many targets.

    Percentages that add up to 100 read best, but only the proportions count.
    """

    _name = 'kam.target.profile'
    _description = "Seasonal Profile"
    _order = 'name'

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one('res.company', ondelete='cascade', index='btree_not_null', help="Empty: for all companies.")
    share_01 = _share("January")
    share_02 = _share("February")
    share_03 = _share("March")
    share_04 = _share("April")
    share_05 = _share("May")
    share_06 = _share("June")
    share_07 = _share("July")
    share_08 = _share("August")
    share_09 = _share("September")
    share_10 = _share("October")
    share_11 = _share("November")
    share_12 = _share("December")
    total = fields.Float(compute='_compute_total')

    @api.depends(*SHARE_FIELDS)
    def _compute_total(self):
        for profile in self:
            profile.total = sum(profile[name] for name in SHARE_FIELDS)

    @api.constrains(*SHARE_FIELDS)
    def _check_shares(self):
        for profile in self:
            try:
                total = sum(weight_of(share) for share in profile._shares())
            except ValueError:
                total = 0
            if not total:
                raise ValidationError(self.env._(
                    "The months of “%(profile)s” need weights of 0 or more, and not all of them 0.", profile=profile.name))

    def write(self, vals):
        if not self.env.su and set(SHARE_FIELDS) & set(vals):
            used = self.env['kam.target'].sudo().search([  # sudo: whether it is used at all, by whomever
                ('profile_id', 'in', self.ids), ('phasing', '=', 'profile'), ('state', '!=', 'proposed')], limit=1)
            if used:
                raise UserError(self.env._(
                    "“%(profile)s” is part of targets that were agreed. Make a copy of it with other months for the "
                    "targets to come.", profile=used.profile_id.name))
        return super().write(vals)

    def _shares(self):
        """Return the twelve weights, January first."""
        self.ensure_one()
        return [self[name] for name in SHARE_FIELDS]
