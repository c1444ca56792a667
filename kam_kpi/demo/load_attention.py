"""Agreements with some accounts, and what of the whole story needs somebody this morning."""
from datetime import timedelta

# Account: name, days from today to the first and the last day, value a year.
AGREEMENTS = {
    'brightwater': ("Frame contract", -640, 84, 420000.0),
    'kestrel': ("Service contract", -300, 150, 96000.0),
    'orchard': ("Maintenance", -200, 320, 54000.0),
    'lumenfeld': ("Supply agreement", -700, 25, 180000.0),
}

# What the account managers expect of the renewal, and of which value.
CALLS = {'brightwater': ('renew', 441000.0), 'kestrel': ('renew', 0.0), 'lumenfeld': ('renew', 120000.0)}


def load_attention(scene):
    """Sign the agreements, then make the list of the day."""
    agreements = scene.create('kam.agreement', [{
        'name': name, 'partner_id': scene.partners[key].id, 'company_id': scene.company.id,
        'renewal_call': CALLS.get(key, (False, 0.0))[0], 'renewal_value': CALLS.get(key, (False, 0.0))[1],
        'date_start': scene.today + timedelta(days=first), 'date_end': scene.today + timedelta(days=last), 'annual_value': value,
    } for key, (name, first, last, value) in AGREEMENTS.items()])
    agreements.action_sign()
    scene.env['kam.attention']._refresh()
