from datetime import date, timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

LAST_DAY = date.max
PERIOD_FIELDS = ('partner_id', 'user_id', 'team_id', 'company_id', 'date_from', 'date_to')


class KamAssignment(models.Model):
    """Who manages a key account, from the first day to the last, both inclusive.

    At most one assignment covers a day of an account in a company; an empty
    last day means until further notice. Figures of a period belong to the
    holder on its last day, so past figures stay where they were when an
    account changes hands. A manager may be missing: then the account waits
    with its team.

    The partner's ``kam_user_id`` and ``kam_team_id`` show today's holder; they
    follow every change made here, and the daily job for those which begin later.
    """

    _name = 'kam.assignment'
    _description = "Key Account Assignment"
    _order = 'date_from desc, id desc'
    _rec_name = 'partner_id'

    partner_id = fields.Many2one(
        'res.partner', "Account", required=True, ondelete='restrict', index=True)
    user_id = fields.Many2one('res.users', "Account manager", ondelete='restrict', index='btree_not_null')
    team_id = fields.Many2one('crm.team', "Sales team", ondelete='restrict', index='btree_not_null')
    company_id = fields.Many2one(
        'res.company', required=True, ondelete='cascade', index=True, default=lambda self: self.env.company)
    date_from = fields.Date("From", required=True, default=lambda self: self.env.company._kam_today())
    date_to = fields.Date("To", help="The last day, inclusive; empty: until further notice.")
    reason = fields.Char(help="Why the account changed hands.")

    _dates_in_order = models.Constraint(
        'CHECK(date_to >= date_from)', "An assignment ends on or after its first day.")
    _holder_given = models.Constraint(
        'CHECK(user_id IS NOT NULL OR team_id IS NOT NULL)', "Choose an account manager, a sales team or both.")
    # What two people entering at the same moment cannot get around; one-element ranges stand for equality.
    _one_holder = models.Constraint(
        "EXCLUDE USING gist (int4range(partner_id, partner_id, '[]') WITH &&,"
        " int4range(company_id, company_id, '[]') WITH &&, daterange(date_from, date_to, '[]') WITH &&)",
        "Two assignments of this account share a day. End one of them first.")

    @api.constrains('partner_id')
    def _check_account(self):
        for assignment in self:
            account = assignment.partner_id.commercial_partner_id
            if assignment.partner_id != account:
                raise ValidationError(self.env._(
                    "%(contact)s is a contact of %(account)s: assign the company itself.",
                    contact=assignment.partner_id.display_name, account=account.display_name))

    @api.constrains('user_id')
    def _check_user(self):
        for user in self.user_id.filtered('share'):
            raise ValidationError(self.env._(
                "%(user)s is a portal user and cannot manage key accounts.", user=user.name))

    def _check_free(self, vals):
        """Raise ValidationError naming the people when the assignment that ``vals`` make shares a day with another.

        Asked before anything is written, since the database's own refusal knows ids only. ``self`` is the record to be
        changed, or empty.
        """
        first, last = fields.Date.to_date(vals['date_from']), fields.Date.to_date(vals['date_to']) or LAST_DAY
        if first > last:
            return
        domain = Domain([
            ('id', 'not in', self.ids),
            ('partner_id', '=', vals['partner_id']),
            ('company_id', '=', vals['company_id']),
        ]) & self._domain_covering(first, last)
        other = self.sudo().search(domain, order='date_from', limit=1)  # sudo: a colleague's assignment overlaps as well
        if other:
            mine = self.new(vals)
            raise ValidationError(self.env._(
                "%(account)s would have two key-account managers on one day: %(one)s (%(one_days)s) and %(two)s "
                "(%(two_days)s). End the first assignment before the second begins.",
                account=other.partner_id.display_name, one=other._holder_name(), one_days=other._days_label(),
                two=mine._holder_name(), two_days=mine._days_label()))

    @api.model
    def _domain_covering(self, first, last):
        """Assignments with at least one day from ``first`` to ``last``, both inclusive."""
        return Domain('date_from', '<=', last) & (Domain('date_to', '=', False) | Domain('date_to', '>=', first))

    def _holder_name(self):
        self.ensure_one()
        return self.user_id.name or self.env._("the team %(team)s", team=self.team_id.name)

    def _days_label(self):
        self.ensure_one()
        first = fields.Date.to_string(self.date_from)
        if not self.date_to:
            return self.env._("from %(first)s", first=first)
        return self.env._("%(first)s to %(last)s", first=first, last=fields.Date.to_string(self.date_to))

    @api.depends('partner_id', 'user_id', 'date_from', 'date_to')
    def _compute_display_name(self):
        for assignment in self:
            if not assignment.date_from or not (assignment.user_id or assignment.team_id):
                assignment.display_name = assignment.partner_id.display_name
                continue
            assignment.display_name = self.env._(
                "%(account)s: %(holder)s, %(days)s", account=assignment.partner_id.display_name,
                holder=assignment._holder_name(), days=assignment._days_label())

    @api.model_create_multi
    def create(self, vals_list):
        for vals in map(self._add_missing_default_values, vals_list):
            self.browse()._check_free({name: vals.get(name) for name in PERIOD_FIELDS})
        assignments = super().create(vals_list)
        assignments._check_may_assign()
        self._sync_holders(assignments.partner_id.ids)
        return assignments

    def write(self, vals):
        self._check_may_assign()
        for assignment in self:
            assignment._check_free({**self._convert_to_write({name: assignment[name] for name in PERIOD_FIELDS}), **vals})
        accounts = self.partner_id
        result = super().write(vals)
        self._check_may_assign()
        self._sync_holders((accounts | self.partner_id).ids)
        return result

    def unlink(self):
        self._check_may_assign()
        account_ids = self.partner_id.ids
        result = super().unlink()
        self._sync_holders(account_ids)
        return result

    def _check_may_assign(self):
        """Raise AccessError unless the user leads the accounts and the teams which are to get them."""
        for assignment in self:
            assignment.partner_id._kam_check_may_change(assignment.user_id, assignment.team_id)

    @api.model
    def _assign(self, accounts, user, team, day=None, reason=False):
        """Hand accounts over from a day on: the assignment of the day before ends, a new one begins.

        One that began that very day is changed instead, so that nobody holds an account for no day at all. A later
        one which is already agreed stays as it is. Without user and team the accounts are released.

        :param accounts: commercial partners
        :param day: first day of the new holder, default today in the company
        """
        company = self.env.company
        day = day or company._kam_today()
        covering = self.search(Domain([
            ('partner_id', 'in', accounts.ids), ('company_id', '=', company.id),
        ]) & self._domain_covering(day, LAST_DAY), order='date_from desc')
        by_account = covering.grouped('partner_id')
        for account in accounts:
            following = by_account.get(account, self)
            current = following.filtered(lambda assignment: assignment.date_from <= day)
            later = (following - current).sorted('date_from')[:1]
            current._hand_over(account, user, team, day, later, reason)

    def _hand_over(self, account, user, team, day, later, reason):
        """Replace the assignment in force on ``day``, if any, by one to ``user`` and ``team``."""
        if self and (self.user_id, self.team_id) == (user, team):
            return
        last = self.date_to if self else later and later.date_from - timedelta(days=1)
        if self and self.date_from == day and (user or team):
            self.write({'user_id': user.id, 'team_id': team.id, 'reason': reason or self.reason})
            return
        if self and self.date_from == day:
            self.unlink()
        elif self:
            self.date_to = day - timedelta(days=1)
        if user or team:
            self.create({
                'partner_id': account.id, 'user_id': user.id, 'team_id': team.id,
                'company_id': self.env.company.id, 'date_from': day, 'date_to': last or False, 'reason': reason,
            })

    @api.model
    def _holders(self, partner_ids, day, company_id):
        """Return ``{partner_id: (user_id, team_id)}`` of the holders on a day in a company.

        Accounts nobody holds are absent; a missing user or team is False.
        """
        rows = self.sudo().search_fetch(  # sudo: to whom a figure belongs does not depend on who asks
            Domain([('partner_id', 'in', list(partner_ids)), ('company_id', '=', company_id)])
            & self._domain_covering(day, day), ['partner_id', 'user_id', 'team_id'])
        return {row.partner_id.id: (row.user_id.id, row.team_id.id) for row in rows}

    @api.model
    def _current_holders(self, accounts):
        """Return ``{account: (user_id, team_id)}`` as of today.

        With several companies: the holder in the account's own company, else in the first company with one.
        """
        holders = {}
        assigned = self.sudo()._read_group([('partner_id', 'in', accounts.ids)], ['company_id'])  # sudo: as _holders
        for company in sum((row[0] for row in assigned), self.env['res.company']).sorted():
            found = self._holders(accounts.ids, company._kam_today(), company.id)
            for account in accounts.filtered(lambda partner: partner.id in found):
                if account not in holders or account.company_id == company:
                    holders[account] = found[account.id]
        return holders

    @api.model
    def _sync_holders(self, partner_ids):
        """Bring the manager and team shown on the partners up to date with the assignments in force today."""
        accounts = self.env['res.partner'].sudo().browse(partner_ids).exists()  # sudo: not everyone who assigns may write contacts
        holders = self._current_holders(accounts)
        for account in accounts.with_context(kam_holder_sync=True):
            user_id, team_id = holders.get(account, (False, False))
            if (account.kam_user_id.id, account.kam_team_id.id) != (user_id, team_id):
                account.write({'kam_user_id': user_id, 'kam_team_id': team_id})

    @api.model
    def _cron_sync_holders(self):
        """Each night: assignments which begin or end today change the partner without anybody writing them."""
        self.env.cr.execute(SQL("SELECT DISTINCT partner_id FROM kam_assignment"))
        self._sync_holders([row[0] for row in self.env.cr.fetchall()])
