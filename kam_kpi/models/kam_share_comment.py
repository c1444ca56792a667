from odoo import fields, models


class KamShareComment(models.Model):
    """What somebody of the customer wrote on a shared page: plain text, kept as it was written."""

    _name = 'kam.share.comment'
    _description = "Comment of the Customer"
    _order = 'id desc'
    _rec_name = 'contact_id'

    share_id = fields.Many2one('kam.share', required=True, ondelete='cascade', index=True)
    company_id = fields.Many2one(related='share_id.company_id', store=True)
    contact_id = fields.Many2one('res.partner', "Who", required=True, ondelete='cascade', index=True)
    date = fields.Datetime("When", required=True)
    body = fields.Text("What they wrote", required=True)
