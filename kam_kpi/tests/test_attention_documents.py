from odoo.tests import tagged

from .documents import DocumentsCase


@tagged('post_install', '-at_install')
class TestAttentionDocuments(DocumentsCase):
    """From documents, over a refresh of the figures, to the morning list and back."""

    stores_values = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.anna = cls.new_user('anna', 'kam_kpi.group_kam_user')
        cls.alpha = cls.customer("Alpha", key=True, kam_since_date='2025-01-01', kam_user_id=cls.anna.id,
                                 kam_tier_id=cls.env.ref('kam_kpi.kam_tier_b').id)
        cls.carla = cls.contact(cls.alpha, "Carla")

    def states(self):
        self.env['kam.fact'].refresh()
        items = self.env['kam.attention'].search([('partner_id', '=', self.alpha.id)])
        return {item.kind: item.state for item in items}

    def test_day_of_an_account(self):
        for day in ('2026-01-05', '2026-02-05', '2026-03-05', '2026-04-05'):
            self.order(self.alpha, f'{day} 10:00:00', self.sensor, 500.0)
        self.answer(self.survey('nps'), self.carla, 3, '2026-06-13 10:00:00')
        self.assertEqual(self.states(), {'touch': 'open', 'voice': 'open', 'late_order': 'open'})
        items = self.env['kam.attention'].search([('partner_id', '=', self.alpha.id)])
        self.assertEqual(items.user_id, self.anna)
        self.assertEqual(len(items.activity_id), 3)
        self.activity(self.carla, 'phonecall', '2026-06-14 12:00:00', user=self.anna)
        self.order(self.alpha, '2026-06-14 10:00:00', self.sensor, 500.0)
        states = self.states()
        self.assertEqual((states['voice'], states['touch'], states['late_order']), ('gone', 'gone', 'gone'))
        self.assertEqual(states.get('meeting'), 'open', "it was called, and never met")
        self.meeting('2026-06-20 10:00:00', self.carla, organiser=self.anna)
        self.assertEqual(self.states()['meeting'], 'gone')

    def test_account_held_elsewhere(self):
        """A customer of all companies is looked at in the one that holds it."""
        branch = self.new_company("Branch", self.eur)
        shared = self.customer("Shared", key=True, kam_since_date='2025-01-01', kam_tier_id=self.alpha.kam_tier_id.id)
        shared.company_id = False
        self.env['kam.assignment'].with_company(branch).create({
            'partner_id': shared.id, 'user_id': self.anna.id, 'company_id': branch.id, 'date_from': '2025-01-01'})
        self.env['kam.attention']._refresh(shared.ids)
        items = self.env['kam.attention'].search([('partner_id', '=', shared.id)])
        self.assertEqual(items.mapped(lambda item: (item.company_id, item.kind)), [(branch, 'touch')])
        self.assertFalse(self.env['kam.attention'].with_user(self.anna).search([('partner_id', '=', shared.id)]))

    def test_nightly_job(self):
        with self.enter_registry_test_mode():
            self.env.ref('kam_kpi.ir_cron_kam_attention').method_direct_trigger()
        self.assertEqual(self.env['kam.attention'].search([('partner_id', '=', self.alpha.id)]).kind, 'touch')
