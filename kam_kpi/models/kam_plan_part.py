from odoo import api, fields, models
from odoo.exceptions import ValidationError


class KamPlanPart(models.AbstractModel):
    """What every line of a plan shares: it follows the plan's access and freezes with it."""

    _name = 'kam.plan.part'
    _description = "Part of an Account Plan"

    plan_id = fields.Many2one('kam.plan', "Plan", required=True, index=True, ondelete='cascade')
    company_id = fields.Many2one(related='plan_id.company_id', store=True)

    @api.model_create_multi
    def create(self, vals_list):
        parts = super().create(vals_list)
        parts.plan_id._check_open()
        parts.plan_id._touch()
        parts._check_text()
        return parts

    def write(self, vals):
        self.plan_id._check_open()
        result = super().write(vals)
        self.plan_id._check_open()
        self.plan_id._touch()
        self._check_text()
        return result

    def _check_text(self):
        """Refuse a name of blanks only: it would stand for content that is not there."""
        if 'name' in self._fields and any(part.name and not part.name.strip() for part in self):
            raise ValidationError(self.env._("Write something where a line of the plan has only blanks, or delete the line."))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_frozen(self):
        self.plan_id._check_open()
        self.plan_id._touch()

    def _values(self, *names):
        """These fields of one line as values for a new one."""
        self.ensure_one()
        return self._convert_to_write({name: self[name] for name in names})
