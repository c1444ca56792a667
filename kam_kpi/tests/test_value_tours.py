from odoo.tests import HttpCase, freeze_time, tagged

from .common import KamCase


@tagged('post_install', '-at_install')
class TestValueTours(KamCase, HttpCase):
    """The screens of figures as an account manager and a director use them.

    Deals of the first quarter of 2026 and the one before: Alpha 100 of Anna
    and 50 of Ben against 120, Beta 250 against 80.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env['kam.measure'].create({
            'name': "Deals", 'code': 'deals_test', 'model_name': 'crm.lead', 'date_field': 'date_deadline',
            'account_path': 'partner_id.commercial_partner_id', 'aggregate': 'sum', 'value_field': 'expected_revenue',
        })
        cls.env['crm.lead'].create([
            {'name': name, 'type': 'opportunity', 'partner_id': partner.id, 'expected_revenue': amount,
             'date_deadline': day, 'user_id': user.id, 'company_id': cls.company.id}
            for name, partner, user, day, amount in (
                ("Deal of Anna", cls.alpha, cls.anna, '2026-01-05', 100),
                ("Deal of Ben", cls.alpha, cls.ben, '2026-03-31', 50),
                ("Earlier deal", cls.alpha, cls.anna, '2025-12-31', 120),
                ("Deal with Beta", cls.beta, cls.ben, '2026-02-01', 250),
                ("Earlier deal with Beta", cls.beta, cls.ben, '2025-10-01', 80),
            )
        ])
        cls.kpi = cls._kpi("Deal growth", 'deal_growth_test', 'deals_test - prior(deals_test)', 'prior(deals_test)')
        cls._kpi("Deal share", 'deal_share_test', 'deals_test', 'before(deals_test) - before(deals_test)')
        with freeze_time('2026-05-10'):
            cls.env['kam.fact'].refresh()

    @classmethod
    def _kpi(cls, name, code, numerator, denominator):
        return cls.env['kam.kpi'].create({
            'name': name, 'code': code, 'unit': 'percent', 'scale': 100, 'roll_up': 'ratio', 'numerator': numerator,
            'denominator': denominator, 'sequence': 0, 'frequency_ttm': False,
        })

    def _url(self, path, **context):
        """The address of a screen restricted to the first quarter."""
        action = self.env.ref(path).copy({'domain': "[('date_end', '=', '2026-03-31'), ('frequency', '=', 'quarter')]", 'path': False})
        action.context = str({'search_default_scope_account': 1, **context})
        return f'/odoo/action-{action.id}'

    def test_account_manager_has_a_figure_explained(self):
        self.start_tour(self._url('kam_kpi.kam_kpi_value_action'), 'kam_kpi_explain_tour', login=self.anna.login)

    def test_director_analyses(self):
        url = self._url('kam_kpi.kam_kpi_value_action_analysis', searchpanel_default_kpi_id=self.kpi.id)
        self.start_tour(url, 'kam_kpi_director_tour', login=self.diana.login)

    def test_director_edits_a_formula(self):
        self.start_tour(f'/odoo/kam-kpis/{self.kpi.id}', 'kam_kpi_definition_tour', login=self.diana.login)
