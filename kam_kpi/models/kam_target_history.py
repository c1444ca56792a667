from odoo import api, fields, models
from odoo.exceptions import UserError


class KamTargetHistory(models.Model):
    """Who changed what of a target, when and why. Rows are added, never changed.

    They are written by ``kam.target`` itself whatever the door (form, list,
    import, API) and whoever acts; nobody has the right to create, write or
    delete one, and even the superuser is refused.
    """

    _name = 'kam.target.history'
    _description = "Change of a Target"
    _order = 'id desc'
    _rec_name = 'field_label'
    _allow_sudo_commands = False
    _log_access = False

    target_id = fields.Many2one('kam.target', required=True, ondelete='restrict', index=True, readonly=True)
    company_id = fields.Many2one('res.company', required=True, ondelete='restrict', readonly=True)
    date = fields.Datetime("When", required=True, readonly=True, default=fields.Datetime.now)
    user_id = fields.Many2one('res.users', "Who", required=True, ondelete='restrict', readonly=True)
    field = fields.Char(required=True, readonly=True, help="Technical name of what was changed.")
    field_label = fields.Char("What", compute='_compute_field_label')
    old_value = fields.Char("Before", readonly=True)
    new_value = fields.Char("After", readonly=True)
    reason = fields.Char(readonly=True)

    @api.depends('field')
    @api.depends_context('lang')
    def _compute_field_label(self):
        labels = self.env['kam.target'].fields_get(attributes=['string'])
        for row in self:
            row.field_label = labels[row.field]['string'] if row.field in labels else row.field

    def write(self, vals):
        raise UserError(self.env._("The history of targets cannot be changed."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("The history of targets cannot be deleted."))
