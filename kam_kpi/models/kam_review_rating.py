from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..fields import NullableFloat

SCORES = [('1', "1"), ('2', "2"), ('3', "3"), ('4', "4"), ('5', "5")]
# What the rater writes; the criterion's words and who rates are kept as they were.
THEIRS = {'score', 'remark'}


class KamReviewRating(models.Model):
    """What one person says of a review by one criterion, 1 to 5, with the criterion's words of that day.

    Given after it was shared; each rates once and changes only what is their own.
    The frozen figures of a review do not depend on it.
    """

    _name = 'kam.review.rating'
    _description = "Rating of a Review"
    _order = 'user_id, sequence, id'

    review_id = fields.Many2one('kam.review', required=True, readonly=True, ondelete='cascade', index=True)
    company_id = fields.Many2one(related='review_id.company_id', store=True)
    criterion_id = fields.Many2one('kam.review.criterion', "Taken from", readonly=True, ondelete='set null', index='btree_not_null')
    name = fields.Char("Criterion", required=True, readonly=True)
    description = fields.Text("What 1 and 5 mean", readonly=True)
    sequence = fields.Integer(readonly=True)
    user_id = fields.Many2one('res.users', "By", required=True, readonly=True, ondelete='restrict', index=True)
    score = fields.Selection(SCORES)
    remark = fields.Char()

    _once = models.UniqueIndex('(review_id, criterion_id, user_id) WHERE criterion_id IS NOT NULL', "This criterion is rated by this person already.")

    def write(self, vals):
        if not self.env.su:
            if vals.keys() - THEIRS:
                raise AccessError(self.env._("Of a rating you write the score and the remark; its criterion stays as it was."))
            if self.filtered(lambda rating: rating.user_id != self.env.user):
                raise AccessError(self.env._("Each rates for themselves."))
        return super().write(vals)


class KamReview(models.Model):
    _inherit = 'kam.review'

    review_rating_ids = fields.One2many('kam.review.rating', 'review_id', "What people say of it", copy=False)
    rating_mean = NullableFloat("Rating", digits=(3, 1), compute='_compute_rating_mean', aggregator=None, help="The mean of all scores given, 1 to 5.")
    rater_count = fields.Integer("Rated by", compute='_compute_rating_mean')

    @api.depends('review_rating_ids.score')
    def _compute_rating_mean(self):
        """The mean over all scores; criteria which somebody left open count nothing."""
        for review in self:
            given = review.review_rating_ids.filtered('score')
            review.rating_mean = sum(int(rating.score) for rating in given) / len(given) if given else False
            review.rater_count = len(given.user_id)

    def action_rate(self):
        """Give the user the criteria to rate this review by, once. :raise UserError: for a draft, and without criteria"""
        self.ensure_one()
        self.check_access('read')
        if not self.env.user.has_group('kam_kpi.group_kam_user'):
            raise AccessError(self.env._("Readers do not rate reviews."))
        if self.state == 'draft':
            raise UserError(self.env._("A draft is not rated: share the review and hold it first."))
        kind = 'account' if self.partner_id else 'user' if self.user_id else 'team'
        criteria = self.env['kam.review.criterion'].search([('kind', '=', kind)])
        if not criteria:
            raise UserError(self.env._("There are no criteria for reviews of this kind. A director can add some under Configuration."))
        mine = self.review_rating_ids.filtered(lambda rating: rating.user_id == self.env.user)
        self.env['kam.review.rating'].sudo().create([{  # sudo: made from the criteria for the user, who may read the review
            'review_id': self.id, 'criterion_id': criterion.id, 'name': criterion.name, 'description': criterion.description,
            'sequence': criterion.sequence, 'user_id': self.env.uid} for criterion in criteria - mine.criterion_id])
        return {
            'type': 'ir.actions.act_window', 'name': self.env._("Rate: %(review)s", review=self.name), 'res_model': 'kam.review.rating',
            'view_mode': 'list', 'views': [(False, 'list')], 'domain': [('review_id', '=', self.id), ('user_id', '=', self.env.uid)], 'target': 'current'}
