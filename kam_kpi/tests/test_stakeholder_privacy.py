from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from ..models.kam_stakeholder_privacy import _logger
from .stakeholder_common import StakeholderCase


@tagged('post_install', '-at_install')
@freeze_time('2026-03-10 09:00:00')
class TestStakeholderPrivacy(StakeholderCase):
    """Words about people: who sees them, how long they stay, how they are erased."""

    def setUp(self):
        super().setUp()
        self.carla.write({'remark': "Likes short meetings", 'drivers': "Fewer stops"})

    # who sees them

    def test_manager_leader_and_director_read(self):
        for user in (self.anna, self.leo, self.diana):
            self.env.invalidate_all()
            self.assertEqual(self.carla.with_user(user).read(['remark'])[0]['remark'], "Likes short meetings")

    def test_nobody_else_reads_by_any_door(self):
        doors = {
            'read': lambda people: people.browse(self.carla.id).read(['remark']),
            'attribute': lambda people: people.browse(self.carla.id).remark,
            'web_read': lambda people: people.browse(self.carla.id).web_read({'remark': {}}),
            'export': lambda people: people.browse(self.carla.id).export_data(['remark'])['datas'],
            'search': lambda people: people.search([('remark', 'ilike', "short")]).ids,
            'search_read': lambda people: people.search_read([], ['remark']),
            'read_group': lambda people: people._read_group([('drivers', '!=', False)], ['drivers']),
            'name_search': lambda people: people.name_search("Carla"),
            'account': lambda people: people.env['res.partner'].browse(self.alpha.id).kam_stakeholder_ids.mapped('remark'),
            'xray': lambda people: people.get_xray(self.alpha.id)['people'],
        }
        for user in (self.ben, self.zoe, self.rita, self.sam):
            for name, door in doors.items():
                self.env.invalidate_all()
                with self.subTest(user=user.name, door=name):
                    self.assertFalse(self.seen(door, user))
        self.assertTrue(self.seen(doors['read'], self.anna))
        self.assertTrue(self.seen(doors['search'], self.anna))

    def seen(self, door, user):
        """What a user gets through a door: nothing when it is closed."""
        try:
            return door(self.env['kam.stakeholder'].with_user(user))
        except (AccessError, UserError):
            return []

    def test_who_loses_the_account_loses_sight(self):
        self.alpha.kam_user_id = self.ben
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            self.carla.with_user(self.anna).read(['remark'])
        self.carla.with_user(self.ben).read(['remark'])

    def test_only_directors_export_words(self):
        for user in (self.anna, self.leo):
            user.group_ids += self.env.ref('base.group_allow_export')
            with self.assertRaisesRegex(AccessError, "directors only"):
                self.carla.with_user(user).export_data(['name', 'remark'])
            with self.assertRaisesRegex(AccessError, "directors only"):
                self.alpha.with_user(user).export_data(['name', 'kam_stakeholder_ids/drivers'])
            self.assertEqual(self.carla.with_user(user).export_data(['name'])['datas'], [["Carla"]])
        self.diana.group_ids += self.env.ref('base.group_allow_export')
        with patch.object(_logger, 'info') as log:
            rows = self.carla.with_user(self.diana).export_data(['name', 'remark'])['datas']
        self.assertEqual(rows, [["Carla", "Likes short meetings"]])
        self.assertEqual(log.call_args.args[1:], (self.diana.id, 1, "name, remark"))

    # how long they stay

    def erase_on(self, day):
        with freeze_time(f'{day} 09:00:00'):
            self.env['kam.stakeholder']._cron_erase_words()
        self.env.invalidate_all()
        return not self.carla.remark and not self.carla.drivers

    def test_words_have_a_date(self):
        self.assertEqual(str(self.carla.remark_date), '2026-03-10')
        self.carla.write({'remark': False, 'drivers': False})
        self.assertFalse(self.carla.remark_date)

    def test_erased_after_24_months_without_contact(self):
        self.message(self.contact, '2026-04-10 10:00:00')
        self.assertFalse(self.erase_on('2028-04-10'))
        self.assertTrue(self.erase_on('2028-04-11'))
        self.assertEqual(self.carla.attitude, '0')
        self.assertTrue(self.carla.active)

    def test_erased_24_months_after_they_left(self):
        with freeze_time('2026-06-01 09:00:00'):
            self.contact.parent_id = self.gamma
        self.message(self.contact, '2028-01-10 10:00:00')
        self.assertFalse(self.erase_on('2028-06-01'))
        self.assertTrue(self.erase_on('2028-06-02'))

    def test_erased_24_months_after_they_were_taken_off(self):
        with freeze_time('2026-06-01 09:00:00'):
            self.carla.action_archive()
        self.assertFalse(self.erase_on('2028-06-01'))
        self.assertTrue(self.erase_on('2028-06-02'))

    def test_new_words_stay(self):
        with freeze_time('2027-06-01 09:00:00'):
            self.carla.remark = "Promoted"
        self.assertFalse(self.erase_on('2028-05-01'))
        self.assertTrue(self.erase_on('2029-06-02'))

    def test_the_setting_decides(self):
        self.company.kam_remark_months = 6
        self.assertFalse(self.erase_on('2026-09-10'))
        self.assertTrue(self.erase_on('2026-09-11'))

    def test_zero_keeps_them(self):
        self.company.kam_remark_months = 0
        self.assertFalse(self.erase_on('2036-01-01'))

    # how they are erased

    def test_anonymise_leaves_an_empty_chair(self):
        boss = self.new_person("Boss")
        report = self.new_person("Report", reports_to_id=self.carla.id)
        self.carla.write({'reports_to_id': boss.id, 'noted_contact': '2026-03-01', 'orientation': 'risk'})
        self.carla.set_level(self.leo.id, '2')
        self.contact.parent_id = self.gamma
        self.carla.with_user(self.anna).action_anonymise()
        self.env.invalidate_all()
        row = self.carla.read(['name', 'contact_id', 'remark', 'drivers', 'remark_date', 'noted_contact', 'orientation', 'employer_id', 'has_left'])[0]
        row.pop('id')
        self.assertEqual(row.pop('name'), "Former Buyer")
        self.assertFalse(any(row.values()))
        self.assertFalse(self.carla.tie_ids)
        self.assertEqual((report.reports_to_id, self.carla.reports_to_id), (self.carla, boss))
        self.assertFalse(self.env['mail.activity'].with_context(active_test=False).search([('kam_stakeholder_id', '=', self.carla.id)]))

    def test_anonymise_needs_the_account(self):
        with self.assertRaises(AccessError):
            self.carla.with_user(self.ben).action_anonymise()

    def lookup(self, name="Carla", email='carla@alpha.example'):
        wizard = self.env['privacy.lookup.wizard'].create({'name': name, 'email': email})
        wizard.action_lookup()
        return wizard.line_ids

    def of_stakeholder(self, lines):
        return lines.filtered(lambda line: line.res_model == 'kam.stakeholder')

    def test_lookup_finds_people_on_maps(self):
        other = self.new_person(user=self.ben, account=self.beta, contact_id=self.contact.id, active=False)
        self.assertEqual(set(self.of_stakeholder(self.lookup()).mapped('res_id')), {self.carla.id, other.id})

    def test_lookup_finds_people_of_whom_there_is_a_name(self):
        person = self.new_person("Mr Nobody")
        self.assertEqual(self.of_stakeholder(self.lookup("Mr Nobody", 'nobody@alpha.example')).mapped('res_id'), [person.id])
        self.assertFalse(self.of_stakeholder(self.lookup("Mr Somebody", 'some@alpha.example')))

    def test_lookup_archives(self):
        line = self.of_stakeholder(self.lookup())
        line.action_archive_all()
        self.assertFalse(self.carla.active)

    def test_lookup_anonymises_once(self):
        line = self.of_stakeholder(self.lookup())
        self.assertTrue(line.may_anonymise)
        line.action_anonymise()
        self.assertEqual(self.carla.name, "Former Buyer")
        self.assertEqual(line.execution_details, f"Anonymised Stakeholder #{self.carla.id}")
        self.assertFalse(line.may_anonymise)
        self.assertFalse(self.of_stakeholder(self.lookup()))

    def test_lookup_deletes_person_and_contact_at_once(self):
        lines = self.lookup().filtered(lambda line: line.res_model in ('res.partner', 'kam.stakeholder'))
        self.assertEqual(len(lines), 2)
        lines.sorted('res_model', reverse=True).action_unlink_all()
        self.assertFalse(self.carla.exists() or self.contact.exists())

    def test_lookup_offers_nothing_for_others(self):
        self.assertFalse(self.lookup().filtered(lambda line: line.res_model == 'res.partner').may_anonymise)
