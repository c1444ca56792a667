from odoo import fields, models


class AccountMoveLine(models.Model):
    _inherit = 'account.move.line'

    kam_unit_cost = fields.Float(
        "Unit cost when posted", digits=0, readonly=True, aggregator=None,
        help="Cost of one unit of the product, in the company's currency, when the invoice was posted: margins of the past stay as they were.")
    # The product the cost was kept for; a plain number, so that a line given another product is noticed.
    kam_cost_product = fields.Integer("Product of the cost", readonly=True, aggregator=None)
