import logging

from odoo import fields, models
from odoo.fields import Domain

_logger = logging.getLogger(__name__)


class KamReviewContext(models.AbstractModel):
    """What surrounds the figures of an account's review: plan, relationships, open steps, the first wording."""

    _name = 'kam.review.context'
    _description = "Context of a Review"

    def _plan_progress(self):
        """Where the account's plan stands: step, objectives, actions; None without a plan."""
        self.ensure_one()
        plans = self.env['kam.plan'].search([
            ('partner_id', '=', self.partner_id.id), ('state', '!=', 'cancelled')], order='id desc')
        plan = plans.filtered(lambda plan: plan.state == 'running')[:1] or plans[:1]
        if not self.partner_id or not plan:
            return None
        actions = self.env['kam.plan.action'].search([('plan_id', '=', plan.id)])
        return {
            'plan_id': plan.id,
            'name': plan.display_name,
            'state': plan.state,
            'step': int(plan.step_id.code),
            'gate': plan.gate_message or '',
            'done': len(actions.filtered(lambda action: action.state == 'done')),
            'open': len(actions.filtered(lambda action: action.state == 'open')),
            'overdue': len(actions.filtered('is_overdue')),
            'objectives': [{
                'name': objective.name,
                'due': str(objective.date_deadline or ''),
                'progress': objective.progress,
                'state': objective.state,
            } for objective in self.env['kam.plan.objective'].search([('plan_id', '=', plan.id)])],
        }

    def _relations(self):
        """Who is known at the account: numbers only, no names and no remarks; None when nobody is mapped."""
        self.ensure_one()
        people = self.env['kam.stakeholder'].search([
            ('partner_id', '=', self.partner_id.id), ('company_id', '=', self.company_id.id)])
        if not self.partner_id or not people:
            return None
        return {
            'known': len(people),
            'wanted': self.partner_id.kam_tier_id.min_stakeholders or 0,
            'deciders': len(people.filtered(lambda person: person.role == 'decision_maker')),
            'late': len(people.filtered(lambda person: person.freshness in ('overdue', 'never'))),
        }

    def _carry_over(self):
        """Bring the open next steps of the previous review in, so that they are dealt with first."""
        self.ensure_one()
        subject = {name: self[name].id for name in ('partner_id', 'user_id', 'team_id')}
        last = self.search(Domain.AND(Domain(name, '=', value) for name, value in subject.items()) & Domain([
            ('company_id', '=', self.company_id.id), ('date_end', '<', self.date_start)]), order='date_end desc', limit=1)
        self.env['kam.review.action'].create([{
            'review_id': self.id,
            'name': action.name,
            'side': action.side,
            'user_id': action.user_id.id,
            'contact_id': action.contact_id.id,
            'deadline': action.deadline,
            'internal': action.internal,
            'date_agreed': action.date_agreed,
            'carried': True,
        } for action in last.action_ids if not action.done])

    def _draft_words(self):
        """Word a first draft from the figures where nobody has written anything yet, in the reader's language."""
        self.ensure_one()
        review = self.with_context(lang=self._reader_lang())
        lines = review.kpi_ids.filtered(lambda line: line.state == 'ok')
        good = lines.filtered(lambda line: line.status == 'green' or line.status in ('amber', 'no_target') and line._is_notable('better'))
        bad = lines.filtered(lambda line: line.status == 'red' or line.status == 'no_target' and line._is_notable('worse'))
        words = {
            # Printed in both editions, so only what both show.
            'highlights': '\n'.join(line._sentence() for line in good if line.for_customer),
            'risks': '\n'.join(line._sentence() for line in bad),
            'so_what': review._bridge_sentence(),
        }
        self._store({name: text for name, text in words.items() if text and not self[name]})

    def _bridge_sentence(self):
        """The bridge in words: what customers of last year bought more and less."""
        bridge = (self.figures or {}).get('bridge')
        if not bridge or bridge['opening'] <= 0:
            return ''
        more, less = bridge['upsell'] + bridge['cross_sell'], bridge['contraction'] + bridge['churn']
        text = self.env._(
            "Over twelve months revenue went from %(opening)s to %(closing)s: %(more)s more of what was bought before and of new "
            "categories, %(less)s less.",
            opening=self._format_value(bridge['opening'], 'currency'), closing=self._format_value(bridge['closing'], 'currency'),
            more=self._format_value(more, 'currency'), less=self._format_value(less, 'currency'))
        if bridge['new']:
            text += ' ' + self.env._("New or returning customers brought %(new)s.", new=self._format_value(bridge['new'], 'currency'))
        return text

    def _cron_create_drafts(self):
        """Draft the reviews of the strategic and key accounts once a quarter is over; complete documents not made so far.

        Each company's quarter is drafted once: a draft that somebody deletes
        does not come back. One account's failure stops no other.
        """
        for company in self.env['res.company'].search([('active', '=', True)]):
            start, end = self._default_period('quarter', company)
            if not company.kam_review_drafted_to or company.kam_review_drafted_to < end:
                self.with_company(company)._draft_period(company, start, end)
        self.search([('state', '=', 'signed'), ('pdf_file', '=', False)], limit=20)._keep_pdf()

    def _draft_period(self, company, start, end):
        """Draft one company's reviews of a period, in slices which are kept one by one."""
        accounts = self._accounts_to_draft(company, start, end)
        commit = self.env['ir.cron']._commit_progress
        commit(remaining=len(accounts))
        for account in accounts:
            self._draft_account(account, company, start, end)
            if not commit(1):
                return
        company.kam_review_drafted_to = end

    def _accounts_to_draft(self, company, start, end):
        drafted = self.with_context(active_test=False).search([
            ('company_id', '=', company.id), ('date_start', '=', start), ('date_end', '=', end), ('partner_id', '!=', False)])
        accounts = self.env['res.partner'].search([
            ('is_key_account', '=', True), ('kam_is_account', '=', True), ('kam_tier_id.code', 'in', ('A', 'B')),
            ('id', 'not in', drafted.partner_id.ids)])
        return accounts.filtered(lambda account: account._kam_review_company() == company)

    def _draft_account(self, account, company, start, end):
        try:
            with self.env.cr.savepoint():
                review = self.create({
                    'partner_id': account.id, 'company_id': company.id, 'frequency': 'quarter', 'date_start': start, 'date_end': end})
                if account.kam_user_id:
                    review.activity_schedule(
                        'mail.mail_activity_data_todo', user_id=account.kam_user_id.id,
                        date_deadline=fields.Date.add(company._kam_today(), days=14),
                        summary=self.env._("Prepare the review"))
        except Exception:  # one account must not keep the others from theirs; the log says which and why
            _logger.exception("The review of account %s could not be drafted.", account.id)
