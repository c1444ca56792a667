from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain


class KamFactor(models.Model):
    """Something outside the account manager's reach that moved figures: noted once, shown in each evaluation of its time.

    It concerns the accounts named, and all accounts of the industries and
    countries named; one that names none of them concerns everybody of its company. It
    explains figures and never changes one. ``date_end`` is the last day, inclusive;
    empty: it goes on.
    """

    _name = 'kam.factor'
    _inherit = ['mail.thread']
    _description = "External Factor"
    _order = 'date_start desc, id desc'
    _check_company_auto = True

    name = fields.Char("What happened", required=True, tracking=True)
    kind = fields.Selection([
        ('market', "Market"),
        ('competitor', "Competitor"),
        ('regulation', "Regulation"),
        ('customer', "At the customer"),
        ('own', "With us"),
    ], required=True, default='market', tracking=True)
    effect = fields.Selection([
        ('helps', "Helps"),
        ('hurts', "Hurts"),
        ('unclear', "Not clear yet"),
    ], required=True, default='unclear', tracking=True)
    date_start = fields.Date("From", required=True, default=lambda self: self.env.company._kam_today(), tracking=True)
    date_end = fields.Date("To", tracking=True, help="The last day; empty: it goes on.")
    description = fields.Text("What it means for us")
    partner_ids = fields.Many2many(
        'res.partner', 'kam_factor_partner_rel', 'factor_id', 'partner_id', "Accounts", check_company=True,
        domain=[('is_key_account', '=', True), ('kam_is_account', '=', True)])
    industry_ids = fields.Many2many('res.partner.industry', 'kam_factor_industry_rel', 'factor_id', 'industry_id', "Industries")
    country_ids = fields.Many2many('res.country', 'kam_factor_country_rel', 'factor_id', 'country_id', "Countries")
    kpi_ids = fields.Many2many('kam.kpi', 'kam_factor_kpi_rel', 'factor_id', 'kpi_id', "KPIs it touches")
    user_id = fields.Many2one('res.users', "Noted by", ondelete='restrict', default=lambda self: self.env.user, index=True, readonly=True)
    company_id = fields.Many2one('res.company', required=True, ondelete='restrict', index=True, default=lambda self: self.env.company)
    active = fields.Boolean(default=True)

    _dates = models.Constraint(
        'CHECK(date_end IS NULL OR date_start <= date_end)', "The factor's last day is before its first: correct one of them.")

    @api.constrains('name')
    def _check_name(self):
        for factor in self:
            if not factor.name.strip():
                raise ValidationError(self.env._("Say in a few words what happened."))

    @api.model
    def _during(self, date_start, date_stop, company):
        """The factors of a company which were there on a day of the half-open period."""
        return self.search(Domain([('company_id', '=', company.id), ('date_start', '<', date_stop)]) & (
            Domain('date_end', '=', False) | Domain('date_end', '>=', date_start)))

    @api.model
    def _sentence(self, kind, name, effect, day):
        """A factor in a line; ``day`` since when, as text in the reader's format. A kind or effect that is gone stands as it was kept."""
        kinds, effects = (dict(self._fields[field]._description_selection(self.env)) for field in ('kind', 'effect'))
        return self.env._(
            "%(kind)s: %(name)s (%(effect)s, since %(day)s)", kind=kinds.get(kind, kind), name=name, effect=effects.get(effect, effect), day=day)

    def _concerning(self, accounts):
        """Those of these factors which concern any of the accounts, in their order."""
        return self.filtered(lambda factor: factor._is_general() or any(factor._concerns(account) for account in accounts))

    def _is_general(self):
        self.ensure_one()
        return not (self.partner_ids or self.industry_ids or self.country_ids)

    def _concerns(self, account):
        return account in self.partner_ids or account.industry_id in self.industry_ids or account.country_id in self.country_ids
