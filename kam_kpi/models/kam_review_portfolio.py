from odoo import models


class KamReviewPortfolio(models.Model):
    """Printing many reviews at once."""

    _inherit = 'kam.review'

    def action_print_batch(self):
        """Print these reviews into one file by the job."""
        return self.env['kam.review.batch']._begin(self, self.env._("%(count)s reviews", count=len(self)))

    def action_print_batch_customer(self):
        """As :meth:`action_print_batch`, the customer's edition."""
        return self.env['kam.review.batch']._begin(self, self.env._("%(count)s reviews for customers", count=len(self)), 'customer')

    def action_print_portfolio(self):
        """Print this review of a manager or team with those of the accounts held on the last day of its period, into one file."""
        self.ensure_one()
        accounts = self.search([
            ('partner_id', 'in', self._account_ids()), ('date_start', '=', self.date_start), ('date_end', '=', self.date_end),
            ('company_id', '=', self.company_id.id)])
        return self.env['kam.review.batch']._begin(self + accounts.sorted(lambda review: review.partner_id.name or ''), self.name)
