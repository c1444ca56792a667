from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools.misc import format_amount

KINDS = [
    ('no_holder', "Revenue without an account manager"),
    ('no_email', "People without an e-mail address"),
    ('no_answer', "No survey answer for a year"),
    ('no_product', "Invoice lines without a product"),
    ('no_category', "Products without a category"),
    ('no_cost', "Products without a cost"),
    ('no_tier', "No tier"),
    ('no_industry', "No industry"),
    ('no_country', "No country"),
    ('few_cases', "Too few cases for a KPI"),
    ('low_coverage', "A KPI is known for too small a part"),
]
# Which KPIs a kind makes doubtful, by code.
CONCERNS = {
    'no_holder': ('revenue', 'quota_attainment_pct'),
    'no_email': ('interactions_count', 'emails_sent_count', 'touch_coverage_pct', 'response_time_hours'),
    'no_answer': ('csat_pct', 'csat_mean', 'nps'),
    'no_product': ('cross_sell_ratio_pct', 'upsell_ratio_pct', 'category_penetration', 'gross_margin_pct', 'gross_profit'),
    'no_category': ('cross_sell_ratio_pct', 'upsell_ratio_pct', 'category_penetration'),
    'no_cost': ('gross_margin_pct', 'gross_profit', 'contribution_margin_pct', 'clv_historic', 'clv_predictive'),
    'no_tier': ('touch_coverage_pct',),
}
IN_USE = "state IN ('open', 'ignored')"


class KamDataIssue(models.Model):
    """What in the data makes figures of an account doubtful, and the way to mend it.

    One row an account and kind while it lasts, found by the nightly job and
    ended by it when it is mended. ``count`` records are concerned, worth
    ``amount`` in the company's currency where that says something.
    """

    _name = 'kam.data.issue'
    _description = "Doubtful Data"
    _order = 'state desc, amount desc, count desc, id'
    _rec_name = 'partner_id'

    partner_id = fields.Many2one('res.partner', "Account", required=True, readonly=True, ondelete='cascade', index=True)
    company_id = fields.Many2one('res.company', required=True, readonly=True, ondelete='cascade', index=True)
    currency_id = fields.Many2one(related='company_id.currency_id')
    user_id = fields.Many2one(related='partner_id.kam_user_id', string="Account manager")
    kind = fields.Selection(KINDS, "What", required=True, readonly=True, index=True)
    count = fields.Integer("How many", readonly=True, aggregator='sum')
    amount = fields.Monetary("How much", readonly=True, aggregator='sum')
    words = fields.Char("In words", compute='_compute_words')
    kpi_ids = fields.Many2many('kam.kpi', 'kam_data_issue_kpi_rel', 'issue_id', 'kpi_id', "Makes doubtful", readonly=True)
    found_on = fields.Date(readonly=True)
    state = fields.Selection([
        ('open', "Open"),
        ('ignored', "Left as it is"),
        ('gone', "Mended"),
    ], required=True, default='open', readonly=True, index=True)
    ignore_reason = fields.Char("Why left", readonly=True)
    gone_on = fields.Date("Mended on", readonly=True)

    _one_living = models.UniqueIndex(f"(partner_id, company_id, kind) WHERE {IN_USE}", "This is known of the account already.")

    @api.depends('kind', 'partner_id.name')
    def _compute_display_name(self):
        labels = dict(self._fields['kind']._description_selection(self.env))
        for issue in self:
            issue.display_name = f"{issue.partner_id.name}: {labels.get(issue.kind, '')}"

    @api.depends('kind', 'count', 'amount')
    @api.depends_context('lang')
    def _compute_words(self):
        for issue in self:
            issue.words = issue._sentence()

    def _sentence(self):
        count, amount = self.count, format_amount(self.env, round(self.amount), self.currency_id, trailing_zeroes=False)
        return {
            'no_holder': lambda: self.env._(
                "%(amount)s of the last twelve months fell on %(count)s days without an account manager.", amount=amount, count=count),
            'no_email': lambda: self.env._("%(count)s people on the map have no e-mail address: their messages are not counted.", count=count),
            'no_answer': lambda: self.env._("Nobody answered a survey or rated our service in the last twelve months."),
            'no_product': lambda: self.env._("%(count)s invoice lines worth %(amount)s name no product.", count=count, amount=amount),
            'no_category': lambda: self.env._("%(count)s products which they bought have no category.", count=count),
            'no_cost': lambda: self.env._("For %(amount)s of the revenue the cost is not known.", amount=amount),
            'no_tier': lambda: self.env._("The account has no tier: nobody knows how often it is to be contacted."),
            'no_industry': lambda: self.env._("The account has no industry: it cannot be compared with others."),
            'no_country': lambda: self.env._("The account has no country."),
            'few_cases': lambda: self.env._("%(count)s KPIs have too few cases to say anything.", count=count),
            'low_coverage': lambda: self.env._("%(count)s KPIs are known for too small a part of the business.", count=count),
        }[self.kind]() if self.kind else ''

    def write(self, vals):
        if not self.env.su:
            raise AccessError(self.env._("What is doubtful is found by itself: mend it, or leave it with a reason."))
        return super().write(vals)

    def _check_may_decide(self):
        """Those who see an issue and may work on its account decide about it; readers do not."""
        self.check_access('read')
        if not self.env.user.has_group('kam_kpi.group_kam_user'):
            raise AccessError(self.env._("Account managers decide what is left as it is."))

    def action_ignore(self, reason=None):
        """Leave it as it is. :raise UserError: without a reason"""
        self._check_may_decide()
        reason = (reason or '').strip()
        if not reason:
            raise UserError(self.env._("Say why it is left as it is: others will ask."))
        self.sudo().write({'state': 'ignored', 'ignore_reason': reason})  # sudo: checked above; nobody writes an issue by hand

    def action_ignore_dialog(self):
        """Ask for the reason."""
        self.ensure_one()
        return {
            'type': 'ir.actions.act_window', 'name': self.env._("Leave it as it is"), 'res_model': 'kam.data.issue.ignore', 'view_mode': 'form',
            'target': 'new', 'context': {'default_issue_id': self.id}}

    def action_reopen(self):
        """Bring it back to the list."""
        self._check_may_decide()
        self.filtered(lambda issue: issue.state == 'ignored').sudo().write({'state': 'open', 'ignore_reason': False})  # sudo: as above
