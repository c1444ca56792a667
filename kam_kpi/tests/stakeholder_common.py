from odoo import Command, fields
from odoo.tests import freeze_time

from .common import KamCase


@freeze_time('2026-03-10 09:00:00')
class StakeholderCase(KamCase):
    """The map of Alpha on 2026-03-10 as its manager Anna sees it: Carla, its buyer, with a contact; others as needed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.contact = cls.new_contact(cls.alpha, "Carla", function="Buyer", email='carla@alpha.example')
        cls.carla = cls.new_person(contact_id=cls.contact.id, user_id=cls.anna.id, cadence_days=30)

    @classmethod
    def new_person(cls, name=False, user=None, account=None, **vals):
        return cls.env['kam.stakeholder'].with_user(user or cls.anna).create({
            'partner_id': (account or cls.alpha).id, 'company_id': cls.company.id, 'name': name, **vals})

    def message(self, author, moment, record=None, **vals):
        """A mail or comment on a record, Alpha's contact unless told otherwise."""
        record = record or self.alpha
        return self.env['mail.message'].create({
            'model': record._name, 'res_id': record.id, 'author_id': author.id, 'message_type': 'email', 'date': moment,
            'subtype_id': self.env.ref('mail.mt_comment').id, 'body': "x", **vals})

    def meeting(self, partners, start, stop=None, host=None, **vals):
        """A meeting of these partners, accepted by all of them, organised by Anna."""
        host = host or self.anna
        return self.env['calendar.event'].with_context(skip_contact_description=True).create({
            'name': "Talk", 'start': start, 'stop': stop or start, 'user_id': host.id, 'partner_ids': [Command.set(partners.ids)],
            'attendee_ids': [Command.create({'partner_id': partner.id, 'state': 'accepted'}) for partner in partners], **vals})

    def last(self, person=None):
        """The last two-way contact as its day and kind."""
        person = person or self.carla
        person.invalidate_recordset()
        return fields.Date.to_string(person.last_contact) or None, person.last_contact_kind or None
