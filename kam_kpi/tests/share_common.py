from odoo import Command
from odoo.tests import new_test_user

from .common import KamCase

# In each internal field of the plan; must never reach the customer.
SECRET = "SECRET-7731"
SHOWN = "OPEN-4242"


class ShareCase(KamCase):
    """Anna shares this year's plan of Alpha with Carla, who can log in; Dan of Alpha and Eve of Beta see nothing of it.

    Every internal text of the plan holds ``SECRET``; what is marked for the customer holds ``SHOWN``.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.carla, cls.dan = (cls.new_contact(cls.alpha, name, email=f'{name}@alpha.example', lang='en_US') for name in ("Carla", "Dan"))
        cls.eve = cls.new_contact(cls.beta, "Eve", email='eve@beta.example', lang='en_US')
        cls.portal = {contact: cls.new_portal_user(contact) for contact in (cls.carla, cls.dan, cls.eve)}
        cls.today = cls.company._kam_today()
        cls.plan = cls.env['kam.plan'].with_user(cls.anna).create({
            'partner_id': cls.alpha.id, 'summary': SECRET, 'strategy_reason': SECRET, 'challenges': SECRET, 'buying_process': SECRET,
            'budget_cycle': SECRET, 'market_trends': SECRET, 'white_space': SECRET, 'value_proposition': f"{SHOWN} value",
            'budget': 77310.0, 'strategy': 'harvest',
            'goal_ids': [Command.create({'name': f"{SHOWN} goal", 'baseline': 10, 'target': 4, 'due_date': cls.today})],
            'swot_ids': [Command.create({'kind': 'weakness', 'name': SECRET})],
            'competitor_ids': [Command.create({'name': SECRET})],
            'objective_ids': [
                Command.create({'name': f"{SHOWN} objective", 'measure': "signed", 'for_customer': True}), Command.create({'name': SECRET})],
            'communication_ids': [
                Command.create({'name': f"{SHOWN} review", 'audience': 'external', 'date_planned': cls.today}),
                Command.create({'name': SECRET, 'audience': 'internal'})],
        })
        cls.ours, cls.theirs, cls.internal = cls.env['kam.plan.action'].with_user(cls.anna).create([
            {'plan_id': cls.plan.id, 'name': f"{SHOWN} ours", 'for_customer': True, 'user_id': cls.anna.id, 'date_deadline': cls.today},
            {'plan_id': cls.plan.id, 'name': f"{SHOWN} theirs", 'for_customer': True, 'side': 'customer'},
            {'plan_id': cls.plan.id, 'name': SECRET, 'side': 'customer'}])
        cls.share = cls.new_share(cls.carla)

    @classmethod
    def new_portal_user(cls, contact):
        return new_test_user(cls.env, login=f'portal_{contact.name.lower()}', groups='base.group_portal', partner_id=contact.id, name=contact.name)

    @classmethod
    def new_share(cls, *contacts, user=None, publish=True, **vals):
        share = cls.env['kam.share'].with_user(user or cls.anna).create({
            'plan_id': cls.plan.id, 'contact_ids': [Command.set([contact.id for contact in contacts])], 'show_communication': True, 'show_value': True, **vals})
        if publish:
            share.action_publish()
        return share

    def visible_to(self, contact):
        self.env.invalidate_all()
        return self.env['kam.share'].with_user(self.portal[contact])._of_visitor()
