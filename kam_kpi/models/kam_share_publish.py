from odoo import api, fields, models
from odoo.exceptions import UserError


class KamSharePublish(models.Model):
    """What goes out: a dictionary named part by part, made with the rights of who publishes, in the languages of the readers."""

    _inherit = 'kam.share'

    @api.model
    def _action_for(self, subject, name):
        """The action which opens the shares of a plan or review, or a new one when there is none."""
        shares = self.search([(name, '=', subject.id)])
        action = {
            'type': 'ir.actions.act_window', 'name': self.env._("Share with the customer"), 'res_model': 'kam.share',
            'context': {f'default_{name}': subject.id}, 'domain': [(name, '=', subject.id)]}
        if shares:
            return {**action, 'view_mode': 'list,form', 'views': [(False, 'list'), (False, 'form')]}
        return {**action, 'view_mode': 'form', 'views': [(False, 'form')]}

    def action_publish(self):
        """Publish what the plan or the review says now; what was published before is replaced.

        :raise UserError: for a review that is still a draft, and when it was revoked
        """
        self.check_access('write')
        for share in self:
            if share.revoked_on:
                raise UserError(self.env._("It was revoked: make a new share."))
            if share.review_id.state == 'draft':
                raise UserError(self.env._("The review is a draft: share it in the house first, then with the customer."))
            share.write({'content': share._content(), 'published_on': fields.Datetime.now()})

    def _languages(self):
        return sorted({contact.lang or self.env.lang or 'en_US' for contact in self.contact_ids})

    def _content(self):
        """Return ``{language: page}`` for the languages of those who read it."""
        self.ensure_one()
        return {lang: self.with_context(lang=lang)._page_content() for lang in self._languages()}

    def _page_content(self):
        """Return the page in one language: JSON values only, no records."""
        page = self._plan_content() if self.plan_id else self._review_content()
        return {'kind': 'plan' if self.plan_id else 'review', 'account': self.partner_id.name, 'ours': self.company_id.name, **page}

    def _plan_content(self):
        plan = self.plan_id
        date = fields.Date.to_string
        page = {'title': self.env._("Plan %(year)s", year=plan.year), 'manager': plan.user_id.name or ''}
        if self.show_goals:
            page['goals'] = [{
                'name': goal.name, 'unit': goal.unit or '', 'from': goal.baseline, 'to': goal.target, 'now': goal.actual,
                'due': date(goal.due_date) or '', 'reached': bool(goal.is_reached)} for goal in plan.goal_ids]
        if self.show_objectives:
            page['objectives'] = [{
                'name': objective.name, 'measure': objective.measure or '', 'due': date(objective.date_deadline) or '',
                'progress': objective.progress, 'reached': objective.state == 'reached',
            } for objective in plan.objective_ids if objective.for_customer and objective.state != 'dropped']
        if self.show_actions:
            page['actions'] = [{
                'id': action.id, 'name': action.name, 'side': action.side, 'due': date(action.date_deadline) or '', 'done': action.state == 'done',
            } for action in plan.action_ids if action.for_customer and action.state != 'cancelled']
        if self.show_communication:
            page['talks'] = [{
                'name': talk.name, 'planned': date(talk.date_planned) or '', 'done': date(talk.date_done) or '',
            } for talk in plan.communication_ids if talk.audience == 'external']
        if self.show_value:
            page['value'] = plan.value_proposition or ''
        return page

    def _review_content(self):
        data = self.review_id._report_data('customer')
        rows = ('name', 'value', 'known', 'reason', 'target', 'attainment', 'last_year', 'change', 'comment')
        return {
            'title': f"{data['kind']}: {data['period']}", 'dates': data['dates'], 'manager': self.review_id.account_manager_id.name or '',
            'rows': [{name: row[name] for name in rows} for row in data['rows']],
            'next_steps': [{name: action[name] for name in ('name', 'owner', 'deadline', 'done')} for action in data['actions']],
            'next_targets': [{'name': row['name'], 'target': row['target']} for row in data['next_targets']],
            **{name: list(data[name]) for name in ('highlights', 'so_what', 'decisions')},
            'signed': self.review_id.state == 'signed',
        }
