"""What it costs to serve the customers, and to win new ones: hours and expenses on analytic accounts, month by month."""
from . import dice, story

HOUR = 62.0
# Hours a month, by how much an account asks for: the slipping one complains, the quiet one is forgotten.
HOURS = {'A': 42, 'B': 16, 'C': 7}
ASKS = {'slipping': 1.6, 'credit_notes': 1.5, 'quiet': 0.3, 'thriving': 0.8, 'new': 1.8}
WINNING = 2600.0


def load_costs(scene):
    """Write the lines; the fairs and visits to win customers are marked as such."""
    plan = scene.env['account.analytic.plan'].create({'name': "Key accounts"})
    care, winning = scene.env['account.analytic.account'].create([
        {'name': "Care of customers", 'plan_id': plan.id, 'company_id': scene.company.id},
        {'name': "Winning customers", 'plan_id': plan.id, 'company_id': scene.company.id, 'kam_acquisition': True},
    ])
    column = plan._column_name()
    rows = []
    for month in range(dice.OLDEST, 1):
        rows += [_care(scene, account, month, care, column) for account in story.ACCOUNTS if month >= account.since]
        rows.append({
            'name': "Fairs and first visits", 'date': dice.day_of(scene.today, month, 20),
            'amount': -WINNING * dice.between(60, 150, 'winning', month) / 100, 'company_id': scene.company.id, column: winning.id})
    scene.create('account.analytic.line', [row for row in rows if row['date'] <= scene.today])


def _care(scene, account, month, care, column):
    hours = HOURS[account.tier] * ASKS.get(account.story, 1.0) * dice.between(70, 130, account.key, 'care', month) / 100
    return {
        'name': "Service and travel", 'date': dice.day_of(scene.today, month, 24), 'amount': -round(hours * HOUR, 2), 'unit_amount': round(hours, 2),
        'partner_id': scene.partners[account.key].id, 'company_id': scene.company.id, column: care.id}
