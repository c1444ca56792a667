from odoo import models


class RatingRating(models.Model):
    _inherit = 'rating.rating'

    def write(self, vals):
        result = super().write(vals)
        if vals.get('consumed'):
            # An answer shows on the account within a minute, not at the next full hour.
            self.env.ref('kam_kpi.ir_cron_kam_fact_refresh').sudo()._trigger()  # respondents have no rights on jobs
        return result
