from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import SQL, sql

# Kept on the commercial partner, repeated on its contacts.
ACCOUNT_FIELDS = {
    'is_key_account': 'bool',
    'kam_tier_id': 'int4',
    'kam_user_id': 'int4',
    'kam_team_id': 'int4',
    'kam_since_date': 'date',
    'kam_customer_since': 'date',
}
HOLDER_FIELDS = ('kam_user_id', 'kam_team_id')


class ResPartner(models.Model):
    """Key accounts: commercial partners which a manager looks after.

    An account is one commercial partner. Its flag, tier, manager and team are
    repeated on its contacts, so that people find them there; writing them on
    a contact writes the company's. Queries for accounts, not people, add
    ``('kam_is_account', '=', True)``; in SQL ``id = commercial_partner_id``.

    The manager and team are those of the assignment in force today
    (``kam.assignment``): writing them hands the account over from today on.
    """

    _inherit = 'res.partner'

    is_key_account = fields.Boolean(
        "Key account", compute='_compute_kam_account', store=True, readonly=False, recursive=True, copy=False,
        index='btree_not_null', help="Only team leaders and directors decide which customers are key accounts.")
    kam_tier_id = fields.Many2one(
        'kam.tier', "Tier", compute='_compute_kam_account', store=True, readonly=False, recursive=True, copy=False,
        ondelete='restrict', index='btree_not_null')
    kam_user_id = fields.Many2one(
        'res.users', "Account manager", compute='_compute_kam_account', store=True, readonly=False, recursive=True,
        copy=False, ondelete='restrict', index='btree_not_null', domain="[('share', '=', False)]",
        help="Who manages the key account today. A change takes effect today and is kept in the history.")
    kam_team_id = fields.Many2one(
        'crm.team', "Key account team", compute='_compute_kam_account', store=True, readonly=False, recursive=True,
        copy=False, ondelete='restrict', index='btree_not_null')
    kam_since_date = fields.Date(
        "Key account since", compute='_compute_kam_account', store=True, readonly=False, recursive=True, copy=False)
    kam_customer_since = fields.Date(
        "Customer since", compute='_compute_kam_account', store=True, readonly=False, recursive=True, copy=False,
        help="First business with a customer whose older documents are not in Odoo; empty: the first document counts.")
    kam_is_account = fields.Boolean(
        "Company, not a contact", compute='_compute_kam_is_account', search='_search_kam_is_account')
    kam_assignment_ids = fields.One2many(
        'kam.assignment', 'partner_id', "Assignments", groups='kam_kpi.group_kam_user,kam_kpi.group_kam_reader')

    def _auto_init(self):
        # New columns are empty for everybody: without this the installation would compute them for each contact.
        for name, column_type in ACCOUNT_FIELDS.items():
            if not sql.column_exists(self.env.cr, self._table, name):
                sql.create_column(self.env.cr, self._table, name, column_type)
        return super()._auto_init()

    @api.depends('commercial_partner_id', *(f'commercial_partner_id.{name}' for name in ACCOUNT_FIELDS))
    def _compute_kam_account(self):
        for partner in self:
            account = partner.commercial_partner_id or partner
            for name in ACCOUNT_FIELDS:
                partner[name] = account[name]

    @api.depends('commercial_partner_id')
    def _compute_kam_is_account(self):
        for partner in self:
            partner.kam_is_account = partner.commercial_partner_id == partner

    def _search_kam_is_account(self, operator, value):
        if operator != 'in':
            return NotImplemented
        return Domain.custom(to_sql=lambda model, alias, query: SQL(
            "%s = %s", SQL.identifier(alias, 'id'), model._field_to_sql(alias, 'commercial_partner_id', query)))

    @api.onchange('kam_user_id')
    def _onchange_kam_user_id(self):
        """Propose the manager's team and warn beyond the cap: a few accounts, looked after well."""
        if not self.kam_user_id:
            return None
        self.kam_team_id = self._kam_team_of(self.kam_user_id)
        cap = self.env.company.kam_account_cap
        others = self.search_count(Domain([
            ('is_key_account', '=', True), ('kam_is_account', '=', True), ('kam_user_id', '=', self.kam_user_id.id),
            ('id', 'not in', self._origin.ids),
        ]))
        if not cap or others < cap:
            return None
        return {'warning': {
            'title': self.env._("Many accounts for one person"),
            'message': self.env._(
                "%(user)s already manages %(count)s key accounts; the agreed limit is %(cap)s. You can go on, "
                "or choose someone else.", user=self.kam_user_id.name, count=others, cap=cap),
        }}

    def _kam_team_of(self, user):
        """The team for a new manager: the account's own when the manager is in it, else the manager's main team."""
        team = self.kam_team_id
        if team and (user in team.member_ids or user == team.user_id):
            return team
        return user.sudo().sale_team_id or team  # sudo: memberships of colleagues decide the team

    def _kam_leads(self, user, team):
        """Whether the current user leads accounts held by ``user`` and ``team``; those without any holder are free."""
        leader = team.sudo().user_id  # sudo: the leader of a team of another company is none of ours
        return leader == self.env.user or user == self.env.user or not (user or team)

    def _kam_check_may_change(self, user=None, team=None):
        """Raise AccessError unless the current user may flag and reassign these accounts.

        :param user: the manager they are to get, if that changes; ``team`` likewise
        """
        if self.env.su or self.env.user.has_group('kam_kpi.group_kam_manager'):
            return
        if not self.env.user.has_group('kam_kpi.group_kam_leader'):
            raise AccessError(self.env._(
                "Only team leaders and directors decide which customers are key accounts, their tier and who manages "
                "them. Ask your team leader to change %(accounts)s.", accounts=self._kam_names()))
        for account in self:
            if not account._kam_leads(account.kam_user_id, account.kam_team_id):
                raise AccessError(self.env._(
                    "%(account)s belongs to another team. Its leader or a director can change it.",
                    account=account.display_name))
        if user is not None and not self._kam_leads(user, team):
            raise AccessError(self.env._(
                "You can hand accounts to people of your own team only. Ask a director to move %(accounts)s to "
                "another team.", accounts=self._kam_names()))

    def _kam_names(self):
        return ", ".join(self[:3].mapped('display_name')) or self.env._("this customer")

    @api.model_create_multi
    def create(self, vals_list):
        # Defaults from the context are values like others: they must not slip past the checks in write.
        defaults = {f'default_{name}': name for name in ACCOUNT_FIELDS}
        given = {name: self.env.context[key] for key, name in defaults.items() if key in self.env.context}
        wanted = [{**given, **{name: vals[name] for name in ACCOUNT_FIELDS if name in vals}} for vals in vals_list]
        cleaned = self.with_context({
            key: value for key, value in self.env.context.items() if key not in defaults})
        partners = super(ResPartner, cleaned).create([
            {name: value for name, value in vals.items() if name not in ACCOUNT_FIELDS} for vals in vals_list])
        partners = partners.with_env(self.env)
        for partner, vals in zip(partners, wanted, strict=True):
            if any(vals.values()):
                partner.write({name: value for name, value in vals.items() if value})
        return partners

    def write(self, vals):
        wanted = {name: vals[name] for name in ACCOUNT_FIELDS if name in vals}
        if self.env.su and self.env.context.get('kam_holder_sync'):
            return super().write(vals)
        rest = {name: value for name, value in vals.items() if name not in wanted}
        contacts = self.filtered(lambda p: not p.kam_is_account) if {'is_company', 'parent_id'} & rest.keys() else self.browse()
        result = super().write(rest) if rest or not wanted else True
        contacts._kam_forget_former_account()
        if wanted:
            self.commercial_partner_id._kam_write(wanted)
        return result

    def _kam_forget_former_account(self):
        """A contact which became a company of its own is no key account because its former employer was one."""
        alone = self.filtered('kam_is_account').filtered(lambda p: any(p[name] for name in ACCOUNT_FIELDS))
        if alone:
            alone.sudo().with_context(kam_holder_sync=True).write(  # sudo: what is removed is the former company's
                dict.fromkeys(ACCOUNT_FIELDS, False))

    def _kam_write(self, vals):
        """Write account fields on commercial partners; only what really changes needs the right to."""
        for account in self:
            current = account._convert_fields_to_values(list(vals))
            changed = {name: value for name, value in vals.items() if (value or False) != (current[name] or False)}
            for name in {'kam_since_date', 'kam_customer_since'} & changed.keys():
                if fields.Date.to_date(changed[name]) == account[name]:
                    del changed[name]
            if changed:
                account._kam_write_changed(changed)

    def _kam_write_changed(self, vals):
        self.ensure_one()
        user, team = self.kam_user_id, self.kam_team_id
        if 'kam_user_id' in vals:
            user = user.browse(vals['kam_user_id'] or [])
            team = self._kam_team_of(user) if user else team
        if 'kam_team_id' in vals:
            team = team.browse(vals['kam_team_id'] or [])
        self._kam_check_may_change(user, team)
        stored = {name: value for name, value in vals.items() if name not in HOLDER_FIELDS}
        if stored.get('is_key_account') and not self.kam_since_date:
            stored.setdefault('kam_since_date', self.env.company._kam_today())
        before = self._kam_state()
        if stored:
            super().write(stored)
        if (user, team) != (self.kam_user_id, self.kam_team_id):
            self.check_access('write')
            first = None if self.sudo().kam_assignment_ids else self.kam_since_date  # sudo: any assignment counts
            self.env['kam.assignment'].sudo()._assign(  # sudo: checked above; the history itself is closed to editing
                self.sudo(), user, team, min(first, self.env.company._kam_today()) if first else None)
        self._kam_log(before)

    def _kam_state(self):
        """What of the account is noted in its chatter, as people read it."""
        self.ensure_one()
        return {
            self.env._("Key account"): self.env._("yes") if self.is_key_account else self.env._("no"),
            self.env._("Tier"): self.kam_tier_id.name or "–",
            self.env._("Account manager"): self.kam_user_id.name or "–",
            self.env._("Key account team"): self.kam_team_id.sudo().name or "–",  # sudo: a name; the team may be another company's
        }

    def _kam_log(self, before):
        """Note on the company what changed; not on each contact, as field tracking would."""
        changes = [
            self.env._("%(what)s: %(old)s → %(new)s", what=what, old=before[what], new=new)
            for what, new in self._kam_state().items() if new != before[what]]
        if changes:
            self._message_log(body=Markup("<br/>").join(changes))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_managed(self):
        history = self.env['kam.assignment'].sudo().search([('partner_id', 'in', self.ids)])  # sudo: whoever deletes
        scored = self.env['kam.account.score'].sudo().search([('partner_id', 'in', self.ids)])  # sudo: likewise
        accounts = history.partner_id | scored.partner_id
        if accounts:
            raise UserError(self.env._(
                "%(accounts)s: managers and scorings of key accounts are history and stay. Archive the contact instead.",
                accounts=accounts.sudo(self.env.su)._kam_names()))  # as the user again

    def _kam_take_over(self, sources):
        """Merged into this account: one key account among them makes it one, the earliest dates stay."""
        self.ensure_one()
        vals = {}
        if any(sources.mapped('is_key_account')):
            vals['is_key_account'] = True
        if not self.kam_tier_id and sources.kam_tier_id:
            vals['kam_tier_id'] = sources.kam_tier_id[0].id
        for name in ('kam_since_date', 'kam_customer_since'):
            dates = [partner[name] for partner in self | sources if partner[name]]
            if dates:
                vals[name] = min(dates)
        self._kam_write(vals)
