from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools import relationship

LEVELS = [
    ('0', "Unknown"),
    ('1', "Known"),
    ('2', "Credible"),
    ('3', "Problem solver"),
    ('4', "Trusted"),
]
REMARK_LIMIT = 500


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
    reports_to_id = fields.Many2one(
        'kam.stakeholder', "Reports to", index='btree_not_null', ondelete='set null', check_company=True,
        domain="[('partner_id', '=', partner_id), ('id', '!=', id)]")
    report_ids = fields.One2many('kam.stakeholder', 'reports_to_id', "Reports")
    user_id = fields.Many2one(
        'res.users', "Our owner", index='btree_not_null', ondelete='restrict', domain="[('share', '=', False)]",
        help="Who of us keeps the relationship.")
    current_level = fields.Selection(LEVELS, "We are", required=True, default='0')
    wanted_level = fields.Selection(LEVELS, "We want to be", required=True, default='2')
    cadence_days = fields.Integer("Contact every (days)", default=60, aggregator=None, help="0: no rhythm agreed.")
    last_contact = fields.Date("Last contact")
    next_contact = fields.Date("Next contact", compute='_compute_freshness')
    freshness = fields.Selection([
        ('fresh', "In touch"),
        ('due', "Due"),
        ('overdue', "Overdue"),
        ('never', "Never met"),
    ], compute='_compute_freshness')
    has_left = fields.Boolean(
        "Left?", compute='_compute_has_left', help="The contact belongs to another company now, or is archived.")
    remark = fields.Text(help="Facts only: the person may ask to read this. 500 characters at most.")
    color = fields.Integer(compute='_compute_color')

    _contact_uniq = models.UniqueIndex(
        '(partner_id, contact_id, company_id) WHERE contact_id IS NOT NULL AND active',
        "This person is on the account's map already.")
    _remark_length = models.Constraint(
        f'CHECK (remark IS NULL OR char_length(remark) <= {REMARK_LIMIT})',
        f"A remark about a person has {REMARK_LIMIT} characters at most.")
    _cadence_positive = models.Constraint('CHECK (cadence_days >= 0)', "The days between contacts cannot be negative.")

    @api.depends('contact_id.name')
    def _compute_name(self):
        for person in self:
            person.name = person.contact_id.name or person.name

    @api.depends('contact_id.function')
    def _compute_function(self):
        for person in self:
            person.function = person.contact_id.function or person.function

    @api.depends('last_contact', 'cadence_days', 'company_id')
    def _compute_freshness(self):
        for person in self:
            today = (person.company_id or self.env.company)._kam_today()
            person.freshness = relationship.freshness(person.last_contact, person.cadence_days, today)
            dated = person.last_contact and person.cadence_days
            person.next_contact = dated and fields.Date.add(person.last_contact, days=person.cadence_days)

    @api.depends('contact_id.commercial_partner_id', 'contact_id.active', 'partner_id')
    def _compute_has_left(self):
        for person in self:
            contact = person.contact_id
            person.has_left = bool(contact) and (
                not contact.active or contact.commercial_partner_id != person.partner_id.commercial_partner_id)

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

    def action_contacted(self):
        """Note a contact today."""
        self.check_access('write')
        for person in self:
            person.last_contact = person.company_id._kam_today()

    def _as_people(self):
        """Plain rows for ``tools/relationship.py``."""
        return [{
            'power': int(person.influence or 0),
            'support': int(person.attitude or 0),
            'level': int(person.current_level or 0),
            'wanted': int(person.wanted_level or 0),
            'owner': person.user_id.id,
            'role': person.role,
            'freshness': person.freshness,
            'left': person.has_left,
        } for person in self]
