from odoo import fields, models

from ..fields import NullableFloat


class KamPlanCompetitor(models.Model):
    """Who else sells to the account, and how strong they are there."""

    _name = 'kam.plan.competitor'
    _inherit = ['kam.plan.part']
    _description = "Competitor at the Account"
    _order = 'share desc nulls last, id'

    name = fields.Char(required=True)
    share = NullableFloat("Share (%)", digits=(5, 1), aggregator=None, help="Of what the account spends on what we offer; empty: unknown.")
    strength = fields.Selection([
        ('weak', "Weaker than us"),
        ('equal', "Level with us"),
        ('strong', "Stronger than us"),
    ])
    note = fields.Char("Next move")

    _share_range = models.Constraint(
        'CHECK (share IS NULL OR (share >= 0 AND share <= 100))', "A competitor's share is between 0 and 100 %.")
