from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL
from odoo.tools.misc import format_date

from ..fields import NullableFloat

# A median of fewer accounts would tell the figures of single ones.
MIN_ACCOUNTS = 5


class Reference(NamedTuple):
    """What a figure is compared with: ``value`` False when there is nothing; ``n`` accounts behind it, 0 if it was typed."""
    value: object = False
    label: str = ''
    n: int = 0


class KamBenchmark(models.Model):
    """What is usual for a KPI in an industry: the bar that figures of accounts are seen against.

    Either typed, with where and when it comes from, or the median of our own
    key accounts' current trailing twelve months, if five or more have one.
    One without an industry serves all industries that have none of their own.
    """

    _name = 'kam.benchmark'
    _description = "Benchmark"
    _order = 'kpi_id, industry_id, id'

    kpi_id = fields.Many2one('kam.kpi', "KPI", required=True, ondelete='cascade', index=True)
    industry_id = fields.Many2one('res.partner.industry', ondelete='cascade', index='btree_not_null', help="Empty: any industry.")
    company_id = fields.Many2one('res.company', ondelete='cascade', index='btree_not_null', help="Empty: all companies.")
    origin = fields.Selection([
        ('typed', "Typed"),
        ('computed', "Median of our own accounts"),
    ], required=True, default='typed')
    typed_value = NullableFloat("Typed figure", aggregator=None)
    source = fields.Char(help="Study, association or other place it comes from.")
    date = fields.Date("As of", help="The day the typed figure is of.")
    value = NullableFloat("Figure", compute='_compute_value', aggregator=None)
    account_count = fields.Integer("Accounts behind it", compute='_compute_value')
    unit = fields.Selection(related='kpi_id.unit')
    currency_id = fields.Many2one('res.currency', compute='_compute_currency_id')

    _place_idx = models.UniqueIndex(
        '(kpi_id, COALESCE(industry_id, 0), COALESCE(company_id, 0))',
        "This KPI has a benchmark for this industry already: change that one.")

    @api.depends('company_id')
    @api.depends_context('company')
    def _compute_currency_id(self):
        for benchmark in self:
            benchmark.currency_id = (benchmark.company_id or self.env.company).currency_id

    @api.depends('kpi_id', 'industry_id')
    @api.depends_context('lang')
    def _compute_display_name(self):
        for benchmark in self:
            benchmark.display_name = self.env._(
                "%(kpi)s, %(industry)s", kpi=benchmark.kpi_id.name, industry=benchmark.industry_id.name or self.env._("any industry"))

    @api.depends('origin', 'typed_value', 'kpi_id', 'industry_id', 'company_id')
    @api.depends_context('company')
    def _compute_value(self):
        for company, benchmarks in self.grouped('company_id').items():
            medians = self._medians(benchmarks.filtered(lambda row: row.origin == 'computed').kpi_id, company or self.env.company)
            for benchmark in benchmarks:
                found = benchmark._reference(medians)
                benchmark.value, benchmark.account_count = found.value, found.n

    @api.constrains('origin', 'typed_value', 'source', 'date')
    def _check_typed(self):
        for benchmark in self:
            if benchmark.origin == 'typed' and (benchmark.typed_value is False or not (benchmark.source or '').strip() or not benchmark.date):
                raise ValidationError(self.env._(
                    "A typed benchmark for “%(kpi)s” needs its figure, where it comes from and of which day it is.", kpi=benchmark.kpi_id.name))

    @api.constrains('kpi_id', 'origin', 'company_id')
    def _check_company(self):
        for benchmark in self:
            if benchmark.origin == 'typed' and benchmark.unit == 'currency' and not benchmark.company_id:
                raise ValidationError(self.env._(
                    "“%(kpi)s” is an amount of money: choose the company in whose currency the benchmark is.", kpi=benchmark.kpi_id.name))

    @api.onchange('kpi_id')
    def _onchange_kpi_id(self):
        if self.unit == 'currency' and not self.company_id:
            self.company_id = self.env.company

    def _reference(self, medians):
        """What this benchmark says, as a :class:`Reference`.

        :param medians: what :meth:`_medians` answers for its KPI
        """
        self.ensure_one()
        industry = self.industry_id.name or self.env._("all industries")
        if self.origin == 'typed':
            label = self.env._(
                "%(study)s, %(day)s (%(industry)s)", study=self.source, day=self.date and format_date(self.env, self.date), industry=industry)
            return Reference(self.typed_value, label, 0)
        median, count = medians.get((self.kpi_id.id, self.industry_id.id), (False, 0))
        if count < MIN_ACCOUNTS:
            return Reference()
        return Reference(median, self.env._("median of %(count)s accounts (%(industry)s)", count=count, industry=industry), count)

    @api.model
    def _medians(self, kpis, company):
        """Return {(kpi id, industry id or False): (median, number of accounts)} of the current twelve months of all key accounts."""
        if not kpis:
            return {}
        self.env['kam.kpi.value'].flush_model()
        self.env['res.partner'].flush_model(['industry_id'])
        rows = self.env.execute_query(SQL(
            """SELECT v.kpi_id, p.industry_id, GROUPING(p.industry_id), percentile_cont(0.5) WITHIN GROUP (ORDER BY v.value), COUNT(*)
                 FROM kam_kpi_value v JOIN res_partner p ON p.id = v.partner_id
                WHERE v.kpi_id = ANY(%s) AND v.company_id = %s AND v.scope = 'account' AND v.frequency = 'ttm' AND v.is_current AND v.active
                  AND v.state = 'ok' AND v.value IS NOT NULL
                GROUP BY GROUPING SETS ((v.kpi_id, p.industry_id), (v.kpi_id))""", kpis.ids, company.id))
        return {
            (kpi_id, industry_id if not total else False): (median, count)
            for kpi_id, industry_id, total, median, count in rows if total or industry_id}

    @api.model
    def _references(self, kpis, company):
        """Return a function (kpi id, industry id) -> :class:`Reference`: the industry's own, else the one for any."""
        found = {}
        benchmarks = self.sudo().search_fetch([  # shown beside figures to whoever may see those
            ('kpi_id', 'in', kpis.ids), ('company_id', 'in', (False, company.id))])
        medians = self._medians(benchmarks.filtered(lambda row: row.origin == 'computed').kpi_id, company)
        # The company's own goes before the one for all.
        for benchmark in benchmarks.sorted(lambda row: bool(row.company_id)):
            reference = benchmark._reference(medians)
            if reference.value is not False:
                found[benchmark.kpi_id.id, benchmark.industry_id.id] = reference
        nothing = Reference()
        return lambda kpi_id, industry_id: found.get((kpi_id, industry_id)) or found.get((kpi_id, False)) or nothing
