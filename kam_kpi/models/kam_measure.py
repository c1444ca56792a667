from odoo import api, fields, models

MEASURE_CODE = r'^[a-z][a-z0-9_]{1,62}$'


class KamMeasure(models.Model):
    """What is counted: something additive that Odoo's documents record.

    A measure says which records of a model count, on which date, for which
    account, and how much each contributes. It never divides: ratios are KPIs.
    The very same definition fills the facts and opens the documents behind
    a figure, so the two cannot disagree.

    ``kind``
        *flow*: adds up over days and accounts (revenue, orders);
        *observation*: one fact per observation with a ``key`` (a meeting, an
        answer), reduced at the scope that is asked for by ``reducer``.
    ``engine``
        *aggregate*: declared by the fields below, no code;
        *method*: ``_query_<method>`` in ``kam_measure_method.py``.
    """

    _name = 'kam.measure'
    _description = "Measure"
    _order = 'sequence, code'

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, copy=False, help="The name used in formulas: small letters, digits, underscores.")
    description = fields.Text(translate=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    kind = fields.Selection([
        ('flow', "Flow: adds up"),
        ('observation', "Observations: counted once each"),
    ], required=True, default='flow')
    engine = fields.Selection([
        ('aggregate', "Declared here"),
        ('method', "By a named method"),
    ], required=True, default='aggregate')
    method = fields.Char(help="Name of the method of the special measure, without its prefix.")
    model_name = fields.Char("Technical model", help="For example account.move.line. The model may be absent: then the measure has no data.")
    model_id = fields.Many2one('ir.model', "Documents", compute='_compute_model_id', inverse='_inverse_model_id')
    domain = fields.Char("Filter", default='[]')
    date_field = fields.Char("Date", help="Field which says when it happened; a time is cut into days in the company's time zone.")
    account_path = fields.Char("Path to the account", help="From the document to the commercial partner, for example partner_id.commercial_partner_id.")
    company_path = fields.Char("Path to the company", default='company_id')
    actor_path = fields.Char("Path to the user", help="Who did it; only for activity measures.")
    category_path = fields.Char("Path to the product category", help="Set for money which is also kept by product category.")
    aggregate = fields.Selection([
        ('count', "Count"),
        ('sum', "Sum"),
    ], required=True, default='count')
    value_field = fields.Char("Summed field")
    sign = fields.Selection([('1', "As it is"), ('-1', "Reversed")], required=True, default='1')
    monetary = fields.Boolean(help="An amount in the currency of the company.")
    reducer = fields.Selection([
        ('sum', "Sum"),
        ('distinct', "Number of different keys"),
        ('latest_sum', "Sum of the latest of each key"),
        ('latest_count', "Number of latest within the band"),
    ], required=True, default='sum')
    base_id = fields.Many2one(
        'kam.measure', "Reads the facts of", ondelete='restrict', index='btree_not_null',
        help="This measure keeps no facts of its own; it reduces those of another one.")
    band_from = fields.Float("Band from")
    band_to = fields.Float("Band to")
    kpi_ids = fields.Many2many('kam.kpi', 'kam_kpi_measure_rel', 'measure_id', 'kpi_id', "Used by", readonly=True)
    state = fields.Selection([
        ('ok', "Ready"),
        ('source_missing', "Source missing"),
    ], compute='_compute_state')

    _code_uniq = models.Constraint('UNIQUE(code)', "A measure's code can be used once: choose another one.")

    @api.depends('model_name')
    def _compute_model_id(self):
        for measure in self:
            measure.model_id = self.env['ir.model']._get(measure.model_name) if measure.model_name in self.env else False

    def _inverse_model_id(self):
        for measure in self:
            measure.model_name = measure.model_id.model

    @api.depends('model_name', 'engine', 'method')
    def _compute_state(self):
        for measure in self:
            measure.state = 'ok' if not measure.model_name or measure.model_name in self.env else 'source_missing'
