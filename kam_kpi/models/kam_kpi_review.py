from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..fields import NullableFloat
from .kam_kpi_review_rating import SCALE

OPEN_DAYS = 60


class KamKpiReview(models.Model):
    """Whether a KPI is still worth looking at: asked each half-year, decided by a director, and kept.

    Account managers and leaders say how useful the figure is to them, from 1 to 5;
    whoever follows the review may comment, also people outside the key account
    groups. The director keeps, adjusts or retires the KPI and sets its next review.
    ``date_start`` is the first day of the half-year of the company which asks.
    """

    _name = 'kam.kpi.review'
    _inherit = ['mail.thread', 'mail.activity.mixin']
    _description = "Review of a KPI"
    _order = 'date_start desc, kpi_id'
    _rec_name = 'kpi_id'
    _mail_post_access = 'read'  # marketing and customer success comment without being in the groups

    kpi_id = fields.Many2one('kam.kpi', "KPI", required=True, ondelete='cascade', index=True, readonly=True)
    date_start = fields.Date("Half-year from", required=True, readonly=True, index=True, default=lambda self: self._half_year()[0])
    date_deadline = fields.Date("Rate until", required=True, default=lambda self: fields.Date.add(self.env.company._kam_today(), days=OPEN_DAYS))
    state = fields.Selection([('open', "Open"), ('decided', "Decided")], required=True, default='open', readonly=True, index=True, tracking=True)
    description = fields.Text(related='kpi_id.description')
    objective_id = fields.Many2one(related='kpi_id.objective_id', store=True)
    family = fields.Selection(related='kpi_id.family', store=True)
    opinion_ids = fields.One2many('kam.kpi.review.rating', 'review_id', "Who rated")
    opinion_count = fields.Integer("Number of ratings", compute='_compute_usefulness', store=True)
    usefulness = NullableFloat(
        compute='_compute_usefulness', store=True, aggregator='avg', help="Mean of the ratings, 1 useless to 5 indispensable; empty without one.")
    my_usefulness = fields.Selection(SCALE, "My rating", compute='_compute_my_usefulness', inverse='_inverse_my_usefulness')
    decision = fields.Selection([
        ('keep', "Keep"),
        ('adjust', "Adjust"),
        ('retire', "Retire"),
    ], tracking=True)
    reason = fields.Text(help="Why it was decided so; who rated it can read it.", tracking=True)
    next_review = fields.Date(tracking=True, default=lambda self: self._half_year()[1])
    decided_id = fields.Many2one('res.users', "Decided by", ondelete='restrict', readonly=True)
    decided_on = fields.Date(readonly=True)

    _once = models.UniqueIndex('(kpi_id, date_start)', "This KPI is under review already in this half-year: open that one.")

    @api.model
    def _half_year(self):
        """The half-open half-year of the company which is running."""
        company = self.env.company
        return company._kam_period('semester', company._kam_today())

    @api.depends('opinion_ids.usefulness')
    def _compute_usefulness(self):
        for review in self:
            points = [int(points) for points in review.opinion_ids.mapped('usefulness')]
            review.opinion_count = len(points)
            review.usefulness = sum(points) / len(points) if points else None

    @api.depends('opinion_ids.usefulness')
    @api.depends_context('uid')
    def _compute_my_usefulness(self):
        for review in self:
            review.my_usefulness = review.opinion_ids.filtered(lambda rating: rating.user_id == self.env.user).usefulness or False

    def _inverse_my_usefulness(self):
        for review in self:
            review._rate(review.my_usefulness)

    def _rate(self, usefulness):
        """Keep the caller's rating of this review; False takes it back."""
        self.ensure_one()
        mine = self.opinion_ids.filtered(lambda rating: rating.user_id == self.env.user)
        if not usefulness:
            mine.unlink()
        elif mine:
            mine.usefulness = usefulness
        else:
            self.env['kam.kpi.review.rating'].create({'review_id': self.id, 'usefulness': usefulness})

    def write(self, vals):
        # Whoever may read a review may rate it: what is written is a record of their own.
        if set(vals) == {'my_usefulness'}:
            self.check_access('read')
            for review in self:
                review._rate(vals['my_usefulness'])
            self.invalidate_recordset(['my_usefulness'])
            return True
        return super().write(vals)

    def action_decide(self):
        """Record what the director decided, and do it: the next review is set, and what is retired is archived."""
        today = self.env.company._kam_today()
        for review in self:
            if not review.decision or not (review.reason or '').strip():
                raise UserError(self.env._("Choose keep, adjust or retire for “%(kpi)s” and say why.", kpi=review.kpi_id.name))
            if review.decision != 'retire' and (not review.next_review or review.next_review <= today):
                raise UserError(self.env._("Set the day of the next review of “%(kpi)s”, later than today.", kpi=review.kpi_id.name))
        for review in self:
            review.write({'state': 'decided', 'decided_id': self.env.uid, 'decided_on': today})
            review.kpi_id.write({'active': review.decision != 'retire', 'next_review': False if review.decision == 'retire' else review.next_review})
            if review.decision == 'adjust':
                review.activity_schedule(
                    'mail.mail_activity_data_todo', user_id=self.env.uid, date_deadline=fields.Date.add(today, days=30),
                    summary=self.env._("Adjust the definition"), note=review.reason)

    def action_reopen(self):
        """Take a decision back; a retired KPI is there again."""
        self.kpi_id.filtered(lambda kpi: not kpi.active).active = True
        self.write({'state': 'open', 'decided_id': False, 'decided_on': False})

    @api.model
    def _open_due(self):
        """Open a review of each KPI whose day has come, once in a half-year; return those opened."""
        start, stop = self._half_year()
        due = self.env['kam.kpi'].search(Domain('next_review', '=', False) | Domain('next_review', '<', stop))
        under_way = self.search([('kpi_id', 'in', due.ids), '|', ('date_start', '=', start), ('state', '=', 'open')])
        return self.create([{'kpi_id': kpi.id, 'date_start': start, 'next_review': stop} for kpi in due - under_way.kpi_id])

    @api.model
    def _cron_open(self):
        self._open_due()
