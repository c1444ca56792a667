from odoo import api, fields, models
from odoo.exceptions import UserError

SCALE = [('1', "1 Useless"), ('2', "2"), ('3', "3 Useful at times"), ('4', "4"), ('5', "5 Indispensable")]


class KamKpiReviewRating(models.Model):
    """How useful a KPI is to one person who works with it, in one review; each person says it once and may change it while it is open."""

    _name = 'kam.kpi.review.rating'
    _description = "Rating of a KPI"
    _order = 'review_id, id'
    _rec_name = 'usefulness'

    review_id = fields.Many2one('kam.kpi.review', required=True, ondelete='cascade', index=True)
    user_id = fields.Many2one('res.users', "Rated by", required=True, ondelete='cascade', index=True, default=lambda self: self.env.user, readonly=True)
    usefulness = fields.Selection(SCALE, required=True)
    comment = fields.Text("What would make it better")

    _once = models.UniqueIndex('(review_id, user_id)', "You rated this KPI already: change your rating.")

    @api.model_create_multi
    def create(self, vals_list):
        ratings = super().create([{**vals, 'user_id': self.env.uid} for vals in vals_list])
        ratings._check_open()
        return ratings

    def write(self, vals):
        self._check_open()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_decided(self):
        self._check_open()

    def _check_open(self):
        for rating in self:
            if rating.review_id.state != 'open':
                raise UserError(self.env._("The review of “%(kpi)s” is decided: it can be rated again in the next one.", kpi=rating.review_id.kpi_id.name))
