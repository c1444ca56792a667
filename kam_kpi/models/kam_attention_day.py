from collections import defaultdict
from datetime import timedelta
from functools import cached_property
from typing import NamedTuple

from odoo.fields import Datetime, Domain
from odoo.tools import SQL

SPOKEN = ('meetings', 'calls')
TOUCHES = (*SPOKEN, 'exchanges')


class Signal(NamedTuple):
    """One reason to look at one account; see ``kam.attention`` for the meaning."""
    partner_id: int
    kind: str
    cause: str
    severity: int
    value: float
    due: object
    figures: dict
    source: object = None


class Touch(NamedTuple):
    """The days an account was last met, last in touch with in any way and last spoken with (the time as well where known), and is met next."""
    meeting: object = None
    any: object = None
    spoken: object = None
    spoken_at: object = None
    planned: object = None


class Day:
    """What all signals of a company look at on one day: its accounts, read once for all of them."""

    def __init__(self, env, partner_ids=None):
        self.env, self.company = env, env.company
        self.today = self.company._kam_today()
        domain = Domain([('is_key_account', '=', True), ('kam_is_account', '=', True), ('company_id', 'in', (False, self.company.id))])
        if partner_ids is not None:
            domain &= Domain('id', 'in', list(partner_ids))
        accounts = env['res.partner'].search(domain)
        self.holders = env['kam.assignment']._holders(accounts.ids, self.today, self.company.id)
        self.accounts = accounts.filtered(self._is_ours)
        self.ids = self.accounts.ids

    def ago(self, days):
        return self.today - timedelta(days=days)

    def _is_ours(self, account):
        """An account is looked at in the company that holds it, else in its own, else in the main one."""
        return account.id in self.holders or account.company_id == self.company or (
            account.id not in self._held_elsewhere and not account.company_id and self.company.id == self.env['kam.fact']._main_company_id())

    @cached_property
    def _held_elsewhere(self):
        assignment = self.env['kam.assignment']
        rows = assignment._read_group(
            assignment._domain_covering(self.today, self.today) & Domain('company_id', '!=', self.company.id), ['partner_id'])
        return {account.id for (account,) in rows}

    @cached_property
    def users(self):
        """{account id: who is to act}: the manager, else the leader of the team; absent when there is neither."""
        held = {
            account.id: self.holders.get(account.id, (account.kam_user_id.id, account.kam_team_id.id)) for account in self.accounts}
        teams = self.env['crm.team'].browse({team_id for _user_id, team_id in held.values() if team_id})
        leaders = {team.id: team.user_id for team in teams}
        managers = self.env['res.users'].browse({user_id for user_id, _team_id in held.values() if user_id})
        active = (managers | teams.user_id).filtered('active')
        by_id = {user.id: user for user in active}
        found = {}
        for account_id, (user_id, team_id) in held.items():
            user = by_id.get(user_id) or by_id.get(leaders[team_id].id if team_id else False)
            if user:
                found[account_id] = user
        return found

    def measure_ids(self, *codes):
        """{id: code} of measures; a measure that was archived has no facts to look at."""
        return {measure_id: code for measure_id, code in self._measures.items() if code in codes}

    @cached_property
    def _measures(self):
        return {measure.id: measure.code for measure in self.env['kam.measure'].search_fetch([], ['code'])}

    @cached_property
    def revenue(self):
        """{account id: revenue of twelve months}."""
        rows = self.env['kam.fact']._read_group([
            ('measure_id', 'in', list(self.measure_ids('revenue'))), ('partner_id', 'in', self.ids), ('company_id', '=', self.company.id),
            ('date', '>=', self.ago(365)), ('date', '<', self.today)], ['partner_id'], ['amount:sum'])
        return {account.id: amount for account, amount in rows}

    @cached_property
    def touches(self):
        """{account id: Touch}; what has not begun yet is planned, not done."""
        codes = self.measure_ids(*TOUCHES)
        now = Datetime.now()
        rows = self.env.execute_query(SQL(
            """SELECT partner_id, measure_id, MAX(date) FILTER (WHERE past), MAX(moment) FILTER (WHERE past), MIN(date) FILTER (WHERE NOT past)
                 FROM (SELECT *, date < %(today)s OR date = %(today)s AND COALESCE(moment <= %(now)s, TRUE) AS past
                         FROM kam_fact WHERE company_id = %(company)s AND measure_id = ANY(%(measures)s) AND partner_id = ANY(%(accounts)s)) f
                GROUP BY partner_id, measure_id""",
            today=self.today, now=now, company=self.company.id, measures=list(codes), accounts=self.ids))
        found = defaultdict(dict)
        for partner_id, measure_id, last, moment, planned in rows:
            found[partner_id][codes[measure_id]] = (last, moment, planned)
        return {partner_id: self._touch(by_code) for partner_id, by_code in found.items()}

    def _touch(self, by_code):
        def latest(position, codes):
            return max((by_code[code][position] for code in codes if code in by_code and by_code[code][position]), default=None)

        meeting = by_code.get('meetings', (None, None, None))
        return Touch(meeting[0], latest(0, TOUCHES), latest(0, SPOKEN), latest(1, SPOKEN), meeting[2])
