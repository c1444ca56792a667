from odoo import api, fields, models
from odoo.exceptions import UserError

# A change of these moves a person to another company, or says that they are gone.
MOVES = {'contact_id', 'employer_id', 'partner_id', 'active'}


class KamStakeholder(models.Model):
    """Who no longer works where we think: flagged on the map, and told to the account's manager once.

    A person may belong to another company from the start (a consultant): what
    counts is that they work where they did when they were put on the map, or
    when somebody last confirmed that they still count.
    """

    _inherit = 'kam.stakeholder'

    employer_id = fields.Many2one(
        'res.partner', "Works for", compute='_compute_employer_id', store=True, readonly=False, precompute=True, index='btree_not_null',
        ondelete='set null', help="The company of the contact when they were put on the map or confirmed.")
    has_left = fields.Boolean(
        "Left?", compute='_compute_has_left', store=True, help="The contact belongs to another company now, or is archived.")
    left_noticed_on = fields.Date(readonly=True, copy=False, help="When the manager was told that the person seems to have left.")
    left_to_id = fields.Many2one('res.partner', "Works for now", compute='_compute_left_to')

    @api.depends('contact_id')
    def _compute_employer_id(self):
        for person in self:
            person.employer_id = person.contact_id.commercial_partner_id

    @api.depends('contact_id.commercial_partner_id', 'contact_id.active', 'employer_id.commercial_partner_id', 'partner_id')
    def _compute_has_left(self):
        for person in self:
            contact = person.contact_id
            employer = (person.employer_id or person.partner_id).commercial_partner_id
            person.has_left = bool(contact) and (not contact.active or contact.commercial_partner_id != employer)

    @api.depends('has_left', 'contact_id.commercial_partner_id')
    def _compute_left_to(self):
        for person in self:
            company = person.contact_id.commercial_partner_id
            moved = person.has_left and person.contact_id.active and company != person.contact_id
            person.left_to_id = moved and company

    @api.model_create_multi
    def create(self, vals_list):
        people = super().create(vals_list)
        people.filtered('has_left')._sync_left()
        return people

    def write(self, vals):
        result = super().write(vals)
        if MOVES & set(vals):
            self._sync_left()
        return result

    def unlink(self):
        self._left_activities().unlink()
        self._close_ranks()
        return super().unlink()

    # ------------------------------------------------------------------
    # the manager's activity
    # ------------------------------------------------------------------

    def _sync_left(self):
        """Tell the manager once about each who seems to have left; take the word back when it is settled.

        Somebody who marks the activity as done is not asked again, unless the
        person comes back and leaves once more. Without a manager or a leader
        the nightly job tries again.
        """
        people = self.sudo()  # sudo: whoever moves a contact need not see the map
        waiting = people._left_activities().grouped('kam_stakeholder_id')
        for person in people:
            if not (person.has_left and person.active):
                if person in waiting:
                    waiting[person].unlink()
                if person.left_noticed_on:
                    person.left_noticed_on = False
            elif not person.left_noticed_on:
                person._tell_left()

    def _left_activities(self):
        """Open activities about these people."""
        if not self.ids:
            return self.env['mail.activity']
        return self.env['mail.activity'].sudo().search([('kam_stakeholder_id', 'in', self.ids)])  # sudo: they may be another user's

    def _tell_left(self):
        """Give the account's manager, else the team's leader, the activity on the account."""
        self.ensure_one()
        account = self.partner_id
        user = account.kam_user_id.filtered('active') or account.kam_team_id.user_id
        if not user:
            return
        today = self.company_id._kam_today()
        account.activity_schedule(
            'kam_kpi.mail_activity_type_stakeholder_left', user_id=user.id, date_deadline=fields.Date.add(today, days=2),
            summary=self.env._("%(name)s seems to have left: settle it on the relationship map", name=self.name),
            kam_stakeholder_id=self.id)
        self.left_noticed_on = today

    @api.model
    def _cron_sync_left(self):
        """Nightly, for what reached contacts past Odoo (merges, imports by SQL), and for accounts which got a manager."""
        everybody = self.search([])
        self.env.add_to_compute(self._fields['has_left'], everybody)
        everybody.filtered(lambda person: person.has_left or person.left_noticed_on)._sync_left()

    # ------------------------------------------------------------------
    # how it is settled
    # ------------------------------------------------------------------

    def action_take_off(self):
        """They left: take them off the map; it is kept, archived."""
        self.check_access('write')
        self.action_archive()

    def action_still_counts(self):
        """They still count here, whoever employs them now."""
        self.check_access('write')
        for person in self:
            if not person.contact_id.active:
                raise UserError(self.env._("The contact %(name)s is archived: unarchive it first, or take the person off the map.", name=person.name))
            person.employer_id = person.contact_id.commercial_partner_id

    def action_follow(self):
        """Put the person on the map of the key account they work for now, and take them off this one.

        Where they stand and how close we are goes along; the remark, which was
        about the former position, does not.
        """
        self.ensure_one()
        self.check_access('write')
        account = self.left_to_id
        if not account.is_key_account:
            raise UserError(self.env._("%(company)s is no key account.", company=account.name or self.env._("The contact's company")))
        if not self.env['kam.stakeholder'].new({'partner_id': account.id})._may_be_mapped():
            raise UserError(self.env._(
                "%(account)s is the account of %(manager)s: tell them about %(name)s.",
                account=account.name, manager=account.kam_user_id.name or self.env._("a colleague"), name=self.name))
        follower = self.create({
            'partner_id': account.id, 'contact_id': self.contact_id.id, 'company_id': self.company_id.id, 'attitude': self.attitude,
            'user_id': self.user_id.id, 'current_level': self.current_level, 'wanted_level': self.wanted_level,
        })
        self.action_archive()
        return follower.get_formview_action()

    def _may_be_mapped(self):
        """Whether the user works with the account of these rows."""
        user = self.env.user
        return user.has_group('kam_kpi.group_kam_manager') or all(
            user in person.partner_id.kam_user_id | (
                person.partner_id.kam_team_id.user_id if user.has_group('kam_kpi.group_kam_leader') else user.browse())
            for person in self)
