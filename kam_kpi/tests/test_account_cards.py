from ast import literal_eval
from datetime import timedelta

from lxml import etree

from odoo.fields import Date
from odoo.tests import freeze_time, tagged

from .attention_common import TODAY, AttentionCase


@tagged('post_install', '-at_install')
@freeze_time('2026-06-15 09:00:00')
class TestAccountCards(AttentionCase):
    """What the cards of My Key Accounts show, and what its filters find."""

    def card(self, user=None):
        self.env.flush_all()
        self.env.invalidate_all()
        return self.alpha.with_user(user or self.anna)

    def found(self, name):
        """The accounts of the test which a filter of the search finds for the director."""
        self.env.flush_all()
        arch = self.env['res.partner'].with_user(self.diana).get_view(
            self.env.ref('kam_kpi.res_partner_view_search_key_accounts').id, 'search')['arch']
        domain = literal_eval(etree.fromstring(arch).find(f".//filter[@name='{name}']").get('domain').strip())
        return self.env['res.partner'].with_user(self.diana).search([('id', 'in', self.accounts.ids), *domain])

    def test_contacts(self):
        self.fact(self.alpha, 'calls', 0, key='c')
        self.fact(self.alpha, 'meetings', -9, key='next')
        self.fact(self.alpha, 'meetings', -20, key='later')
        card = self.card()
        self.assertEqual(
            (card.kam_last_touch, card.kam_last_meeting, card.kam_next_meeting, card.kam_touch_state),
            (TODAY, self.ago(1), TODAY + timedelta(days=9), 'fresh'))

    def test_state_of_contact(self):
        for days, state in ((45, 'fresh'), (46, 'due'), (60, 'due'), (61, 'overdue')):
            self.forget_touches()
            self.fact(self.alpha, 'exchanges', days, key='e')
            with self.subTest(days=days):
                self.assertEqual(self.card().kam_touch_state, state)
        self.forget_touches()
        self.assertEqual((self.card().kam_touch_state, self.card().kam_last_touch), ('never', False))
        self.alpha.kam_tier_id = False
        self.assertFalse(self.card().kam_touch_state)

    def test_another_manager_s_contacts_are_not_shown(self):
        self.assertFalse(self.card(self.ben).kam_last_touch)
        self.assertEqual(self.card(self.rita).kam_last_touch, self.ago(1))

    def test_trend_of_full_months(self):
        for day, amount in (('2025-05-31', 7.0), ('2025-06-01', 100.0), ('2026-05-31', 50.0), ('2026-06-01', 9.0)):
            self.fact(self.alpha, 'revenue', (TODAY - Date.to_date(day)).days, amount)
        self.assertEqual(self.card().kam_revenue_trend, [100.0, *[0.0] * 10, 50.0])

    def test_no_revenue_has_no_trend(self):
        self.assertIs(self.card().kam_revenue_trend, False)

    def test_pipeline_of_last_night(self):
        self.fact(self.alpha, 'open_pipeline', 1, 300.0)
        self.fact(self.alpha, 'open_pipeline', 1, 200.0)
        self.fact(self.alpha, 'open_pipeline', 2, 9999.0)
        self.assertEqual(self.card().kam_pipeline, 500.0)
        self.assertIs(self.beta.with_user(self.ben).kam_pipeline, False)

    def health(self, state, *items):
        kpis = {code: self.env.ref(f'kam_kpi.kam_kpi_{code}').id for code, _value, _score in items}
        return self.env['kam.health'].create({
            'partner_id': self.alpha.id, 'company_id': self.company.id, 'state': state, 'score': 50.0, 'parts': [
                {'group': 1, 'weight': 1.0, 'score': 50.0, 'items': [
                    {'kpi': kpis[code], 'value': value, 'score': score} for code, value, score in items]}]})

    def test_health_says_why(self):
        health = self.health('amber', ('nrr_pct', 78.0, 20.0), ('nps', 40.0, 80.0), ('csat_pct', None, None))
        self.assertEqual(self.card().kam_health_reason, "Weakest: Net revenue retention 78 %")
        health.state = 'green'
        self.assertEqual(self.card().kam_health_reason, "Best: Net promoter score (NPS) 40")

    def test_health_without_figures(self):
        self.health('no_data', ('nps', None, None))
        self.assertEqual(self.card().kam_health_reason, "Too few figures yet")

    def test_reasons_to_act(self):
        self.fact(self.alpha, 'nps_answers', 0, 6.0, key='contact,1', res_id=7)
        self.refresh()
        card = self.card()
        self.assertEqual((card.kam_attention_count, card.kam_attention_reason), (1, "Gave us 6 of 10 on 06/15/2026; nobody has called since."))
        self.assertEqual(self.found('needs_attention'), self.alpha)

    def test_no_meeting_in_thirty_days(self):
        self.forget_touches()
        self.fact(self.alpha, 'meetings', 31, key='m')
        self.assertEqual(self.found('no_meeting'), self.alpha)
        self.fact(self.alpha, 'meetings', 30, key='n')
        self.assertFalse(self.found('no_meeting'))
        self.forget_touches()
        self.fact(self.alpha, 'meetings', -3, key='next')
        self.assertEqual(self.found('no_meeting'), self.alpha)

    def test_no_contact_in_sixty_days(self):
        self.forget_touches()
        self.fact(self.alpha, 'calls', 61, key='c')
        self.assertEqual(self.found('no_contact'), self.alpha)

    def test_renewal_in_ninety_days(self):
        agreement = self.env['kam.agreement'].create({
            'name': "Frame", 'partner_id': self.alpha.id, 'date_start': '2025-01-01', 'date_end': TODAY + timedelta(days=90),
            'annual_value': 1.0, 'state': 'active'})
        self.assertEqual((self.found('renewal'), self.card().kam_renewal_date), (self.alpha, agreement.date_end))
        agreement.date_end += timedelta(days=1)
        self.assertFalse(self.found('renewal'))

    def test_no_plan(self):
        plan = self.env['kam.plan'].create({'partner_id': self.alpha.id, 'year': 2026})
        self.assertEqual(self.found('no_plan'), self.beta)
        plan._cancel("Another way")
        self.assertEqual(self.found('no_plan'), self.accounts)

    def test_sorted_by_last_contact(self):
        self.fact(self.beta, 'calls', 0, key='c')
        accounts = self.env['res.partner'].with_user(self.diana).search(
            [('id', 'in', self.accounts.ids)], order='kam_last_touch desc')
        self.assertEqual(accounts, self.beta | self.alpha)

    def test_a_page_of_eighty_costs_what_ten_cost(self):
        names = [node.get('name') for node in self._card_fields()]
        accounts = self.env['res.partner'].create([{
            'name': f"Account {index:02}", 'is_company': True} for index in range(80)])
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE res_partner SET is_key_account = TRUE, kam_tier_id = %s, kam_user_id = %s WHERE id = ANY(%s)",
            [self.alpha.kam_tier_id.id, self.anna.id, accounts.ids])
        self.env['kam.attention']._refresh(accounts.ids)
        self.env.flush_all()
        model = self.env['res.partner'].with_user(self.anna)
        spec = {name: {'fields': {'display_name': {}}} if model._fields[name].type == 'many2one' else {} for name in names}

        def cost(limit):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            page = model.web_search_read([('id', 'in', accounts.ids)], spec, limit=limit)
            self.assertEqual(len(page['records']), limit)
            return self.env.cr.sql_log_count - before

        cost(1)
        self.assertLessEqual(cost(80), cost(10) + 2)

    def _card_fields(self):
        arch = self.env['res.partner'].with_user(self.anna).get_view(
            self.env.ref('kam_kpi.res_partner_view_kanban_key_accounts').id, 'kanban')['arch']
        return etree.fromstring(arch).iter('field')
