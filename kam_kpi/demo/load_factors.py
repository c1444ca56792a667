"""What happened outside: noted by those who heard of it."""
from datetime import timedelta

# name, kind, effect, days ago it began, days it lasted (None: it goes on), accounts, who noted it, what it means
FACTORS = (
    ("Chip shortage delays analysers", 'market', 'hurts', 210, 120, (), 'diana',
     "Delivery took six weeks longer. Orders moved from one quarter into the next; nothing was lost."),
    ("New owner puts purchasing out to tender", 'customer', 'hurts', 150, None, ('lumenfeld',), 'ben',
     "All contracts are compared anew. We need a sponsor above purchasing."),
    ("Competitor offers free calibration for a year", 'competitor', 'hurts', 75, None, (), 'leo',
     "Answer with the uptime figures of our service contracts, not with the price."),
    ("Second production line approved", 'customer', 'helps', 60, None, ('kestrel',), 'clara',
     "Twelve measuring points from next spring, if the technical offer holds."),
    ("Tighter limits for waste water", 'regulation', 'helps', 40, None, (), 'anna',
     "Plants have to measure continuously: a reason to talk about the cloud and about sensors."),
)


def load_factors(scene):
    """Note the external factors, dated from the day of loading."""
    for name, kind, effect, ago, lasted, accounts, login, meaning in FACTORS:
        start = scene.today - timedelta(days=ago)
        # sudo: some are about accounts of others, and are written down in the name of who noted them
        scene.env['kam.factor'].with_user(scene.users[login]).sudo().create({
            'name': name, 'kind': kind, 'effect': effect, 'date_start': start, 'date_end': lasted and start + timedelta(days=lasted),
            'description': meaning, 'partner_ids': [(6, 0, [scene.partners[key].id for key in accounts])], 'company_id': scene.company.id,
            'user_id': scene.users[login].id})
