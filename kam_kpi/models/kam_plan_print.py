from odoo import models

SWOT = ('strength', 'weakness', 'opportunity', 'threat')
NEXT_ACTIONS = 6


class KamPlanPrint(models.Model):
    """The plan on paper: everything worded and formatted, so that templates only draw.

    Internal, in the language of whoever prints it. Nothing personal about people is in it
    but their role and where they stand; remarks and drivers are left out.
    """

    _name = 'kam.plan'
    _inherit = ['kam.plan', 'kam.review.words']

    def action_print_plan(self):
        """Print the whole plan."""
        return self.env.ref('kam_kpi.action_report_plan').report_action(self, config=False)

    def action_print_summary(self):
        """Print the plan on one page."""
        return self.env.ref('kam_kpi.action_report_plan_summary').report_action(self, config=False)

    def _pdf_name(self):
        return (self.display_name or '').replace('/', '-')

    def _plan_data(self):
        """All the templates need of the plan."""
        self.ensure_one()
        people = self.env['kam.stakeholder'].search([('partner_id', '=', self.partner_id.id), ('company_id', '=', self.company_id.id)])
        return {
            'direction': self._direction(),
            'initials': ''.join(word[0] for word in (self.partner_id.name or '?').split()[:2]).upper(),
            'tiles': self._plan_tiles(),
            'strategy': self._label(self, 'strategy'), 'quadrant': self._label(self, 'quadrant'),
            'step': self.step_id.display_name, 'state': self._label(self, 'state'),
            'swot': [(label, self.swot_ids.filtered(lambda row, kind=kind: row.kind == kind).mapped('name'))
                     for kind, label in self.env['kam.plan.swot']._fields['kind']._description_selection(self.env) if kind in SWOT],
            'goals': [self._goal_row(goal) for goal in self.goal_ids],
            'competitors': [(row.name, self._format_value(row.share, 'percent'), self._label(row, 'strength'), row.note or '') for row in self.competitor_ids],
            'people': [self._person_row(person) for person in people],
            'objectives': [self._objective_row(objective) for objective in self.objective_ids],
            'actions': [self._action_row(action) for action in self.action_ids],
            'next_actions': [self._action_row(action) for action in self.action_ids.filtered(lambda action: action.state == 'open').sorted(
                lambda action: (not action.date_deadline, action.date_deadline or self.date_end, action.id))[:NEXT_ACTIONS]],
            'resources': self._resource_rows(),
            'audit': [(row.name, self._label(row, 'answer') or '–', row.finding or '') for row in self.audit_ids],
            'communication': [self._communication_row(row) for row in self.communication_ids],
            'opportunities': [(lead.name, self._format_value(lead.expected_revenue, 'currency')) for lead in self.lead_ids],
        }

    def _heads(self, table):
        """The titles of a table's columns."""
        name, by, due = self.env._("What"), self.env._("Who"), self.env._("Due")
        return {
            'objectives': (name, self.env._("Measured by"), by, due, self.env._("Done")),
            'actions': (name, by, due, self.env._("State")),
            'goals': (name, self.env._("From"), self.env._("To"), self.env._("Now"), due),
            'competitors': (self.env._("Competitor"), self.env._("Share"), self.env._("Strength"), self.env._("Next move")),
            'people': (
                self.env._("Name"), self.env._("Position"), self.env._("Role"), self.env._("Influence"), self.env._("Attitude"), self.env._("Of us"),
                self.env._("Last contact")),
            'opportunities': (name, self.env._("Expected revenue")),
            'resources': ("", self.env._("Planned"), self.env._("So far")),
            'audit': (self.env._("Question"), self.env._("Answer"), self.env._("Finding")),
            'communication': (
                name, self.env._("For"), self.env._("To whom"), self.env._("Channel"), by, self.env._("Planned"), self.env._("Done on")),
        }[table]

    def _understanding(self):
        """What is known of the customer, by headline."""
        return [
            (self.env._("Their challenges"), self.challenges), (self.env._("How they buy"), self.buying_process),
            (self.env._("Budget cycle"), self.budget_cycle), (self.env._("Trends in their market"), self.market_trends)]

    def _label(self, record, name):
        """A choice in words; empty when nothing is chosen."""
        return dict(record._fields[name]._description_selection(self.env)).get(record[name], '')

    def _plan_tiles(self):
        return [
            (self.env._("Revenue, 12 months"), self._format_value(self.revenue, 'currency')),
            (self.env._("Growth"), self._format_value(self.growth_pct, 'percent')),
            (self.env._("Gross margin"), self._format_value(self.gross_margin_pct, 'percent')),
            (self.env._("Share of wallet"), self._format_value(self.wallet_share_pct, 'percent')),
        ]

    def _goal_row(self, goal):
        unit = f" {goal.unit}" if goal.unit else ''

        def text(value):
            return '–' if value is False else self._format_value(value, 'count' if value == round(value) else 'ratio') + unit
        return (goal.name, text(goal.baseline), text(goal.target), text(goal.actual), self._format_day(goal.due_date))

    def _person_row(self, person):
        return (person.name, person.function or '', self._label(person, 'role'), self._label(person, 'influence'), self._label(person, 'attitude'),
                person.user_id.name or '–', self._format_day(person.last_contact) or '–')

    def _objective_row(self, objective):
        target = objective.target_id
        figure = self.env._(
            "%(kpi)s: %(actual)s of %(target)s", kpi=target.kpi_id.name, actual=self._format_value(target.actual_value, target.unit),
            target=self._format_value(target.target_value, target.unit)) if target else ''
        return (objective.name, figure or objective.measure or '', objective.user_id.name or '–', self._format_day(objective.date_deadline),
                self._format_value(objective.progress, 'count') + ' %')

    def _action_row(self, action):
        return (action.name, action.user_id.name or '–', self._format_day(action.date_deadline), self._label(action, 'state'), action.is_overdue)

    def _communication_row(self, row):
        return (row.name, self._label(row, 'audience'), ', '.join(row.partner_ids.mapped('name')), self._label(row, 'channel'), row.user_id.name or '–',
                self._format_day(row.date_planned), self._format_day(row.date_done) or '–')

    def _resource_rows(self):
        return [
            (self.env._("Budget"), self._format_value(self.budget, 'currency'), self._format_value(self.budget_spent, 'currency')),
            (self.env._("Hours"), self._format_value(self.hours_planned, 'hours'), self._format_value(self.hours_actual, 'hours')),
        ]
