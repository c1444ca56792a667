from odoo import api, fields, models
from odoo.tools.misc import format_date

from ..tools.period import ONE_DAY
from .kam_kpi_terms import Holdings


class KamFactorShown(models.AbstractModel):
    """Shows the external factors of its time beside an evaluation: they explain a figure and never change it."""

    _name = 'kam.factor.shown'
    _description = "External Factors Beside an Evaluation"

    factors = fields.Text("External factors", compute='_compute_factors', help="What was noted for the period and these accounts.")

    @api.depends_context('lang', 'uid')
    def _compute_factors(self):
        for record in self:
            record.factors = "\n".join(
                factor._sentence(factor.kind, factor.name, factor.effect, format_date(self.env, factor.date_start))
                for factor in record._factors_shown()) or False

    def _factors_shown(self):
        """The factors of the period which concern the accounts of the subject, held on its last day; of the company: all."""
        start, end = self._factor_days()
        if not (start and end):
            return self.env['kam.factor']
        noted = self.env['kam.factor']._during(start, end + ONE_DAY, self.company_id)
        accounts = self._factor_accounts(end)
        return noted if accounts is None else noted._concerning(accounts)

    def _factor_days(self):
        """First and last day of what is evaluated."""
        return self.date_start, self.date_end

    def _factor_accounts(self, day):
        """The accounts evaluated, None for the whole company."""
        accounts = self.env['res.partner'].sudo()  # sudo: only to compare, of past periods too, when others held them
        if 'partner_id' in self._fields and self.partner_id:
            return accounts.browse(self.partner_id.id)
        scope = ('user', self.user_id.id) if self.user_id else ('team', self.team_id.id)
        return accounts.browse(Holdings(self.env, self.company_id).on(day).get(scope, [])) if scope[1] else None


class KamScorecard(models.Model):
    _name = 'kam.scorecard'
    _inherit = ['kam.scorecard', 'kam.factor.shown']


class KamTarget(models.Model):
    _name = 'kam.target'
    _inherit = ['kam.target', 'kam.factor.shown']


class KamCoaching(models.Model):
    _name = 'kam.coaching'
    _inherit = ['kam.coaching', 'kam.factor.shown']

    def _factor_days(self):
        return self.date_from, self.date_to
