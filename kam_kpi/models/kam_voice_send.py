import logging
import uuid
from datetime import datetime, time, timedelta

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import urls

_logger = logging.getLogger(__name__)


class KamVoiceSend(models.Model):
    """How people are asked and reminded: each with a link of their own, in their language, through Odoo's mail queue."""

    _inherit = 'kam.voice.invitation'

    @api.model
    def _unreachable(self, contacts):
        """{contact id: why nobody writes to them about surveys}; one query, however many contacts."""
        found = {}
        addresses = [contact.email_normalized for contact in contacts if contact.email_normalized]
        black = set(self.env['mail.blacklist'].search([('email', 'in', addresses)]).mapped('email'))
        for contact in contacts:
            if contact.kam_voice_opt_out:
                found[contact.id] = 'opted_out'
            elif not contact.email_normalized:
                found[contact.id] = 'no_email'
            elif contact.email_normalized in black:
                found[contact.id] = 'blacklisted'
        return found

    @api.model
    def _obstacles(self, contacts, campaign):
        """{contact id: why the campaign must not ask them today}; two queries, however many contacts."""
        return dict.fromkeys(self._tired(contacts, campaign), 'fatigue') | self._unreachable(contacts)

    @api.model
    def _tired(self, contacts, campaign):
        """Ids of those who were asked too few days ago, at their address too, by any campaign of any company."""
        if not campaign.fatigue_days:
            return []
        since = campaign.company_id._kam_today() - timedelta(days=campaign.fatigue_days)
        addresses = [contact.email_normalized for contact in contacts if contact.email_normalized]
        recent = self.sudo().search(  # sudo: of all companies
            Domain('sent_on', '>', since) & (Domain('contact_id', 'in', contacts.ids) | Domain('email', 'in', addresses)))
        asked = set(recent.mapped('email')) - {False}
        return contacts.filtered(lambda contact: contact in recent.contact_id or contact.email_normalized in asked).ids

    def _send(self):
        """Ask these; who must not be asked any more is left out with the reason. What fails is named and stops nothing."""
        for campaign, invitations in self.grouped('campaign_id').items():
            reasons = self._obstacles(invitations.contact_id, campaign)
            for invitation in invitations.filtered(lambda row: row.state == 'waiting'):
                reason = 'no_contact' if not invitation.contact_id else reasons.get(invitation.contact_id.id)
                if reason:
                    invitation.write({'state': 'skipped', 'reason': reason})
                else:
                    invitation._send_one()
            self.env.flush_all()

    def _send_one(self):
        campaign, today = self.campaign_id, self.company_id._kam_today()
        deadline = today + timedelta(days=campaign.deadline_days)
        try:
            with self.env.cr.savepoint():
                self.user_input_id = campaign.survey_id._create_answer(
                    partner=self.contact_id, check_attempts=False, lang_id=self._language().id, invite_token=str(uuid.uuid4()),
                    deadline=datetime.combine(deadline + timedelta(days=1), time()))
                self.write({
                    'state': 'sent', 'sent_on': today, 'deadline': deadline, 'email': self.contact_id.email_normalized,
                    'remind_on': campaign.reminder_max != '0' and today + timedelta(days=campaign.reminder_days)})
                self._mail('kam_kpi.mail_template_voice_invitation')
        except Exception as error:  # one address must not stop the others
            _logger.exception("Invitation %s could not be sent", self.id)
            self.write({'state': 'skipped', 'reason': 'failed', 'problem': str(error)[:500]})

    @api.model
    def _to_remind(self):
        """Those to be reminded today."""
        found = self.browse()
        for company in self.env['res.company'].search([]):
            found |= self.search([
                ('company_id', '=', company.id), ('state', '=', 'sent'), ('remind_on', '<=', company._kam_today()), ('campaign_id.state', '=', 'running')])
        return found

    def _remind(self):
        """Write once more to who has not answered, as often as the campaign says."""
        unreachable = self._unreachable(self.contact_id)
        for invitation in self.filtered(lambda row: row.state == 'sent'):
            contact, campaign = invitation.contact_id, invitation.campaign_id
            if not contact or contact.id in unreachable:
                invitation.remind_on = False
                continue
            count = invitation.reminder_count + 1
            again = count < int(campaign.reminder_max)
            invitation.write({
                'reminder_count': count,
                'remind_on': again and invitation.company_id._kam_today() + timedelta(days=campaign.reminder_days)})
            invitation._mail('kam_kpi.mail_template_voice_reminder')

    def _mail(self, template):
        headers = {'List-Unsubscribe': f'<{self._opt_out_url()}>'}
        self.env.ref(template).send_mail(
            self.id, email_values={'headers': repr(headers)}, email_layout_xmlid='mail.mail_notification_light')

    def _language(self):
        """The language of the person, else of the account, if the survey speaks it."""
        codes = self.campaign_id.survey_id._get_supported_lang_codes()
        code = next((code for code in (self.contact_id.lang, self.partner_id.lang) if code in codes), codes[0])
        return self.env['res.lang']._lang_get(code)

    def _start_url(self):
        """The person's own link to the survey."""
        return urls.urljoin(self.get_base_url(), self.user_input_id.get_start_url())

    def _opt_out_url(self):
        """The page on which the person says that they want no surveys."""
        return urls.urljoin(self.get_base_url(), f'/kam/voice/opt-out/{self.sudo().access_token}')  # sudo: goes to the person alone

    def _from(self):
        """Who writes: the account's manager, else the owner of the campaign."""
        user = self.partner_id.kam_user_id.filtered('active') or self.campaign_id.user_id
        return user.email_formatted or self.company_id.email_formatted or False
