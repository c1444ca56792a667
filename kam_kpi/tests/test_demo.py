from collections import Counter
from datetime import date

from odoo.addons.kam_kpi.demo import dice, ledger, pipeline, story, touches, voices
from odoo.addons.kam_kpi.demo.contacts import contacts_of, people_of
from odoo.tests import BaseCase, tagged

DAYS = (date(2024, 2, 29), date(2025, 1, 1), date(2026, 5, 15), date(2026, 12, 31))


@tagged('post_install', '-at_install')
class TestDemo(BaseCase):
    """The demonstration story is well-formed on any day, without loading it."""

    def revenue(self, key, today, first, last):
        """Sum of what was posted after the day ``first`` months from today, up to the day ``last`` months from it."""
        since, until = dice.day_of(today, first, today.day), dice.day_of(today, last, today.day)
        return sum(
            (-1 if invoice.credit else 1) * line.quantity * line.price * (1 - line.discount / 100)
            for invoice in ledger.invoices_of(story.BY_KEY[key], today) if since < invoice.date <= until
            for line in invoice.lines)

    def test_twelve_accounts_with_known_people(self):
        logins = {user.login for user in story.USERS}
        categories = {key for key, _name, _parent in story.CATEGORIES}
        self.assertEqual(len(story.ACCOUNTS), 12)
        self.assertEqual(len(story.BY_KEY), len(story.CUSTOMERS))
        for account in story.CUSTOMERS:
            self.assertIn(account.owner, logins)
            self.assertLessEqual({flow.category for flow in account.flows}, categories)
            names = [contact.name for contact in contacts_of(account.key)]
            self.assertEqual(len(names), len(set(names)))
        self.assertEqual(len({product.code for product in story.PRODUCTS}), len(story.PRODUCTS))

    def test_same_day_same_story(self):
        self.assertEqual(ledger.all_invoices(DAYS[2]), ledger.all_invoices(DAYS[2]))
        self.assertEqual(dice.roll('a', 1), dice.roll('a', 1))
        self.assertNotEqual(dice.roll('a', 1), dice.roll('a', 2))

    def test_about_two_thousand_lines(self):
        for today in DAYS:
            with self.subTest(today=today):
                lines = sum(len(invoice.lines) for invoice in ledger.all_invoices(today))
                self.assertTrue(1800 <= lines <= 2800, lines)

    def test_lines_are_whole_and_priced(self):
        codes = {product.code for product in story.PRODUCTS}
        for invoice in ledger.all_invoices(DAYS[2]):
            self.assertTrue(invoice.lines)
            for line in invoice.lines:
                self.assertIn(line.product, codes)
                self.assertGreater(line.quantity, 0)
                self.assertGreater(line.price, 0)

    def test_nothing_past_lies_ahead(self):
        for today in DAYS:
            with self.subTest(today=today):
                self.assertLessEqual(max(invoice.date for invoice in ledger.all_invoices(today)), today)
                deals = pipeline.all_deals(today)
                self.assertLessEqual(max(deal.created for deal in deals), today)
                self.assertLessEqual(max(deal.closed for deal in deals if deal.closed), today)
                self.assertLess(max(mail.day for mail in touches.mails(today)), today)
                self.assertLess(max(call.day for call in touches.calls(today)), today)
                self.assertLess(max(answer.day for answer in voices.answers(today)), today)

    def test_one_order_at_most_for_an_account_and_day(self):
        for today in DAYS:
            ordered = Counter((invoice.account, invoice.date) for invoice in ledger.all_invoices(today) if invoice.ordered)
            self.assertEqual(max(ordered.values()), 1)

    def test_each_account_lives_its_story(self):
        for today in DAYS:
            with self.subTest(today=today):
                before = {account.key: self.revenue(account.key, today, -24, -12) for account in story.ACCOUNTS}
                lately = {account.key: self.revenue(account.key, today, -12, 0) for account in story.ACCOUNTS}
                self.assertLess(lately['lumenfeld'], 0.7 * before['lumenfeld'])
                self.assertGreater(lately['kestrel'], 1.15 * before['kestrel'])
                self.assertLess(abs(lately['brightwater'] / before['brightwater'] - 1), 0.2)
                self.assertEqual(max(before, key=before.get), 'brightwater')
                self.assertEqual(before['tamarind'], 0)
                self.assertGreater(lately['tamarind'], 0)
                self.assertEqual(before['ridgeline'], 0)
                self.assertGreater(self.revenue('ridgeline', today, -36, -24), 0)
                self.assertGreater(lately['ridgeline'], 0)
                self.assertLess(self.revenue('corvane', today, -3, 0), 0)

    def test_arcway_lost_a_category(self):
        codes = {product.code for product in story.PRODUCTS if product.category == 'calibration'}
        for today in DAYS:
            last = max(
                invoice.date for invoice in ledger.invoices_of(story.BY_KEY['arcway'], today)
                if not invoice.credit and codes & {line.product for line in invoice.lines})
            self.assertLessEqual(last, dice.day_of(today, -12, today.day))

    def test_the_slipping_account_is_met_no_more(self):
        for today in DAYS:
            last = max(meeting.day for meeting in touches.meetings(today) if meeting.account == 'lumenfeld')
            self.assertGreater((today - last).days, 90)

    def test_enough_answers_for_a_score(self):
        for today in DAYS:
            with self.subTest(today=today):
                answered = {
                    (answer.account, answer.contact) for answer in voices.answers(today)
                    if answer.nps is not None and answer.day > dice.day_of(today, -12, today.day)}
                people = Counter(account for account, _contact in answered)
                for account in story.ACCOUNTS:
                    if account.tier in ('A', 'B'):
                        self.assertGreaterEqual(people[account.key], 5, account.key)
                self.assertEqual(people['solvio'], 0)

    def test_answers_within_their_scales(self):
        for answer in voices.answers(DAYS[2]):
            self.assertIn(answer.csat, range(1, 6))
            self.assertIn(answer.nps, [None, *range(11)])
            self.assertIn(answer.contact, [contact.name for contact in people_of(answer.account)])
        self.assertLessEqual({rating.value for rating in voices.ratings(DAYS[2])}, {1, 3, 5})

    def test_euro_rates_move_within_reason(self):
        rates = [ledger.euro_rate(month) for month in range(dice.OLDEST - 1, 1)]
        self.assertGreater(len(set(rates)), 30)
        self.assertTrue(0.8 < min(rates) < max(rates) < 1.0)

    def test_story_has_a_past_to_compare_with(self):
        for today in DAYS:
            for key in ('brightwater', 'orchard', 'lumenfeld'):
                self.assertTrue(0.5 < self.revenue(key, today, -36, -24) / self.revenue(key, today, -48, -36) < 1.5)

    def test_sable_point_changed_hands(self):
        self.assertEqual(story.owner_at(story.BY_KEY['sable'], -14), 'clara')
        self.assertEqual(story.owner_at(story.BY_KEY['sable'], 0), 'ben')
