from odoo import fields, models


class KamWalletEstimate(models.Model):
    """What a customer spends in a year, with all suppliers, on what we could sell.

    Estimates are kept: the latest one counts, for 24 months.
    """

    _name = 'kam.wallet.estimate'
    _description = "Wallet Estimate"
    _order = 'date desc, id desc'

    partner_id = fields.Many2one('res.partner', "Account", required=True, index=True, ondelete='restrict')
    company_id = fields.Many2one('res.company', required=True, default=lambda self: self.env.company)
    amount = fields.Monetary("Yearly spending", required=True, aggregator=None)
    currency_id = fields.Many2one('res.currency', required=True, default=lambda self: self.env.company.currency_id)
    date = fields.Date("Estimated on", required=True, default=lambda self: self.env.company._kam_today())
    source = fields.Char(help="Where the figure comes from: annual report, the buyer, tender…")
    categ_ids = fields.Many2many(
        'product.category', 'kam_wallet_category_rel', 'wallet_id', 'categ_id', "For categories",
        help="Empty: everything we offer.")

    _amount_positive = models.Constraint(
        "CHECK (amount > 0 AND amount < 'Infinity')", "An estimate is an amount above zero.")
