from odoo import api, fields, models

from ..tools.period import ONE_DAY


class KamReviewFactor(models.AbstractModel):
    """External factors in a review: those noted for its time and its accounts, kept with the figures."""

    _name = 'kam.review.factor'
    _description = "External Factors of a Review"

    noted_factors = fields.Text("Noted factors", compute='_compute_noted_factors', help="Kept with the figures of the review.")

    @api.depends('figures')
    @api.depends_context('lang')
    def _compute_noted_factors(self):
        for review in self:
            review.noted_factors = '\n'.join(review._factor_lines()) or False

    def _factors(self):
        """What the review keeps of the factors of its period: words and days, so that a signed one stays as it was."""
        self.ensure_one()
        accounts = self.env['res.partner'].sudo().browse(self._account_ids())  # to compare: of past periods too, when others held them
        noted = self.env['kam.factor'].sudo()._during(self.date_start, self.date_end + ONE_DAY, self.company_id)  # of these accounts, see next line
        found = noted._concerning(accounts)
        return [{
            'id': factor.id, 'name': factor.name, 'kind': factor.kind, 'effect': factor.effect,
            'start': str(factor.date_start), 'end': str(factor.date_end or ''),
        } for factor in found]

    def _factor_lines(self):
        """The kept factors as sentences in the reader's language."""
        self.ensure_one()
        return [
            self.env['kam.factor']._sentence(row['kind'], row['name'], row['effect'], self._format_day(fields.Date.to_date(row['start'])))
            for row in (self.figures or {}).get('factors') or []]
