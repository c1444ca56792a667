from odoo import fields, models


class ResCompany(models.Model):
    """How scorecards are made, and who sees how colleagues do."""

    _inherit = 'res.company'

    kam_score_cap = fields.Float(
        "One target counts at most", default=1.2, help="So that one very good figure does not hide the others; 1.2 is 120 %.")
    kam_score_coverage = fields.Float(
        "Data needed for a score", default=0.6, help="The part of the weights that must have data; below it there is no score. Between 0 and 1.")
    kam_ranking = fields.Selection([
        ('off', "Nobody's"),
        ('own', "Their own"),
        ('top', "Their own and the first three"),
        ('all', "Everybody's"),
    ], "Ranks that account managers see", required=True, default='off',
        help="Ranking people is monitoring: tell them, and agree on it with their representatives, before you switch it on.")
    kam_streak = fields.Integer("Missed periods until coaching", default=3, help="So many closed periods in a row far from the target.")
    kam_coaching_months = fields.Integer(
        "Keep notes on coaching (months)", default=24, help="Closed notes are deleted after so many months; 0: kept until somebody deletes them.")

    _kam_score_cap_positive = models.Constraint('CHECK(kam_score_cap >= 1)', "What one target counts at most cannot be below 1, the target itself.")
    _kam_score_coverage_share = models.Constraint(
        'CHECK(kam_score_coverage >= 0 AND kam_score_coverage <= 1)', "The data needed for a score is a part between 0 and 1.")
    _kam_streak_positive = models.Constraint('CHECK(kam_streak >= 1)', "Coaching begins after one missed period at the earliest.")
