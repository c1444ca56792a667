from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from .kam_kpi_terms import Holdings

EVERYBODY = None  # instead of a list of accounts: all customers, and what belongs to no account
SEE_ALL = 'kam_kpi.group_kam_manager,kam_kpi.group_kam_reader'


class KamKpiViewer(models.Model):
    """Whose figures one may look at besides single accounts', and which accounts these take in."""

    _inherit = 'kam.kpi'

    @api.model
    def _sees_all(self):
        return self.env.su or self.env.user.has_groups(SEE_ALL)

    @api.model
    def _subject_choices(self):
        """Return what the user may choose: a list of ``{'subject', 'label', 'model', 'domain'}``; no model where there is no choice."""
        user = self.env.user
        partners = Domain('kam_is_account', '=', True)
        users, teams = Domain('share', '=', False), Domain.TRUE
        if not self._sees_all():
            leads = user.has_group('kam_kpi.group_kam_leader')
            partners &= Domain('kam_user_id', '=', user.id) | (Domain('kam_team_id.user_id', '=', user.id) if leads else Domain.FALSE)
            users &= Domain('id', '=', user.id) | (self._led_users() if leads else Domain.FALSE)
            teams = Domain('user_id', '=', user.id) if leads else Domain.FALSE
        choices = [
            {'subject': 'account', 'label': self.env._("An account"), 'model': 'res.partner', 'domain': list(partners)},
            {'subject': 'user', 'label': self.env._("An account manager"), 'model': 'res.users', 'domain': list(users)},
        ]
        if teams != Domain.FALSE:
            choices.append({'subject': 'team', 'label': self.env._("A sales team"), 'model': 'crm.team', 'domain': list(teams)})
        if self._sees_all():
            choices += [
                {'subject': 'key', 'label': self.env._("All key accounts"), 'model': False, 'domain': []},
                {'subject': 'company', 'label': self.env._("The whole company"), 'model': False, 'domain': []},
            ]
        return choices

    @api.model
    def _led_users(self):
        return Domain('crm_team_member_ids.crm_team_id.user_id', '=', self.env.uid)

    @api.model
    def _default_subject(self):
        """Return (subject, id) to begin with: what the user answers for."""
        if self._sees_all():
            return 'key', False
        team = self.env['crm.team'].search([('user_id', '=', self.env.uid)], limit=1)
        if team and self.env.user.has_group('kam_kpi.group_kam_leader'):
            return 'team', team.id
        return 'user', self.env.uid

    @api.model
    def _check_subject(self, subject, record_id):
        """Raise AccessError unless the user may look at this subject."""
        if subject == 'account':
            self._accounts([record_id])
            return
        user = self.env.user
        leads = user.has_group('kam_kpi.group_kam_leader')
        allowed = self._sees_all()
        if subject == 'user' and not allowed:
            allowed = user.has_group('kam_kpi.group_kam_user') and record_id == user.id or leads and bool(
                self.env['res.users'].sudo().search_count(Domain('id', '=', record_id) & self._led_users(), limit=1))  # a yes or no
        elif subject == 'team' and not allowed:
            allowed = leads and self.env['crm.team'].sudo().browse(record_id).user_id == user  # a yes or no
        if not allowed:
            raise AccessError(self.env._("You may see the figures of your own accounts and people only. Ask a KAM director for others."))

    @api.model
    def _subject_accounts(self, subject, record_id, day):
        """Return the accounts of a subject on a day, EVERYBODY for the whole company, after checking that the user may see them."""
        self._check_subject(subject, record_id)
        if subject == 'company':
            return EVERYBODY
        if subject == 'account':
            return sorted(set(self._accounts([record_id]).values()))
        accounts = set()
        for company in self.env.companies:
            scope = ('company', company.id) if subject == 'key' else (subject, record_id)
            accounts.update(Holdings(self.env, company).on(day).get(scope, []))
        return sorted(accounts)

    @api.model
    def _readable_accounts(self, account_ids):
        """Return those of the accounts whose documents the user may look at."""
        known = {account for account in account_ids if account}
        if self._sees_all():
            return set(account_ids)
        try:
            self._check_accounts(known)
        except AccessError:
            return {account for account in known if self.env['kam.explain']._may_open(account)}
        return known
