from collections import defaultdict
from datetime import timedelta

from odoo import fields, models
from odoo.tools import SQL

from ..tools import rhythm
from .kam_attention_day import Signal

LOOK_BACK_DAYS = 3 * 365


class KamAttentionSignalRhythm(models.Model):
    """Buying against the account's own rhythm: late orders and less value.

    Orders are those confirmed in Odoo; an account without any buys by invoices.
    """

    _inherit = 'kam.attention'

    def _signals_rhythm(self, day):
        orders, revenue, _lines = self._buying(day)
        for account_id in day.ids:
            amounts = revenue.get(account_id, {})
            bought = orders.get(account_id) or {date: amount for date, amount in amounts.items() if amount > 0}
            late = rhythm.late_order(bought, day.today)
            if late:
                yield Signal(
                    account_id, 'late_order', f'order:{late.last}', 4, late.at_stake, late.last + timedelta(days=round(late.gap)),
                    {'last': fields.Date.to_string(late.last), 'gap': round(late.gap)})
            drop = rhythm.value_drop(amounts, day.today)
            if drop:
                yield Signal(
                    account_id, 'value_drop', f'value:{day.company._kam_period("quarter", day.today)[0]}', 4, drop.before - max(drop.now, 0), day.today,
                    {'now': round(drop.now), 'before': round(drop.before)})

    def _signals_basket(self, day):
        _orders, _revenue, lines = self._buying(day)
        for account_id, by_day in lines.items():
            shrunk = rhythm.shrinking_basket(by_day, day.today)
            if shrunk:
                yield Signal(
                    account_id, 'basket', f'basket:{day.company._kam_period("quarter", day.today)[0]}', 2, day.revenue.get(account_id), day.today,
                    {'now': shrunk.now, 'before': shrunk.before})

    def _buying(self, day):
        """Return ({account: {day: ordered}}, {account: {day: revenue, credits included}}, {account: {day: invoice lines}}), read once a day."""
        if not hasattr(day, 'buying'):
            day.buying = self._read_buying(day)
        return day.buying

    def _read_buying(self, day):
        codes = day.measure_ids('bookings', 'revenue')
        rows = self.env.execute_query(SQL(
            """SELECT partner_id, measure_id, date, SUM(amount), SUM(count)
                 FROM kam_fact WHERE company_id = %s AND measure_id = ANY(%s) AND partner_id = ANY(%s) AND date > %s AND date <= %s
                GROUP BY partner_id, measure_id, date""",
            day.company.id, list(codes), day.ids, day.ago(LOOK_BACK_DAYS), day.today))
        orders, revenue, lines = defaultdict(dict), defaultdict(dict), defaultdict(dict)
        for partner_id, measure_id, date, amount, count in rows:
            amount = float(amount)
            if codes[measure_id] == 'bookings':
                if amount > 0:
                    orders[partner_id][date] = amount
                continue
            revenue[partner_id][date] = amount
            if amount > 0:
                lines[partner_id][date] = count
        return orders, revenue, lines

    def _words_late_order(self, figures, source):
        reason = self.env._(
            "No order for %(days)s days; usually one every %(gap)s.", days=self._days_since(figures['last']), gap=figures['gap'])
        return reason, self.env._("Ask what they plan, and whether somebody else delivers.")

    def _words_value_drop(self, figures, source):
        reason = self.env._(
            "%(now)s in 90 days, against %(before)s at least in a usual quarter and in the season.",
            now=self._money(figures['now']), before=self._money(figures['before']))
        return reason, self.env._("Find out what they buy less of, and why.")

    def _words_basket(self, figures, source):
        reason = self.env._(
            "%(now)g lines an order in 90 days, usually %(before)g.", now=figures['now'], before=figures['before'])
        return reason, self.env._("See which offerings dropped out of their orders.")
