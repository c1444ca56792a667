import re

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..tools.formula import RESERVED
from .kam_measure_method_events import EVENTS

# What the facts of a measure depend on.
DEFINITION = {
    'kind', 'engine', 'method', 'model_name', 'model_id', 'domain', 'date_field', 'account_path', 'company_path', 'actor_path',
    'category_path', 'aggregate', 'value_field', 'key_path', 'rate_field', 'sign', 'source', 'base_id', 'active',
}
MEASURE_CODE = re.compile(r'[a-z][a-z0-9_]{1,62}')


class KamMeasure(models.Model):
    """What is counted: something additive that Odoo's documents record.

    A measure says which records of a model count, on which date, for which
    account, and how much each contributes. It never divides: ratios are KPIs.
    The very same definition fills the facts and opens the documents behind
    a figure, so the two cannot disagree.

    ``kind``
        *flow*: adds up over days and accounts (revenue, orders);
        *observation*: one fact per observation with a ``key`` (a meeting, an
        answer), reduced at the scope that is asked for by ``reducer``;
        *stock*: what is there at the moment (open opportunities); the date is
        when it falls due, and a picture of it is taken every day;
        *snapshot*: documents which Odoo deletes after ``kept_days``: their
        facts are kept;
        *manual*: typed by people, month by month.
    ``engine``
        *aggregate*: declared by the fields below, no code;
        *method*: ``_query_<method>`` in ``kam_measure_method.py``.
    """

    _name = 'kam.measure'
    _inherit = ['kam.measure.query', 'kam.definitions']
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
        ('stock', "State of the day: a picture is kept"),
        ('snapshot', "Kept after the documents are deleted"),
        ('manual', "Typed by month"),
    ], required=True, default='flow')
    engine = fields.Selection([
        ('aggregate', "Declared here"),
        ('method', "By a named method"),
    ], required=True, default='aggregate')
    method = fields.Char(help="Name of the method of the special measure, without its prefix.")
    model_name = fields.Char("Technical model", help="For example account.move.line. The model may be absent: then the measure has no data.")
    model_id = fields.Many2one(
        'ir.model', "Documents", compute='_compute_model_id', inverse='_inverse_model_id', domain=lambda self: self._domain_model_id())
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
    key_path = fields.Char(
        "Counted once per", help="Of observations: those with the same content here are one and the same. Empty: each document is one.")
    rate_field = fields.Char("Exchange rate field", help="Amounts are divided by it: the rate at which the document was written. Empty or 0 counts as 1.")
    sign = fields.Selection([('1', "As it is"), ('-1', "Reversed")], required=True, default='1')
    monetary = fields.Boolean(help="An amount in the currency of the company.")
    reducer = fields.Selection([
        ('sum', "Sum"),
        ('distinct', "Number of different keys"),
        ('latest_sum', "Sum of the latest of each key"),
        ('latest_count', "Number of latest within the band"),
        ('median', "Median"),
        ('last_sum', "Sum of the last of each key, however old the window"),
        ('days_since', "Days since the last one"),
        ('past', "Sum of those whose time is over"),
        ('due', "Of the picture: what falls due in the rest of the period"),
        ('due_by', "Of the picture: what falls due before the period's end, or on no day"),
        ('last', "Of the picture: all of it"),
    ], required=True, default='sum')
    base_id = fields.Many2one(
        'kam.measure', "Reads the facts of", ondelete='restrict', index='btree_not_null',
        help="This measure keeps no facts of its own; it reduces those of another one.")
    band_from = fields.Float("Band from")
    band_to = fields.Float("Band to")
    max_age_months = fields.Integer("Oldest, in months", help="The last of each key counts if it is not older than this; 0: however old.")
    kept_days = fields.Integer("Deleted after days", help="Odoo deletes these documents after so many days; facts of earlier days are kept as they are.")
    known_since = fields.Date(
        readonly=True, copy=False, help="The first day that is known of what cannot be read again: pictures, and documents that were deleted since.")
    source = fields.Char(
        compute='_compute_source', store=True, readonly=False,
        help="Group of measures whose facts are rebuilt together when one of their documents changes.")
    watched = fields.Boolean(
        compute='_compute_watched', help="Changes of its documents are noticed at once; otherwise it is made anew at each refresh.")
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

    @api.onchange('model_id')
    def _onchange_model_id(self):
        # The definition is checked before inverses run, so the form sends the technical name itself.
        self.model_name = self.model_id.model

    def _inverse_model_id(self):
        for measure in self:
            measure.model_name = measure.model_id.model

    @api.depends('model_name')
    def _compute_source(self):
        for measure in self:
            measure.source = measure.source or measure.model_name

    @api.depends('source')
    def _compute_watched(self):
        watched = {source for event in EVENTS for source in event.sources}
        for measure in self:
            measure.watched = measure.source in watched

    @api.depends('model_name', 'method')
    @api.depends_context('allowed_company_ids')
    def _compute_state(self):
        for measure in self:
            configured = getattr(measure, f'_configured_{measure.method}', lambda: True)
            measure.state = 'ok' if measure._is_installed() and configured() else 'source_missing'

    def _is_installed(self):
        """Whether the module of the documents is there. A measure may be *source missing* besides, until it is configured."""
        self.ensure_one()
        return not self.model_name or self.model_name in self.env

    @api.constrains('code')
    def _check_code(self):
        for measure in self:
            if not MEASURE_CODE.fullmatch(measure.code) or measure.code in RESERVED:
                raise ValidationError(self.env._(
                    "“%(code)s” cannot be a measure's code: use small letters, digits and underscores, and no word of the formula language.",
                    code=measure.code))

    @api.constrains(
        'model_name', 'engine', 'method', 'domain', 'date_field', 'account_path', 'company_path', 'actor_path', 'category_path', 'value_field',
        'key_path', 'rate_field')
    def _check_definition(self):
        for measure in self:
            if measure.base_id or not measure._is_installed():
                continue
            if measure.engine == 'method':
                if not hasattr(type(measure), f'_query_{measure.method}'):
                    raise ValidationError(self.env._("There is no method “%(method)s” for measures.", method=measure.method))
                continue
            if not measure.model_name or not measure.date_field:
                raise ValidationError(self.env._("Choose the documents of measure “%(measure)s” and the date they count on.", measure=measure.name))
            measure._check_paths()

    def _check_paths(self):
        """Refuse paths that lead nowhere or end on something else than what they are for."""
        documents = self.env[self.model_name]
        expected = {
            self.date_field: ('date', 'datetime'), self.account_path: ('res.partner',), self.company_path: ('res.company',),
            self.actor_path: ('res.users',), self.category_path: ('product.category',), self.value_field: ('float', 'integer', 'monetary'),
            self.rate_field: ('float', 'integer', 'monetary'),
        }
        for path, kinds in expected.items():
            field = path and self._path_field(documents, path)
            if field and not {field.type, field.comodel_name} & set(kinds):
                raise ValidationError(self.env._(
                    "“%(path)s” does not end on %(expected)s.", path=path, expected=" / ".join(kinds)))
        self._parsed_domain().validate(documents)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        for measure in self:
            if measure.kpi_ids:
                raise UserError(self.env._(
                    "Measure “%(measure)s” is used by %(kpis)s. Archive it, or change these KPIs first.",
                    measure=measure.name, kpis=", ".join(measure.kpi_ids.mapped('name'))))

    @api.model
    def _ids_by_code(self):
        """Return {code: id} of all measures, archived ones too: what formulas name."""
        ids, columns = self._definitions()['kam.measure']
        return dict(zip(columns['code'], ids))

    @api.model
    def _by_code(self):
        """Return {code: measure} of all measures."""
        ids = self._ids_by_code()
        return dict(zip(ids, self.sudo().browse(ids.values())))  # definitions are no secret; read in one go

    @api.model_create_multi
    def create(self, vals_list):
        measures = super().create([self._named_model(vals) for vals in vals_list])
        measures._queue_facts()
        return measures

    def write(self, vals):
        result = super().write(self._named_model(vals))
        if DEFINITION.intersection(vals):
            self._queue_facts()
        return result

    @api.model
    def _named_model(self, vals):
        """The values with the technical name of the model that was picked: the definition is checked by it."""
        if vals.get('model_id'):
            return {'model_name': self.env['ir.model'].sudo().browse(vals['model_id']).model, **vals}  # names only
        return vals

    def _queue_facts(self):
        """Have all facts of these measures made anew: their definition is another one now."""
        sources = {measure.source for measure in self if not measure.base_id}
        self.env['kam.fact.queue'].sudo().create([{'source': source, 'everything': True} for source in sources])  # the queue is closed to people

