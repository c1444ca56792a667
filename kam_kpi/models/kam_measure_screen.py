from odoo import api, fields, models
from odoo.tools.misc import format_amount, formatLang


class KamMeasureScreen(models.Model):
    """What the form of a measure shows besides its definition."""

    _inherit = 'kam.measure'

    kpi_count = fields.Integer("KPIs", compute='_compute_kpi_count')

    @api.depends('kpi_ids')
    def _compute_kpi_count(self):
        for measure in self:
            measure.kpi_count = len(measure.kpi_ids)

    def action_view_kpis(self):
        """Open the KPIs whose formulas use this measure."""
        self.ensure_one()
        action = self.env['ir.actions.act_window']._for_xml_id('kam_kpi.kam_kpi_action')
        return {**action, 'domain': [('measure_ids', 'in', self.ids)], 'context': {'create': False}}

    def action_view_facts(self):
        """Open what the documents of this measure add up to, by account and day."""
        self.ensure_one()
        action = self.env['ir.actions.act_window']._for_xml_id('kam_kpi.kam_fact_action')
        return {**action, 'domain': [('measure_id', '=', (self.base_id or self).id)], 'context': {}}

    def _format_amount(self, amount, currency):
        """Return an amount of this measure as text: money with its currency, else a plain number."""
        if self.monetary:
            return format_amount(self.env, amount, currency)
        return formatLang(self.env, amount, digits=0 if float(amount).is_integer() else 2)
