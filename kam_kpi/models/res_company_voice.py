from odoo import api, fields, models
from odoo.exceptions import ValidationError

LONGEST = 1000


class ResCompany(models.Model):
    """What a company expects: of its answers to customers, of what they answer, and of its leads."""

    _inherit = 'res.company'

    kam_response_hours = fields.Selection([
        ('working', "Working hours"),
        ('calendar', "All hours"),
    ], "Response times in", required=True, default='working',
        help="Working hours are those of the company's working schedule, without public holidays.")
    kam_sla_hours = fields.Float(
        "Answer within", default=8.0, help="So many hours a customer may wait for an answer.")
    kam_voice_days = fields.Integer(
        "Follow up low answers within (days)", default=2, help="After so many days without a closed loop the leader is told.")
    kam_voice_months = fields.Integer(
        "Keep who answered (months)", default=24, help="Afterwards answers no longer tell whose they are; 0: kept until somebody erases them.")
    kam_conversion_days = fields.Integer(
        "Days to win a lead", default=90, help="A lead counts as converted if it is won within so many days.")

    _kam_voice_positive = models.Constraint(
        'CHECK(kam_voice_days >= 0 AND kam_voice_months >= 0)', "The days to follow up an answer and the months it is kept cannot be negative.")

    @api.constrains('kam_sla_hours', 'kam_conversion_days')
    def _check_kam_expectations(self):
        for company in self:
            if not 0 < company.kam_sla_hours <= LONGEST:
                raise ValidationError(self.env._("Customers are answered within more than 0 and at most %(hours)s hours.", hours=LONGEST))
            if company.kam_conversion_days < 1:
                raise ValidationError(self.env._("A lead needs at least one day to be won."))
