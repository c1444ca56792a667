from odoo import fields, models

KINDS = [('account', "Accounts"), ('user', "Account managers"), ('team', "Teams")]


class KamReviewCriterion(models.Model):
    """By what a review is rated afterwards. A rating keeps its wording, so that changing it spoils no rating given before."""

    _name = 'kam.review.criterion'
    _description = "Criterion of Reviews"
    _order = 'kind, sequence, id'

    name = fields.Char(required=True, translate=True)
    description = fields.Text("What 1 and 5 mean", translate=True)
    kind = fields.Selection(KINDS, "Reviews of", required=True, default='account')
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
