from odoo import fields, models


class AccountAccount(models.Model):
    _inherit = 'account.account'

    kam_acquisition = fields.Boolean(
        "Cost of winning customers",
        help="What is booked here counts as the cost of winning new customers, where the settings say that it is taken from the ledger.")
