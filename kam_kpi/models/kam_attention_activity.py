from odoo import models
from odoo.exceptions import AccessError, UserError, ValidationError

from .kam_attention import OPEN

# A talk settles these, whatever else it was about.
SETTLED_BY_CALL = ('touch', 'voice')


class KamAttentionActivity(models.Model):
    """The activity of each item, and what people do with an item: call, put off, mark as done.

    An activity that is done or cancelled in Odoo handles its item; an item that
    ends takes its activity along. People's buttons check the account's rules first
    and then write as the system, since nobody edits the list itself.
    """

    _inherit = 'kam.attention'

    def _sync_activities(self, day):
        """Give each item without one its activity; move those whose account changed hands or which were put off."""
        served = self._with_activity_of_source()
        waiting = self.filtered(lambda item: item.user_id and not item.activity_id and item not in served)
        activities = self.env['mail.activity'].create([item._activity_values(day) for item in waiting])
        for item, activity in zip(waiting, activities, strict=True):
            item.activity_id = activity
        for item in self - waiting:
            item._move_activity(day)

    def _with_activity_of_source(self):
        """Items about a review that has an activity itself: a second one would be a double."""
        reviews = self.filtered(lambda item: item.kind == 'review')
        rows = self.env['mail.activity']._read_group(
            [('res_model', '=', 'kam.review'), ('res_id', 'in', reviews.mapped('res_id'))], ['res_id']) if reviews else []
        ids = {res_id for (res_id,) in rows}
        return reviews.filtered(lambda item: item.res_id in ids)

    def _move_activity(self, day):
        activity = self.activity_id
        if not activity:
            return
        if not self.user_id:
            activity.with_context(kam_attention_closing=True).unlink()
            return
        deadline = self.snoozed_until or max(self.date_due, self.date_opened)
        changed = {}
        if activity.user_id != self.user_id:
            changed['user_id'] = self.user_id.id
        if activity.kam_attention_cause != self.cause or self.snoozed_until and activity.date_deadline != deadline:
            changed.update(self._activity_words(), date_deadline=deadline)
        if changed:
            activity.write(changed)

    def _activity_values(self, day):
        return {
            'res_model_id': self.env['ir.model']._get_id('res.partner'),
            'res_id': self.partner_id.id,
            'activity_type_id': self.env['ir.model.data']._xmlid_to_res_id('kam_kpi.mail_activity_type_attention'),
            'user_id': self.user_id.id,
            'date_deadline': self.snoozed_until or max(self.date_due, day.today),
            'automated': True,
            **self._activity_words(),
        }

    def _activity_words(self):
        """Summary of the activity, in the language of who gets it."""
        item = self.with_context(lang=self.user_id.lang) if self.user_id.lang else self
        label = dict(item._fields['kind']._description_selection(item.env))[item.kind]
        return {'summary': f"{label}: {item.reason}", 'kam_attention_cause': self.cause}

    # ------------------------------------------------------------------
    # what people do
    # ------------------------------------------------------------------

    def _acting(self):
        """These items as the system's, after it is clear that the user may work on them."""
        self.check_access('read')
        if not (self.env.su or self.env.user.has_group('kam_kpi.group_kam_user')):
            raise AccessError(self.env._("You may read who needs attention; account managers work on it."))
        closed = self.filtered(lambda item: item.state not in OPEN)
        if closed:
            raise UserError(self.env._("%(item)s is over already: refresh the page.", item=closed[0].display_name))
        return self.sudo()  # sudo: checked above; nobody writes the list itself

    def action_handled(self):
        """It is dealt with: mark its activity as done. The same cause is not brought up again for a month."""
        for item in self._acting():
            if item.activity_id:
                item.activity_id.with_user(self.env.user).sudo()._action_done()  # sudo: a leader does it for the manager
            if item.state in OPEN:
                item._close('handled')

    def _snooze(self, until, reason=False):
        """Put these off: their activities are due on that day, and they come back by themselves."""
        items = self._acting()
        for item in items:
            if until <= item.company_id._kam_today():
                raise ValidationError(self.env._("Choose a day after today to be reminded."))
        items.write({'state': 'snoozed', 'snoozed_until': until, 'snooze_reason': reason})
        items.activity_id.with_context(mail_activity_quick_update=True).write({'date_deadline': until})

    def action_wake(self):
        """Look at it now after all."""
        items = self._acting()
        items.write({'state': 'open', 'snoozed_until': False, 'snooze_reason': False})
        for item in items.filtered('activity_id'):
            item.activity_id.date_deadline = max(item.date_due, item.company_id._kam_today())

    def _log_call(self, note, contact=None):
        """Note a call with the account: the item's activity becomes the call, which counts as any other.

        A low score and an overdue touch-point of the account are settled by it.
        """
        self.ensure_one()
        item = self._acting()
        call = self.env.ref('mail.mail_activity_data_call')
        person = contact or item.partner_id
        activity = item.activity_id
        words = {'activity_type_id': call.id, 'res_id': person.id, 'user_id': self.env.uid, 'summary': item.display_name}
        if activity:
            activity.with_context(mail_activity_quick_update=True).write(words)
        else:
            activity = activity.create({**words, 'res_model_id': self.env['ir.model']._get_id('res.partner')})
        activity.with_user(self.env.user).sudo()._action_done(feedback=note)  # sudo: a leader may call for the manager
        if item.state in OPEN:
            item._close('handled')
        self.sudo().search([  # sudo: as above
            ('partner_id', '=', item.partner_id.id), ('company_id', '=', item.company_id.id), ('kind', 'in', SETTLED_BY_CALL),
            ('state', 'in', OPEN)])._close('handled')

    def action_log_call(self):
        """Ask what was said, then note the call."""
        self.ensure_one()
        return self._wizard('kam.attention.call', self.env._("Log a call with %(account)s", account=self.partner_id.name))

    def action_snooze(self):
        """Ask until when."""
        self.ensure_one()
        return self._wizard('kam.attention.snooze', self.env._("Remind me later: %(account)s", account=self.partner_id.name))

    def _wizard(self, model, name):
        return {
            'type': 'ir.actions.act_window', 'name': name, 'res_model': model, 'views': [(False, 'form')], 'target': 'new',
            'context': {'default_attention_id': self.id},
        }

    def action_open_account(self):
        """Open the account."""
        self.ensure_one()
        return {
            'type': 'ir.actions.act_window', 'res_model': 'res.partner', 'res_id': self.partner_id.id, 'views': [(False, 'form')],
            'name': self.partner_id.name,
        }

    def action_open_source(self):
        """Open what the item speaks of: the target, plan, review or agreement, else the account."""
        self.ensure_one()
        if not self.has_source or not self.env[self.res_model].browse(self.res_id).exists():
            return self.action_open_account()
        return {
            'type': 'ir.actions.act_window', 'res_model': self.res_model, 'res_id': self.res_id, 'views': [(False, 'form')],
        }
