from odoo import api, fields, models

from ..fields import NullableFloat
from ..tools import portfolio

FIGURES = {'revenue': 'revenue', 'gross_margin_pct': 'gross_margin_pct', 'sales_growth_yoy_pct': 'growth_pct'}


class KamPlan(models.Model):
    """Step 1: where the account stands in the portfolio.

    The figures are a picture of the trailing twelve months, taken when the
    plan is made, each night while it lives and on demand; a closed plan keeps
    its last one. Empty is no data, not zero.
    """

    _inherit = 'kam.plan'

    figures_date = fields.Date("Figures as of", readonly=True, copy=False)
    revenue = NullableFloat("Revenue, 12 months", readonly=True, copy=False, aggregator='sum')
    gross_margin_pct = NullableFloat("Gross margin (%)", digits=(6, 1), readonly=True, copy=False, aggregator=None)
    growth_pct = NullableFloat("Growth (%)", digits=(6, 1), readonly=True, copy=False, aggregator=None)
    portfolio_share_pct = NullableFloat(
        "Share of portfolio (%)", digits=(6, 1), readonly=True, copy=False, aggregator=None,
        help="The account's revenue in the revenue of all key accounts of the company.")
    quadrant = fields.Selection([
        ('star', "Large and profitable"),
        ('volume', "Large, thin margin"),
        ('gem', "Small, profitable"),
        ('question', "Small, thin margin"),
    ], "Place in the portfolio", readonly=True, copy=False,
        help="Revenue and gross margin of the last twelve months against the medians of all key accounts; no place without both figures.")
    gross_profit = NullableFloat(compute='_compute_gross_profit', help="Revenue x gross margin, when both are known.")
    roi_pct = NullableFloat(
        "Return on the investment (%)", digits=(8, 1), compute='_compute_roi', aggregator=None,
        help="Gross profit of the last twelve months less what was spent on the plan, against what was spent. "
             "Empty until both are known.")
    wallet_share_pct = NullableFloat(
        "Share of wallet (%)", digits=(6, 1), compute='_compute_wallet_share', aggregator=None,
        help="Revenue of the last twelve months against the latest estimate of what the customer spends in all.")

    @api.depends('revenue', 'gross_margin_pct')
    def _compute_gross_profit(self):
        for plan in self:
            known = plan.revenue is not False and plan.gross_margin_pct is not False
            plan.gross_profit = plan.revenue * plan.gross_margin_pct / 100 if known else False

    @api.depends('gross_profit', 'budget_spent')
    def _compute_roi(self):
        for plan in self:
            gain = None if plan.gross_profit is False else plan.gross_profit
            plan.roi_pct = portfolio.return_on_investment(gain, plan.budget_spent)

    @api.depends('revenue', 'wallet_ids.amount', 'wallet_ids.date', 'wallet_ids.currency_id')
    def _compute_wallet_share(self):
        for plan in self:
            estimate = plan.wallet_ids.filtered('date').sorted('date')[-1:]
            wallet = estimate and estimate.currency_id._convert(
                estimate.amount, plan.currency_id, plan.company_id, estimate.date)
            plan.wallet_share_pct = portfolio.share(None if plan.revenue is False else plan.revenue, wallet or None)

    def action_refresh_figures(self):
        """Take the figures of the last twelve months anew for living plans."""
        self.check_access('write')
        for company, plans in self.filtered(lambda plan: plan._is_living()).grouped('company_id').items():
            today = company._kam_today()
            measured = plans._measure_portfolio(company, today)
            for plan in plans:
                plan._set_figures({**plan._figures_from(measured), 'figures_date': today})
        return True

    def _set_figures(self, values):
        """Write figures: whoever has the plan open loses nothing by them, so that its revision stays, and nobody worked on it."""
        self.sudo().with_context(kam_figures=True).write(values)  # sudo: figures are measured, never typed

    @api.model
    def _measure_portfolio(self, company, today):
        """``{kpi code: {account id: value or None}}`` of all key accounts of a company."""
        start, stop = company._kam_period('ttm', today)
        # sudo: a place in the portfolio needs all accounts' figures; only the plan's own, its share and its quadrant are kept
        portfolio_env = self.sudo().with_company(company).env  # sudo: see above
        accounts = portfolio_env['res.partner'].search([
            ('is_key_account', '=', True), ('kam_is_account', '=', True), ('company_id', 'in', [False, company.id]),
        ]) | self.sudo().partner_id  # sudo: as above
        measured = {code: {} for code in FIGURES}
        for row in portfolio_env['kam.kpi'].measure_kpis(list(FIGURES), accounts.ids, start, stop):
            measured[row['code']][row['partner_id']] = row['value'] if row['state'] == 'ok' else None
        return measured

    def _figures_from(self, measured):
        """The picture of one plan out of the whole portfolio's."""
        self.ensure_one()
        own = {name: measured[code].get(self.partner_id.id) for code, name in FIGURES.items()}
        revenues = [value for value in measured['revenue'].values() if value is not None]
        return {
            **own,
            'portfolio_share_pct': portfolio.share(own['revenue'], sum(revenues) if revenues else None),
            'quadrant': portfolio.quadrant(
                own['revenue'], own['gross_margin_pct'], measured['revenue'].values(), measured['gross_margin_pct'].values()),
        }

    @api.model
    def _cron_refresh(self):
        """Nightly: figures of living plans, and a hint to the leader where actions are long overdue."""
        plans = self.search([('state', 'in', ('draft', 'running'))])
        plans.action_refresh_figures()
        plans._escalate_overdue()
