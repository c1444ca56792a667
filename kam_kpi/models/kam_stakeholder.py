from odoo import api, fields, models
from odoo.exceptions import ValidationError

LEVELS = [
    ('0', "Unknown"),
    ('1', "Known"),
    ('2', "Credible"),
    ('3', "Problem solver"),
    ('4', "Trusted"),
]
DEFAULT_CADENCE = 60


class KamStakeholder(models.Model):
    """A person who matters at an account, as we see them.

    Opinions about people are personal data: readers do not see them, the
    remark is short, meant to be readable by the person, and never tracked.
    The same person may matter at two accounts, with different values.
    """

    _name = 'kam.stakeholder'
    _description = "Stakeholder"
    _order = 'influence desc, name, id'
    _check_company_auto = True

    partner_id = fields.Many2one(
        'res.partner', "Account", required=True, index=True, ondelete='restrict',
        domain="[('is_key_account', '=', True), ('kam_is_account', '=', True)]")
    company_id = fields.Many2one('res.company', required=True, default=lambda self: self.env.company)
    active = fields.Boolean(default=True)
    contact_id = fields.Many2one(
        'res.partner', "Contact", index='btree_not_null', ondelete='restrict',
        domain="[('is_company', '=', False)]", help="Empty: someone we know of but have not met.")
    name = fields.Char(compute='_compute_name', store=True, readonly=False)
    function = fields.Char("Job position", compute='_compute_function', store=True, readonly=False, precompute=True)
    image_128 = fields.Image(related='contact_id.image_128')
    avatar_128 = fields.Image(related='contact_id.avatar_128')
    role = fields.Selection([
        ('decision_maker', "Decision maker"),
        ('influencer', "Influencer"),
        ('champion', "Champion"),
        ('user', "User"),
        ('gatekeeper', "Gatekeeper"),
        ('blocker', "Blocker"),
    ], required=True, default='user')
    influence = fields.Selection([
        ('1', "Little"),
        ('2', "Some"),
        ('3', "Considerable"),
        ('4', "Strong"),
        ('5', "Decisive"),
    ], required=True, default='3')
    attitude = fields.Selection([
        ('-2', "Against us"),
        ('-1', "Sceptical"),
        ('0', "Neutral"),
        ('1', "Supportive"),
        ('2', "Advocate"),
    ], required=True, default='0', group_expand=True)
    orientation = fields.Selection([
        ('financial', "Price and return"),
        ('technical', "Technical quality"),
        ('risk', "Safety and risk"),
        ('relationship', "People and trust"),
        ('career', "Own standing"),
    ], "Decides by", help="What weighs most when this person decides.")
    drivers = fields.Char(help="What the person wants to reach in the job, in a few words.")
    reports_to_id = fields.Many2one(
        'kam.stakeholder', "Reports to", index='btree_not_null', ondelete='set null', check_company=True,
        domain="[('partner_id', '=', partner_id), ('id', '!=', id)]")
    report_ids = fields.One2many('kam.stakeholder', 'reports_to_id', "Reports")
    user_id = fields.Many2one(
        'res.users', "Our owner", index='btree_not_null', ondelete='restrict', domain="[('share', '=', False)]",
        help="Who of us keeps the relationship.")
    current_level = fields.Selection(LEVELS, "We are", required=True, default='0', help="How close our owner is to the person.")
    wanted_level = fields.Selection(
        LEVELS, "We want to be", required=True, default='2', help="Unknown: we want nothing of the person, who then counts in no figure.")
    cadence_days = fields.Integer(
        "Contact every (days)", compute='_compute_cadence_days', store=True, readonly=False, precompute=True, aggregator=None,
        help="Taken from the tier of the account at first; 0: no rhythm agreed.")
    color = fields.Integer(compute='_compute_color')

    _contact_uniq = models.UniqueIndex(
        '(partner_id, contact_id, company_id) WHERE contact_id IS NOT NULL AND active',
        "This person is on the account's map already.")
    _cadence_positive = models.Constraint('CHECK (cadence_days >= 0)', "The days between contacts cannot be negative.")

    @api.depends('contact_id.name')
    def _compute_name(self):
        for person in self:
            person.name = person.contact_id.name or person.name

    @api.depends('contact_id.function')
    def _compute_function(self):
        for person in self:
            person.function = person.contact_id.function or person.function

    @api.depends('partner_id')
    def _compute_cadence_days(self):
        for person in self:
            person.cadence_days = person.cadence_days or person.partner_id.kam_tier_id.contact_days or DEFAULT_CADENCE

    @api.depends('attitude')
    def _compute_color(self):
        colors = {'-2': 1, '-1': 2, '0': 0, '1': 7, '2': 10}
        for person in self:
            person.color = colors.get(person.attitude, 0)

    @api.model_create_multi
    def create(self, vals_list):
        # An empty name given by the form would keep the contact's from being taken.
        return super().create([
            {name: value for name, value in vals.items() if name != 'name' or value} for vals in vals_list])

    def write(self, vals):
        result = super().write(vals)
        # Of two rows of one person the merge archives one: its reports go to the other, see ``_take_over``.
        if vals.get('active') is False and not self.env.context.get('kam_merging'):
            self._close_ranks()
        return result

    def _close_ranks(self):
        """Let the people of those who go report to the next above, so that nobody hangs below a gap in the chart."""
        for person in self.with_context(active_test=False):
            boss = person.reports_to_id
            while boss in self and boss:
                boss = boss.reports_to_id
            (person.report_ids - self).reports_to_id = boss

    @api.constrains('name', 'contact_id')
    def _check_name(self):
        if not all(person.name for person in self):
            raise ValidationError(self.env._("Choose the contact, or write a name for somebody you have not met."))

    @api.constrains('reports_to_id', 'partner_id')
    def _check_reports_to(self):
        if self._has_cycle('reports_to_id'):
            raise ValidationError(self.env._("Nobody reports to themselves, directly or through others."))
        for person in self:
            if person.reports_to_id and person.reports_to_id.partner_id != person.partner_id:
                raise ValidationError(self.env._(
                    "%(name)s and %(boss)s are on the maps of two accounts.", name=person.name, boss=person.reports_to_id.name))

    def _as_people(self):
        """Plain rows for ``tools/relationship.py``."""
        return [{
            'name': person.name or self.env._("no name yet"),
            'power': int(person.influence or 0),
            'support': int(person.attitude or 0),
            'level': int(person.current_level or 0),
            'wanted': int(person.wanted_level or 0),
            'owner': person.user_id.id,
            'role': person.role,
            'freshness': person.freshness,
            'left': person.has_left,
        } for person in self]
