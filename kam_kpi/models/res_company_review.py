from odoo import fields, models


class ResCompany(models.Model):
    _inherit = 'res.company'

    kam_review_drafted_to = fields.Date(
        "Reviews drafted up to", readonly=True, copy=False,
        help="Last day of the quarter for which drafts were made: each quarter is drafted once.")
