from odoo import api, fields, models
from odoo.fields import Domain

from ..fields import NullableFloat
from ..tools import relationship

ACCESS = 'kam_kpi.group_kam_user'


class KamPlan(models.Model):
    """Step 3: the people of the account, which live on the account and not in one year's plan."""

    _inherit = 'kam.plan'

    # Lines of the account, not of the plan: shown through a compute, written by the plan's ``_write_account_lines``.
    stakeholder_ids = fields.One2many(
        'kam.stakeholder', string="Stakeholders", compute='_compute_stakeholder_ids',
        search='_search_stakeholder_ids', readonly=False, groups=ACCESS)
    wallet_ids = fields.One2many(
        'kam.wallet.estimate', string="Wallet estimates", compute='_compute_wallet_ids', search='_search_wallet_ids',
        readonly=False)
    relationship_coverage = NullableFloat(
        "Coverage (%)", digits=(5, 0), compute='_compute_relationship', groups=ACCESS, aggregator=None,
        help="0 to 100: the influence at the account which we are as close to as we want to be and in touch with. Each person counts as much "
             "as their influence; someone without an owner, not met or overdue counts less; a missing decision maker or champion counts against it.")
    relationship_index = NullableFloat(
        "Relationship index", digits=(5, 0), compute='_compute_relationship', groups=ACCESS, aggregator=None,
        help="0 to 100: how much of the influence at the account supports us and was met in time.")
    relationship_warnings = fields.Text("Mind", compute='_compute_relationship', groups=ACCESS)

    @api.depends('company_id', 'partner_id.kam_stakeholder_ids.company_id')
    def _compute_stakeholder_ids(self):
        for plan in self:
            plan.stakeholder_ids = plan._of_company(plan.partner_id.kam_stakeholder_ids)

    @api.depends('company_id', 'partner_id.kam_wallet_ids.company_id')
    def _compute_wallet_ids(self):
        for plan in self:
            plan.wallet_ids = plan._of_company(plan.partner_id.kam_wallet_ids)

    def _search_stakeholder_ids(self, operator, value):
        return NotImplemented if operator in Domain.NEGATIVE_OPERATORS else Domain('partner_id.kam_stakeholder_ids', operator, value)

    def _search_wallet_ids(self, operator, value):
        return NotImplemented if operator in Domain.NEGATIVE_OPERATORS else Domain('partner_id.kam_wallet_ids', operator, value)

    def _of_company(self, lines):
        """Those lines of the account which the plan's company keeps."""
        return lines.filtered(lambda line: line.company_id == self.company_id)

    @api.depends(
        'stakeholder_ids.role', 'stakeholder_ids.influence', 'stakeholder_ids.attitude', 'stakeholder_ids.user_id',
        'stakeholder_ids.current_level', 'stakeholder_ids.wanted_level', 'stakeholder_ids.noted_contact',
        'stakeholder_ids.cadence_days', 'stakeholder_ids.contact_id', 'stakeholder_ids.has_left')
    @api.depends_context('lang')
    def _compute_relationship(self):
        for plan in self:
            people = plan.stakeholder_ids._as_people()
            plan.relationship_coverage = relationship.coverage(people)
            plan.relationship_index = relationship.relationship_index(people)
            plan.relationship_warnings = self._relationship_words(people)

    @api.model
    def _relationship_words(self, people):
        """What is risky about these people (rows of ``_as_people``), a sentence a line; False when nothing is."""
        texts = self._relationship_texts()
        found = relationship.findings(people)
        return "\n".join(texts[code] + self.env['kam.stakeholder']._named(names) for code, names in found) or False

    def _relationship_texts(self):
        """What each warning code of the map means."""
        return {
            'empty': self.env._("Nobody is on the map yet."),
            'no_decision_maker': self.env._("Blind spot: nobody is marked as decision maker."),
            'single_thread_them': self.env._("Single thread: we know one person only. If they leave, we start anew."),
            'single_thread_us': self.env._("Single thread: one of us holds all the relationships."),
            'powerful_without_owner': self.env._("Blind spot: someone influential has no owner on our side."),
            'powerful_against': self.env._("Risk: someone influential is against us or sceptical."),
            'powerful_silent': self.env._("Silence: someone influential had no two-way contact with us within the agreed time."),
            'no_champion': self.env._("Blind spot: nobody speaks for us when we are not in the room."),
            'too_rosy': self.env._("Too rosy? Everybody supports us on this map; look again for who does not."),
            'left': self.env._("Check: a person on the map seems to have left the company."),
        }

    def action_view_map(self):
        """Open the relationship map of the account."""
        self.ensure_one()
        return self.partner_id.action_view_stakeholders()

    def action_view_account(self):
        """Open the account."""
        self.ensure_one()
        return self.partner_id.get_formview_action()
