from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..fields import NullableFloat
from ..tools import scoring, tiering


class KamAccountScore(models.Model):
    """One dated scoring of an account against the weighted criteria.

    ``score`` is the weighted mean of the scored criteria, 1..10;
    ``normalised`` the same on 0..100; ``coverage`` the percentage of the
    weight that is scored. Under 70 % both are empty: unscored. The tier is
    proposed from the score, and an account leaves its tier only when the
    score is 0.25 beyond the limit; a person applies it. A confirmed scoring
    is not edited any more: score again.
    """

    _name = 'kam.account.score'
    _inherit = ['mail.thread']
    _description = "Key Account Score"
    _order = 'date desc, id desc'
    _rec_name = 'partner_id'

    partner_id = fields.Many2one(
        'res.partner', "Account", required=True, ondelete='restrict', index=True,
        domain=[('kam_is_account', '=', True)])
    company_id = fields.Many2one(
        'res.company', required=True, ondelete='cascade', index=True, default=lambda self: self.env.company)
    date = fields.Date(required=True, default=lambda self: self.env.company._kam_today())
    user_id = fields.Many2one(
        'res.users', "Scored by", ondelete='restrict', index='btree_not_null', default=lambda self: self.env.user)
    state = fields.Selection(
        [('draft', "Draft"), ('confirmed', "Confirmed")], required=True, default='draft', readonly=True, copy=False,
        tracking=True)
    line_ids = fields.One2many('kam.account.score.line', 'score_id', "Criteria", copy=True)
    score = NullableFloat("Score, 1 to 10", compute='_compute_score', store=True, aggregator=None)
    normalised = NullableFloat(
        "Score, 0 to 100", compute='_compute_score', store=True, aggregator='avg')
    coverage = fields.Float(
        "Complete (%)", compute='_compute_score', store=True, aggregator=None,
        help="How much of the weight is scored. Under 70 % the account counts as unscored.")
    tier_id = fields.Many2one('kam.tier', "Present tier", related='partner_id.kam_tier_id')
    proposed_tier_id = fields.Many2one('kam.tier', "Proposed tier", compute='_compute_proposed_tier_id')
    tier_differs = fields.Boolean(compute='_compute_proposed_tier_id')
    account_user_id = fields.Many2one(related='partner_id.kam_user_id', string="Account manager")

    @api.depends('line_ids.weight', 'line_ids.score')
    def _compute_score(self):
        for record in self:
            score, normalised, coverage = scoring.account_score(
                [(line.weight, line._valid_score()) for line in record.line_ids])
            record.score = score
            record.normalised = normalised
            record.coverage = 100.0 * coverage

    @api.depends('score', 'partner_id.kam_tier_id')
    def _compute_proposed_tier_id(self):
        tiers = self.env['kam.tier'].search([])
        for record in self:
            record.proposed_tier_id = record._propose_tier(tiers)
            record.tier_differs = bool(record.proposed_tier_id) and record.proposed_tier_id != record.tier_id

    def _propose_tier(self, tiers):
        self.ensure_one()
        code = tiering.propose_tier(
            None if self.score is False else self.score, self.tier_id.code,
            [(tier.code, tier.min_score) for tier in tiers])
        return tiers.filtered(lambda tier: tier.code == code)

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        if 'line_ids' in fields and not values.get('line_ids'):
            values['line_ids'] = [
                (0, 0, {'criterion_id': criterion.id, 'weight': criterion.weight})
                for criterion in self._criteria(self.env.company)]
        return values

    @api.model
    def _criteria(self, company):
        return self.env['kam.criterion'].search([('company_id', 'in', [False, company.id])])

    @api.model_create_multi
    def create(self, vals_list):
        scores = super().create(vals_list)
        scores._fill_automatic()
        scores.filtered(lambda record: record.state == 'confirmed')._check_complete()
        return scores

    def _fill_automatic(self):
        """Propose the score of the criteria with a KPI, where nobody scored yet."""
        for line in self.line_ids.filtered('kpi_id'):
            proposed = line._automatic_score()
            line.automatic_score = proposed
            if line.score is False and proposed is not None:
                line.score = proposed

    def action_fill_automatic(self):
        """Bring the automatic criteria up to date with the KPIs of today."""
        self._check_draft()
        for line in self.line_ids.filtered('kpi_id'):
            line.score = False
        self._fill_automatic()

    def _check_draft(self):
        if any(record.state != 'draft' for record in self):
            raise UserError(self.env._("A confirmed scoring stays as it is. Create a new one to score the account again."))

    def action_confirm(self):
        """Make it the account's score; needs enough scored criteria to say something."""
        self._check_draft()
        self.write({'state': 'confirmed'})

    def _check_complete(self):
        for record in self:
            if record.score is False:
                raise UserError(self.env._(
                    "Only %(coverage)s %% of the weight is scored for %(account)s; at least 70 %% is needed. Score more "
                    "criteria, or remove those that do not matter here.",
                    coverage=round(record.coverage), account=record.partner_id.display_name))

    def action_apply_tier(self):
        """Give the account the proposed tier; for leaders and directors."""
        for record in self:
            if record.state != 'confirmed':
                raise UserError(self.env._("Confirm the scoring first."))
            record.partner_id.kam_tier_id = record.proposed_tier_id
            record.message_post(body=self.env._("Tier %(tier)s applied.", tier=record.proposed_tier_id.name))

    def write(self, vals):
        if vals.keys() & {'partner_id', 'date', 'line_ids', 'company_id'}:
            self._check_draft()
        if vals.get('state') == 'draft':
            self._check_draft()
        if vals.get('state') == 'confirmed':
            self._check_complete()
            self.env['res.partner'].invalidate_model(['kam_score'])
        result = super().write(vals)
        if {'partner_id', 'company_id'} & vals.keys():
            self.check_access('write')  # Odoo asks the rules before a change only: nothing may be moved out of sight
        return result

    def _move_to(self, account):
        """Let the scorings of a merged account, confirmed ones too, belong to the account it was merged into."""
        return super().write({'partner_id': account.id})

    @api.ondelete(at_uninstall=False)
    def _unlink_except_confirmed(self):
        if self.filtered(lambda record: record.state == 'confirmed'):
            raise UserError(self.env._("Confirmed scorings are the history of the account and stay."))

    @api.model
    def _confirmed_domain(self):
        """What ``kam_score`` of a partner reads."""
        return Domain([('state', '=', 'confirmed'), ('company_id', '=', self.env.company.id)])
