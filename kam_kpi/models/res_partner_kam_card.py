from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..fields import NullableFloat
from ..tools.period import shift_months
from .kam_value_mixin import KAM_GROUPS

SPOKEN = ('meetings',)
TOUCHES = ('meetings', 'calls', 'exchanges')
DATED_BY = {'kam_last_touch': TOUCHES, 'kam_last_meeting': SPOKEN}
TREND_MONTHS = 12
COMPARISONS = {'<': SQL("<"), '<=': SQL("<="), '>': SQL(">"), '>=': SQL(">=")}


def touch_date(string, name, **attributes):
    """A day taken from the facts of contacts: shown, searched and sorted like an own field."""
    return fields.Date(string, **{
        'compute': '_compute_kam_touches', 'groups': KAM_GROUPS,
        'search': lambda model, operator, value: model._search_kam_touch(name, operator, value), **attributes})


class ResPartnerKamCard(models.Model):
    """What the card of a key account shows besides its KPIs: contacts, the last months, the pipeline, who must act.

    All of it is read from the facts, plans and lists of the user's own rights, one
    query a kind whatever the number of cards.
    """

    _inherit = 'res.partner'

    kam_last_touch = touch_date("Last contact", 'kam_last_touch', help="The latest meeting, call or exchange of messages.")
    kam_last_meeting = touch_date("Last meeting", 'kam_last_meeting')
    kam_next_meeting = fields.Date("Next meeting", compute='_compute_kam_touches', groups=KAM_GROUPS)
    kam_touch_state = fields.Selection([
        ('fresh', "In touch"),
        ('due', "Due soon"),
        ('overdue', "Overdue"),
        ('never', "Never"),
    ], "State of contact", compute='_compute_kam_touches', groups=KAM_GROUPS,
        help="By the days between contacts which the tier allows: due soon in the last quarter of them, overdue beyond.")
    kam_revenue_trend = fields.Json("Revenue by month", compute='_compute_kam_revenue_trend', groups=KAM_GROUPS)
    kam_pipeline = NullableFloat(
        "Open pipeline", compute='_compute_kam_pipeline', groups=KAM_GROUPS, aggregator=None,
        help="Expected revenue of open opportunities with a day on which they should close, as of last night.")
    kam_attention_ids = fields.One2many('kam.attention', 'partner_id', "Needs attention", groups=KAM_GROUPS)
    kam_attention_count = fields.Integer("Reasons to act", compute='_compute_kam_attention', groups=KAM_GROUPS)
    kam_attention_reason = fields.Char("First reason", compute='_compute_kam_attention', groups=KAM_GROUPS)
    kam_health_reason = fields.Char("Why this health", compute='_compute_kam_health_reason', groups=KAM_GROUPS)
    kam_renewal_date = fields.Date("Next renewal", compute='_compute_kam_renewal_date', groups=KAM_GROUPS)

    @api.model
    def _kam_sources(self):
        return {
            **super()._kam_sources(),
            **{name: ('kam.fact', self._kam_touched_domain(name), 'date', 'date') for name in DATED_BY},
        }

    @api.model
    def _kam_touched_domain(self, name):
        return self._kam_fact_domain(*DATED_BY[name]) & Domain('date', '<=', self.env.company._kam_today())

    @api.model
    def _search_kam_touch(self, name, operator, value):
        """Accounts whose latest day compares so, or (``= False``) which have none; one pass over the facts."""
        if operator == 'in' and set(value) == {False}:
            having, negate = None, SQL("NOT")
        elif operator in COMPARISONS and value:
            having, negate = (COMPARISONS[operator], value), SQL()
        else:
            return NotImplemented

        def to_sql(model, alias, query):
            facts = self.env['kam.fact']._search(self._kam_touched_domain(name) & Domain('partner_id', '!=', False))
            partner = self.env['kam.fact']._field_to_sql(facts.table, 'partner_id', facts)
            if having:
                facts.groupby = partner
                facts.having = SQL("MAX(%s) %s %s", self.env['kam.fact']._field_to_sql(facts.table, 'date', facts), *having)
            facts.order = None  # which a grouped query cannot have
            return SQL("%s %s IN (%s)", model._field_to_sql(alias, 'commercial_partner_id', query), negate, facts.select(partner))

        return Domain.custom(to_sql=to_sql)

    @api.model
    def _kam_fact_domain(self, *codes):
        return Domain([('measure_id.code', 'in', codes), ('company_id', '=', self.env.company.id)])

    def _kam_account_domain(self):
        return Domain('partner_id', 'in', self.commercial_partner_id._origin.ids)

    @api.depends('commercial_partner_id', 'kam_tier_id')
    @api.depends_context('uid', 'company')
    def _compute_kam_touches(self):
        today = self.env.company._kam_today()
        Fact, whose = self.env['kam.fact'], self._kam_account_domain()
        done = whose & Domain('date', '<=', today)
        touched = dict(Fact._read_group(done & self._kam_fact_domain(*TOUCHES), ['partner_id'], ['date:max']))
        met = dict(Fact._read_group(done & self._kam_fact_domain(*SPOKEN), ['partner_id'], ['date:max']))
        planned = dict(Fact._read_group(
            whose & Domain('date', '>', today) & self._kam_fact_domain(*SPOKEN), ['partner_id'], ['date:min']))
        for partner in self:
            account = partner.commercial_partner_id._origin
            partner.kam_last_touch, partner.kam_last_meeting = touched.get(account, False), met.get(account, False)
            partner.kam_next_meeting = planned.get(account, False)
            partner.kam_touch_state = partner._kam_touch_state_on(today)

    def _kam_touch_state_on(self, today):
        """How the last contact stands against the tier's days; False without a cadence."""
        limit = self.kam_tier_id.contact_days
        if not self.is_key_account or not limit:
            return False
        if not self.kam_last_touch:
            return 'never'
        days = (today - self.kam_last_touch).days
        return 'overdue' if days > limit else 'due' if days > .75 * limit else 'fresh'

    @api.depends('commercial_partner_id')
    @api.depends_context('uid', 'company')
    def _compute_kam_revenue_trend(self):
        """The last twelve full months, the oldest first, as numbers; False without any revenue in them."""
        stop = self.env.company._kam_today().replace(day=1)
        months = [shift_months(stop, -back) for back in range(TREND_MONTHS, 0, -1)]
        rows = self.env['kam.fact']._read_group(
            self._kam_account_domain() & self._kam_fact_domain('revenue') & Domain([('date', '>=', months[0]), ('date', '<', stop)]),
            ['partner_id', 'date:month'], ['amount:sum'])
        found = {}
        for account, month, amount in rows:
            found.setdefault(account, {})[month] = round(amount, 2)
        for partner in self:
            by_month = found.get(partner.commercial_partner_id._origin)
            partner.kam_revenue_trend = by_month and [by_month.get(month, 0.0) for month in months] or False

    @api.depends('commercial_partner_id')
    @api.depends_context('uid', 'company')
    def _compute_kam_pipeline(self):
        Fact, stock = self.env['kam.fact'], self._kam_fact_domain('open_pipeline')
        [(pictured,)] = Fact.sudo()._read_group(stock, [], ['date:max'])  # sudo: the day of the last picture is no secret
        rows = Fact._read_group(self._kam_account_domain() & stock & Domain('date', '=', pictured), ['partner_id'], ['amount:sum'])
        found = dict(rows)
        for partner in self:
            partner.kam_pipeline = found.get(partner.commercial_partner_id._origin, False)

    @api.depends('commercial_partner_id')
    @api.depends_context('uid', 'company', 'lang')
    def _compute_kam_attention(self):
        items = self.env['kam.attention'].search(
            self._kam_account_domain() & Domain([('state', '=', 'open'), ('company_id', '=', self.env.company.id)]))
        by_account = items.grouped('partner_id')
        first = items.browse(own[0].id for own in by_account.values())
        reasons = {item.partner_id: item.reason for item in first}
        for partner in self:
            account = partner.commercial_partner_id._origin
            partner.kam_attention_count = len(by_account.get(account, ()))
            partner.kam_attention_reason = reasons.get(account, False)

    @api.depends('commercial_partner_id')
    @api.depends_context('uid', 'company', 'lang')
    def _compute_kam_health_reason(self):
        found = self.env['kam.health'].search_fetch(
            self._kam_account_domain() & Domain('company_id', '=', self.env.company.id), ['partner_id', 'state', 'parts'])._reasons()
        for partner in self:
            partner.kam_health_reason = found.get(partner.commercial_partner_id._origin, False)

    @api.depends('commercial_partner_id')
    @api.depends_context('uid', 'company')
    def _compute_kam_renewal_date(self):
        rows = self.env['kam.agreement']._read_group(
            self._kam_account_domain() & Domain([
                ('state', '=', 'active'), ('successor_id', '=', False), ('company_id', '=', self.env.company.id),
                ('date_end', '>=', self.env.company._kam_today())]), ['partner_id'], ['date_end:min'])
        found = dict(rows)
        for partner in self:
            partner.kam_renewal_date = found.get(partner.commercial_partner_id._origin, False)

    def action_kam_attention(self):
        """Open what the account needs now."""
        self.ensure_one()
        account = self.commercial_partner_id
        return {
            **self.env['ir.actions.act_window']._for_xml_id('kam_kpi.kam_attention_action'),
            'name': self.env._("Needs attention: %(account)s", account=account.name),
            'path': False,
            'domain': [('partner_id', '=', account.id)],
        }
