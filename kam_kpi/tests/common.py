from odoo import Command
from odoo.fields import Date
from odoo.tests import TransactionCase, new_test_user


class KamCase(TransactionCase):
    """The cast of the tests.

    ::

        diana   director: sees all
        leo     leader of the team North
          anna    account manager, member of North
          ben     account manager, member of North
        rita    reader: sees all, changes nothing
        sam     salesman without any key account group
        zoe     leader of the team South, without accounts

        Alpha   key account of anna (North)
        Beta    key account of ben (North)
        Gamma   customer, no key account

    Everything happens in ``company``, where the time zone is UTC. Accounts
    were assigned on 2024-01-01, so figures of 2024 and later have a holder.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context=dict(cls.env.context, tracking_disable=True, no_reset_password=True))
        cls.company = cls.env.company
        cls.company.kam_tz = 'UTC'
        cls.diana = cls.new_user('diana', 'kam_kpi.group_kam_manager')
        cls.leo = cls.new_user('leo', 'kam_kpi.group_kam_leader')
        cls.zoe = cls.new_user('zoe', 'kam_kpi.group_kam_leader')
        cls.anna = cls.new_user('anna', 'kam_kpi.group_kam_user')
        cls.ben = cls.new_user('ben', 'kam_kpi.group_kam_user')
        cls.rita = cls.new_user('rita', 'kam_kpi.group_kam_reader')
        cls.sam = cls.new_user('sam', 'sales_team.group_sale_salesman')
        cls.north = cls.new_team("North", cls.leo, cls.anna | cls.ben)
        cls.south = cls.new_team("South", cls.zoe)
        cls.alpha = cls.new_account("Alpha", cls.anna)
        cls.beta = cls.new_account("Beta", cls.ben)
        cls.gamma = cls.new_customer("Gamma")

    @classmethod
    def new_user(cls, login, groups, **vals):
        """A user of ``company`` with just these groups; ``groups`` is a comma-separated list of external ids."""
        return new_test_user(
            cls.env, login=f'kam_{login}', name=login.capitalize(), groups=groups,
            **{'company_id': cls.company.id, 'company_ids': [Command.set(cls.company.ids)], **vals})

    @classmethod
    def new_team(cls, name, leader, members=(), **vals):
        return cls.env['crm.team'].create({
            'name': name,
            'user_id': leader.id,
            'company_id': cls.company.id,
            'crm_team_member_ids': [Command.create({'user_id': member.id}) for member in members],
            **vals,
        })

    @classmethod
    def new_customer(cls, name, **vals):
        """A company which is a customer, but no key account."""
        return cls.env['res.partner'].create({'name': name, 'is_company': True, **vals})

    @classmethod
    def new_account(cls, name, user=None, tier='B', since='2024-01-01', **vals):
        """A key account managed by ``user`` (in the user's team) since a day; ``tier`` is a code."""
        return cls.new_customer(name, **{
            'is_key_account': True,
            'kam_since_date': since,
            'kam_tier_id': cls.env.ref(f'kam_kpi.kam_tier_{tier.lower()}').id,
            'kam_user_id': user and user.id,
            **vals,
        })

    @classmethod
    def new_contact(cls, account, name, **vals):
        return cls.env['res.partner'].create({'name': name, 'parent_id': account.id, **vals})

    @classmethod
    def assign(cls, account, user, date_from, date_to=False, **vals):
        """Write one row of the assignment history as it is, without closing others."""
        return cls.env['kam.assignment'].create({
            'partner_id': account.id,
            'user_id': user.id,
            'team_id': user.sale_team_id.id,
            'company_id': cls.company.id,
            'date_from': date_from,
            'date_to': date_to,
            **vals,
        })

    @classmethod
    def new_value(cls, kpi_code, value, account=None, user=None, team=None, **vals):
        """A stored KPI value as the refresh would leave it: the current twelve months unless told otherwise.

        ``value`` None is no data. Without a subject it is the company's.
        """
        subject = account or user or team
        scope = {'res.partner': 'account', 'res.users': 'user', 'crm.team': 'team'}[subject._name] if subject else 'company'
        holder, holder_team = cls.env['kam.assignment']._holders(
            account.ids, Date.to_date('2025-06-30'), cls.company.id).get(account.id, (False, False)) if account else (
            user and user.id, team and team.id)
        return cls.env['kam.kpi.value'].create({
            'kpi_id': cls.env.ref(f'kam_kpi.kam_kpi_{kpi_code}').id,
            'scope': scope,
            'partner_id': account and account.id,
            'user_id': holder,
            'team_id': holder_team,
            'company_id': cls.company.id,
            'frequency': 'ttm',
            'date_start': '2024-07-01',
            'date_end': '2025-06-30',
            'is_current': True,
            'numerator': value,
            'denominator': None if value is None else 1.0,
            'value': value,
            'state': 'no_data' if value is None else 'ok',
            'reason': 'no_history' if value is None else False,
            'sample_size': 0 if value is None else 30,
            **vals,
        })
