from odoo import api, fields, models


class KamTier(models.Model):
    """A class of key accounts and what each account in it is owed.

    ``min_score`` is the lowest weighted score, 1..10, that proposes the tier;
    a person decides. The lowest tier has 1 there and takes what is left.
    """

    _name = 'kam.tier'
    _description = "Key Account Tier"
    _order = 'sequence, id'

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, copy=False, help="A short name which stays: A, B, C…")
    description = fields.Text("What the account gets", translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    color = fields.Integer(aggregator=None)
    min_score = fields.Float(
        "From score", digits=(4, 2), default=1.0, aggregator=None,
        help="Accounts scored at least this much, from 1 to 10, are proposed for the tier.")
    min_stakeholders = fields.Integer(
        "Stakeholders at least", aggregator=None,
        help="So many people of the customer should be known for the relationship to count as covered.")
    min_coverage = fields.Float(
        "Relationship coverage at least", digits=(5, 0), aggregator=None,
        help="So much of the influence at the account, from 0 to 100, should be covered before a plan leaves its third step; 0: not asked.")
    contact_days = fields.Integer(
        "Contact people every (days)", default=60, aggregator=None,
        help="The rhythm in which people of the account are met, until another is agreed for a person.")
    meetings_per_month = fields.Float(
        "Meetings a month", digits=(4, 2), aggregator=None,
        help="The cadence the account is owed; 0.33 is one meeting a quarter.")
    account_count = fields.Integer("Key accounts", compute='_compute_account_count')

    _code_uniq = models.Constraint('UNIQUE(code)', "Another tier has this code: choose another one.")
    _min_score_range = models.Constraint(
        "CHECK(min_score >= 1 AND min_score <= 10)", "A tier begins at a score between 1 and 10.")
    _cadence_positive = models.Constraint(
        "CHECK(min_stakeholders >= 0 AND meetings_per_month >= 0 AND meetings_per_month < 'Infinity')",
        "Stakeholders and meetings of a tier cannot be negative.")

    _coverage_range = models.Constraint(
        'CHECK(min_coverage >= 0 AND min_coverage <= 100 AND contact_days >= 0)',
        "Coverage goes from 0 to 100, and the days between contacts cannot be negative.")

    @api.depends_context('uid', 'company')
    def _compute_account_count(self):
        counts = dict(self.env['res.partner']._read_group(
            [('kam_tier_id', 'in', self.ids), ('kam_is_account', '=', True)], ['kam_tier_id'], ['__count']))
        for tier in self:
            tier.account_count = counts.get(tier, 0)
