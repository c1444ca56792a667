from odoo import models

from ..tools.voice import POINTS_LOW
from .kam_measure_method_voice import RATING_MODELS


class RatingRating(models.Model):
    """A rating that a customer gave counts at once, and is followed up when it is low."""

    _inherit = 'rating.rating'

    def write(self, vals):
        result = super().write(vals)
        if vals.get('consumed'):
            ratings = self.sudo()  # sudo: who rates has no rights on what follows
            ratings._kam_follow_up()
            # An answer shows on the account within a minute, not at the next full hour.
            ratings.env.ref('kam_kpi.ir_cron_kam_fact_refresh')._trigger()
        return result

    def _kam_follow_up(self):
        """Have the low ones among these followed up: 1 or 2 of 5, of our service, by somebody we know."""
        low = self.filtered(
            lambda rating: rating.consumed and 1 <= rating.rating <= POINTS_LOW and rating.partner_id and rating.res_model in RATING_MODELS)
        self.env['kam.voice.followup']._raise([{
            'partner_id': rating.partner_id.commercial_partner_id, 'company': rating.partner_id.commercial_partner_id._kam_voice_company(),
            'contact_id': rating.partner_id.id, 'rating_id': rating.id, 'score': f"{rating.rating:g} / 5", 'words': rating.feedback,
        } for rating in low])

    def _kam_anonymise(self):
        """Forget whose ratings these are: they count for the account as before; what was written stays."""
        for account, ratings in self.grouped(lambda rating: rating.partner_id.commercial_partner_id).items():
            ratings.write({'partner_id': account.id})
        self.env['kam.voice.followup'].search([('rating_id', 'in', self.ids)])._anonymise(words=False)
