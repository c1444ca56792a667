"""Reviews of the last two closed quarters: most are signed, some are shared or drafts."""
from datetime import timedelta

from odoo import Command

from .contacts import people_of

# By account: the state of the last quarter's review; the quarter before is signed for those who have one.
REVIEWS = {
    'brightwater': 'signed', 'kestrel': 'signed', 'orchard': 'signed', 'pinecrest': 'signed', 'montclair': 'shared', 'lumenfeld': 'draft',
}
BEFORE = ('brightwater', 'kestrel', 'lumenfeld')
NEXT_STEPS = {
    'brightwater': (("Offer for line 3 and 4", 'us', 20), ("Name the project lead of the second plant", 'customer', 30)),
    'kestrel': (("Technical offer for the second line", 'us', 14), ("Share the ramp-up plan", 'customer', 21)),
    'orchard': (("Sensor stock on site", 'us', 25),),
    'pinecrest': (("Business case for a three-year contract", 'us', 40),),
    'montclair': (("Calibration offer before the audit", 'us', 18),),
    'lumenfeld': (("Meet the new managing director", 'us', 10), ("Answer to the delivery plan", 'customer', 7)),
}
DECISIONS = {
    'brightwater': "Service visits on fixed weekdays; the price list of this year holds until the frame contract is signed.",
    'kestrel': "The cloud becomes the standard for both lines. One joint steering meeting each quarter.",
    'orchard': "Two sensors of each kind are kept in stock at the plant.",
    'pinecrest': "The service contract is extended for three years in principle; the wording follows.",
    'montclair': "Calibration is offered together with the service contract.",
}
NOTES = {'lumenfeld': "Nobody of purchasing came to the last two meetings. Escalate to Diana before the quarter ends."}


def load_reviews(scene):
    """Create, discuss and sign the reviews, one of a manager among them."""
    start, _stop = scene.company._kam_period('quarter', scene.today)
    last, _stop = scene.company._kam_period('quarter', start - timedelta(days=1))
    before, _stop = scene.company._kam_period('quarter', last - timedelta(days=1))
    for key in BEFORE:
        _review(scene, key, before, last, 'signed')
    for key, state in REVIEWS.items():
        _review(scene, key, last, start, state)
    scene.env['kam.review'].create({
        'user_id': scene.users['ben'].id, 'company_id': scene.company.id, 'frequency': 'quarter',
        'date_start': last, 'date_end': start - timedelta(days=1),
    })


def _review(scene, key, start, stop, state):
    partner = scene.partners[key]
    main = people_of(key)[0]
    met = min(scene.today, stop + timedelta(days=16))
    review = scene.env['kam.review'].create({
        'partner_id': partner.id,
        'company_id': scene.company.id,
        'frequency': 'quarter',
        'date_start': start,
        'date_end': stop - timedelta(days=1),
        'date_meeting': met,
        'date_next': stop + timedelta(days=108),
        'attendees': ", ".join([main.name, partner.kam_user_id.name, "Leo Marchetti"]),
        'decisions': DECISIONS.get(key),
        'internal_note': NOTES.get(key),
        'counterpart_name': main.name,
        'counterpart_role': main.function,
    })
    review.write({'action_ids': [Command.create(_step(scene, key, step, met)) for step in NEXT_STEPS[key]]})
    if state != 'draft':
        review.action_share()
    if state == 'signed':
        review.action_ids.filtered(lambda step: step.side == 'customer').done = stop < scene.company._kam_period('quarter', scene.today)[0]
        review._store({
            'internal_signed_id': partner.kam_user_id.id, 'internal_signed_on': met, 'counterpart_signed_on': met + timedelta(days=2)})
        review._freeze_if_agreed()


def _step(scene, key, step, met):
    name, side, days = step
    return {
        'name': name,
        'side': side,
        'user_id': scene.partners[key].kam_user_id.id if side == 'us' else False,
        'contact_id': scene.contacts[key, people_of(key)[0].name].id if side == 'customer' else False,
        'deadline': met + timedelta(days=days),
        'date_agreed': met,
    }
