"""What customers spend in all, as their account managers estimate it."""
from datetime import timedelta

# account: spending a year, where the estimate comes from
WALLETS = {
    'brightwater': (1150000, "Annual report and the buyer"),
    'kestrel': (840000, "Head of laboratories"),
    'montclair': (390000, "Tender of last year"),
    'lumenfeld': (1400000, "Former head of purchasing"),
    'orchard': (310000, "Plant manager"),
}


def load_wallets(scene):
    """Note the estimates, some months old."""
    for key, (amount, source) in WALLETS.items():
        scene.env['kam.wallet.estimate'].create({
            'partner_id': scene.partners[key].id, 'company_id': scene.company.id, 'amount': amount, 'source': source,
            'currency_id': scene.company.currency_id.id, 'date': scene.today - timedelta(days=120)})
