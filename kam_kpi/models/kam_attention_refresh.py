from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..fields import is_same
from ..tools import attention
from .kam_attention import LANES, OPEN
from .kam_attention_day import Day
from .kam_fact_refresh import LOCK

SIGNALS = ('touch', 'voice', 'target', 'rhythm', 'basket', 'category', 'renewal', 'plan', 'review', 'alert')
# What was handled and still is so comes back after so many days.
RETURN_DAYS = 30
BUSY_MINUTES = 10


class KamAttentionRefresh(models.Model):
    """Keeps the list equal to what the signals say: ten runs give what one gives."""

    _inherit = 'kam.attention'

    @api.model
    def _refresh(self, partner_ids=None):
        """Bring the list up to date, of these accounts or (None) of all, in every company.

        The number of queries does not depend on how many accounts there are.
        """
        items = self.sudo()  # sudo: the list is made for everybody, whoever starts the refresh; the rules decide who sees it
        items.env.flush_all()
        if partner_ids is not None:
            partner_ids = items._concerned(partner_ids)
            if not partner_ids:
                return
        companies = items.env['kam.kpi.value']._companies() | items.search([('state', 'in', OPEN)]).company_id
        for company in companies:
            # Activities are shown in Odoo at once; a mail for each of a morning's worth would be no help.
            items.with_company(company).with_context(
                allowed_company_ids=company.ids, mail_activity_quick_update=True)._refresh_company(partner_ids)

    def _concerned(self, partner_ids):
        """The ids among these of accounts which are or were on the list's watch: most customers are no key accounts."""
        key = self.env['res.partner'].search([('id', 'in', list(partner_ids)), ('is_key_account', '=', True)])
        listed = self.search([('partner_id', 'in', list(partner_ids)), ('state', 'in', OPEN)]).partner_id
        return (key | listed).ids

    @api.model
    def _cron_refresh(self):
        """Nightly: what time alone brings up or ends, and what is no longer snoozed.

        While the figures are being refreshed, which keeps the list as well, it waits for a while.
        """
        [(free,)] = self.env.execute_query(SQL("SELECT pg_try_advisory_xact_lock(%s)", LOCK))
        if free:
            self._refresh()
        else:
            self.env.ref('kam_kpi.ir_cron_kam_attention')._trigger(fields.Datetime.now() + timedelta(minutes=BUSY_MINUTES))

    def _refresh_company(self, partner_ids):
        day = Day(self.env, partner_ids)
        found = {}
        for name in SIGNALS:
            for signal in getattr(self, f'_signals_{name}')(day):
                found[signal.partner_id, signal.kind] = signal
        domain = Domain([('company_id', '=', self.env.company.id), ('state', 'in', OPEN)])
        if partner_ids is not None:
            domain &= Domain('partner_id', 'in', list(partner_ids))
        present = {(item.partner_id.id, item.kind): item for item in self.search(domain)}
        self.concat(*(item for key, item in present.items() if key not in found))._close('gone')
        for key, item in present.items():
            if key in found:
                item._follow(self._signal_values(found[key], day), day)
        handled = self._handled_causes(day)
        created = self.create([
            {**self._signal_values(signal, day), 'date_opened': day.today} for key, signal in found.items()
            if key not in present and (*key, signal.cause) not in handled])
        lasting = self.concat(created, *(item for key, item in present.items() if key in found))
        lasting._sync_activities(day)

    def _signal_values(self, signal, day):
        user = day.users.get(signal.partner_id)
        source = signal.source
        return {
            'partner_id': signal.partner_id,
            'company_id': day.company.id,
            'user_id': user.id if user else False,
            'kind': signal.kind,
            'lane': LANES[signal.kind],
            'cause': signal.cause,
            'figures': signal.figures,
            'value': day.company.currency_id.round(signal.value or 0.0),
            'severity': signal.severity,
            'rank': round(attention.rank(signal.severity, signal.value, (day.today - signal.due).days), 4),
            'date_due': signal.due,
            'res_model': source._name if source else False,
            'res_id': source.id if source else False,
        }

    def _follow(self, vals, day):
        """Take over what the signal says now; another cause, or the day it was put off to, brings a snoozed item back."""
        if self.state == 'snoozed' and (vals['cause'] != self.cause or self.snoozed_until <= day.today):
            vals.update(state='open', snoozed_until=False, snooze_reason=False)
        record = self._convert_to_write({name: self[name] for name in vals})
        changed = {name: value for name, value in vals.items() if not is_same(value, record[name])}
        if changed:
            self.write(changed)

    def _handled_causes(self, day):
        """{(account id, kind, cause)} of what was handled lately."""
        items = self.search_fetch([
            ('company_id', '=', day.company.id), ('partner_id', 'in', day.ids), ('state', '=', 'handled'),
            ('date_closed', '>', day.today - timedelta(days=RETURN_DAYS))], ['partner_id', 'kind', 'cause'])
        return {(item.partner_id.id, item.kind, item.cause) for item in items}

    def _close(self, state):
        """End these: 'gone' with their cause, or 'handled' by somebody. Their open activities go with them."""
        activities = self.activity_id
        self._settle(state)
        activities.with_context(kam_attention_closing=True).unlink()

    def _settle(self, state='handled'):
        """End these and leave their activities as they are: somebody did or cancelled them."""
        for company, items in self.grouped('company_id').items():
            items.write({
                'state': state, 'date_closed': company._kam_today(), 'activity_id': False, 'snoozed_until': False, 'snooze_reason': False})

    @api.model
    def _merge_accounts(self, source_ids, destination_id):
        """Merged accounts are looked at anew: what was open for those that go is over."""
        self.sudo().search([  # sudo: merging is the wizard's right
            ('partner_id', 'in', list(source_ids)), ('state', 'in', OPEN)])._close('gone')

    @api.autovacuum
    def _gc_closed(self):
        """Forget what has been over for a year."""
        limit = fields.Date.subtract(self.env.company._kam_today(), years=1)
        self.sudo().search([('date_closed', '<', limit)], limit=10000).unlink()  # sudo: nobody else deletes them
