from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..tools import relationship

EXCHANGE_DAYS = 90  # who wrote in a thread within so many days of the other's mail took part in the exchange
BUSY_MONTHS = 12
MAX_COLLEAGUES = 12
MAX_ACCOUNTS = 500


class KamStakeholder(models.Model):
    """The relationship X-ray of one account: coverage, blind spots, board and matrix, in one call."""

    _inherit = 'kam.stakeholder'

    @api.model
    def get_xray(self, partner_id=None):
        """What the screen shows of an account, or of the first of the user's without one."""
        accounts = self._xray_accounts()
        account = self.env['res.partner'].browse(partner_id or accounts[:1].id).exists().commercial_partner_id
        people = self.search([('partner_id', '=', account.id), ('company_id', '=', self.env.company.id)])
        rows = people._as_people()
        ties = people._ties()
        colleagues, more = people._colleagues(ties, account)
        texts = self.env['kam.plan']._relationship_texts()
        return {
            'account': account.id and {'id': account.id, 'name': account.display_name, 'mine': self.new({'partner_id': account.id})._may_be_mapped()},
            'accounts': [{'id': partner.id, 'name': partner.display_name} for partner in accounts | account],
            'coverage': relationship.coverage(rows),
            'wanted_coverage': account.kam_tier_id.min_coverage,
            'lines': self._xray_lines(rows),
            'findings': [texts[code] + self._named(names) for code, names in relationship.findings(rows)] if rows else [],
            'people': [person._xray_card() for person in people],
            'colleagues': [{'id': user.id, 'name': user.name} for user in colleagues],
            'more_colleagues': more,
            'ties': ties,
            'choices': {
                **{name: self._fields[name]._description_selection(self.env) for name in ('influence', 'attitude')},
                'level': self._fields['current_level']._description_selection(self.env),
            },
        }

    def _xray_accounts(self):
        """The key accounts whose people the user may see, own ones first."""
        user = self.env.user
        domain = Domain('is_key_account', '=', True) & Domain('kam_is_account', '=', True)
        if not user.has_group('kam_kpi.group_kam_manager'):
            own = Domain('kam_user_id', '=', user.id)
            domain &= own | Domain('kam_team_id.user_id', '=', user.id) if user.has_group('kam_kpi.group_kam_leader') else own
        return self.env['res.partner'].search(domain, limit=MAX_ACCOUNTS).sorted(lambda partner: (partner.kam_user_id != user, partner.name or ''))

    def _xray_lines(self, rows):
        """The sum behind the coverage, person by person, and what is missing."""
        roles = dict(self._fields['role']._description_selection(self.env))
        freshness = dict(self._fields['freshness']._description_selection(self.env))
        lines = [{
            'name': line['name'],
            'power': line['power'],
            'closeness': round(100 * line['closeness']),
            'freshness': freshness[line['freshness']],
            'factor': round(100 * line['factor']),
            'points': round(line['points'], 1),
        } for line in relationship.coverage_lines(rows)]
        return lines + [{
            'name': self.env._("Missing: %(role)s", role=roles[role].lower()), 'power': relationship.NEEDED_ROLES[role], 'closeness': 0,
            'freshness': False, 'factor': 0, 'points': 0.0, 'missing': True,
        } for role in (relationship.missing_roles(rows) if rows else [])]

    @api.model
    def _named(self, names):
        return " (%s)" % ", ".join(names) if names else ""

    def _xray_card(self):
        self.ensure_one()
        label = {name: dict(self._fields[name]._description_selection(self.env))[self[name]] for name in ('role', 'freshness')}
        return {
            'id': self.id, 'name': self.name, 'function': self.function or '', 'role': label['role'], 'influence': self.influence,
            'attitude': self.attitude, 'freshness': self.freshness, 'freshness_label': label['freshness'], 'left': self.has_left,
            'last_contact': fields.Date.to_string(self.last_contact) or '', 'owner_id': self.user_id.id, 'owner': self.user_id.name or '',
            'level': self.current_level, 'wanted': self.wanted_level, 'write_date': fields.Datetime.to_string(self.write_date),
        }

    # ------------------------------------------------------------------
    # who of us knows whom
    # ------------------------------------------------------------------

    def _ties(self):
        """Return [{person, user, level, owner, last, count}]: what is noted and what mails and meetings of twelve months tell."""
        if not self:
            return []
        found = {}

        def tie(person, user_id):
            return found.setdefault((person.id, user_id), {
                'person': person.id, 'user': user_id, 'level': '0', 'owner': person.user_id.id == user_id, 'last': '', 'count': 0})

        for person in self:
            if person.user_id:
                tie(person, person.user_id.id)['level'] = person.current_level
            for row in person.tie_ids:
                tie(person, row.user_id.id)['level'] = row.level
        for contact_id, user_id, company_id, last, count in self._pair_contacts():
            for person in self.filtered(lambda p, c=contact_id, k=company_id: p.contact_id.id == c and p.company_id.id == k):
                tie(person, user_id).update(last=fields.Date.to_string(last), count=count)
        return list(found.values())

    def _colleagues(self, ties, account):
        """Our people in the matrix, the busiest first, and how many more there are."""
        weight = {account.kam_user_id.id: 1e6} if account.kam_user_id else {}
        for row in ties:
            weight[row['user']] = weight.get(row['user'], 0) + row['count'] + 100 * int(row['level']) + 1000 * row['owner']
        users = self.env['res.users'].browse(sorted(weight, key=lambda user_id: (-weight[user_id], user_id)))
        return users[:MAX_COLLEAGUES], max(0, len(users) - MAX_COLLEAGUES)

    def _pair_contacts(self):
        """Return (contact id, user id, company id, last day, number in twelve months) of two-way contacts with each colleague.

        A mail of theirs counts for every colleague who wrote publicly in the
        same thread at most 90 days before or after it. Colleagues are users of
        the company who are still with us.
        """
        return self._query_contacts(SQL(
            """SELECT x.contact_id, x.user_id, c.id, MAX(%(day)s), COUNT(DISTINCT (x.kind, x.moment))
                 FROM (%(met)s UNION ALL %(called)s UNION ALL %(wrote)s) x
                 JOIN res_users u ON u.id = x.user_id AND u.active AND u.share IS NOT TRUE
                 JOIN res_company_users_rel r ON r.user_id = u.id
                 JOIN res_company c ON c.id = r.cid AND c.id = ANY(%(companies)s)
                WHERE %(day)s <= timezone(COALESCE(c.kam_timezone, 'UTC'), timezone('UTC', %(now)s::timestamp))::date
                  AND x.moment >= %(since)s
                GROUP BY x.contact_id, x.user_id, c.id""",
            day=self._day_sql(), met=self._pair_met_sql(), called=self._called_sql(), wrote=self._exchanged_sql(), companies=self.company_id.ids,
            now=fields.Datetime.now(), since=fields.Datetime.subtract(fields.Datetime.now(), months=BUSY_MONTHS)))

    def _pair_met_sql(self):
        return SQL("SELECT y.contact_id, y.moment, y.whole_day, y.kind, y.user_id FROM (%s) y (contact_id, moment, whole_day, kind, user_id)", self._met_sql())

    def _exchanged_sql(self):
        return SQL(
            """SELECT w.contact_id, w.moment, FALSE, 'mail', o.id
                 FROM (SELECT m.author_id AS contact_id, m.date AS moment, m.model, m.res_id FROM mail_message m
                        WHERE m.author_id = ANY(%(ids)s) AND m.message_type IN ('email', 'comment') AND m.subtype_id = %(comment)s
                          AND m.is_internal IS NOT TRUE AND m.date <= %(now)s) w
                 JOIN mail_message n ON n.model = w.model AND n.res_id = w.res_id AND n.message_type IN ('email', 'comment')
                  AND n.subtype_id = %(comment)s AND n.is_internal IS NOT TRUE
                  AND n.date BETWEEN w.moment - %(days)s * interval '1 day' AND w.moment + %(days)s * interval '1 day'
                 JOIN res_users o ON o.partner_id = n.author_id AND o.share IS NOT TRUE""",
            ids=self._contact_ids(), comment=self._record_id('mail.mt_comment'), now=fields.Datetime.now(), days=EXCHANGE_DAYS)

    def place(self, influence, attitude):
        """Move the person on the board; returns nothing, the screen reads the account anew."""
        self.ensure_one()
        self.write({'influence': influence, 'attitude': attitude})
