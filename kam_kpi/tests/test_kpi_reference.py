import os
from datetime import date
from random import Random

from odoo.tests import tagged

from .documents import DocumentsCase
from .reference import BUCKETS, RETENTION
from .reference_service import SERVICE_CODES, ServiceDocuments, ServiceReference
from .reference_world import ReferenceWorld

SEEDS = int(os.environ.get('KAM_SEEDS', '10'))
FIRST_SEED = int(os.environ.get('KAM_FIRST_SEED', '1'))
EDITS = 8
CODES = [
    'revenue', 'sales_growth_yoy_pct', 'gross_margin_pct', *RETENTION, 'csat_pct', 'nps', 'interactions_count', 'meeting_frequency', 'win_rate_pct',
    'qualified_leads_count', *SERVICE_CODES,
    # the books and the account plans
    'sales_growth_pop_pct', 'sales_growth_ytd_pct', 'logo_churn_pct', 'revenue_churn_pct', 'expansion_rate_pct', 'category_penetration',
    'bookings', 'contracts_signed', 'interactions_per_win', 'new_accounts', 'cac', 'gross_profit', 'clv_historic', 'contribution_margin_pct',
    'net_profit_margin_pct', 'renewal_rate_pct', 'net_renewal_rate_pct', 'renewal_count_rate_pct', 'customer_outcome_pct',
    'interactions_per_outcome', 'share_of_wallet_pct',
]
# Of the company as a whole they are something else than of all accounts together.
OF_THE_COMPANY = ['new_accounts', 'cac', 'net_profit_margin_pct']
WINDOWS = [
    (date(2025, 3, 1), date(2025, 4, 1)),
    (date(2025, 10, 1), date(2026, 1, 1)),
    (date(2025, 9, 10), date(2026, 2, 20)),
    (date(2025, 1, 1), date(2026, 1, 1)),
    (date(2024, 2, 1), date(2024, 3, 1)),
    (date(2026, 6, 1), date(2026, 7, 1)),
    (date(2026, 4, 1), date(2026, 7, 1)),
    (date(2026, 1, 1), date(2027, 1, 1)),
    (date(2026, 7, 1), date(2026, 10, 1)),
]
COMPARED = ('numerator', 'denominator', 'value', 'state', 'reason')


def same(mine, theirs):
    """Whether two results agree; what no data was counted from is nobody's figure."""
    if mine['state'] == theirs['state'] == 'no_data':
        return mine['reason'] == theirs['reason'] and theirs['value'] is None
    return all(
        abs(mine[name] - theirs[name]) < 1e-6 if isinstance(mine[name], (int, float)) and isinstance(theirs[name], (int, float))
        and not isinstance(mine[name], bool) else (mine[name] or None) == (theirs[name] or None)
        for name in COMPARED if name != 'denominator' or mine['denominator'] is not None)


@tagged('post_install', '-at_install')
class TestKpiReference(DocumentsCase):
    """The engine and an independent reference agree on each KPI of random companies."""

    def test_random_companies(self):
        failures = []
        for seed in range(FIRST_SEED, FIRST_SEED + SEEDS):
            failures += self.company_of(seed)
        self.assertFalse(failures, f"{len(failures)} differences; the first:\n" + "\n".join(failures[:20]))

    def company_of(self, seed):
        """What the two differ in: of a new company, after edits, and after a rebuild."""
        savepoint = self.env.cr.savepoint()
        try:
            world = ReferenceWorld(self, Random(seed))
            world.populate()
            self.env['kam.fact'].refresh()
            problems = self.differences(world, f"seed {seed}, new")
            world.run(EDITS, world.edits())
            self.env['kam.fact'].refresh()
            problems += self.differences(world, f"seed {seed}, edited")
            self.env['kam.fact'].rebuild()
            return problems + self.differences(world, f"seed {seed}, rebuilt")
        finally:
            self.env.transaction.clear()
            savepoint.close(rollback=True)
            self.env.cr.precommit.clear()
            self.env.registry.clear_all_caches()

    def differences(self, world, label):
        """What the engine and the reference differ in now, in some of the windows."""
        accounts = world.accounts.exists().filtered(lambda partner: partner.commercial_partner_id == partner)
        reference = ServiceReference(ServiceDocuments(self.env, self.company), self.today)
        problems = []
        for window in world.random.sample(WINDOWS, 4):
            problems += self.kpi_differences(reference, accounts, window)
            problems += self.company_differences(reference, window)
            if window[0] < self.today:
                problems += self.bridge_differences(reference, accounts, window)
        return [f"{label}, {problem}" for problem in problems]

    def kpi_differences(self, reference, accounts, window):
        kpi, problems = self.env['kam.kpi'], []
        rows = kpi.measure_kpis(CODES, accounts.ids, *window) + kpi.measure_total(CODES, accounts.ids, *window)
        self.assertEqual(len(rows), len(CODES) * (len(accounts) + 1))
        for row in rows:
            subject = accounts.browse(row['partner_id']) if row['partner_id'] else accounts
            mine = reference.measure(row['code'], subject, *window, single=bool(row['partner_id']))
            if not same(mine, row):
                theirs = {name: row[name] for name in COMPARED}
                problems.append(f"{row['code']} of {row['partner_id'] or 'all'} in {window[0]}..{window[1]}: {mine} here, {theirs} there")
        return problems

    def company_differences(self, reference, window):
        problems = []
        for row in self.env['kam.kpi'].measure_total(OF_THE_COMPANY, None, *window):
            mine = reference.measure(row['code'], reference.docs.firsts, *window, single=False, whole=True)
            if not same(mine, row):
                problems.append(f"{row['code']} of the company in {window[0]}..{window[1]}: {mine} here, { {name: row[name] for name in COMPARED} } there")
        return problems

    def bridge_differences(self, reference, accounts, window):
        problems = []
        for level in ('category', 'template', 'product'):
            for subject in [*accounts, accounts]:
                mine = reference.bridge(subject, *window, level)
                theirs = self.env['kam.kpi'].revenue_bridge(subject.ids, *window, level=level)
                if any(abs(mine[name] - theirs[name]) > 1e-6 for name in BUCKETS):
                    problems.append(f"bridge by {level} of {subject.ids} in {window[0]}..{window[1]}: {mine} here, {theirs} there")
        return problems
