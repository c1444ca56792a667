"""Doubtful data, and alerts of the shipped rules: what lasts in the story has lasted long enough to be told; one was of use."""
from datetime import timedelta

AGO = 20


def load_rules(scene):
    """Look through the data, and run the rules as the job would have for some weeks."""
    rules = scene.env['kam.rule']
    rules._run()
    pending = scene.env['kam.rule.alert'].search([('state', '=', 'pending'), ('company_id', '=', scene.company.id)])
    pending.since = scene.today - timedelta(days=AGO)
    rules._run()
    scene.env['kam.data.issue']._refresh()
    told = scene.env['kam.rule.alert'].search([('state', '=', 'open'), ('company_id', '=', scene.company.id)], order='id')
    told.opened_on = scene.today - timedelta(days=2)
    told[:1].write({'useful': 'yes', 'remark': "Made us look at the bridge before the customer called"})
