from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ..fields import NullableFloat
from ..tools.period import ONE_DAY

FREQUENCIES = [('quarter', "Quarter"), ('semester', "Half-year"), ('year', "Year")]
HEALTH_STATES = [('green', "Healthy"), ('amber', "Watch"), ('red', "At risk"), ('no_data', "No data")]
IDENTITY = {'partner_id', 'user_id', 'team_id', 'company_id', 'frequency', 'date_start', 'date_end'}
# What only the review itself writes, by sharing, filling and signing.
KEPT = {
    'state', 'figures', 'filled_on', 'health', 'health_state', 'internal_signed_id', 'internal_signed_on',
    'counterpart_signed_on', 'signed_on', 'snapshot', 'snapshot_hash', 'names_hash', 'pdf_file', 'reference',
}
# What may still be written once our side has signed: who signs for the other side.
COUNTERPART = {'counterpart_name', 'counterpart_role'}


class KamReview(models.Model):
    """The review of an account, an account manager or a team over one period.

    A draft fills itself from the KPIs (``kam.review.fill``), is shared, signed
    by both sides (``kam.review.sign``) and is frozen from then on: neither its
    figures nor its words change any more, whatever happens to the documents.
    ``date_end`` is the last day, inclusive. ``figures`` holds what is not a
    line of its own: bridge, trend, plan, relationships.
    """

    _name = 'kam.review'
    _inherit = [
        'kam.internal.thread', 'mail.thread', 'mail.activity.mixin', 'kam.review.fill', 'kam.review.context', 'kam.review.sign', 'kam.review.words',
        'kam.review.factor', 'kam.review.print',
    ]
    _description = "Review"
    _order = 'date_end desc, id desc'

    name = fields.Char(compute='_compute_name', store=True)
    reference = fields.Char(readonly=True, copy=False)
    active = fields.Boolean(default=True, copy=False)
    partner_id = fields.Many2one(
        'res.partner', "Account", ondelete='restrict', index='btree_not_null', tracking=True, check_company=True,
        domain=[('is_key_account', '=', True), ('kam_is_account', '=', True)])
    user_id = fields.Many2one('res.users', "Manager reviewed", ondelete='restrict', index='btree_not_null')
    team_id = fields.Many2one('crm.team', "Team reviewed", ondelete='restrict', index='btree_not_null', check_company=True)
    account_manager_id = fields.Many2one(related='partner_id.kam_user_id', string="Account manager")
    company_id = fields.Many2one('res.company', required=True, ondelete='restrict', default=lambda self: self.env.company)
    currency_id = fields.Many2one(related='company_id.currency_id')
    frequency = fields.Selection(FREQUENCIES, required=True, default='quarter')
    period_key = fields.Selection(
        lambda self: self._selection_period(), "Period", compute='_compute_period_key', readonly=False,
        help="Fills in the first and the last day.")
    date_start = fields.Date("From", required=True, default=lambda self: self._default_period()[0])
    date_end = fields.Date("To", required=True, default=lambda self: self._default_period()[1])
    state = fields.Selection([
        ('draft', "Draft"),
        ('shared', "Shared"),
        ('signed', "Signed"),
    ], required=True, default='draft', readonly=True, copy=False, index=True, tracking=True, group_expand=True)
    filled_on = fields.Datetime("Figures as of", readonly=True, copy=False)
    figures = fields.Json(readonly=True, copy=False)
    kpi_ids = fields.One2many('kam.review.kpi', 'review_id', "Headline figures")
    action_ids = fields.One2many('kam.review.action', 'review_id', "Next steps")
    health = NullableFloat(readonly=True, copy=False, aggregator=None)
    health_state = fields.Selection(HEALTH_STATES, readonly=True, copy=False)
    date_meeting = fields.Date("Review meeting")
    date_next = fields.Date("Next review")
    attendees = fields.Text(help="Who takes part, on both sides.")
    highlights = fields.Text(help="What went well: printed in both editions.")
    so_what = fields.Text("What it means", help="Data, then meaning, then what follows. Printed in both editions.")
    decisions = fields.Text("What we agreed", help="Printed in both editions.")
    risks = fields.Text(help="Only in the internal edition.")
    factors = fields.Text(
        "External factors", help="Market, competitors, regulation, events at the customer. Only in the internal edition.")
    internal_note = fields.Text(help="Only in the internal edition.")

    _one_subject = models.Constraint(
        'CHECK(num_nonnulls(partner_id, user_id, team_id) = 1)',
        "A review is about one account, one manager or one team: choose exactly one.")
    _dates = models.Constraint('CHECK(date_start <= date_end)', "The review's last day is before its first: choose another period.")
    # Indexes, not constraints: merging contacts deletes rows which break a constraint.
    _partner_period = models.UniqueIndex(
        '(partner_id, company_id, date_start, date_end) WHERE active AND partner_id IS NOT NULL',
        "This account already has a review of the period: open that one.")
    _user_period = models.UniqueIndex(
        '(user_id, company_id, date_start, date_end) WHERE active AND user_id IS NOT NULL',
        "This manager already has a review of the period: open that one.")
    _team_period = models.UniqueIndex(
        '(team_id, company_id, date_start, date_end) WHERE active AND team_id IS NOT NULL',
        "This team already has a review of the period: open that one.")

    def _default_period(self, frequency='quarter', company=None):
        """First and last day of the last period of the kind that is over."""
        company = company or self.env.company
        start, _stop = company._kam_period(frequency, company._kam_today())
        start, stop = company._kam_period(frequency, start - ONE_DAY)
        return start, stop - ONE_DAY

    @api.model
    def _selection_period(self):
        """The periods to choose from: the running one and the last ones, quarters first."""
        company = self.env.company
        options = []
        for frequency, count in (('quarter', 9), ('semester', 5), ('year', 4)):
            start, stop = company._kam_period(frequency, company._kam_today())
            for _number in range(count):
                label = self._period_label(company, frequency, start, stop)
                if stop > company._kam_today():
                    label = self.env._("%(period)s (running)", period=label)
                options.append((f'{frequency}:{start}', label))
                start, stop = company._kam_period(frequency, start - ONE_DAY)
        return options

    @api.depends('partner_id', 'user_id', 'team_id', 'frequency', 'date_start', 'date_end')
    def _compute_name(self):
        for review in self:
            subject = review._subject().display_name
            if review.date_start and review.date_end:
                label = self._period_label(review.company_id, review.frequency, review.date_start, review.date_end + ONE_DAY)
                review.name = self.env._("%(subject)s: %(period)s", subject=subject or self.env._("Review"), period=label)
            else:
                review.name = subject

    @api.depends('frequency', 'date_start', 'date_end')
    def _compute_period_key(self):
        known = {key for key, _label in self._selection_period()}
        for review in self:
            key = f'{review.frequency}:{review.date_start}'
            review.period_key = key if key in known else False

    @api.onchange('period_key')
    def _onchange_period_key(self):
        if self.period_key:
            self.frequency, start = self.period_key.split(':')
            self.date_start, stop = self.company_id._kam_period(self.frequency, fields.Date.to_date(start))
            self.date_end = stop - ONE_DAY

    @api.constrains('partner_id')
    def _check_partner(self):
        for review in self:
            if review.partner_id != review.partner_id.commercial_partner_id:
                raise ValidationError(self.env._(
                    "%(contact)s is a contact: a review is about the company %(company)s as a whole.",
                    contact=review.partner_id.display_name, company=review.partner_id.commercial_partner_id.display_name))

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [self._prepare_period(vals) for vals in vals_list]
        if any(KEPT & vals.keys() for vals in vals_list):
            raise AccessError(self.env._("A review begins as a draft: its figures and signatures come from its own buttons."))
        for vals in vals_list:
            # Set explicitly: a default from the context must not make a review that nobody filled or signed.
            vals.update(dict.fromkeys(KEPT, False), state='draft', reference=self.env['ir.sequence'].next_by_code('kam.review'))
        reviews = super().create(vals_list)
        reviews._fill()
        for review in reviews:
            review._carry_over()
        return reviews

    def write(self, vals):
        self._check_open()
        if KEPT & vals.keys():
            raise AccessError(self.env._("Figures, state and signatures of a review change through its own buttons only."))
        if vals.keys() - COUNTERPART or self.filtered('counterpart_signed_on'):
            self._check_unsigned()
        if any(review._differs(name, vals[name]) for review in self for name in IDENTITY & vals.keys()):
            raise UserError(self.env._(
                "The figures belong to this subject and this period. Delete the draft and create a review of the other one."))
        return super().write(vals)

    def _differs(self, name, value):
        """Whether writing the value would change the field."""
        field = self._fields[name]
        return field.convert_to_cache(value, self) != field.convert_to_cache(self[name], self)

    def _store(self, vals):
        """Write what only the review itself may write."""
        return super().write(vals)

    def _check_open(self):
        """Refuse any change of a signed review, whoever asks for it."""
        signed = self.filtered(lambda review: review.state == 'signed')
        if signed:
            raise UserError(self.env._(
                "%(review)s is signed by both sides and stays as it was agreed. Note changes in the review of the next period.",
                review=signed[0].name))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_signed(self):
        if self.filtered(lambda review: review.state == 'signed'):
            raise UserError(self.env._("A signed review is kept: it is what both sides agreed on."))

    def _prepare_period(self, vals):
        """Complete the days and the kind of the period from what is given, by default the last quarter that is over."""
        vals = dict(vals)
        company = self.env['res.company'].browse(vals.get('company_id') or self.env.context.get('default_company_id') or self.env.company.id)
        start = fields.Date.to_date(vals.get('date_start') or self.env.context.get('default_date_start'))
        end = fields.Date.to_date(vals.get('date_end') or self.env.context.get('default_date_end'))
        frequency = vals.get('frequency') or self.env.context.get('default_frequency')
        if start and end and not frequency:
            kinds = [kind for kind, _label in FREQUENCIES if company._kam_period(kind, start) == (start, end + ONE_DAY)]
            frequency = kinds[0] if kinds else None
        frequency = frequency or 'quarter'
        if not (start and end):
            if start or end:
                start, stop = company._kam_period(frequency, start or end)
                end = stop - ONE_DAY
            else:
                start, end = self._default_period(frequency, company)
        vals.pop('period_key', None)
        return {**vals, 'frequency': frequency, 'date_start': start, 'date_end': end}

    @api.model
    def _merge_accounts(self, source_ids, destination_id):
        """Make room before accounts are merged: of two reviews of a period the signed one stays, else the destination's.

        The other one is archived as it is; the unique index would stop the merge.
        """
        reviews = self.sudo().search([('partner_id', 'in', [*source_ids, destination_id])])  # sudo: of all companies
        taken = set()
        for review in reviews.sorted(lambda review: (review.state != 'signed', review.partner_id.id != destination_id, review.id)):
            key = (review.company_id, review.date_start, review.date_end)
            if key in taken:
                review._store({'active': False})
            taken.add(key)

    def _subject(self):
        """The account, the manager or the team which the review is about."""
        self.ensure_one()
        return self.partner_id or self.user_id or self.team_id
