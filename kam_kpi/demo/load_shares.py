"""What our largest account sees of its plan and its last review; one of its people can log in."""
from datetime import timedelta

from odoo import Command

READER = ('brightwater', "Margaret Ellery", 'margaret')
COMMENT = "Thank you, that is how we see it too. Derek joins the review for the second plant."


def load_shares(scene):
    """Give the contact a login, mark what she may see, share it, and have her look at it."""
    account, name, login = READER
    contact = scene.contacts[account, name]
    scene.env['res.users'].create({
        'name': contact.name, 'login': login, 'password': login, 'partner_id': contact.id, 'company_id': scene.company.id,
        'company_ids': [Command.set(scene.company.ids)], 'group_ids': [Command.set(scene.env.ref('base.group_portal').ids)]})
    plan = scene.env.ref(f'kam_kpi.kam_plan_{account}_demo')
    plan.objective_ids.for_customer = True
    plan.action_ids.for_customer = True
    theirs = plan.action_ids.filtered(lambda action: action.state == 'open')[:1]
    theirs.side = 'customer'
    review = scene.env['kam.review'].search([('partner_id', '=', scene.partners[account].id), ('state', '=', 'signed')], limit=1)
    shares = scene.env['kam.share'].create([
        {'plan_id': plan.id, 'contact_ids': [Command.set(contact.ids)], 'show_communication': True, 'show_value': True},
        {'review_id': review.id, 'contact_ids': [Command.set(contact.ids)]}])
    shares.action_publish()
    scene.name(shares[0], 'kam_share_plan')
    scene.name(shares[1], 'kam_share_review')
    scene.env['kam.share.comment'].create({
        'share_id': shares[0].id, 'contact_id': contact.id, 'date': scene.env.cr.now() - timedelta(days=2), 'body': COMMENT})
    shares[0]._seen_by(contact)
