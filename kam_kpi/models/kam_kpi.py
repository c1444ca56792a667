from odoo import fields, models

FREQUENCIES = [
    ('month', "Month"),
    ('quarter', "Quarter"),
    ('semester', "Half-year"),
    ('year', "Year"),
    ('ttm', "Trailing twelve months"),
]


class KamKpi(models.Model):
    """A key performance indicator: ``scale * numerator / denominator``.

    Both are formulas over measures (see ``tools/formula.py`` for the
    language); a KPI without a denominator is a plain total. KPIs never read
    KPIs. Percentages are 0..100; a figure that cannot be known is *no data*
    with a reason, never 0.
    """

    _name = 'kam.kpi'
    _inherit = ['mail.thread', 'kam.definitions']
    _description = "KPI"
    _order = 'sequence, code'

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, copy=False, tracking=True)
    description = fields.Text("How to read this", translate=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    family = fields.Selection([
        ('activity', "Activity: what we do"),
        ('objective', "Objective: what it yields"),
        ('moneyball', "Moneyball: what predicts it"),
    ], required=True, default='objective')
    unit = fields.Selection([
        ('currency', "Amount"),
        ('percent', "Percent"),
        ('count', "Count"),
        ('score', "Score"),
        ('ratio', "Ratio"),
        ('days', "Days"),
        ('hours', "Hours"),
    ], required=True, default='count')
    direction = fields.Selection([
        ('higher', "Higher is better"),
        ('lower', "Lower is better"),
        ('band', "Best within a band"),
    ], required=True, default='higher')
    numerator = fields.Char(tracking=True)
    denominator = fields.Char(tracking=True)
    scale = fields.Float(default=1.0, tracking=True)
    grain = fields.Selection([
        ('account', "Account"),
        ('category', "Account and product category"),
    ], required=True, default='account')
    denominator_grain = fields.Selection([
        ('account', "Account"),
        ('category', "Account and product category"),
    ])
    window = fields.Selection([
        ('period', "The period itself"),
        ('ttm', "Twelve months to its end"),
        ('ytd', "Fiscal year to its end"),
        ('lifetime', "All before its end"),
    ], required=True, default='period')
    coverage = fields.Char("Coverage: known part")
    coverage_denominator = fields.Char("Coverage: whole")
    min_coverage = fields.Float("Minimum coverage", help="Between 0 and 1; below it the KPI has no data.")
    sample = fields.Char("Sample size", help="Formula of the number of cases behind the figure; empty with a minimum sample: the denominator.")
    min_sample = fields.Integer("Minimum sample")
    squares = fields.Char(
        "Squares", help="Formula of the sum of squared scores: with it, a margin of error is given (for a share: the numerator itself).")
    method = fields.Char(help="Name of a special method, for what formulas cannot say.")
    part_ids = fields.Many2many(
        'kam.kpi', 'kam_kpi_part_rel', 'kpi_id', 'part_id', "Made of", help="The KPIs which a special method combines.")
    per_account = fields.Boolean(
        "Account by account", help="Formulas are evaluated for each account and then added, even if what they count could be counted once for all.")
    actor_view = fields.Boolean(
        "Counts who did it", help="Of a person or team it counts what they did with any key account, not what happened with their own accounts.")
    company_only = fields.Boolean("Of the company as a whole", help="There is no such figure of a single account, manager or team.")
    maturity_days = fields.Integer("Days to mature", help="Until so many days after the window the figure is marked as too early to tell.")
    roll_up = fields.Selection([
        ('sum', "Sum"),
        ('ratio', "Ratio of the sums"),
        ('median', "Median of all observations"),
        ('none', "Counted anew"),
    ], required=True, default='sum')
    population = fields.Selection([
        ('key', "Key accounts"),
        ('all', "All customers"),
    ], required=True, default='key')
    frequency_month = fields.Boolean("Keep months")
    frequency_quarter = fields.Boolean("Keep quarters", default=True)
    frequency_semester = fields.Boolean("Keep half-years")
    frequency_year = fields.Boolean("Keep years")
    frequency_ttm = fields.Boolean("Keep trailing twelve months", default=True)
    flow = fields.Boolean(
        "Builds up over the period", help="A running target is compared with the part due so far (sums and counts), not percentages or scores.")
    green_from = fields.Float("Green from attainment", default=1.0)
    amber_from = fields.Float("Amber from attainment", default=0.8)
    objective_id = fields.Many2one('kam.objective', "Strategic objective", ondelete='restrict', index='btree_not_null')
    next_review = fields.Date("Next review")
    measure_ids = fields.Many2many('kam.measure', 'kam_kpi_measure_rel', 'kpi_id', 'measure_id', "Measures", readonly=True)
    check_ids = fields.One2many('kam.kpi.check', 'kpi_id', "Outcomes", copy=True)

    _code_uniq = models.Constraint('UNIQUE(code)', "A KPI's code can be used once: choose another one.")
