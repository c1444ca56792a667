from odoo import api, fields, models

from ..fields import NullableFloat


class KamKpiValueBenchmark(models.Model):
    """What is usual for the KPI, beside the figure of an account, manager, team or company."""

    _inherit = 'kam.kpi.value'

    benchmark_value = NullableFloat("Benchmark", compute='_compute_benchmark', aggregator=None)
    benchmark_label = fields.Char("Benchmark from", compute='_compute_benchmark')
    benchmark_n = fields.Integer("Accounts in the benchmark", compute='_compute_benchmark', aggregator=None, help="0 for a typed one.")
    benchmark_position = fields.Selection([
        ('better', "Better than usual"),
        ('worse', "Worse than usual"),
    ], "Against the benchmark", compute='_compute_benchmark')

    @api.depends('kpi_id', 'partner_id', 'company_id', 'value', 'roll_up', 'scope', 'frequency')
    @api.depends_context('lang')
    def _compute_benchmark(self):
        for company, values in self.grouped('company_id').items():
            reference = self.env['kam.benchmark']._references(values.kpi_id, company)
            for value in values:
                industry = value.sudo().partner_id.industry_id  # of an account whose figures the user sees
                found = reference(value.kpi_id.id, industry.id)
                # What is usual for one account in twelve months says nothing of a quarter's sum, nor of many accounts'.
                fits = value.roll_up in ('ratio', 'median') or value.scope == 'account' and value.frequency == 'ttm'
                value.benchmark_value = found.value if fits else False
                value.benchmark_label = found.label if fits else False
                value.benchmark_n = found.n if fits else 0
                value.benchmark_position = value._position()

    def _position(self):
        """Whether the figure is better or worse than its benchmark; False when that cannot be said."""
        self.ensure_one()
        direction = self.kpi_id.direction
        if self.value is False or self.benchmark_value is False or direction == 'band' or self.value == self.benchmark_value:
            return False
        return 'better' if (self.value > self.benchmark_value) == (direction == 'higher') else 'worse'


class KamExplainBenchmark(models.TransientModel):
    """The benchmark on the page that explains a figure."""

    _inherit = 'kam.explain'

    benchmark_value = NullableFloat("Benchmark", compute='_compute_benchmark')
    benchmark_label = fields.Char("Benchmark from", compute='_compute_benchmark')

    @api.depends('kpi_id', 'partner_id', 'company_id', 'value_id')
    @api.depends_context('lang')
    def _compute_benchmark(self):
        for explain in self:
            partner = explain.partner_id.sudo()  # of a figure that is shown to the user
            fits = explain.kpi_id.roll_up in ('ratio', 'median') or partner and explain.value_id.frequency == 'ttm'
            found = self.env['kam.benchmark']._references(explain.kpi_id, explain.company_id)(explain.kpi_id.id, partner.industry_id.id)
            explain.benchmark_value = found.value if fits else False
            explain.benchmark_label = found.label if fits else False
