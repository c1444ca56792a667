from odoo import fields, models


class ProductTemplate(models.Model):
    _inherit = 'product.template'

    kam_no_cost = fields.Boolean(
        "Costs us nothing",
        help="A cost of zero is real for this product. Without the mark a cost of zero means that nobody knows it, and margins leave the product out.")
