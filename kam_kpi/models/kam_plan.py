from odoo import api, fields, models
from odoo.exceptions import UserError

LIVING = ('draft', 'running')
FIRST_YEAR, LAST_YEAR = 1990, 2100


class KamPlan(models.Model):
    """The account plan of one account and one fiscal year, worked out in seven steps.

    A plan is *living* as a draft (in step 1) or running; finished and cancelled
    plans can be read but are changed by directors only. Steps, states and the
    approval change through the ``action_`` methods, each of which checks the
    gate; moving the card to another step goes the same way.

    ``revision`` counts the saves. The form sends the revision it has loaded, so
    that nobody overwrites what somebody else saved meanwhile.
    """

    _name = 'kam.plan'
    _inherit = ['kam.internal.thread', 'mail.tracking.duration.mixin', 'mail.activity.mixin']
    _description = "Account Plan"
    _order = 'year desc, id desc'
    _track_duration_field = 'step_id'
    _check_company_auto = True

    name = fields.Char(compute='_compute_name', store=True, precompute=True)
    active = fields.Boolean(default=True)
    partner_id = fields.Many2one(
        'res.partner', "Account", required=True, index=True, ondelete='restrict', check_company=True,
        domain="[('is_key_account', '=', True), ('kam_is_account', '=', True)]", tracking=True)
    company_id = fields.Many2one('res.company', required=True, default=lambda self: self.env.company, index=True)
    currency_id = fields.Many2one(related='company_id.currency_id')
    year = fields.Integer(
        required=True, aggregator=None, default=lambda self: self._default_year(),
        help="The fiscal year, by the calendar year it ends in.")
    date_start = fields.Date(compute='_compute_dates', store=True)
    date_end = fields.Date("Last day", compute='_compute_dates', store=True)
    state = fields.Selection([
        ('draft', "Draft"),
        ('running', "Running"),
        ('done', "Done"),
        ('cancelled', "Cancelled"),
    ], required=True, default='draft', readonly=True, copy=False, tracking=True, index=True)
    step_id = fields.Many2one(
        'kam.plan.step', "Step", required=True, default=lambda self: self._step('1'), copy=False, tracking=True,
        index=True, ondelete='restrict', group_expand='_group_expand_step')
    step_code = fields.Char(related='step_id.code')
    date_last_stage_update = fields.Datetime("In this step since", default=fields.Datetime.now, readonly=True, copy=False)
    user_id = fields.Many2one(
        'res.users', "Account manager", compute='_compute_people', store=True, index=True, ondelete='restrict',
        help="The manager of the account while the plan lives, and who it was when the plan was closed.")
    leader_id = fields.Many2one('res.users', "Team leader", compute='_compute_people', store=True, ondelete='restrict')
    previous_plan_id = fields.Many2one('kam.plan', "Renewed from", readonly=True, copy=False, ondelete='set null', index='btree_not_null')
    worked_on = fields.Date(
        "Last worked on", required=True, readonly=True, copy=False, default=lambda self: self.env.company._kam_today(),
        help="The last day on which somebody changed the plan or went through a step of it; new figures alone are no work.")
    revision = fields.Integer(default=1, required=True, copy=False, aggregator=None)
    color = fields.Integer(aggregator=None)

    summary = fields.Text("In three sentences", help="Where the account stands, what we want there, and how.")
    strategy = fields.Selection([
        ('invest', "Invest: put more in than comes out now"),
        ('grow', "Grow: win more of what they buy"),
        ('maintain', "Maintain: keep what we have"),
        ('harvest', "Harvest: take the profit, put little in"),
    ], tracking=True)
    strategy_reason = fields.Text("Why this strategy", groups='kam_kpi.group_kam_user')

    challenges = fields.Text("Their challenges", groups='kam_kpi.group_kam_user')
    buying_process = fields.Text("How they buy", groups='kam_kpi.group_kam_user')
    budget_cycle = fields.Text("Budget cycle", groups='kam_kpi.group_kam_user')
    market_trends = fields.Text("Trends in their market", groups='kam_kpi.group_kam_user')
    contract_end = fields.Date("Contract ends on")
    goal_ids = fields.One2many('kam.customer.goal', 'plan_id', "Customer's goals", copy=False)
    competitor_ids = fields.One2many('kam.plan.competitor', 'plan_id', "Competitors", groups='kam_kpi.group_kam_user')
    swot_ids = fields.One2many('kam.plan.swot', 'plan_id', "SWOT", groups='kam_kpi.group_kam_user')

    value_proposition = fields.Text("Our value to them", groups='kam_kpi.group_kam_user')
    white_space = fields.Text("White space to win", groups='kam_kpi.group_kam_user')
    target_ids = fields.Many2many(
        'kam.target', 'kam_plan_target_rel', 'plan_id', 'target_id', "KPI targets", copy=False,
        domain="[('partner_id', '=', partner_id)]")
    lead_ids = fields.Many2many(
        'crm.lead', 'kam_plan_lead_rel', 'plan_id', 'lead_id', "Opportunities", groups='kam_kpi.group_kam_user', copy=False)
    objective_ids = fields.One2many('kam.plan.objective', 'plan_id', "Objectives")
    approval_state = fields.Selection([
        ('none', "Not submitted"),
        ('submitted', "Waiting for approval"),
        ('approved', "Approved"),
        ('refused', "Refused"),
    ], "Approval", required=True, default='none', readonly=True, copy=False, tracking=True)
    submitted_by_id = fields.Many2one('res.users', "Submitted by", readonly=True, copy=False, ondelete='restrict')
    approved_by_id = fields.Many2one('res.users', "Approved by", readonly=True, copy=False, ondelete='restrict')
    approved_on = fields.Datetime(readonly=True, copy=False)

    action_ids = fields.One2many('kam.plan.action', 'plan_id', "Actions")

    budget = fields.Monetary(tracking=True)
    budget_spent = fields.Monetary("Spent so far")
    budget_user_id = fields.Many2one('res.users', "Budget owner", ondelete='restrict')
    hours_planned = fields.Float("Planned hours")
    hours_actual = fields.Float("Hours spent")
    resource_user_ids = fields.Many2many('res.users', 'kam_plan_resource_rel', 'plan_id', 'user_id', "People")
    audit_ids = fields.One2many('kam.plan.audit', 'plan_id', "Audit")

    communication_ids = fields.One2many('kam.plan.communication', 'plan_id', "Communication")
    waiver_ids = fields.One2many('kam.plan.waiver', 'plan_id', "Opened gates", readonly=True)

    _living_uniq = models.UniqueIndex(
        "(partner_id, company_id, year) WHERE state IN ('draft', 'running') AND active",
        "This account has a living plan for the year already: open that one, or finish it first.")
    _sensible_year = models.Constraint(
        f'CHECK (year BETWEEN {FIRST_YEAR} AND {LAST_YEAR})',
        "Enter the fiscal year of the plan with four digits, for example 2026.")
    # NaN is larger than any number in PostgreSQL, so that the upper limit refuses it as well.
    _sensible_resources = models.Constraint(
        "CHECK (" + " AND ".join(
            f"({name} IS NULL OR ({name} >= 0 AND {name} < 1e15))"
            for name in ('budget', 'budget_spent', 'hours_planned', 'hours_actual')) + ")",
        "Budget and hours of a plan are ordinary numbers, zero or more.")

    @api.depends('partner_id.name', 'year')
    def _compute_name(self):
        for plan in self:
            plan.name = f"{plan.partner_id.name or ''} {plan.year or ''}".strip()

    @api.depends('year', 'company_id')
    def _compute_dates(self):
        for plan in self:
            if not plan.company_id or not FIRST_YEAR <= plan.year <= LAST_YEAR:
                plan.date_start = plan.date_end = False
                continue
            month = int(plan.company_id.fiscalyear_last_month)
            start, stop = plan.company_id._kam_period('year', fields.Date.to_date(f"{plan.year:04d}-{month:02d}-01"))
            plan.date_start, plan.date_end = start, fields.Date.subtract(stop, days=1)

    @api.depends('partner_id.kam_user_id', 'partner_id.kam_team_id.user_id', 'state')
    def _compute_people(self):
        for plan in self:
            if plan._is_living():
                plan.user_id = plan.partner_id.kam_user_id
                plan.leader_id = plan.partner_id.kam_team_id.user_id
            else:
                plan.user_id, plan.leader_id = plan.user_id, plan.leader_id

    @api.model
    def _default_year(self):
        _start, stop = self.env.company._kam_period('year', self.env.company._kam_today())
        return fields.Date.subtract(stop, days=1).year

    @api.model
    def _group_expand_step(self, steps, domain):
        return steps.search([])

    @api.ondelete(at_uninstall=False)
    def _unlink_except_worked_on(self):
        if any(plan.state in ('running', 'done') for plan in self):
            raise UserError(self.env._("A plan which was worked on is kept: cancel it instead of deleting it."))

    def _is_living(self):
        self.ensure_one()
        return self.state in LIVING

    @api.model
    def _step(self, code):
        return self.env['kam.plan.step'].search([('code', '=', code)], limit=1)
