import logging

from odoo import api, models

_logger = logging.getLogger(__name__)

SLICE = 50


class KamVoiceWave(models.Model):
    """The daily job: begins waves, asks, reminds, and ends what was not answered.

    Whatever was done is kept slice by slice, so that a job that is broken off
    goes on where it was; ten runs do what one does.
    """

    _inherit = 'kam.voice.campaign'

    @api.model
    def _cron_run(self):
        invitations = self.env['kam.voice.invitation']
        for campaign in self.search([('state', '=', 'running'), ('date_next', '!=', False)]):
            if campaign.date_next <= campaign.company_id._kam_today():
                campaign._begin_wave()
        invitations._expire()
        waiting = invitations.search([('state', '=', 'waiting'), ('campaign_id.state', '=', 'running')])
        reminders = invitations._to_remind()
        self.env['ir.cron']._commit_progress(remaining=len(waiting) + len(reminders))
        for records, method in ((waiting, '_send'), (reminders, '_remind')):
            for place in range(0, len(records), SLICE):
                part = records[place:place + SLICE]
                getattr(part, method)()
                if not self.env['ir.cron']._commit_progress(processed=len(part)):
                    return

    def _begin_wave(self):
        """Write down whom the wave is for, and why somebody is left out; set the day of the next one."""
        self.ensure_one()
        today = self.company_id._kam_today()
        people = self.env['kam.stakeholder'].search(self._audience_domain(), order='partner_id, id')
        invitations = self.env['kam.voice.invitation']
        known = invitations.search([('campaign_id', '=', self.id), ('wave', '=', today)])
        people -= known.stakeholder_id
        reasons = invitations._obstacles(people.contact_id, self)
        contacts, addresses, rows = set(known.contact_id.ids), set(known.mapped('email')), []
        for person in people:
            contact = person.contact_id
            reason = self._obstacle_of(person) or reasons.get(contact.id)
            if not reason and (contact.id in contacts or contact.email_normalized in addresses):
                reason = 'double'
            if not reason:
                contacts.add(contact.id)
                addresses.add(contact.email_normalized)
            rows.append({
                'campaign_id': self.id, 'company_id': self.company_id.id, 'wave': today, 'partner_id': person.partner_id.id,
                'stakeholder_id': person.id, 'contact_id': contact.id, 'email': contact.email_normalized,
                'state': 'skipped' if reason else 'waiting', 'reason': reason})
        invitations.create(rows)
        following = self.date_next
        while following <= today:
            following += self._cadence_delta()
        self.write({'date_last': today, 'date_next': following})
        _logger.info("Campaign %s: a wave for %s people", self.id, len(rows))

    @api.model
    def _obstacle_of(self, person):
        """Why this person of a map cannot be asked, whoever asks."""
        if not person.contact_id:
            return 'no_contact'
        if person.has_left:
            return 'left'
        # Answers count for the company of whoever answers.
        if person.contact_id.commercial_partner_id != person.partner_id.commercial_partner_id:
            return 'elsewhere'
        return None
