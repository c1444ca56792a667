from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import KamCase


@tagged('post_install', '-at_install')
class TestHealth(KamCase):
    """The health of an account: weighted groups of KPIs, explained, no data kept apart."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env['kam.health.group'].search([]).active = False
        cls.commercial, cls.satisfaction, cls.engagement, cls.service = (
            cls.group(name, weight, code) for name, weight, code in (
                ("Commercial", 35, 'nrr_pct'), ("Satisfaction", 25, 'nps'), ("Engagement", 20, 'meeting_frequency'),
                ("Service", 20, 'csat_pct')))

    @classmethod
    def group(cls, name, weight, kpi_code, anchors='0: 0, 100: 100'):
        return cls.env['kam.health.group'].create({
            'name': name, 'weight': weight,
            'item_ids': [(0, 0, {'kpi_id': cls.env.ref(f'kam_kpi.kam_kpi_{kpi_code}').id, 'anchors': anchors})],
        })

    def health(self, account, **figures):
        for code, value in figures.items():
            self.new_value(code, value, account)
        self.env['kam.health']._refresh(account.ids)
        return self.env['kam.health'].search([('partner_id', '=', account.id)])

    def test_groups_without_data_leave_their_weight(self):
        health = self.health(self.alpha, nrr_pct=80, nps=None, meeting_frequency=60, csat_pct=40)
        self.assertAlmostEqual(health.score, 64.0)
        self.assertEqual((health.state, health.coverage), ('amber', 75.0))

    def test_less_than_half_known_is_no_data(self):
        health = self.health(self.alpha, nrr_pct=None, nps=None, meeting_frequency=60, csat_pct=40)
        self.assertIs(health.score, False)
        self.assertEqual((health.state, health.coverage), ('no_data', 40.0))

    def test_values_are_worth_what_the_anchors_say(self):
        self.engagement.item_ids.anchors = '0: 0, 0.5: 50, 1: 75, 2: 100'
        health = self.health(self.alpha, nrr_pct=100, nps=100, meeting_frequency=0.75, csat_pct=100)
        scores = [part['score'] for part in health.parts]
        self.assertEqual(scores, [100.0, 100.0, 62.5, 100.0])

    def test_refresh_follows_the_values(self):
        self.health(self.alpha, nrr_pct=80, nps=80, meeting_frequency=80, csat_pct=80)
        self.env['kam.kpi.value'].search([('partner_id', '=', self.alpha.id)]).write({'value': 20})
        self.env['kam.health']._refresh(self.alpha.ids)
        self.assertEqual(self.alpha.with_user(self.anna).kam_health_state, 'red')

    def test_refresh_of_unchanged_values_writes_nothing(self):
        self.health(self.alpha, nrr_pct=80, nps=77, meeting_frequency=13, csat_pct=80)
        self.env.flush_all()
        with self.assertQueryCount(__system__=10):
            self.env['kam.health']._refresh(self.alpha.ids)
            self.env.flush_all()

    def test_account_which_is_none_any_more_has_no_health(self):
        self.health(self.alpha, nrr_pct=80, nps=80, meeting_frequency=80, csat_pct=80)
        self.alpha.is_key_account = False
        self.env['kam.health']._refresh(self.alpha.ids)
        self.assertFalse(self.env['kam.health'].search([('partner_id', '=', self.alpha.id)]))

    def test_key_account_without_health_shows_no_data(self):
        alpha = self.alpha.with_user(self.anna)
        self.assertEqual((alpha.kam_health, alpha.kam_health_state), (False, 'no_data'))
        self.assertIs(self.gamma.with_user(self.anna).kam_health_state, False)

    def test_accounts_are_grouped_by_health(self):
        self.health(self.alpha, nrr_pct=80, nps=80, meeting_frequency=80, csat_pct=80)
        groups = self.env['res.partner'].with_user(self.diana)._read_group(
            [('id', 'in', (self.alpha | self.beta | self.gamma).ids)], ['kam_health_state'], ['__count'])
        self.assertEqual(dict(groups), {'green': 1, 'no_data': 1, False: 1})

    def test_accounts_are_searched_by_health(self):
        self.health(self.alpha, nrr_pct=80, nps=80, meeting_frequency=80, csat_pct=80)
        partners = self.env['res.partner'].with_user(self.diana)
        accounts = (self.alpha | self.beta | self.gamma).ids
        self.assertEqual(partners.search([('id', 'in', accounts), ('kam_health_state', '=', 'green')]), self.alpha)
        self.assertEqual(partners.search([('id', 'in', accounts), ('kam_health_state', '=', 'no_data')]), self.beta)
        self.assertEqual(partners.search([('id', 'in', accounts), ('kam_health', '<', 90)]), self.alpha)

    def test_parts_are_explained_in_words(self):
        self.health(self.alpha, nrr_pct=80, nps=None, meeting_frequency=60, csat_pct=40)
        html = self.alpha.with_user(self.anna).kam_health_parts
        self.assertIn("Commercial", html)
        self.assertIn("no data", html)
        self.assertIn("46.7", html)

    def test_new_anchors_count_at_once(self):
        health = self.health(self.alpha, nrr_pct=80, nps=80, meeting_frequency=80, csat_pct=80)
        self.commercial.item_ids.anchors = '0: 0, 160: 100'
        self.assertAlmostEqual(health.parts[0]['score'], 50.0)
        self.assertAlmostEqual(health.score, 69.5)

    def test_wrong_anchors_are_refused(self):
        for anchors in ('80', '80: 0, 80: 50', '0: 0, 100: 101', 'a: b', '0: nan', ''):
            with self.subTest(anchors=anchors), self.assertRaisesRegex(ValidationError, "write the anchors as"):
                self.commercial.item_ids.anchors = anchors
