from datetime import timedelta

from odoo import fields, models

from .kam_attention_day import Signal, Touch

DAYS_A_MONTH = 365 / 12
# A meeting as near as this is as good as held.
PLANNED_DAYS = 14


class KamAttentionSignalTouch(models.Model):
    """Touch-points that are overdue by the cadence of the tier.

    *Touch-point*: nobody met, called or wrote with the account for longer than
    its tier allows. *Meeting*: there was contact, but two meetings in a row are
    missing. A meeting planned in the next two weeks answers both.
    """

    _inherit = 'kam.attention'

    def _signals_touch(self, day):
        for account in day.accounts.filtered('kam_tier_id'):
            touch = day.touches.get(account.id, Touch())
            if touch.planned and touch.planned <= day.today + timedelta(days=PLANNED_DAYS):
                continue
            signal = self._touch_signal(day, account, touch) or self._meeting_signal(day, account, touch)
            if signal:
                yield signal

    def _touch_signal(self, day, account, touch):
        limit = account.kam_tier_id.contact_days
        since = touch.any or account.kam_since_date
        if not limit or not since or since + timedelta(days=limit) >= day.today:
            return None
        return Signal(
            account.id, 'touch', f'touch:{since}', 3, day.revenue.get(account.id), since + timedelta(days=limit),
            {'last': touch.any and fields.Date.to_string(touch.any), 'limit': limit, 'tier': account.kam_tier_id.code})

    def _meeting_signal(self, day, account, touch):
        monthly = account.kam_tier_id.meetings_per_month
        since = touch.meeting or account.kam_since_date
        if not monthly or not since:
            return None
        limit = round(2 * DAYS_A_MONTH / monthly)
        if since + timedelta(days=limit) >= day.today:
            return None
        return Signal(
            account.id, 'meeting', f'meeting:{since}', 2, day.revenue.get(account.id), since + timedelta(days=limit),
            {'last': touch.meeting and fields.Date.to_string(touch.meeting), 'limit': limit, 'tier': account.kam_tier_id.code})

    def _words_touch(self, figures, source):
        if figures['last']:
            reason = self.env._(
                "No contact for %(days)s days; tier %(tier)s is owed one every %(limit)s.", days=self._days_since(figures['last']),
                tier=figures['tier'], limit=figures['limit'])
        else:
            reason = self.env._("No contact on record; tier %(tier)s is owed one every %(limit)s days.", tier=figures['tier'], limit=figures['limit'])
        return reason, self.env._("Call them and note what moves them now.")

    def _words_meeting(self, figures, source):
        if figures['last']:
            reason = self.env._(
                "No meeting for %(days)s days; for tier %(tier)s two are missed after %(limit)s.", days=self._days_since(figures['last']),
                tier=figures['tier'], limit=figures['limit'])
        else:
            reason = self.env._("No meeting on record; for tier %(tier)s two are missed after %(limit)s days.", tier=figures['tier'], limit=figures['limit'])
        return reason, self.env._("Propose a date for a meeting.")
