from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..fields import NullableFloat
from ..tools.finite import finite
from ..tools.period import shift_months
from .kam_kpi import FREQUENCIES

ONE_DAY = timedelta(days=1)
VALUE_FIELDS = ('target_value', 'stretch_value', 'baseline', 'band_low', 'band_high', 'band_tolerance')
TOO_LARGE = 1e15


class KamTarget(models.Model):
    """What a KPI is to reach for one subject in one period.

    The subject is one account, one account manager or one sales team; with
    none of them it is the company. ``date_end`` is the last day, inclusive.
    Values are in the KPI's unit: money in the company's currency, percent as
    0..100. Empty means *not given*, 0 is a real zero.

    A target is proposed, agreed by somebody else, then locked
    (``kam_target_workflow.py``); its figures are measured, never typed
    (``kam_target_actual.py``).
    """

    _name = 'kam.target'
    _inherit = ['kam.internal.thread', 'mail.thread', 'mail.activity.mixin']
    _description = "Target"
    _order = 'date_end desc, kpi_id, id'
    _rec_names_search = ['kpi_id', 'partner_id', 'user_id', 'team_id']
    _check_company_auto = True
    _allow_sudo_commands = False
    _mail_post_access = 'read'  # whoever sees a target may discuss it

    active = fields.Boolean(default=True)
    kpi_id = fields.Many2one('kam.kpi', "KPI", required=True, ondelete='restrict', index=True, tracking=True)
    scope = fields.Selection([
        ('account', "Account"),
        ('user', "Account manager"),
        ('team', "Sales team"),
        ('company', "Company"),
    ], "For", compute='_compute_scope', store=True, precompute=True)
    partner_id = fields.Many2one(
        'res.partner', "Account", ondelete='restrict', index='btree_not_null', check_company=True, tracking=True,
        domain="[('is_key_account', '=', True), ('kam_is_account', '=', True)]")
    user_id = fields.Many2one(
        'res.users', "Account manager", ondelete='restrict', index='btree_not_null', tracking=True,
        domain="[('share', '=', False)]")
    team_id = fields.Many2one(
        'crm.team', "Sales team", ondelete='restrict', index='btree_not_null', check_company=True, tracking=True)
    company_id = fields.Many2one(
        'res.company', required=True, ondelete='restrict', index=True, default=lambda self: self.env.company)
    currency_id = fields.Many2one(related='company_id.currency_id')
    frequency = fields.Selection(FREQUENCIES, required=True, default='quarter', tracking=True)
    date_start = fields.Date(
        "From", required=True, compute='_compute_date_start', store=True, readonly=False, precompute=True, tracking=True)
    date_end = fields.Date(
        "To", required=True, compute='_compute_date_end', store=True, readonly=False, precompute=True, tracking=True,
        help="The last day of the period.")
    target_value = NullableFloat("Target", tracking=True, aggregator=None)
    stretch_value = NullableFloat(
        "Stretch", aggregator=None, help="What would be outstanding; beating it is worth praise.")
    baseline = NullableFloat(
        "Baseline", aggregator=None,
        help="What counts as nothing attained, for example last year's figure: 35 on the way from 20 to 50 is half of "
             "it. Empty: 0 for ordinary targets. Needed for a meaningful attainment when the target itself is 0.")
    band_low = NullableFloat("Best from", aggregator=None)
    band_high = NullableFloat("Best up to", aggregator=None)
    band_tolerance = NullableFloat(
        "Tolerance", aggregator=None, help="So far outside the band nothing is attained any more. Empty: as far as the band is wide.")
    objective_id = fields.Many2one(
        'kam.objective', "Strategic objective", required=True, ondelete='restrict', index=True, tracking=True,
        compute='_compute_objective_id', store=True, readonly=False, precompute=True,
        help="The objective of the company this target serves: why it is worth the effort.")
    owner_id = fields.Many2one(
        'res.users', "Owner", ondelete='restrict', index='btree_not_null', tracking=True,
        compute='_compute_owner_id', store=True, readonly=False, precompute=True, domain="[('share', '=', False)]",
        required=True, help="Who answers for it: the account's manager, the person themselves, or the leader of the team.")
    note = fields.Text()
    direction = fields.Selection(related='kpi_id.direction')
    unit = fields.Selection(related='kpi_id.unit')

    _subject_period_uniq = models.UniqueIndex(
        "(kpi_id, company_id, date_start, date_end, COALESCE(partner_id, 0), COALESCE(user_id, 0),"
        " COALESCE(team_id, 0)) WHERE active",
        "There is a target for this KPI, subject and period already: change that one instead.")
    _one_subject = models.Constraint(
        'CHECK (num_nonnulls(partner_id, user_id, team_id) <= 1)',
        "A target is for one account, one account manager or one team; leave all three empty for the company.")
    _dates_order = models.Constraint(
        'CHECK (date_start <= date_end)', "The period must begin before it ends.")
    # NaN is larger than any number in PostgreSQL, so that the upper limit refuses it as well.
    _finite_values = models.Constraint(
        "CHECK (" + " AND ".join(
            f"({name} IS NULL OR ({name} > -1e15 AND {name} < 1e15))" for name in VALUE_FIELDS) + ")",
        "Values of a target must be numbers of a sensible size.")
    _period_index = models.Index('(date_end, kpi_id)')

    @api.depends('partner_id', 'user_id', 'team_id')
    def _compute_scope(self):
        for target in self:
            target.scope = (
                'account' if target.partner_id else
                'user' if target.user_id else
                'team' if target.team_id else 'company')

    @api.depends('frequency', 'company_id')
    def _compute_date_start(self):
        """Propose the running period; trailing twelve months end with the running quarter."""
        for target in self:
            company = target.company_id or self.env.company
            today = company._kam_today()
            if target.frequency == 'ttm':
                target.date_start = shift_months(company._kam_period('quarter', today)[1], -12)
            else:
                target.date_start = company._kam_period(target.frequency or 'quarter', today)[0]

    @api.depends('frequency', 'company_id', 'date_start')
    def _compute_date_end(self):
        """End the period with the fiscal period around its first day."""
        for target in self:
            company = target.company_id or self.env.company
            if not target.date_start:
                target.date_end = False
            elif target.frequency == 'ttm':
                target.date_end = shift_months(target.date_start, 12) - ONE_DAY
            else:
                target.date_end = company._kam_period(target.frequency or 'quarter', target.date_start)[1] - ONE_DAY

    @api.depends('kpi_id')
    def _compute_objective_id(self):
        for target in self:
            target.objective_id = target.kpi_id.objective_id or target.objective_id

    @api.depends('partner_id.kam_user_id', 'user_id', 'team_id.user_id')
    def _compute_owner_id(self):
        """Follow the subject's manager; a target of a closed period stays with whoever owned it then."""
        for target in self:
            if target.owner_id and target._is_closed():
                target.owner_id = target.owner_id
            else:
                target.owner_id = (
                    target.user_id or target.partner_id.kam_user_id or target.team_id.user_id
                    or target.owner_id or self.env.user)

    @api.depends('kpi_id', 'partner_id', 'user_id', 'team_id', 'company_id', 'frequency', 'date_start', 'date_end')
    def _compute_display_name(self):
        for target in self:
            if not target.kpi_id:
                target.display_name = self.env._("New target")
                continue
            target.display_name = self.env._(
                "%(kpi)s, %(subject)s, %(period)s",
                kpi=target.kpi_id.name, subject=target._subject_name(), period=target._period_name())

    def _is_closed(self):
        """Whether the period is over, by the company's calendar."""
        self.ensure_one()
        return bool(self.date_end) and self.date_end < (self.company_id or self.env.company)._kam_today()

    # ------------------------------------------------------------------
    # what is refused
    # ------------------------------------------------------------------

    @api.model
    def _check_numbers(self, vals):
        """Refuse values which are no numbers, before they reach the database."""
        for name in VALUE_FIELDS:
            value = vals.get(name)
            try:
                number = finite(value)
            except ValueError:
                number = TOO_LARGE
            if number is not None and abs(number) >= TOO_LARGE:
                raise ValidationError(self.env._(
                    "%(field)s: %(value)s is not a number that can be used. Enter an ordinary number, or leave it "
                    "empty.", field=self._fields[name].get_description(self.env, ['string'])['string'], value=value))

    @api.constrains('partner_id', 'user_id', 'team_id')
    def _check_subject(self):
        for target in self:
            if target.partner_id and target.partner_id.commercial_partner_id != target.partner_id:
                raise ValidationError(self.env._(
                    "%(contact)s is a contact. Set the target for the company %(account)s.",
                    contact=target.partner_id.display_name,
                    account=target.partner_id.commercial_partner_id.display_name))

    @api.constrains('kpi_id', *VALUE_FIELDS)
    def _check_values(self):
        for target in self:
            if target.direction == 'band':
                target._check_band()
            else:
                target._check_goal()

    def _check_band(self):
        if self.band_low is False or self.band_high is False:
            raise ValidationError(self.env._(
                "%(kpi)s is best within a band: enter both its ends.", kpi=self.kpi_id.name))
        if self.band_low > self.band_high:
            raise ValidationError(self.env._("The band must end above its beginning."))
        if self.band_tolerance is not False and self.band_tolerance <= 0:
            raise ValidationError(self.env._("The tolerance of the band must be above 0; leave it empty for the width of the band."))
        if self.target_value is not False or self.stretch_value is not False or self.baseline is not False:
            raise ValidationError(self.env._(
                "%(kpi)s is best within a band: it takes the two ends only, no target, stretch or baseline.",
                kpi=self.kpi_id.name))

    def _check_goal(self):
        if self.target_value is False:
            raise ValidationError(self.env._("Enter the value %(kpi)s is to reach.", kpi=self.kpi_id.name))
        if self.band_low is not False or self.band_high is not False or self.band_tolerance is not False:
            raise ValidationError(self.env._(
                "%(kpi)s has a target value, not a band: leave the ends of the band empty.", kpi=self.kpi_id.name))
        sign = -1 if self.direction == 'lower' else 1
        if self.baseline is not False and sign * (self.target_value - self.baseline) <= 0:
            raise ValidationError(self.env._(
                "The baseline %(baseline)s must be worse than the target %(target)s, since it counts as nothing "
                "attained.", baseline=self._value_text(self.baseline), target=self._value_text(self.target_value)))
        if self.stretch_value is not False and sign * (self.stretch_value - self.target_value) <= 0:
            raise ValidationError(self.env._(
                "The stretch %(stretch)s must be better than the target %(target)s.",
                stretch=self._value_text(self.stretch_value), target=self._value_text(self.target_value)))
