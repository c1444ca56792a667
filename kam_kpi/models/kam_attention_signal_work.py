from datetime import timedelta

from odoo import fields, models

from .kam_attention_day import Signal

# Days before the end at which a renewal is looked at, with how much it weighs then.
CHECKPOINTS = {90: 5, 180: 2}
STALE_DAYS = 60
REVIEW_DAYS = 30


class KamAttentionSignalWork(models.Model):
    """Work that is due: renewals at 180 and 90 days, plans nobody touched, reviews to prepare."""

    _inherit = 'kam.attention'

    def _signals_renewal(self, day):
        agreements = self.env['kam.agreement'].search([
            ('company_id', '=', day.company.id), ('partner_id', 'in', day.ids), ('state', '=', 'active'),
            ('date_end', '>=', day.ago(day.company.kam_grace_days)), ('date_end', '<=', day.today + timedelta(days=max(CHECKPOINTS)))])
        pending = agreements.filtered(lambda agreement: agreement._outcome_on(day.today) == 'pending')
        for account, due in pending.grouped('partner_id').items():
            due = due.sorted('date_end')
            points = {agreement.id: self._checkpoint(agreement, day) for agreement in due}
            first = due[0]
            yield Signal(
                account.id, 'renewal', "renewal:" + ','.join(f'{key}@{point}' for key, point in sorted(points.items())),
                CHECKPOINTS[points[first.id]], sum(self._worth(agreement, day) for agreement in due), first.date_end,
                {'end': fields.Date.to_string(first.date_end), 'count': len(due), 'worth': round(self._worth(first, day))}, first)

    def _checkpoint(self, agreement, day):
        return min(point for point in CHECKPOINTS if agreement.date_end <= day.today + timedelta(days=point))

    def _worth(self, agreement, day):
        return agreement.currency_id._convert(agreement.annual_value, day.company.currency_id, day.company, day.today)

    def _words_renewal(self, figures, source):
        name = source.name if source else self.env._("An agreement")
        left = -self._days_since(figures['end'])
        if left >= 0:
            reason = self.env._(
                "“%(agreement)s” (%(worth)s a year) ends in %(days)s days.", agreement=name, worth=self._money(figures['worth']), days=left)
        else:
            reason = self.env._(
                "“%(agreement)s” (%(worth)s a year) ended %(days)s days ago and is not renewed.",
                agreement=name, worth=self._money(figures['worth']), days=-left)
        if figures['count'] > 1:
            reason += " " + self.env._("%(count)s agreements are due.", count=figures['count'])
        return reason, self.env._("Agree on the renewal, and note what endangers it.")

    def _signals_plan(self, day):
        plans = self.env['kam.plan'].search([
            ('company_id', '=', day.company.id), ('partner_id', 'in', day.ids), ('state', 'in', ('draft', 'running')),
            ('worked_on', '<', day.today - timedelta(days=STALE_DAYS))], order='year desc, id desc')
        for account, stale in plans.grouped('partner_id').items():
            plan = stale[-1]
            touched = plan.worked_on
            yield Signal(
                account.id, 'plan', f'plan:{plan.id}:{touched}', 1, day.revenue.get(account.id), touched + timedelta(days=STALE_DAYS),
                {'touched': fields.Date.to_string(touched)}, plan)

    def _words_plan(self, figures, source):
        reason = self.env._(
            "Nothing changed in the plan %(plan)s for %(days)s days.", plan=source.display_name if source else "",
            days=self._days_since(figures['touched']))
        return reason, self.env._("Go through it: what is done, what is next?")

    def _signals_review(self, day):
        reviews = self.env['kam.review'].search([
            ('company_id', '=', day.company.id), ('partner_id', 'in', day.ids), ('state', '=', 'draft'), ('date_end', '<', day.today),
        ], order='date_end desc, id desc')
        for account, drafts in reviews.grouped('partner_id').items():
            review = drafts[0]
            due = review.date_meeting or review.date_end + timedelta(days=REVIEW_DAYS)
            yield Signal(
                account.id, 'review', f'review:{review.id}', 2, day.revenue.get(account.id), due, {'due': fields.Date.to_string(due)}, review)

    def _words_review(self, figures, source):
        reason = self.env._(
            "The review %(review)s is a draft; it is due on %(day)s.", review=source.display_name if source else "",
            day=self._day_text(figures['due']))
        return reason, self.env._("Write what the figures mean, and share it.")
