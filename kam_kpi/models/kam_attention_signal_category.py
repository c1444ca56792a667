from collections import defaultdict

from odoo import fields, models
from odoo.tools import SQL

from ..tools import rhythm
from ..tools.period import shift_months
from .kam_attention_day import Signal


class KamAttentionSignalCategory(models.Model):
    """Categories an account used to buy quarter by quarter and buys no more; a large order of another hides none."""

    _inherit = 'kam.attention'

    def _signals_category(self, day):
        running, _stop = day.company._kam_period('quarter', day.today)
        starts = [shift_months(running, -3 * back) for back in range(5, -1, -1)]
        lost = defaultdict(list)
        for (account_id, categ_id), amounts in self._by_quarter(day, starts).items():
            worth = rhythm.lost_category(amounts[:5], amounts[5])
            if worth:
                lost[account_id].append((worth, categ_id))
        for account_id, rows in lost.items():
            rows.sort(reverse=True)
            ids = [categ_id for _worth, categ_id in rows]
            yield Signal(
                account_id, 'lost_category', f"category:{','.join(map(str, sorted(ids)))}", 3, sum(worth for worth, _id in rows),
                starts[-1], {
                    'categories': ids, 'worth': round(rows[0][0]), 'since': fields.Date.to_string(starts[-2])},
                self.env['product.category'].browse(ids[0]))

    def _by_quarter(self, day, starts):
        """{(account, category): [amounts of five full quarters, and of the running one]}."""
        rows = self.env.execute_query(SQL(
            """SELECT partner_id, categ_id, width_bucket(date, %s::date[]), SUM(amount)
                 FROM kam_fact_category WHERE company_id = %s AND measure_id = ANY(%s) AND partner_id = ANY(%s) AND categ_id IS NOT NULL
                  AND date >= %s AND date <= %s
                GROUP BY 1, 2, 3""",
            starts, day.company.id, list(day.measure_ids('revenue')), day.ids, starts[0], day.today))
        found = defaultdict(lambda: [0.0] * 6)
        for partner_id, categ_id, bucket, amount in rows:
            found[partner_id, categ_id][bucket - 1] = float(amount)
        return found

    def _words_lost_category(self, figures, source):
        name = source.with_env(self.env).sudo().display_name if source else self.env._("A category")  # sudo: a name
        since, worth = self._day_text(figures['since']), self._money(figures['worth'])
        others = len(figures['categories']) - 1
        if others:
            reason = self.env._(
                "%(category)s and %(others)s more not bought since %(since)s; it brought %(worth)s a quarter.",
                category=name, others=others, since=since, worth=worth)
        else:
            reason = self.env._(
                "%(category)s not bought since %(since)s; it brought %(worth)s a quarter.", category=name, since=since, worth=worth)
        return reason, self.env._("Ask who supplies it now, and offer it again.")
