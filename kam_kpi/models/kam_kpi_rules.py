from datetime import timedelta
from functools import cached_property
from typing import NamedTuple

from ..tools import statistics


class Check(NamedTuple):
    """An outcome besides ok, as its record says: ``part`` names the sum it looks at."""
    part: str
    below: float
    outcome: str
    code: str
    account_only: bool

    def holds(self, total):
        """Whether the outcome holds for the formula's sum."""
        return total < self.below if self.below else total > 0


class Rules:
    """How the sums of one KPI become a value or no data, for one period; its definition is read once for all scopes.

    :param kpi: the KPI
    :param date_start: the half-open period
    """

    def __init__(self, kpi, date_start, date_stop):
        company = kpi.env.company
        self._kpi, self._period = kpi, (date_start, date_stop)
        self.company_only, self.scale = kpi.company_only, kpi.scale
        self.has_denominator, self.has_sample = bool(kpi.denominator), bool(kpi.sample)
        self.has_coverage, self.has_squares = bool(kpi.coverage), bool(kpi.squares and kpi.denominator)
        self.min_sample, self.min_coverage = kpi.min_sample, kpi.min_coverage
        self.checks = [Check(f'check {check.id}', check.below, check.outcome, check.code, check.account_only) for check in kpi.check_ids]
        self.half_rounding = company.currency_id.rounding / 2
        self.plain_from = company.kam_min_sample
        days = kpi._days_to_mature()
        self.immature = bool(days and kpi._base_window(date_start, date_stop).stop + timedelta(days=days) > kpi._as_of())

    def outcome(self, sums, kind):
        """Turn the sums of the KPI's formulas into a value, or into no data with its reason.

        :param sums: {part: number or None}
        :param kind: what the figure is of: an 'account', or accounts together
        """
        if self.company_only and kind not in ('company', 'group'):
            return no_data('source_missing')
        numerator = sums.get('numerator', 0.0)
        denominator = sums.get('denominator', 0.0) if self.has_denominator else None
        counted = sums.get('sample') if self.has_sample else denominator if self.min_sample else 0
        known = {'numerator': numerator, 'denominator': denominator, 'sample_size': round(counted or 0)}
        holding = [check for check in self.checks if (kind == 'account' or not check.account_only) and check.holds(sums.get(check.part) or 0)]
        reason = self.reason(sums, known, holding)
        if reason:
            return no_data(reason, **known)
        value = self.scale * numerator / (denominator if self.has_denominator else 1)
        return {**known, 'value': value, 'state': 'ok', 'reason': None, 'flags': self._flags(known, holding), 'margin': self._margin(sums, known)}

    def reason(self, sums, known, holding=()):
        """Why there is no data, or None; ``holding``: the checks that hold."""
        withdrawn = next((check.code for check in holding if check.outcome == 'no_data'), None)
        if withdrawn:
            return withdrawn
        if known['sample_size'] < self.min_sample:
            return 'insufficient_sample'
        whole = sums.get('coverage_denominator') or 0
        if self.has_coverage and whole > 0 and (sums.get('coverage') or 0) / whole < self.min_coverage:
            return 'low_coverage'
        if known['numerator'] is None or self.has_denominator and known['denominator'] is None:
            return self._unknown
        if self.has_denominator and known['denominator'] < self.half_rounding:
            return 'zero_denominator'
        return None

    @cached_property
    def _unknown(self):
        return self._kpi._why_unknown(*self._period)

    def _flags(self, known, holding):
        flags = [check.code for check in holding]
        if self.min_sample and known['sample_size'] < self.plain_from:
            flags.append('low_sample')
        if self.immature:
            flags.append('immature')
        return flags

    def _margin(self, sums, known):
        """Half the 95 % interval, for scores whose squares are known; None otherwise."""
        if not self.has_squares:
            return None
        return statistics.score_margin(known['numerator'], sums.get('squares') or 0, known['denominator'], self.scale)


def no_data(reason, **known):
    """The result of a KPI without a value."""
    return {'numerator': None, 'denominator': None, 'sample_size': 0, 'margin': None, 'flags': [], **known,
            'value': None, 'state': 'no_data', 'reason': reason}
