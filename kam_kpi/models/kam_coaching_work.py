from datetime import datetime, time, timedelta

import pytz

from odoo import api, fields, models
from odoo.exceptions import UserError

LENGTH = timedelta(hours=1)
DAYS_AHEAD = 7
HOUR = 10


class KamCoachingWork(models.Model):
    """What is done with a note: a meeting, a badge, a story for the team, closing it."""

    _inherit = 'kam.coaching'

    def action_plan_meeting(self):
        """Put a one-to-one into the calendar a week ahead, in the leader's morning, and open it to be moved.

        Its title is neutral and it is private: colleagues see that the two are busy. The agenda stays in the note.
        """
        self.ensure_one()
        if not self.event_id:
            start = self._proposed_start()
            event = self.env['calendar.event'].with_context(skip_contact_description=True).create({
                'name': self.env._("One-to-one"), 'start': start, 'stop': start + LENGTH, 'privacy': 'private', 'user_id': self.leader_id.id,
                'partner_ids': [(6, 0, (self.leader_id | self.user_id).partner_id.ids)]})
            self._store({'event_id': event.id, 'state': 'planned' if self.state == 'proposed' else self.state})
        return {
            'type': 'ir.actions.act_window', 'res_model': 'calendar.event', 'res_id': self.event_id.id, 'views': [(False, 'form')],
            'name': self.env._("One-to-one")}

    def _proposed_start(self):
        """Ten in the morning of the leader, a week ahead, never on a weekend; as UTC."""
        day = self.company_id._kam_today() + timedelta(days=DAYS_AHEAD)
        while day.weekday() >= 5:
            day += timedelta(days=1)
        zone = pytz.timezone(self.leader_id.tz or self.company_id.kam_timezone or 'UTC')
        return zone.localize(datetime.combine(day, time(HOUR))).astimezone(pytz.utc).replace(tzinfo=None)

    def action_done(self):
        """The talk took place."""
        self._close('done')

    def action_dismiss(self):
        """No talk is needed; the same periods bring no new proposal."""
        self._close('dismissed')

    def _close(self, state):
        for note in self:
            note._store({'state': state, 'closed_on': note.company_id._kam_today()})

    def action_grant_badge(self):
        """Give the badge for outstanding work; everybody may see badges."""
        self.ensure_one()
        if self.kind != 'praise' or self.badge_user_id:
            raise UserError(self.env._("A badge is given once, for a target that was beaten."))
        # sudo: the shipped badge is granted by this button alone, to whom the figures name
        badge = self.env['gamification.badge.user'].sudo().create({
            'user_id': self.user_id.id, 'badge_id': self.env.ref('kam_kpi.gamification_badge_stretch').id, 'sender_id': self.env.uid,
            'comment': self.env._("For %(kpi)s.", kpi=self.kpi_id.name)})
        badge._send_badge()
        self._store({'badge_user_id': badge.id})

    def action_publish_story(self):
        """Send the story to the team, in the name of whoever it is about; amounts are in it only if somebody wrote them."""
        self.ensure_one()
        if not (self.story or '').strip():
            raise UserError(self.env._("Write first what others can learn from it."))
        if not self.team_id or self.published_on:
            raise UserError(self.env._("A story goes to a team, once."))
        # sudo: account managers may not post on their team; the text is the two people's own
        self.team_id.sudo().message_post(
            body=self.story, subject=self.env._("A success story of %(name)s", name=self.user_id.name), author_id=self.env.user.partner_id.id,
            partner_ids=(self.team_id.sudo().member_ids.partner_id - self.env.user.partner_id).ids, message_type='comment',  # sudo: as above
            subtype_xmlid='mail.mt_comment')
        self._store({'published_on': self.company_id._kam_today()})

    @api.model
    def _cron_erase(self):
        """Delete closed notes whose retention time is over."""
        for company in self.env['res.company'].sudo().search([('kam_coaching_months', '>', 0)]):  # sudo: a job of all companies
            limit = fields.Date.subtract(company._kam_today(), months=company.kam_coaching_months)
            self.sudo().search([('company_id', '=', company.id), ('closed_on', '<', limit)]).unlink()  # sudo: as above
