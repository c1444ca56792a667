from odoo import fields, models

from .kam_value_mixin import kpi_float


class ResPartnerKamKpi(models.Model):
    """Headline figures of a key account: twelve months to today; contacts show their company's."""

    _name = 'res.partner'
    _inherit = ['res.partner', 'kam.value.mixin']

    kam_currency_id = fields.Many2one('res.currency', compute='_compute_kam_currency_id')
    kam_revenue = kpi_float("Revenue, 12 months", 'revenue', aggregator='sum')
    kam_growth = kpi_float(
        "Growth (%)", 'sales_growth_yoy_pct', help="Revenue of twelve months against the twelve before.")
    kam_nrr = kpi_float(
        "NRR (%)", 'nrr_pct', help="Net revenue retention: what last year's revenue is worth this year. Below 90 the "
        "account is slipping.")
    kam_grr = kpi_float(
        "GRR (%)", 'grr_pct', help="Gross revenue retention: what is left of last year's revenue, growth not counted.")
    kam_upsell_ratio = kpi_float(
        "Upsell ratio (%)", 'upsell_ratio_pct', help="Growth in categories bought before, of last year's revenue.")
    kam_csat = kpi_float("CSAT (%)", 'csat_pct', help="Satisfied answers among all answers.")
    kam_nps = kpi_float("NPS", 'nps', help="Promoters less detractors, from -100 to 100.")
    kam_clv = kpi_float("Lifetime value", 'clv_predictive', help="What the customer is expected to be worth from now on.")

    def _compute_kam_currency_id(self):
        self.kam_currency_id = self.env.company.currency_id

    def _kam_subject(self):
        return self.commercial_partner_id

    def _kam_subject_sql(self, alias, query):
        return self._field_to_sql(alias, 'commercial_partner_id', query)
