from datetime import date
from random import Random

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..tools.bridge import BUCKETS
from .documents import DocumentsCase

YEAR = {'frequency': 'year', 'day': '2025-12-31'}


@tagged('post_install', '-at_install')
class TestBridgeScreen(DocumentsCase):
    """The revenue bridge of people, and where each of its rows comes from.

    2024 against 2025, by category::

        Alpha (anna)   Hardware 1000 -> 1500, Support 400 -> 0, Training 0 -> 200
        Beta  (ben)    Hardware 800 -> 0
        Gamma          no key account: Hardware 0 -> 300, bought in 2023 too
        (nobody)       a receipt without customer, 50 in 2025
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.leo, cls.anna, cls.ben, cls.rita = (
            cls.new_user(login, f'kam_kpi.group_kam_{group}')
            for login, group in (('leo', 'leader'), ('anna', 'user'), ('ben', 'user'), ('rita', 'reader')))
        cls.north = cls.env['crm.team'].create({
            'name': "North", 'user_id': cls.leo.id, 'company_id': cls.company.id,
            'crm_team_member_ids': [Command.create({'user_id': user.id}) for user in (cls.anna, cls.ben)]})
        cls.alpha = cls.customer("Alpha", key=True, kam_user_id=cls.anna.id, kam_since_date='2023-01-01')
        cls.beta = cls.customer("Beta", key=True, kam_user_id=cls.ben.id, kam_since_date='2023-01-01')
        cls.gamma = cls.customer("Gamma")
        self = cls()
        for partner, day, product, amount in (
            (cls.alpha, '2024-03-01', cls.sensor, 1000), (cls.alpha, '2025-03-01', cls.sensor, 900), (cls.alpha, '2025-04-01', cls.gateway, 600),
            (cls.alpha, '2024-06-01', cls.support_plan, 400), (cls.alpha, '2025-06-01', cls.training_day, 200),
            (cls.beta, '2024-03-01', cls.sensor, 800),
            (cls.gamma, '2023-03-01', cls.sensor, 10), (cls.gamma, '2025-03-01', cls.sensor, 300),
        ):
            self.invoice(partner, day, (product, amount))
        cls.env['kam.fact'].refresh()

    def screen(self, user, subject, record=None, **choice):
        return self.env['kam.kpi'].with_user(user).get_bridge({
            **YEAR, 'subject': subject, 'record_id': record.id if record else 0, **choice})

    def figures(self, content):
        return {figure['code']: figure['text'] for figure in content['figures']}

    def row(self, content, name):
        [row] = [row for row in content['table']['rows'] if row['name'] == name]
        return dict(zip(content['table']['buckets'], row['cells'])), row

    def documents(self, user, subject, record, row_id, window, **choice):
        return self.env['kam.kpi'].with_user(user).get_bridge_documents(
            {**YEAR, 'subject': subject, 'record_id': record.id if record else 0, **choice}, row_id, window)

    def test_own_accounts_are_where_an_account_manager_begins(self):
        content = self.env['kam.kpi'].with_user(self.anna).get_bridge(YEAR)
        self.assertEqual((content['choice']['subject'], content['choice']['record_id']), ('user', self.anna.id))
        self.assertEqual(self.figures(content), {
            'opening': "1,400\xa0€", 'new': "0\xa0€", 'upsell': "+500.00\xa0€", 'cross_sell': "+200.00\xa0€",
            'contraction': "−400.00\xa0€", 'churn': "0\xa0€", 'closing': "1,700\xa0€"})
        self.assertEqual([row['name'] for row in content['table']['rows']], ["Alpha"])

    def test_parts_of_a_bucket_are_told(self):
        content = self.screen(self.anna, 'account', self.alpha)
        [contraction] = [figure for figure in content['figures'] if figure['code'] == 'contraction']
        self.assertEqual([(part['code'], part['text']) for part in contraction['parts']], [('product_loss', "−400.00\xa0€")])

    def test_by_category(self):
        cells, _row = self.row(self.screen(self.anna, 'account', self.alpha, by='key'), "Support")
        self.assertEqual((cells['opening'], cells['contraction'], cells['closing']), ("400.00\xa0€", "−400.00\xa0€", ""))

    def test_by_product_more_is_lost_and_more_is_new(self):
        content = self.screen(self.anna, 'account', self.alpha, level='product')
        figures = self.figures(content)
        self.assertEqual((figures['upsell'], figures['cross_sell'], figures['contraction']), ("0\xa0€", "+800.00\xa0€", "−500.00\xa0€"))

    def test_team_of_the_leader(self):
        content = self.env['kam.kpi'].with_user(self.leo).get_bridge(YEAR)
        self.assertEqual((content['choice']['subject'], content['choice']['record_id']), ('team', self.north.id))
        cells, row = self.row(content, "Beta")
        self.assertEqual((cells['churn'], row['tag']), ("−800.00\xa0€", "Lost"))

    def test_key_accounts_and_the_whole_company(self):
        figures = self.figures(self.screen(self.rita, 'key'))
        self.assertEqual((figures['opening'], figures['closing']), ("2,200\xa0€", "1,700\xa0€"))
        content = self.screen(self.rita, 'company')
        self.assertEqual(self.figures(content)['closing'], "2,000\xa0€")
        cells, row = self.row(content, "Gamma")
        self.assertEqual((cells['new'], row['tag']), ("+300.00\xa0€", "Came back"))

    def test_only_rows_of_a_bucket(self):
        content = self.screen(self.leo, 'team', self.north, bucket='churn')
        self.assertEqual([row['name'] for row in content['table']['rows']], ["Beta"])
        self.assertEqual(content['table']['count'], 1)

    def test_colleagues_and_the_company_are_closed_to_account_managers(self):
        for subject, record in (('user', self.ben), ('account', self.beta), ('team', self.north), ('key', None), ('company', None)):
            with self.subTest(subject=subject), self.assertRaises(AccessError):
                self.screen(self.anna, subject, record)

    def test_leaders_see_their_people_and_no_others(self):
        self.assertEqual(self.figures(self.screen(self.leo, 'user', self.ben))['opening'], "800.00\xa0€")
        zoe = self.new_user('zoe', 'kam_kpi.group_kam_leader')
        for subject, record in (('user', self.ben), ('team', self.north), ('account', self.beta), ('company', None)):
            with self.subTest(subject=subject), self.assertRaises(AccessError):
                self.screen(zoe, subject, record)

    def test_people_without_a_role_see_nothing(self):
        sam = self.new_user('sam', 'sales_team.group_sale_salesman')
        for subject, record in (('user', sam), ('account', self.alpha), ('company', None)):
            with self.subTest(subject=subject), self.assertRaises(AccessError):
                self.screen(sam, subject, record)
        with self.assertRaises(AccessError):
            self.documents(sam, 'account', self.alpha, self.alpha.id, 'closing')

    def test_choices_offer_what_may_be_seen(self):
        offered = {user: [row['subject'] for row in self.env['kam.kpi'].with_user(user)._subject_choices()] for user in (self.anna, self.leo, self.rita)}
        self.assertEqual(offered[self.anna], ['account', 'user'])
        self.assertEqual(offered[self.leo], ['account', 'user', 'team'])
        self.assertEqual(offered[self.rita], ['account', 'user', 'team', 'key', 'company'])
        choices = {row['subject']: row for row in self.env['kam.kpi'].with_user(self.anna)._subject_choices()}
        self.assertEqual(self.env['res.partner'].search(choices['account']['domain']), self.alpha)
        self.assertEqual(self.env['res.users'].search(choices['user']['domain']), self.anna)

    def test_lines_of_an_account_add_up(self):
        page = self.documents(self.anna, 'user', self.anna, self.alpha.id, 'closing')
        self.assertEqual((page['count'], page['total']), (3, "1,700.00\xa0€"))
        self.assertEqual(self.documents(self.anna, 'user', self.anna, self.alpha.id, 'opening')['total'], "1,400.00\xa0€")

    def test_lines_of_a_category(self):
        page = self.documents(self.leo, 'team', self.north, self.hardware.id, 'opening', by='key')
        self.assertEqual((page['count'], page['total']), (2, "1,800.00\xa0€"))

    def test_lines_of_accounts_elsewhere_are_refused(self):
        with self.assertRaises(UserError):
            self.documents(self.anna, 'user', self.anna, self.beta.id, 'closing')
        with self.assertRaises(UserError):
            self.documents(self.anna, 'user', self.anna, self.alpha.id, 'tomorrow')

    def test_former_manager_sees_the_row_and_no_lines(self):
        self.alpha.kam_user_id = self.ben
        content = self.screen(self.anna, 'user', self.anna)
        _cells, row = self.row(content, "Alpha")
        self.assertFalse(row['open'])
        with self.assertRaises(AccessError):
            self.documents(self.anna, 'user', self.anna, self.alpha.id, 'closing')

    def test_nothing_to_show_says_so(self):
        self.assertEqual(self.screen(self.anna, 'account', self.alpha, day='2019-05-05')['state'], 'empty')
        self.assertEqual(self.screen(self.leo, 'account')['state'], 'choose')

    def test_windows_are_told_in_words(self):
        content = self.screen(self.anna, 'account', self.alpha)
        self.assertEqual((content['period'], content['compared']), ("01/01/2025 – 12/31/2025", "01/01/2024 – 12/31/2024"))
        self.assertFalse(content['running'])
        running = self.screen(self.anna, 'account', self.alpha, day='2026-06-14')
        self.assertEqual((running['period'], running['compared']), ("01/01/2026 – 06/14/2026", "01/01/2025 – 06/14/2025"))
        self.assertIn("12/31/2026", running['running'])
        self.assertFalse(running['later'])

    def test_revenue_without_a_customer_belongs_to_the_company(self):
        self.env.flush_all()
        move = self.invoice(self.gamma, '2025-08-01', 50, kind='out_receipt')
        self.env.cr.execute("UPDATE account_move SET commercial_partner_id = NULL WHERE id = %s", [move.id])
        self.env.invalidate_all()
        content = self.screen(self.rita, 'company')
        cells, row = self.row(content, "Without customer")
        self.assertEqual((cells['new'], row['id'], row['open']), ("+50.00\xa0€", False, True))
        self.assertEqual(self.documents(self.rita, 'company', None, False, 'closing')['total'], "50.00\xa0€")

    def test_any_documents_reconcile(self):
        random = Random(5)
        customers = self.alpha | self.beta | self.gamma
        products = self.sensor | self.gateway | self.support_plan
        for _number in range(25):
            self.invoice(
                random.choice(customers), f'{random.choice((2024, 2025))}-{random.randint(1, 12):02}-11',
                (random.choice(products), random.choice((10, 99.99, 1000))),
                kind=random.choice(('out_invoice', 'out_invoice', 'out_refund')), rate=random.choice((None, None, 1.25)))
        self.refresh()
        kpi = self.env['kam.kpi'].with_user(self.diana)
        for level in ('category', 'template', 'product'):
            for constant in (False, True):
                for ids in (customers.ids, self.alpha.ids, None):
                    bridge = kpi.revenue_bridge(ids, date(2025, 1, 1), date(2026, 1, 1), level=level, constant=constant)
                    self.assertAlmostEqual(
                        bridge['opening'] + bridge['new'] + bridge['upsell'] + bridge['cross_sell'] - bridge['contraction'] - bridge['churn']
                        + bridge.get('currency', 0), bridge['closing'], 6)
                    self.assertTrue(all(bridge[bucket] >= 0 for bucket in BUCKETS[1:-1]))
                    [revenue] = kpi.measure_total(['revenue'], customers.ids if ids is None else ids, date(2025, 1, 1), date(2026, 1, 1))
                    self.assertAlmostEqual(bridge['closing'], revenue['value'], 2)

    def test_exchange_rates_apart(self):
        # A dollar was worth 1 / 1.25 euro in 2024 and 1 / 1.60 in 2025: 500 dollars more, and yet less in euro.
        self.env['res.currency.rate'].create([
            {'currency_id': self.usd.id, 'name': day, 'rate': rate, 'company_id': self.company.id}
            for day, rate in (('2024-01-01', 1.25), ('2025-01-01', 1.60))])
        delta = self.customer("Delta", key=True)
        self.invoice(delta, '2024-05-05', (self.sensor, 1000), rate=1.25)
        self.invoice(delta, '2025-05-05', (self.sensor, 1200), rate=1.60)
        self.refresh()
        kpi = self.env['kam.kpi'].with_user(self.diana)
        booked = kpi.revenue_bridge(delta.ids, date(2025, 1, 1), date(2026, 1, 1))
        self.assertEqual((booked['opening'], booked['contraction'], booked['closing']), (800.0, 50.0, 750.0))
        constant = kpi.revenue_bridge(delta.ids, date(2025, 1, 1), date(2026, 1, 1), constant=True)
        self.assertEqual((constant['opening'], constant['upsell'], constant['currency'], constant['closing']), (800.0, 160.0, -210.0, 750.0))
