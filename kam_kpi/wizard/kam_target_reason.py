from odoo import fields, models


class KamTargetReason(models.TransientModel):
    """Ask for the reason which an action on targets needs, and carry on with it."""

    _name = 'kam.target.reason'
    _description = "Reason for a Change of Targets"

    target_ids = fields.Many2many('kam.target', required=True)
    operation = fields.Selection([
        ('agree', "Agree"),
        ('reopen', "Reopen"),
        ('archive', "Archive"),
    ], required=True)
    reason = fields.Char(required=True, help="It stays in the history of the targets.")

    def action_confirm(self):
        """Carry on with the operation, for all of the targets or none."""
        self.ensure_one()
        # sudo: ids only, so that a target the user may not change is an error and not passed over
        targets = self.env['kam.target'].browse(self.sudo().target_ids.ids)  # sudo: see above
        targets.check_access('write')
        if self.operation == 'agree':
            return targets.action_agree(reason=self.reason)
        if self.operation == 'reopen':
            return targets.action_reopen(reason=self.reason)
        targets.write({'active': False, 'change_reason': self.reason})
        return True
