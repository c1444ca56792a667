from odoo import api, fields, models
from odoo.tools.misc import format_date

# What the health of an account says of a renewal, to hold against what its manager says.
SIGNALS = {'green': 'renew', 'amber': 'risk', 'red': 'risk'}


class KamAgreementRenewal(models.Model):
    """What the account manager expects of a renewal, beside what the health of the account says."""

    _inherit = 'kam.agreement'

    renewal_call = fields.Selection([
        ('renew', "Will be renewed"),
        ('risk', "At risk"),
        ('lost', "Will be lost"),
    ], "Expected", tracking=True, copy=False, help="What you expect when the agreement ends. The health of the account stands beside it.")
    renewal_value = fields.Monetary(
        "Expected yearly value", aggregator=None, tracking=True, copy=False, help="Of the next agreement. 0: as today.")
    renewal_differs = fields.Boolean(
        "Health says otherwise", compute='_compute_renewal_differs', help="You expect the renewal and the account is not healthy, or the other way round.")

    _renewal_value_finite = models.Constraint(
        "CHECK(renewal_value IS NULL OR (renewal_value >= 0 AND renewal_value < 'Infinity'))", "The expected yearly value is an amount, not below zero.")

    @api.depends('renewal_call', 'partner_id')
    @api.depends_context('uid', 'company')
    def _compute_renewal_differs(self):
        for agreement in self:
            signal = SIGNALS.get(agreement.partner_id.kam_health_state)
            agreement.renewal_differs = bool(agreement.renewal_call and signal) and (agreement.renewal_call == 'renew') != (signal == 'renew')

    def _renewal_row(self, today):
        """Return the agreement as the portfolio shows it; amounts a year in the company's currency, at the rate of today."""
        self.ensure_one()
        company = self.company_id

        def own(amount):
            return self.currency_id._convert(amount, company.currency_id, company, today)

        return {
            'id': self.id, 'name': self.name, 'account': self.partner_id.name, 'account_id': self.partner_id.id,
            'date_end': format_date(self.env, self.date_end), 'days': (self.date_end - today).days,
            'value': own(self.annual_value), 'expected': own(self.renewal_value or self.annual_value),
            'call': self.renewal_call, 'health': self.partner_id.kam_health_state, 'differs': self.renewal_differs,
        }
