"""What the health of the accounts was in the last weeks: measured from the story's documents, as for today."""
from datetime import timedelta

from ..tools.period import shift_months

WEEKS = 14


def load_health(scene):
    """Write the health of the end of each week; today's is there already."""
    groups = scene.env['kam.health.group'].search([])
    kpis = groups.item_ids.kpi_id
    accounts = {account.id: [account.id] for account in scene.partners.values() if account.is_key_account}
    rows = []
    for back in range(1, WEEKS + 1):
        day = scene.today - timedelta(weeks=back)
        outcomes = kpis._outcomes(accounts, shift_months(day, -12), day, subjects={account: ('account', account) for account in accounts})
        for account in accounts:
            figures = {kpi.id: outcomes[kpi.id, account]['value'] for kpi in kpis}
            vals = scene.env['kam.health']._evaluate(groups, {**figures, 'as_of': day})
            del vals['as_of']
            rows.append({**vals, 'computed_state': vals['state'], 'partner_id': account, 'company_id': scene.company.id, 'date': day})
    scene.env['kam.health.history'].create(rows)
