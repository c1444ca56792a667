from odoo import fields, models


class CrmLostReason(models.Model):
    _inherit = 'crm.lost.reason'

    kam_spam = fields.Boolean("Not a real lead", help="Spam, duplicates and tests: such leads do not count as qualified.")
