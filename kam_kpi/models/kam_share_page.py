from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools.misc import format_date, format_datetime, formatLang

LONGEST_COMMENT = 2000
COMMENTS_A_DAY = 20


class KamSharePage(models.Model):
    """What people of the customer see and do on the pages of the portal.

    They have no rights on any of our models: each method finds the share by who
    asks (:meth:`_of_visitor`), and only then reads it with the system's rights.
    """

    _inherit = 'kam.share'

    @api.model
    def _of_visitor(self, share_id=None):
        """Return what the user may see as a contact of the customer: published, not ended, not revoked, and of their own account today.

        :param share_id: this one only. What may not be seen is as if it were not there.
        """
        visitor = self.env.user.partner_id
        account = visitor.commercial_partner_id
        everything = self.sudo()  # sudo: the domain below is the right of the visitor
        shares = everything.search(Domain([
            ('contact_ids', 'in', visitor.ids), ('partner_id', '=', account.id), ('published_on', '!=', False), ('revoked_on', '=', False),
        ]) & (Domain('id', '=', share_id) if share_id is not None else Domain.TRUE))
        return shares.filtered(lambda share: share.state == 'open' and visitor.active and account.active and (share.plan_id or share.review_id).active)

    def _page(self, lang, content=None):
        """Return the page for a reader of this language: what was published, with what has become of the actions since.

        :param content: in place of what was published, for a look beforehand
        """
        self.ensure_one()
        share = self.with_context(lang=lang)
        content = content or share.content
        page = content.get(lang) or next(iter(content.values()), {})
        day = share._day
        page = {
            **page, 'id': self.id, 'until': format_date(share.env, self.date_until),
            'published': format_date(share.env, self.published_on or fields.Datetime.now()), 'may_tick': self.may_tick,
            'may_comment': self.may_comment, 'comments': share._comments(), 'pdf': page.get('signed', False)}
        for name, keys in (('goals', ('due',)), ('objectives', ('due',)), ('talks', ('planned', 'done'))):
            if name in page:
                page[name] = [{**row, **{key: day(row[key]) for key in keys}} for row in page[name]]
        for goal in page.get('goals', ()):
            goal.update({name: share._number(goal[name]) for name in ('from', 'now', 'to')})
        if 'actions' in page:
            page['actions'] = share._live_actions(page['actions'])
        return page

    def _number(self, value):
        if value is False or value is None:
            return '–'
        return formatLang(self.env, value, digits=0 if value == int(value) else 2)

    def _day(self, text):
        return format_date(self.env, fields.Date.to_date(text)) if text else ''

    def _live_actions(self, rows):
        """The actions as published, with whether they are done or reported by now; one that is gone is left out."""
        actions = {action.id: action for action in self.env['kam.plan.action'].browse([row['id'] for row in rows]).exists() if action.plan_id == self.plan_id}
        return [{
            **row, 'due': self._day(row['due']), 'done': actions[row['id']].state == 'done', 'reported': bool(actions[row['id']].reported_on),
            'tick': self.may_tick and row['side'] == 'customer' and actions[row['id']].state == 'open',
        } for row in rows if row['id'] in actions and actions[row['id']].state != 'cancelled']

    def _comments(self):
        return [{
            'who': comment.contact_id.name, 'when': format_datetime(self.env, comment.date, dt_format='short'), 'body': comment.body,
        } for comment in self.comment_ids]

    def _seen_by(self, contact):
        """Note that somebody looked at it, once a day."""
        self.ensure_one()
        today = self.company_id._kam_today()
        if not self.visit_ids.filtered(lambda visit: visit.contact_id == contact and visit.date == today):
            self.env['kam.share.visit'].create({'share_id': self.id, 'contact_id': contact.id, 'date': today})

    # what the visitor does

    def _report(self, action_id, done, contact):
        """Report one of the customer's actions as done, or take that back; our side confirms it.

        :raise AccessError: for an action that is not shared, not theirs or not open
        """
        self.ensure_one()
        row = next((row for row in self._page(contact.lang).get('actions', ()) if row['id'] == action_id and row['tick']), None)
        if not row:
            raise AccessError(self.env._("This action cannot be reported."))
        action = self.env['kam.plan.action'].browse(action_id)
        if bool(action.reported_on) == done:
            return
        action.write({'reported_on': fields.Datetime.now() if done else False, 'reported_by_id': contact.id if done else False})
        words = self.env._("%(who)s reports as done: %(action)s", who=contact.name, action=action.name) if done else self.env._(
            "%(who)s takes back that it is done: %(action)s", who=contact.name, action=action.name)
        self._tell(words, contact)

    def _comment(self, body, contact):
        """Keep a comment, and tell the account manager.

        :raise UserError: for nothing, too long a text, or too many of them in a day
        """
        self.ensure_one()
        body = (body or '').strip()
        if not self.may_comment:
            raise AccessError(self.env._("Comments are closed."))
        if not body:
            raise UserError(self.env._("Write something first."))
        if len(body) > LONGEST_COMMENT:
            raise UserError(self.env._("Your comment is too long: %(most)s characters at most.", most=LONGEST_COMMENT))
        since = fields.Datetime.subtract(fields.Datetime.now(), days=1)
        comments = self.env['kam.share.comment']
        if comments.search_count([('contact_id', '=', contact.id), ('date', '>', since)]) >= COMMENTS_A_DAY:
            raise UserError(self.env._("That is enough for today: please call us, or write again tomorrow."))
        comments.create({'share_id': self.id, 'contact_id': contact.id, 'date': fields.Datetime.now(), 'body': body})
        self._tell(self.env._("%(who)s writes: %(words)s", who=contact.name, words=body), contact)

    def _ask(self, contact):
        """Ask for an up-to-date page: one activity of the account manager, however often they ask."""
        self.ensure_one()
        subject = self.plan_id or self.review_id
        kind = 'kam_kpi.mail_activity_type_share_update'
        manager = subject.partner_id.kam_user_id
        if manager and not subject.activity_search([kind]):
            subject.activity_schedule(
                kind, user_id=manager.id, summary=self.with_context(lang=manager.lang).env._("%(who)s asks for an update of what you share", who=contact.name))

    def _tell(self, words, contact):
        """Note it in the discussion of the plan or review and tell the account manager; ``words`` are text, never markup."""
        subject = self.plan_id or self.review_id
        manager = subject.partner_id.kam_user_id
        subject.with_context(mail_post_autofollow=False).message_post(
            body=words, author_id=contact.id, message_type='comment', subtype_xmlid='mail.mt_note', partner_ids=manager.partner_id.ids)
