from datetime import timedelta

from odoo.fields import Date
from odoo.tests import freeze_time

from .common import KamCase

TODAY = Date.to_date('2026-06-15')


@freeze_time('2026-06-15 09:00:00')
class VoiceCase(KamCase):
    """Anna's campaign on 2026-06-15: Carla (decision maker) and Dan (user) of Alpha; Eve is Ben's, at Beta."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.carla = cls.new_contact(cls.alpha, "Carla", email='carla@alpha.example')
        cls.dan = cls.new_contact(cls.alpha, "Dan", email='dan@alpha.example')
        cls.eve = cls.new_contact(cls.beta, "Eve", email='eve@beta.example')
        cls.on_map(cls.carla, role='decision_maker')
        cls.on_map(cls.dan)
        cls.on_map(cls.eve)
        cls.campaign = cls.new_campaign()

    @classmethod
    def on_map(cls, contact, **vals):
        return cls.env['kam.stakeholder'].create({
            'partner_id': contact.commercial_partner_id.id, 'contact_id': contact.id, 'company_id': cls.company.id, **vals})

    @classmethod
    def new_campaign(cls, user=None, **vals):
        return cls.env['kam.voice.campaign'].with_user(user or cls.anna).create({'name': "Twice a year", 'company_id': cls.company.id, **vals})

    def run_job(self, day=None, times=1, xmlid='ir_cron_kam_voice'):
        """Run the job on a day, 2026-06-15 unless told otherwise."""
        with freeze_time(f'{day or TODAY} 09:00:00'):
            for _time in range(times):
                self.env.flush_all()
                with self.enter_registry_test_mode():
                    self.env.ref(f'kam_kpi.{xmlid}').with_user(self.env.ref('base.user_root')).method_direct_trigger()
        self.env.invalidate_all()

    def start(self, campaign=None):
        campaign = campaign or self.campaign
        campaign.with_user(campaign.user_id).action_start()
        self.run_job()
        return self.invitations(campaign)

    def invitations(self, campaign=None):
        return self.env['kam.voice.invitation'].search([('campaign_id', '=', (campaign or self.campaign).id)])

    def invited(self, contact):
        return self.env['kam.voice.invitation'].search([('contact_id', '=', contact.id)], order='id desc', limit=1)

    def states(self, campaign=None):
        return {row.contact_id.name: row.reason or row.state for row in self.invitations(campaign)}

    def answer(self, contact, csat=5, nps=9, text=None):
        """Answer the invitation of this person; the answer."""
        answer = self.invited(contact).user_input_id
        for purpose, value in (('csat', csat), ('nps', nps)):
            answer._save_lines(self.env.ref(f'kam_kpi.question_{purpose}'), str(value))
        if text:
            answer._save_lines(self.env.ref('kam_kpi.question_comment'), text)
        answer._mark_done()
        self.env.invalidate_all()
        return answer

    def mails(self, contact):
        return self.env['mail.mail'].sudo().search([('recipient_ids', 'in', contact.ids)])

    @classmethod
    def later(cls, days):
        return TODAY + timedelta(days=days)
