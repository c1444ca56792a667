from odoo.tests import HttpCase, tagged

from .common import KamCase


@tagged('post_install', '-at_install')
class TestStakeholderTour(KamCase, HttpCase):
    """The X-ray in a browser, as the account manager uses it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for name in ("Ada Sign", "Bo Champion", "Cy Block", "Di Use", "نورة بنت عبد الرحمن آل سعود"):
            cls.new_contact(cls.alpha, name)

    def test_map_five_people(self):
        self.start_tour(f'/odoo/{self.alpha.id}/kam-xray', 'kam_xray_tour', login=self.anna.login)
        people = self.env['kam.stakeholder'].search([('partner_id', '=', self.alpha.id)])
        self.assertEqual(len(people), 5)
        by_name = {person.name: person for person in people}
        self.assertEqual(by_name["Bo Champion"].reports_to_id, by_name["Ada Sign"])
        self.assertEqual((by_name["Cy Block"].influence, by_name["Cy Block"].attitude), ('4', '-2'))
        self.assertEqual((by_name["Di Use"].influence, by_name["Di Use"].attitude), ('4', '1'))
        self.assertEqual(by_name["Ada Sign"].tie_ids.mapped(lambda tie: (tie.user_id, tie.level)), [])
        self.assertEqual(by_name["Ada Sign"].current_level, '2')

    def test_chart_is_dragged(self):
        boss, worker = self.env['kam.stakeholder'].with_user(self.anna).create([
            {'partner_id': self.alpha.id, 'name': name} for name in ("Boss", "Worker")])
        self.start_tour('/odoo/kam-relationships', 'kam_org_chart_tour', login=self.anna.login)
        self.assertEqual((boss.reports_to_id.name, worker.reports_to_id), (False, boss))
