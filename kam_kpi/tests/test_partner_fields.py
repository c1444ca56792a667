from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common import KamCase


@tagged('post_install', '-at_install')
class TestPartnerFields(KamCase):
    """The flag, tier and manager live on the company; its contacts follow."""

    def test_contact_follows_its_company(self):
        contact = self.new_contact(self.alpha, "Carl")
        self.assertTrue(contact.is_key_account)
        self.assertEqual(contact.kam_tier_id, self.alpha.kam_tier_id)
        self.assertEqual((contact.kam_user_id, contact.kam_team_id), (self.anna, self.north))

    def test_existing_contact_follows_a_promotion(self):
        contact = self.new_contact(self.gamma, "Carl")
        self.gamma.is_key_account = True
        self.assertTrue(contact.is_key_account)

    def test_search_finds_contacts_as_well(self):
        contact = self.new_contact(self.alpha, "Carl")
        found = self.env['res.partner'].search([('is_key_account', '=', True), ('kam_user_id', '=', self.anna.id)])
        self.assertEqual(found, self.alpha | contact)

    def test_search_for_accounts_leaves_contacts_out(self):
        self.new_contact(self.alpha, "Carl")
        found = self.env['res.partner'].search([
            ('is_key_account', '=', True), ('kam_is_account', '=', True), ('kam_user_id', '=', self.anna.id)])
        self.assertEqual(found, self.alpha)

    def test_writing_on_a_contact_writes_the_company(self):
        contact = self.new_contact(self.gamma, "Carl")
        contact.is_key_account = True
        self.assertTrue(self.gamma.is_key_account)

    def test_contact_which_changes_employer_follows_the_new_one(self):
        contact = self.new_contact(self.alpha, "Carl")
        contact.parent_id = self.gamma
        self.assertFalse(contact.is_key_account)
        self.assertFalse(contact.kam_user_id)

    def test_contact_on_its_own_is_no_key_account(self):
        contact = self.new_contact(self.alpha, "Carl")
        contact.parent_id = False
        self.assertFalse(contact.is_key_account)
        self.assertFalse(contact.kam_tier_id)

    def test_promotion_notes_the_day(self):
        self.gamma.is_key_account = True
        self.assertEqual(self.gamma.kam_since_date, self.company._kam_today())

    def test_given_day_of_promotion_stays(self):
        self.assertEqual(str(self.alpha.kam_since_date), '2024-01-01')

    def test_manager_brings_the_team(self):
        self.gamma.kam_user_id = self.ben
        self.assertEqual(self.gamma.kam_team_id, self.north)

    def test_copy_is_no_key_account(self):
        self.assertFalse(self.alpha.copy().is_key_account)

    def test_account_manager_cannot_promote(self):
        with self.assertRaisesRegex(AccessError, "Only team leaders and directors"):
            self.gamma.with_user(self.anna).is_key_account = True

    def test_account_manager_cannot_create_a_key_account(self):
        with self.assertRaises(AccessError):
            self.env['res.partner'].with_user(self.anna).create({'name': "Delta", 'is_key_account': True})

    def test_account_manager_cannot_promote_by_a_default(self):
        with self.assertRaises(AccessError):
            self.env['res.partner'].with_user(self.anna).with_context(
                default_is_key_account=True).create({'name': "Delta"})

    def test_account_manager_cannot_promote_through_a_contact(self):
        contact = self.new_contact(self.gamma, "Carl")
        with self.assertRaises(AccessError):
            contact.with_user(self.anna).is_key_account = True

    def test_account_manager_cannot_reassign_own_account(self):
        with self.assertRaises(AccessError):
            self.alpha.with_user(self.anna).kam_user_id = self.ben

    def test_account_manager_cannot_change_the_tier(self):
        with self.assertRaises(AccessError):
            self.alpha.with_user(self.anna).kam_tier_id = self.env.ref('kam_kpi.kam_tier_a')

    def test_internal_context_is_no_way_around(self):
        with self.assertRaises(AccessError):
            self.alpha.with_user(self.anna).with_context(kam_holder_sync=True).kam_user_id = self.ben

    def test_account_manager_edits_the_rest_of_the_contact(self):
        self.alpha.with_user(self.anna).write({'phone': '+32 1', 'is_key_account': True})
        self.assertEqual(self.alpha.phone, '+32 1')

    def test_salesman_outside_the_groups_cannot_promote(self):
        with self.assertRaises(AccessError):
            self.gamma.with_user(self.sam).is_key_account = True

    def test_everybody_reads_the_flag_and_the_manager(self):
        alpha = self.alpha.with_user(self.sam)
        self.assertTrue(alpha.is_key_account)
        self.assertEqual(alpha.kam_user_id, self.anna)

    def test_leader_promotes_for_the_own_team(self):
        self.gamma.with_user(self.leo).write({'is_key_account': True, 'kam_user_id': self.anna.id})
        self.assertEqual(self.gamma.kam_team_id, self.north)

    def test_leader_cannot_take_an_account_of_another_team(self):
        with self.assertRaisesRegex(AccessError, "Alpha belongs to another team"):
            self.alpha.with_user(self.zoe).write({'kam_user_id': self.zoe.id, 'kam_team_id': self.south.id})

    def test_leader_cannot_hand_over_to_another_team(self):
        with self.assertRaisesRegex(AccessError, "your own team only"):
            self.alpha.with_user(self.leo).write({'kam_user_id': self.zoe.id, 'kam_team_id': self.south.id})

    def test_director_moves_an_account_to_another_team(self):
        self.alpha.with_user(self.diana).write({'kam_user_id': self.zoe.id, 'kam_team_id': self.south.id})
        self.assertEqual((self.alpha.kam_user_id, self.alpha.kam_team_id), (self.zoe, self.south))

    def test_reader_cannot_change_accounts(self):
        with self.assertRaises(AccessError):
            self.alpha.with_user(self.rita).kam_tier_id = False

    def test_changes_are_noted_on_the_company_alone(self):
        contact = self.new_contact(self.alpha, "Carl")
        noted = len(contact.message_ids)
        self.alpha.with_user(self.leo).write({'kam_tier_id': self.env.ref('kam_kpi.kam_tier_a').id, 'kam_user_id': self.ben.id})
        body = self.alpha.message_ids[0].body
        self.assertIn("Tier: B · Key → A · Strategic", body)
        self.assertIn("Account manager: Anna → Ben", body)
        self.assertEqual(len(contact.message_ids), noted)

    def test_managed_account_is_archived_not_deleted(self):
        with self.assertRaisesRegex(UserError, "Alpha: .* Archive the contact instead"):
            self.alpha.unlink()
        self.alpha.active = False
        self.assertEqual(self.alpha.kam_user_id, self.anna)

    def test_too_many_accounts_warn(self):
        self.company.kam_account_cap = 1
        form = Form(self.gamma.with_user(self.diana))
        form.is_key_account = True
        with self.assertLogs('odoo.tests.form.onchange', level='WARNING') as logs:
            form.kam_user_id = self.anna
        self.assertIn("Anna already manages 1 key accounts; the agreed limit is 1", logs.output[0])
        form.save()
        self.assertEqual(self.gamma.kam_user_id, self.anna, "a warning does not block")

    def test_my_key_accounts_opens_on_what_concerns_the_user(self):
        for user, default in (
                (self.anna, {'search_default_my': 1}), (self.leo, {'search_default_my_team': 1}), (self.diana, {}),
                (self.rita, {})):
            with self.subTest(user=user.name):
                self.assertEqual(self.env['res.partner'].with_user(user).action_kam_my_accounts()['context'], default)

    def test_menu_of_the_reader_opens_the_accounts(self):
        action = self.env.ref('kam_kpi.res_partner_action_my_key_accounts').with_user(self.rita).run()
        self.assertEqual(action['res_model'], 'res.partner')

    def test_reader_meets_no_menu_of_the_pipeline(self):
        visible = self.env['ir.ui.menu'].with_user(self.rita)._visible_menu_ids()
        self.assertIn(self.env.ref('kam_kpi.res_partner_menu_my_key_accounts').id, visible)
        for name in ('crm_menu_sales', 'crm_menu_forecast'):
            with self.subTest(menu=name):
                self.assertNotIn(self.env.ref(f'crm.{name}').id, visible)
