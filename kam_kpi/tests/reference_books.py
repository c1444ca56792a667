"""The second opinion on the figures of the books and the account plans."""
from dateutil.relativedelta import relativedelta

HALF_A_CENT = 0.005


def year_before(day):
    return day - relativedelta(months=12)


class BooksReference:
    """Figures as the text defines them; ``ratio``, ``amount`` and ``no_data`` say how they are reported."""

    # growth

    def sales_growth_pop_pct(self):
        months = self.whole_months(self.start, self.stop)
        before = self.start - relativedelta(months=months) if months else self.start - (self.stop - self.start)
        until = self.start if self.to == self.stop else min(self.start, before + (self.to - self.start))
        return self.growth(self.revenue_in(self.start, self.to), self.revenue_in(before, until))

    def sales_growth_ytd_pct(self):
        first = (self.to - relativedelta(days=1)).replace(month=1, day=1)
        return self.growth(self.revenue_in(first, self.to), self.revenue_in(year_before(first), year_before(self.to)))

    def growth(self, now, before):
        return self.ratio(now - before, before)

    def cohort(self):
        """[(opening, closing)] of the accounts that bought in the twelve months before the last twelve."""
        middle = year_before(self.to)
        totals = self.tables(lambda line: None, (year_before(middle), middle), (middle, self.to))
        return [keys[None] for keys in totals.values() if keys[None][0] > HALF_A_CENT]

    def logo_churn_pct(self):
        cohort = self.cohort()
        return self.ratio(sum(now <= HALF_A_CENT for _before, now in cohort), len(cohort))

    def revenue_churn_pct(self):
        cohort = self.cohort()
        if not cohort and self.single:
            return self.no_data('not_in_cohort')
        opening = sum(before for before, _now in cohort)
        return self.ratio(opening - sum(max(0, min(now, before)) for before, now in cohort), opening)

    def expansion_rate_pct(self):
        middle = year_before(self.to)
        buckets = self.buckets(self.tables(self.key('category'), (year_before(middle), middle), (middle, self.to)))
        return self.ratio(buckets['upsell'] + buckets['cross_sell'], sum(before for before, _now in self.cohort()))

    def category_penetration(self):
        middle = year_before(self.to)
        buying = [keys for keys in self.tables(self.key('category'), (middle, middle), (middle, self.to)).values()
                  if sum(now for _before, now in keys.values()) > HALF_A_CENT]
        return self.ratio(sum(now > HALF_A_CENT for keys in buying for _before, now in keys.values()), len(buying), scale=1)

    # orders

    def bookings(self):
        return self.amount(sum(row[2] for row in self.events(self.docs.orders)))

    def contracts_signed(self):
        return self.amount(sum(row[3] for row in self.events(self.docs.orders)))

    def interactions_per_win(self):
        return self.ratio(self.interactions_count()['value'], self.contracts_signed()['value'], scale=1)

    # customers

    def newcomers(self, accounts, start):
        return sum(start <= day < self.to for account, day in self.docs.firsts.items() if account in accounts)

    def new_accounts(self):
        return self.amount(self.newcomers(self.accounts, self.start))

    def cac(self):
        if self.single or not self.docs.knows_acquisition:
            return self.no_data('source_missing')
        start = year_before(self.to)
        cost = sum(cost for day, cost in self.docs.acquired if start <= day < self.to)
        return self.ratio(cost, self.newcomers(set(self.docs.firsts), start), scale=1)

    # profit

    def covered(self, start):
        """Revenue and profit of the lines whose cost is known, and whether that is enough of them."""
        lines = self.events(self.docs.lines, start, self.to)
        covered = [line for line in lines if line[4] is not None]
        whole, known = sum(abs(line[3]) for line in lines), sum(abs(line[3]) for line in covered)
        return sum(line[3] - line[4] for line in covered), not whole or known / whole >= 0.8

    def gross_profit(self, start=None):
        profit, enough = self.covered(start or self.start)
        return self.amount(profit) if enough else self.no_data('low_coverage')

    def clv_historic(self):
        return self.gross_profit(self.start.replace(year=1900, day=1))

    def contribution_margin_pct(self):
        profit, enough = self.covered(self.start)
        if not enough:
            return self.no_data('low_coverage')
        return self.ratio(profit - sum(row[2] for row in self.events(self.docs.spent)), self.revenue_in(self.start, self.to))

    def net_profit_margin_pct(self):
        if not self.whole:
            return self.contribution_margin_pct()
        earned = [row for row in self.docs.earned if self.start <= row[0] < self.to]
        profit = sum(amount for _day, kind, amount in earned if kind.startswith(('income', 'expense')))
        return self.ratio(profit, sum(amount for _day, kind, amount in earned if kind == 'income'))

    # agreements and goals

    def decided(self):
        """[(due, value of the next one or None)] of the agreements whose fate is known; None when all are pending."""
        ended = self.events(self.docs.agreements)
        known = [(due, new) for _account, _end, due, new, lost, grace in ended if new is not None or lost or grace < self.docs_today()]
        return None if ended and not known else known

    def docs_today(self):
        return self.today

    def renewals(self, kept, due):
        decided = self.decided()
        if decided is None:
            return self.no_data('immature')
        return self.ratio(sum(kept(*row) for row in decided), sum(due(*row) for row in decided))

    def renewal_rate_pct(self):
        return self.renewals(lambda due, new: min(new or 0, due), lambda due, _new: due)

    def net_renewal_rate_pct(self):
        return self.renewals(lambda _due, new: new or 0, lambda due, _new: due)

    def renewal_count_rate_pct(self):
        return self.renewals(lambda _due, new: new is not None, lambda _due, _new: 1)

    def customer_outcome_pct(self):
        goals = self.events(self.docs.goals)
        return self.ratio(sum(row[2] * row[3] for row in goals), sum(row[2] for row in goals))

    def interactions_per_outcome(self):
        return self.ratio(self.interactions_count()['value'], sum(row[4] for row in self.events(self.docs.goals)), scale=1)

    # wallets

    def share_of_wallet_pct(self):
        sold, wallet = 0, 0
        for account in self.accounts:
            known = [estimate for estimate in self.docs.wallets.get(account, []) if self.to - relativedelta(months=24) <= estimate[0] < self.to]
            if known:
                wallet += known[-1][1]
                below = self.docs.wallets[account][-1][2]
                sold += sum(
                    line[3] for line in self.docs.lines if line[0] == account and year_before(self.to) <= line[1] < self.to
                    and (below is None or line[2].categ_id in below))
        return self.ratio(sold, wallet) if wallet else self.no_data('source_missing')
