"""A second opinion on every figure: slow, in plain Python over the ORM, and without a line of the engine."""
from collections import defaultdict
from datetime import timedelta

from dateutil.relativedelta import relativedelta

from .reference_books import BooksReference

HALF_A_CENT = 0.005
RETENTION = ('nrr_pct', 'grr_pct', 'logo_retention_pct', 'upsell_ratio_pct', 'cross_sell_ratio_pct')
BUCKETS = ('opening', 'new', 'upsell', 'cross_sell', 'contraction', 'churn', 'closing')


def year_before(day):
    return day - relativedelta(months=12)


def whole_months(start, stop):
    """The number of calendar months from one day to another, 0 when they are no month's first days."""
    if (start.day, stop.day) != (1, 1):
        return 0
    return (stop.year - start.year) * 12 + stop.month - start.month


def no_data(reason, numerator=None, denominator=None):
    return {'value': None, 'state': 'no_data', 'reason': reason, 'numerator': numerator, 'denominator': denominator}


def ratio(numerator, denominator, scale=100):
    if denominator <= HALF_A_CENT / 1000:
        return no_data('zero_denominator', numerator, denominator)
    return {'value': scale * numerator / denominator, 'state': 'ok', 'reason': False, 'numerator': numerator, 'denominator': denominator}


def amount(value):
    return {'value': value, 'state': 'ok', 'reason': False, 'numerator': value, 'denominator': None}


class Reference(BooksReference):
    """Every shipped KPI from :class:`~.reference_documents.Documents`; nothing of the day ``today`` and later is known."""

    ratio, amount, no_data, whole_months = map(staticmethod, (ratio, amount, no_data, whole_months))

    def __init__(self, documents, today):
        self.docs, self.today = documents, today

    def measure(self, code, accounts, start, stop, single, whole=False):
        """The figure as ``kam.kpi`` reports it, of a single account, of some accounts together, or of the ``whole`` company."""
        if start >= self.today:
            return no_data('future_period')
        self.accounts, self.start, self.stop, self.to = set(accounts), start, stop, min(stop, self.today)
        self.single, self.whole = single, whole
        if code in RETENTION:
            return self.retention(code, single)
        return getattr(self, code)()

    def events(self, rows, start=None, to=None):
        return [row for row in rows if row[0] in self.accounts and (start or self.start) <= row[1] < (to or self.to)]

    def revenue_in(self, start, to):
        return sum(line[3] for line in self.events(self.docs.lines, start, to))

    def revenue(self):
        return amount(self.revenue_in(self.start, self.to))

    def sales_growth_yoy_pct(self):
        now, before = self.revenue_in(self.start, self.to), self.revenue_in(year_before(self.start), year_before(self.to))
        return ratio(now - before, before)

    def gross_margin_pct(self):
        lines = self.events(self.docs.lines)
        covered = [line for line in lines if line[4] is not None]
        whole, known = sum(abs(line[3]) for line in lines), sum(abs(line[3]) for line in covered)
        sold = sum(line[3] for line in covered)
        profit = sold - sum(line[4] for line in covered)
        if whole and known / whole < 0.8:
            return no_data('low_coverage', profit, sold)
        return ratio(profit, sold)

    # retention: twelve months against the twelve before

    def retention(self, code, single):
        start = year_before(self.to)
        before = year_before(start)
        totals = self.tables(lambda line: None, (before, start), (start, self.to))
        cohort = {account: keys[None] for account, keys in totals.items() if keys[None][0] > HALF_A_CENT}
        opening = sum(before for before, _now in cohort.values())
        if code in ('upsell_ratio_pct', 'cross_sell_ratio_pct'):
            buckets = self.buckets(self.tables(self.key('category'), (before, start), (start, self.to)))
            return ratio(buckets[code.removesuffix('_ratio_pct')], opening)
        if not cohort and single and code != 'logo_retention_pct':
            return no_data('not_in_cohort')
        if code == 'logo_retention_pct':
            return ratio(sum(now > HALF_A_CENT for _before, now in cohort.values()), len(cohort))
        if code == 'grr_pct':
            return ratio(sum(max(0, min(now, before)) for before, now in cohort.values()), opening)
        return ratio(sum(now for _before, now in cohort.values()), opening)

    def key(self, level):
        return {
            'category': lambda line: line[2].categ_id, 'template': lambda line: line[2].product_tmpl_id, 'product': lambda line: line[2],
        }[level]

    def tables(self, key, before, now):
        """``{account: {key: (opening, closing)}}`` of two windows."""
        tables = defaultdict(lambda: defaultdict(lambda: [0.0, 0.0]))
        for number, window in enumerate([before, now]):
            for line in self.events(self.docs.lines, *window):
                tables[line[0]][key(line)][number] += line[3]
        return {account: {key: tuple(round(value, 2) for value in pair) for key, pair in keys.items()} for account, keys in tables.items()}

    def buckets(self, tables):
        result = dict.fromkeys(BUCKETS, 0.0)
        for keys in tables.values():
            opening, closing = (sum(pair[side] for pair in keys.values()) for side in (0, 1))
            result['opening'] += opening
            result['closing'] += closing
            if opening <= HALF_A_CENT:
                result['new' if closing >= opening else 'contraction'] += abs(closing - opening)
            elif closing <= HALF_A_CENT:
                result['churn'] += opening - closing
            else:
                for before, now in keys.values():
                    bucket = 'contraction' if now < before else 'upsell' if abs(before) > HALF_A_CENT else 'cross_sell'
                    result[bucket] += abs(now - before)
        return result

    def bridge(self, accounts, start, stop, level):
        """The revenue bridge against the window of equal length before."""
        self.accounts, to = set(accounts), min(stop, self.today)
        months = whole_months(start, stop)
        before = start - relativedelta(months=months) if months else start - (stop - start)
        # While the window runs, as many days of the one before as have passed of it.
        before_to = start if to == stop else min(start, before + (to - start))
        return self.buckets(self.tables(self.key(level), (before, before_to), (start, to)))

    # voices

    def latest(self, purpose, start):
        """The last answers within the window: one a person (and question)."""
        answers = sorted(self.events(self.docs.answers[purpose], start, self.to), key=lambda row: row[2])
        return list({row[3]: row[4] for row in answers}.values())

    def voices(self, votes, score):
        if len(votes) < 5:
            return no_data('insufficient_sample', score, len(votes))
        return ratio(score, len(votes))

    def csat_pct(self):
        votes = [row[2] for row in self.events(self.docs.ratings)] + self.latest('csat', self.start)
        return self.voices(votes, sum(votes))

    def nps(self):
        votes = self.latest('nps', year_before(self.to))
        return self.voices(votes, sum(votes))

    # efforts

    def distinct(self, *sources):
        """How many different things: those which take days, once they are over."""
        return len({row[2] for rows in sources for row in self.events(rows) if len(row) < 4 or row[3] < self.today})

    def interactions_count(self):
        return amount(self.distinct(self.docs.meetings, self.docs.calls, self.docs.exchanges))

    def meeting_frequency(self):
        months = whole_months(self.start, self.to) or (self.to - self.start) / timedelta(days=30.4375)
        return ratio(self.distinct(self.docs.meetings), len(self.accounts) * months, scale=1)

    def win_rate_pct(self):
        closed = self.events(self.docs.closed)
        return ratio(sum(won for _account, _day, won in closed), len(closed))

    def qualified_leads_count(self):
        return amount(self.distinct(self.docs.qualified))
