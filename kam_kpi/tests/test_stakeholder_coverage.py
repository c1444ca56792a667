from datetime import date

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import freeze_time, tagged

from ..tools import relationship
from .stakeholder_common import StakeholderCase


def person(**changes):
    return {
        'name': "P", 'power': 3, 'support': 0, 'level': 2, 'wanted': 2, 'owner': 1, 'role': 'user', 'freshness': 'fresh', 'left': False,
        **changes,
    }


@tagged('post_install', '-at_install')
@freeze_time('2026-03-10 09:00:00')
class TestStakeholderCoverage(StakeholderCase):
    """The coverage, its reasons, and what the X-ray of an account shows."""

    # the arithmetic, without records

    def test_freshness(self):
        today = date(2026, 3, 10)
        self.assertEqual(relationship.freshness(None, 30, today), 'never')
        self.assertEqual(relationship.freshness(date(2026, 2, 8), 30, today), 'fresh')
        self.assertEqual(relationship.freshness(date(2026, 2, 7), 30, today), 'due')
        self.assertEqual(relationship.freshness(date(2026, 1, 8), 30, today), 'overdue')
        self.assertEqual(relationship.freshness(date(2020, 1, 1), 0, today), 'fresh')

    def test_nobody_is_no_figure(self):
        self.assertIsNone(relationship.coverage([]))
        self.assertIsNone(relationship.relationship_index([]))

    def test_all_roles_close_and_fresh_is_100(self):
        self.assertEqual(relationship.coverage([person(role='decision_maker'), person(role='champion')]), 100)

    def test_a_person_weighs_their_influence(self):
        both = [person(role='decision_maker', power=4), person(role='champion', power=1, level=0)]
        self.assertEqual(relationship.coverage(both), 80)

    def test_missing_roles_count_against_it(self):
        self.assertEqual(relationship.coverage([person(power=2)]), 20)  # 2 of 2 + 5 + 3
        self.assertEqual(relationship.coverage([person(power=2, role='decision_maker')]), 40)  # 2 of 2 + 3

    def test_freshness_counts(self):
        for state, expected in (('fresh', 100), ('due', 70), ('overdue', 40), ('never', 0)):
            with self.subTest(state=state):
                rows = [person(role=role, freshness=state) for role in ('decision_maker', 'champion')]
                self.assertAlmostEqual(relationship.coverage(rows), expected)

    def test_without_an_owner_nothing_is_covered(self):
        self.assertEqual(relationship.coverage([person(role='decision_maker', owner=False), person(role='champion')]), 50)

    def test_closer_than_wanted_is_no_more_than_wanted(self):
        self.assertEqual(relationship.closeness(person(level=4, wanted=2)), 1)
        self.assertEqual(relationship.closeness(person(level=1, wanted=4)), 0.25)

    def test_people_of_whom_we_want_nothing_do_not_count(self):
        rows = [person(role='decision_maker'), person(role='champion'), person(power=5, wanted=0, level=0)]
        self.assertEqual(relationship.coverage(rows), 100)
        self.assertIsNone(relationship.coverage([dict(row, wanted=0) for row in rows]))

    def test_who_left_covers_nothing(self):
        self.assertEqual(relationship.coverage([person(role='decision_maker', left=True)]), 0)
        self.assertIsNone(relationship.relationship_index([person(left=True)]))

    def test_index(self):
        self.assertEqual(relationship.relationship_index([person(support=2)]), 100)
        self.assertEqual(relationship.relationship_index([person(support=-2)]), 0)
        self.assertAlmostEqual(relationship.relationship_index([person(support=0, freshness='due')]), 35)

    def test_lines_add_up_to_the_coverage(self):
        rows = [person(role='decision_maker', power=5, level=1), person(power=2, freshness='overdue')]
        points = sum(line['points'] for line in relationship.coverage_lines(rows))
        self.assertAlmostEqual(relationship.coverage(rows), 100 * points / (5 + 2 + 3))

    def test_warnings(self):
        decider = person(role='decision_maker', support=-1, owner=2)
        friend = person(role='champion')
        self.assertEqual(relationship.warnings([]), ['empty'])
        self.assertEqual(relationship.warnings([decider, friend]), [])
        self.assertEqual(relationship.warnings([decider]), ['single_thread_them', 'no_champion'])
        self.assertEqual(relationship.warnings([dict(decider, owner=1), friend]), ['single_thread_us'])
        self.assertEqual(relationship.warnings([dict(decider, role='user'), friend]), ['no_decision_maker'])
        self.assertEqual(relationship.warnings([decider, friend, person(left=True)]), ['left'])
        self.assertEqual(relationship.warnings([dict(decider, support=1), dict(friend, support=1), person(support=2)]), ['too_rosy'])
        for change, code in (
            ({'owner': False}, 'powerful_without_owner'), ({'support': -2}, 'powerful_against'), ({'freshness': 'never'}, 'powerful_silent'),
            ({'freshness': 'overdue'}, 'powerful_silent')):
            with self.subTest(code=code):
                self.assertEqual(relationship.findings([decider, friend, person(power=4, name="Q", **change)]), [(code, ["Q"])])
                self.assertEqual(relationship.warnings([decider, friend, person(power=3, **change)]), [])

    # the account's page and the X-ray

    def test_the_account_s_page(self):
        self.carla.write({'role': 'decision_maker', 'influence': '5', 'current_level': '2', 'wanted_level': '4', 'noted_contact': '2026-03-01'})
        self.env.invalidate_all()
        account = self.alpha.with_user(self.anna)
        self.assertEqual(account.kam_relationship_coverage, 31)  # 5 × 2/4 of 5 + 3: 31.25
        self.assertIn("Single thread: we know one person only. If they leave, we start anew. (Carla)", account.kam_relationship_warnings)
        self.assertIs(self.beta.with_user(self.ben).kam_relationship_coverage, False)
        self.assertIs(self.beta.with_user(self.ben).kam_relationship_warnings, False)

    def test_readers_and_salesmen_do_not_see_it(self):
        for user in (self.rita, self.sam):
            self.env.invalidate_all()
            with self.assertRaises(AccessError):
                self.alpha.with_user(user).read(['kam_relationship_coverage'])
            with self.assertRaises(AccessError):
                self.env['kam.stakeholder'].with_user(user).get_xray(self.alpha.id)

    def test_xray_of_each_role(self):
        for user, names, mine in ((self.anna, ["Carla"], True), (self.leo, ["Carla"], True), (self.diana, ["Carla"], True),
                                  (self.ben, [], False), (self.zoe, [], False)):
            with self.subTest(user=user.name):
                self.env.invalidate_all()
                data = self.env['kam.stakeholder'].with_user(user).get_xray(self.alpha.id)
                self.assertEqual(([row['name'] for row in data['people']], data['account']['mine']), (names, mine))

    def test_xray_opens_on_the_first_own_account(self):
        xray = self.env['kam.stakeholder'].with_user(self.ben).get_xray()
        self.assertEqual(xray['account']['name'], "Beta")
        self.assertEqual([account['name'] for account in xray['accounts']], ["Beta"])
        self.assertEqual((xray['people'], xray['coverage'], xray['findings']), ([], None, []))

    def test_xray_of_somebody_without_accounts(self):
        xray = self.env['kam.stakeholder'].with_user(self.zoe).get_xray()
        self.assertFalse(xray['account'])

    def test_xray_explains_the_coverage(self):
        self.carla.write({'current_level': '1', 'wanted_level': '2', 'noted_contact': '2026-01-20', 'influence': '4'})
        data = self.env['kam.stakeholder'].with_user(self.anna).get_xray(self.alpha.id)
        self.assertEqual([(line['name'], line['power'], line['closeness'], line['factor'], line['points']) for line in data['lines']], [
            ("Carla", 4, 50, 70, 1.4), ("Missing: decision maker", 5, 0, 0, 0.0), ("Missing: champion", 3, 0, 0, 0.0)])
        self.assertAlmostEqual(data['coverage'], 100 * 1.4 / 12)

    # who knows whom

    def ties(self):
        self.env.invalidate_all()
        data = self.env['kam.stakeholder'].with_user(self.anna).get_xray(self.alpha.id)
        names = {user['id']: user['name'] for user in data['colleagues']}
        return {names[row['user']]: (row['level'], row['owner'], row['last'], row['count']) for row in data['ties']}

    def test_owner_and_ties(self):
        self.carla.current_level = '3'
        self.carla.set_level(self.leo.id, '2')
        self.assertEqual(self.ties(), {"Anna": ('3', True, '', 0), "Leo": ('2', False, '', 0)})

    def test_set_level_of_the_owner_and_others(self):
        self.carla.set_level(self.anna.id, '4')
        self.assertEqual(self.carla.current_level, '4')
        self.carla.set_level(self.leo.id, '1')
        self.carla.set_level(self.leo.id, '3')
        self.assertEqual(self.carla.tie_ids.mapped(lambda tie: (tie.user_id, tie.level)), [(self.leo, '3')])
        self.carla.set_level(self.leo.id, '0')
        self.assertFalse(self.carla.tie_ids)

    def test_set_level_refuses(self):
        with self.assertRaises(ValidationError):
            self.carla.set_level(self.leo.id, '9')
        portal = self.new_user('paul', 'base.group_portal')
        with self.assertRaisesRegex(ValidationError, "Only colleagues"):
            self.carla.set_level(portal.id, '1')
        with self.assertRaises(AccessError):
            self.carla.with_user(self.ben).set_level(self.ben.id, '1')
        with self.assertRaises(AccessError):
            self.env['kam.stakeholder.tie'].with_user(self.ben).create({'stakeholder_id': self.carla.id, 'user_id': self.ben.id})
        with self.assertRaises(AccessError):
            self.env['kam.stakeholder.tie'].with_user(self.rita).search([])

    def test_meetings_calls_and_exchanges_tell_who_knows_them(self):
        self.meeting(self.contact | self.leo.partner_id, '2026-02-20 08:00:00', host=self.leo)
        self.message(self.contact, '2026-03-02 10:00:00', self.contact)
        self.message(self.ben.partner_id, '2026-03-01 10:00:00', self.contact, message_type='comment')
        self.assertEqual(self.ties(), {
            "Anna": ('0', True, '', 0), "Leo": ('0', False, '2026-02-20', 1), "Ben": ('0', False, '2026-03-02', 1)})

    def test_no_exchange_with_who_wrote_long_before_or_elsewhere(self):
        self.message(self.contact, '2026-03-02 10:00:00', self.contact)
        self.message(self.ben.partner_id, '2025-12-01 10:00:00', self.contact, message_type='comment')
        self.message(self.leo.partner_id, '2026-03-01 10:00:00', self.alpha, message_type='comment')
        self.message(self.leo.partner_id, '2026-03-01 10:00:00', self.contact, message_type='comment', subtype_id=self.env.ref('mail.mt_note').id)
        self.assertEqual(set(self.ties()), {"Anna"})

    def test_twelve_months_and_colleagues_who_are_still_here(self):
        self.meeting(self.contact | self.leo.partner_id, '2025-03-01 08:00:00', host=self.leo)
        self.meeting(self.contact | self.ben.partner_id, '2026-03-01 08:00:00', host=self.ben)
        self.ben.active = False
        self.assertEqual(set(self.ties()), {"Anna"})

    def test_a_new_owner_brings_their_own_closeness(self):
        self.carla.current_level = '3'
        self.carla.set_level(self.leo.id, '2')
        self.carla.user_id = self.leo
        self.assertEqual(self.carla.current_level, '2')
        self.assertEqual(self.carla.tie_ids.mapped(lambda tie: (tie.user_id, tie.level)), [(self.anna, '3')])
        self.carla.user_id = self.ben
        self.assertEqual(self.carla.current_level, '0')
        self.carla.write({'user_id': self.anna.id, 'current_level': '4'})
        self.assertEqual(self.carla.current_level, '4')

    def test_the_first_owner_takes_the_level_that_is_there(self):
        free = self.new_person("Free", current_level='2')
        free.user_id = self.anna
        self.assertEqual(free.current_level, '2')

    # many accounts

    def test_500_accounts_in_a_bounded_number_of_queries(self):
        accounts = self.env['res.partner'].create([
            {'name': f"A{n}", 'is_company': True, 'is_key_account': True, 'kam_user_id': self.anna.id} for n in range(500)])
        contacts = self.env['res.partner'].create([{'name': "C", 'parent_id': account.id} for account in accounts])
        self.env['kam.stakeholder'].create([
            {'partner_id': account.id, 'contact_id': contact.id, 'company_id': self.company.id, 'role': 'decision_maker', 'influence': '5',
             'current_level': '2', 'user_id': self.anna.id} for account, contact in zip(accounts, contacts, strict=True)])
        self.env['mail.message'].create([{
            'model': 'res.partner', 'res_id': contact.id, 'author_id': contact.id, 'message_type': 'email', 'date': '2026-03-02 10:00:00',
            'subtype_id': self.env.ref('mail.mt_comment').id} for contact in contacts])
        self.env.flush_all()
        self.env.invalidate_all()
        own = accounts.with_user(self.anna)
        own[:1].has_access('read')
        before = self.cr.sql_log_count
        self.assertEqual(set(own.mapped('kam_relationship_coverage')), {63})  # 5 of 5 + 3: 62.5
        self.assertLessEqual(self.cr.sql_log_count - before, 15)
