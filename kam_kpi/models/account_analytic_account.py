from odoo import fields, models


class AccountAnalyticAccount(models.Model):
    _inherit = 'account.analytic.account'

    kam_acquisition = fields.Boolean(
        "Cost of winning customers",
        help="Bills, expenses and hours on this account count as the cost of winning new customers.")
