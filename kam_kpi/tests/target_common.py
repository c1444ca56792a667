from contextlib import contextmanager
from unittest.mock import patch

from psycopg2 import IntegrityError

from odoo.tests import TransactionCase, new_test_user
from odoo.tools import mute_logger

KPIS = [
    # code, unit, direction, flow, family
    ('t_sales', 'currency', 'higher', True, 'objective'),
    ('t_retention', 'percent', 'higher', False, 'objective'),
    ('t_delay', 'days', 'lower', False, 'moneyball'),
    ('t_stock', 'ratio', 'band', False, 'moneyball'),
    ('t_calls', 'count', 'higher', True, 'activity'),
]


class TargetCase(TransactionCase):
    """A team of two and their figures, typed in here in place of the KPI engine.

    ::

        lea (leader) ── team North ── anna: Alpha, Beta
        ole (leader) ── team South ── ben: Gamma
        dora: director, rita: reader

    ``self.figures[code, subject]`` is what a KPI measures for an account, or
    for a user, team or company; none there is no data. ``self.calls`` keeps
    what was asked for, ``self.statements`` how often.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_people()
        cls._create_accounts()
        cls.objective = cls.env['kam.objective'].create({'name': "Grow with few customers"})
        cls.kpis = {
            code: cls.env['kam.kpi'].create({
                'name': code.removeprefix('t_').title(), 'code': code, 'unit': unit, 'direction': direction,
                'flow': flow, 'family': family, 'numerator': 'accounts', 'objective_id': cls.objective.id,
            }) for code, unit, direction, flow, family in KPIS
        }
        cls._replace_engine()

    @classmethod
    def _create_people(cls):
        groups = {
            'anna': 'group_kam_user', 'ben': 'group_kam_user', 'lea': 'group_kam_leader', 'ole': 'group_kam_leader',
            'dora': 'group_kam_manager', 'rita': 'group_kam_reader',
        }
        for login, group in groups.items():
            setattr(cls, login, new_test_user(
                cls.env, f'target_{login}', f'kam_kpi.{group}', name=login.title(),
                context={'no_reset_password': True, 'mail_create_nolog': True}))
        Team = cls.env['crm.team']
        cls.north = Team.create({'name': "North", 'user_id': cls.lea.id, 'member_ids': cls.anna.ids})
        cls.south = Team.create({'name': "South", 'user_id': cls.ole.id, 'member_ids': cls.ben.ids})

    @classmethod
    def _create_accounts(cls):
        def account(name, user, team):
            return cls.env['res.partner'].create({
                'name': name, 'is_company': True, 'is_key_account': True, 'kam_user_id': user.id, 'kam_team_id': team.id})
        cls.alpha = account("Alpha", cls.anna, cls.north)
        cls.beta = account("Beta", cls.anna, cls.north)
        cls.gamma = account("Gamma", cls.ben, cls.south)

    @classmethod
    def _replace_engine(cls):
        cls.figures, cls.calls, cls.statements = {}, [], []

        def _outcomes(self, scopes, date_start, date_stop, user_ids=None, subjects=None):
            models = {'account': 'res.partner', 'user': 'res.users', 'team': 'crm.team', 'company': 'res.company'}
            results = {}
            for scope_id, (scope, record_id) in subjects.items():
                subject = self.env[models[scope]].sudo().browse(record_id)
                for kpi in self:
                    cls.calls.append((kpi.code, scope, subject.id, scopes[scope_id], date_start, date_stop))
                    value = next((
                        figure for (code, record), figure in cls.figures.items() if code == kpi.code and record == subject), None)
                    results[kpi.id, scope_id] = {
                        'value': value, 'numerator': value, 'denominator': None, 'state': 'no_data' if value is None else 'ok',
                        'sample_size': 0, 'margin': None, 'flags': [],
                        'reason': 'insufficient_sample' if value is None else None,
                    }
            cls.statements.append((self.mapped('code'), len(subjects)))
            return results

        def _scope_accounts(self, scope, record_id, day, company):
            return [record_id] if scope == 'account' else (cls.alpha | cls.beta).ids

        Kpi = type(cls.env['kam.kpi'])
        for method in (_outcomes, _scope_accounts):
            cls.startClassPatcher(patch.object(Kpi, method.__name__, method))

    def setUp(self):
        super().setUp()
        self.figures.clear()
        self.calls.clear()
        self.statements.clear()

    @contextmanager
    def refused(self, error, text):
        """Expect an error with a text, and undo what was done before it."""
        with self.assertRaises(error) as caught:
            yield
        self.assertIn(text, str(caught.exception))

    @contextmanager
    def refused_by_database(self, text):
        """Expect a violated constraint with its message for the user, and undo what was done before it."""
        with self.assertRaises(IntegrityError) as caught, mute_logger('odoo.sql_db'):
            yield
            self.env.flush_all()
        self.assertIn(text, self.env['kam.target']._sql_error_to_message(caught.exception))

    @classmethod
    def vals(cls, code='t_sales', subject=None, **vals):
        """Return the values of a target of 150,000 for Alpha in the first quarter of 2026, but for what is given."""
        subject = cls.alpha if subject is None else subject
        field = {'res.partner': 'partner_id', 'res.users': 'user_id', 'crm.team': 'team_id'}.get(subject._name)
        band = cls.kpis[code].direction == 'band'
        return {
            'kpi_id': cls.kpis[code].id,
            **({} if 'date_start' in vals else {'date_start': '2026-01-01', 'date_end': '2026-03-31'}),
            **({field: subject.id} if field else {}),
            **({} if band else {'target_value': 150000}),
            **vals,
        }

    def target(self, code='t_sales', subject=None, user=None, **vals):
        """Create a target as ``user``, default the account manager; see :meth:`vals`."""
        Target = self.env['kam.target'].with_user(user or self.anna)
        return Target.create(self.vals(code, subject, **vals))
