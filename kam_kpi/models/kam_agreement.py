from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class KamAgreement(models.Model):
    """What a customer has agreed to buy until a day, and what followed it.

    An agreement in force is *renewed* once its successor is signed and begins
    within the days of grace after the end; it is *lost* when somebody says so
    or the grace is over; until then it is *pending*. The days of grace are a
    setting of the company.
    """

    _name = 'kam.agreement'
    _inherit = ['kam.internal.thread', 'mail.thread', 'mail.activity.mixin']
    _description = "Agreement"
    _order = 'date_end, id'
    _check_company_auto = True

    name = fields.Char("Agreement", required=True, tracking=True)
    partner_id = fields.Many2one(
        'res.partner', "Account", required=True, index=True, ondelete='restrict', check_company=True, tracking=True,
        domain="[('kam_is_account', '=', True)]")
    company_id = fields.Many2one('res.company', required=True, index=True, default=lambda self: self.env.company)
    user_id = fields.Many2one(
        'res.users', "Responsible", compute='_compute_user_id', store=True, readonly=False, precompute=True,
        ondelete='restrict', index='btree_not_null', domain="[('share', '=', False)]", tracking=True)
    date_start = fields.Date("From", required=True, tracking=True, default=lambda self: self.env.company._kam_today())
    date_end = fields.Date("To", required=True, index=True, tracking=True, help="The last day, inclusive.")
    notice_date = fields.Date("Notice until", tracking=True, help="The last day on which either side may give notice.")
    annual_value = fields.Monetary("Yearly value", required=True, aggregator=None, tracking=True)
    currency_id = fields.Many2one(
        'res.currency', required=True, tracking=True, default=lambda self: self.env.company.currency_id)
    state = fields.Selection([
        ('draft', "In preparation"),
        ('active', "Signed"),
        ('lost', "Lost"),
        ('cancelled', "Cancelled"),
    ], required=True, default='draft', tracking=True, copy=False)
    lost_reason = fields.Char("Why it was lost", tracking=True, copy=False)
    successor_id = fields.Many2one(
        'kam.agreement', "Followed by", ondelete='set null', check_company=True, copy=False, tracking=True,
        domain="[('partner_id', '=', partner_id), ('id', '!=', id)]")
    predecessor_ids = fields.One2many('kam.agreement', 'successor_id', "Follows")
    note = fields.Html("Notes on the renewal")
    outcome = fields.Selection([
        ('renewed', "Renewed"),
        ('lost', "Lost"),
        ('pending', "Pending"),
    ], compute='_compute_outcome', help="Of agreements that were signed, as of today.")
    days_left = fields.Integer("Days to the end", compute='_compute_days_left')

    _dates_in_order = models.Constraint('CHECK(date_end >= date_start)', "An agreement ends on or after its first day.")
    _value_finite = models.Constraint(
        "CHECK(annual_value >= 0 AND annual_value < 'Infinity')", "The yearly value of an agreement is an amount, not below zero.")
    _no_own_successor = models.Constraint('CHECK(successor_id <> id)', "An agreement cannot follow itself.")
    _successor_uniq = models.UniqueIndex('(successor_id)', "This agreement follows another one already: it can renew only one.")

    @api.depends('partner_id')
    def _compute_user_id(self):
        for agreement in self:
            agreement.user_id = agreement.user_id or agreement.partner_id.kam_user_id

    @api.depends('state', 'date_end', 'successor_id.state', 'successor_id.date_start', 'company_id.kam_grace_days')
    def _compute_outcome(self):
        for agreement in self:
            agreement.outcome = agreement._outcome_on(agreement.company_id._kam_today()) if agreement.date_end else False

    def _outcome_on(self, as_of):
        """'renewed', 'lost' or 'pending' as known when the day ``as_of`` begins; False while it is not signed."""
        self.ensure_one()
        if self.state not in ('active', 'lost'):
            return False
        last_day = self.date_end + timedelta(days=self.company_id.kam_grace_days)
        successor = self.successor_id
        if successor.state in ('active', 'lost') and successor.date_start <= last_day:
            return 'renewed'
        return 'lost' if self.state == 'lost' or last_day < as_of else 'pending'

    @api.depends('date_end')
    def _compute_days_left(self):
        for agreement in self:
            agreement.days_left = agreement.date_end and (agreement.date_end - agreement.company_id._kam_today()).days

    @api.constrains('partner_id')
    def _check_account(self):
        for agreement in self:
            account = agreement.partner_id.commercial_partner_id
            if agreement.partner_id != account:
                raise ValidationError(self.env._(
                    "%(contact)s is a contact of %(account)s: agree with the company itself.",
                    contact=agreement.partner_id.display_name, account=account.display_name))

    @api.constrains('successor_id', 'partner_id', 'company_id', 'date_start')
    def _check_successor(self):
        for agreement in self | self.predecessor_ids:
            successor = agreement.successor_id
            if not successor:
                continue
            if (successor.partner_id, successor.company_id) != (agreement.partner_id, agreement.company_id):
                raise ValidationError(self.env._(
                    "“%(successor)s” is of another account or company than “%(agreement)s”: it cannot follow it.",
                    successor=successor.name, agreement=agreement.name))
            if successor.date_start <= agreement.date_start:
                raise ValidationError(self.env._(
                    "“%(successor)s” begins on %(start)s, not after “%(agreement)s” which it is to follow.",
                    successor=successor.name, start=successor.date_start, agreement=agreement.name))

    @api.constrains('notice_date', 'date_end')
    def _check_notice(self):
        for agreement in self:
            if agreement.notice_date and agreement.notice_date > agreement.date_end:
                raise ValidationError(self.env._("Notice is given before the agreement “%(agreement)s” ends.", agreement=agreement.name))
