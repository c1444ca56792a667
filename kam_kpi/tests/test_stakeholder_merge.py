from odoo.tests import freeze_time, tagged

from .stakeholder_common import StakeholderCase


@tagged('post_install', '-at_install')
@freeze_time('2026-03-10 09:00:00')
class TestStakeholderMerge(StakeholderCase):
    """Merged contacts and accounts keep what was noted about people."""

    def merge(self, source, destination):
        self.env['base.partner.merge.automatic.wizard']._merge([source.id, destination.id], destination)
        self.env.invalidate_all()

    def test_the_row_that_stays_takes_over(self):
        twin_contact = self.new_contact(self.alpha, "C. Buyer")
        twin = self.new_person(contact_id=twin_contact.id, remark="Wants figures", noted_contact='2026-03-05', user_id=self.ben.id)
        twin.set_level(self.leo.id, '3')
        report = self.new_person("Report", reports_to_id=twin.id)
        self.carla.noted_contact = '2026-02-01'
        self.merge(twin_contact, self.contact)
        self.assertEqual((self.carla.active, twin.active), (True, False))
        self.assertEqual((self.carla.remark, str(self.carla.noted_contact)), ("Wants figures", '2026-03-05'))
        self.assertEqual(self.carla.tie_ids.mapped('user_id'), self.leo)
        self.assertEqual(report.reports_to_id, self.carla)
        self.assertFalse(self.carla.has_left)

    def test_own_words_stay(self):
        twin_contact = self.new_contact(self.alpha, "C. Buyer")
        twin = self.new_person(contact_id=twin_contact.id, remark="Old")
        self.carla.remark = "New"
        self.merge(twin_contact, self.contact)
        self.assertEqual((self.carla.remark, twin.remark), ("New", "Old"))

    def test_a_boss_merged_into_their_report_makes_no_loop(self):
        twin_contact = self.new_contact(self.alpha, "C. Buyer")
        twin = self.new_person(contact_id=twin_contact.id)
        between = self.new_person("Between", reports_to_id=twin.id)
        self.carla.reports_to_id = between
        self.merge(twin_contact, self.contact)
        self.assertFalse(self.env['kam.stakeholder'].search([])._has_cycle('reports_to_id'))
        self.assertEqual(self.carla.reports_to_id, between)

    def test_merged_accounts_keep_both_maps(self):
        other = self.new_person("Bert", user=self.ben, account=self.beta)
        self.merge(self.beta, self.alpha)
        people = self.env['kam.stakeholder'].with_user(self.anna).search([('partner_id', '=', self.alpha.id)])
        self.assertEqual(people, self.carla | other)
        self.assertFalse(self.carla.has_left)
        self.assertFalse(any(people.mapped('has_left')))

    def test_a_contact_merged_into_one_elsewhere_has_left(self):
        elsewhere = self.new_contact(self.gamma, "Carla")
        self.merge(self.contact, elsewhere)
        self.assertEqual(self.carla.contact_id, elsewhere)
        self.assertTrue(self.carla.has_left)
        self.assertEqual(len(self.env['mail.activity'].search([('kam_stakeholder_id', '=', self.carla.id)])), 1)
