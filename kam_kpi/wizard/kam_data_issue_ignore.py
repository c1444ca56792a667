from odoo import fields, models


class KamDataIssueIgnore(models.TransientModel):
    """Asks why doubtful data are left as they are."""

    _name = 'kam.data.issue.ignore'
    _description = "Leave Doubtful Data"

    issue_id = fields.Many2one('kam.data.issue', required=True, readonly=True, ondelete='cascade')
    reason = fields.Char(required=True)

    def action_confirm(self):
        """Leave it; the issue checks who may."""
        self.ensure_one()
        self.issue_id.action_ignore(self.reason)
        return {'type': 'ir.actions.act_window_close'}
