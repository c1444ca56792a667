import os

from odoo.tests import tagged
from odoo.tools import SQL

from .test_refresh_property import FIRST_SEED, HistoryCase

SEEDS = int(os.environ.get('KAM_SEEDS', '5'))
COLUMNS = """kpi_id, scope, subject_id, frequency, date_start, date_end, partner_id, user_id, team_id, numerator, denominator, value, state, reason,
             sample_size, margin, flags, closed, is_current, restated_value, restated_on"""


@tagged('post_install', '-at_install')
class TestValuesFollowFacts(HistoryCase):
    """After any sequence of edits the values a refresh leaves are those which are made when all are made anew."""

    stores_values = True

    def problems(self):
        self.env['kam.fact'].refresh()
        left = self._values()
        self.env['kam.kpi.value']._refresh()
        right = self._values()
        return [f"{'made anew' if row in right else 'left'}: {row}" for row in sorted(left ^ right, key=str)][:20]

    def _values(self):
        self.env.flush_all()
        return {tuple(row) for row in self.env.execute_query(SQL("SELECT %s FROM kam_kpi_value WHERE active", SQL(COLUMNS)))}

    def test_random_histories(self):
        failures = []
        for seed in range(FIRST_SEED, FIRST_SEED + SEEDS):
            if problems := self.history(seed):
                failures.append(self.failure(seed, problems))
        self.assertFalse(failures, f"{len(failures)} of {SEEDS} histories; the first:\n" + "\n\n".join(failures[:2]))
