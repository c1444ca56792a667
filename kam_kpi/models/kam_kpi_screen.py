from odoo import api, fields, models


class KamKpiScreen(models.Model):
    """What the form of a KPI shows besides its definition."""

    _inherit = 'kam.kpi'

    numerator_words = fields.Char("Numerator in words", compute='_compute_words')
    denominator_words = fields.Char("Denominator in words", compute='_compute_words')

    @api.depends('numerator', 'denominator')
    @api.depends_context('lang')
    def _compute_words(self):
        for kpi in self:
            kpi.numerator_words = kpi._formula_words(kpi.numerator)
            kpi.denominator_words = kpi._formula_words(kpi.denominator)

    def action_view_values(self):
        """Open the history of this KPI, by quarter."""
        self.ensure_one()
        action = self.env['ir.actions.act_window']._for_xml_id('kam_kpi.kam_kpi_value_action_analysis')
        return {**action, 'context': {
            'search_default_scope_account': 1, 'search_default_frequency_quarter': 1, 'searchpanel_default_kpi_id': self.id,
        }}
