from datetime import date
from unittest.mock import patch

from odoo.tests import tagged

from .common import KamCase


@tagged('post_install', '-at_install')
class TestValueRefresh(KamCase):
    """What is stored of the KPIs, period by period.

    Today is 2026-05-10. Alpha won a deal in February and lost one in March:
    the win rate of the first quarter is 50 %. Periods close ten days after
    their end, so the first quarter is closed and the second one runs.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(cls.calendar(date(2026, 5, 10)))
        cls.company.kam_closing_days = 10
        cls.won = cls._closed_deal(cls.alpha, 'won', '2026-02-10')
        cls.lost = cls._closed_deal(cls.alpha, 'lost', '2026-03-10')
        cls.env['kam.fact'].refresh()

    @classmethod
    def calendar(cls, day):
        return patch.object(cls.registry['res.company'], '_kam_today', lambda company: day)

    @classmethod
    def _closed_deal(cls, account, outcome, day):
        deal = cls.env['crm.lead'].create({
            'name': f"{outcome} {day}", 'type': 'opportunity', 'partner_id': account.id, 'user_id': cls.anna.id, 'company_id': cls.company.id})
        if outcome == 'won':
            deal.action_set_won()
        else:
            deal.action_set_lost()
        deal.date_closed = f'{day} 12:00:00'
        return deal

    def _value(self, code='win_rate_pct', end='2026-03-31', scope='account', subject=None, frequency='quarter', user=None):
        values = self.env['kam.kpi.value'].with_user(user or self.diana).search([
            ('kpi_id.code', '=', code), ('frequency', '=', frequency), ('date_end', '=', end),
            ('scope', '=', scope), ('subject_id', '=', (subject or self.alpha).id)])
        self.assertEqual(len(values), 1)
        return values

    def test_quarter_is_stored_with_its_parts(self):
        value = self._value(user=self.anna)
        self.assertEqual((value.numerator, value.denominator, value.value, value.state), (1.0, 2.0, 50.0, 'ok'))
        self.assertEqual((value.date_start, value.sample_size), (date(2026, 1, 1), 2))

    def test_no_data_is_empty_and_says_why(self):
        value = self._value(end='2025-12-31')
        self.assertIs(value.value, False)
        self.assertEqual((value.state, value.reason), ('no_data', 'zero_denominator'))

    def test_zero_is_a_value(self):
        self.won.unlink()
        self._closed_deal(self.alpha, 'lost', '2026-05-02')
        self.env['kam.fact'].refresh()
        value = self._value(end='2026-06-30')
        self.assertEqual((value.value, value.state), (0.0, 'ok'))
        self.assertIsNot(value.value, False)

    def test_running_period_follows_the_documents(self):
        self._closed_deal(self.alpha, 'won', '2026-05-02')
        self.env['kam.fact'].refresh()
        value = self._value(end='2026-06-30')
        self.assertEqual((value.value, value.is_current, value.closed), (100.0, True, False))

    def test_trailing_twelve_months_stop_yesterday(self):
        value = self._value(end='2026-05-09', frequency='ttm')
        self.assertEqual((value.date_start, value.is_current, value.value), (date(2025, 5, 10), True, 50.0))

    def test_yesterdays_trailing_months_make_room_for_todays(self):
        with self.calendar(date(2026, 5, 11)):
            self.env['kam.fact']._cron_nightly()
        ends = self.env['kam.kpi.value'].search([
            ('partner_id', '=', self.alpha.id), ('frequency', '=', 'ttm'), ('is_current', '=', True)]).mapped('date_end')
        self.assertEqual(set(ends), {date(2026, 5, 10)})

    def test_closed_period_keeps_what_was_reported(self):
        self.assertTrue(self._value().closed)
        self._closed_deal(self.alpha, 'won', '2026-03-20')
        self.env['kam.fact'].refresh()
        value = self._value()
        self.assertEqual((value.value, value.numerator, value.denominator), (50.0, 1.0, 2.0))
        self.assertAlmostEqual(value.restated_value, 200 / 3)
        self.assertEqual(value.restated_on, date(2026, 5, 10))

    def test_restatement_goes_when_its_cause_goes(self):
        late = self._closed_deal(self.alpha, 'won', '2026-03-20')
        self.env['kam.fact'].refresh()
        late.unlink()
        self.env['kam.fact'].refresh()
        value = self._value()
        self.assertIs(value.restated_value, False)
        self.assertFalse(value.restated_on)

    def test_period_stays_open_until_its_closing_day(self):
        self.company.kam_closing_days = 60
        self._closed_deal(self.beta, 'won', '2026-02-01')
        self.env['kam.fact'].refresh()
        self.assertFalse(self._value(subject=self.beta, end='2026-06-30').closed)

    def test_manager_team_and_company_have_the_ratio_of_the_sums(self):
        for account, outcome in ((self.beta, 'won'), (self.beta, 'won'), (self.beta, 'won')):
            self._closed_deal(account, outcome, '2026-05-02')
        self._closed_deal(self.alpha, 'lost', '2026-05-02')
        self.env['kam.fact'].refresh()
        self.assertEqual(self._value(end='2026-06-30', scope='user', subject=self.anna).value, 0.0)
        self.assertEqual(self._value(end='2026-06-30', scope='user', subject=self.ben).value, 100.0)
        self.assertEqual(self._value(end='2026-06-30', scope='team', subject=self.north).value, 75.0)
        self.assertEqual(self._value(end='2026-06-30', scope='company', subject=self.company).value, 75.0)

    def test_figures_belong_to_the_holder_on_the_last_day(self):
        gone = self.new_account("Delta", False)
        gone.kam_user_id = False
        self.env['kam.assignment'].search([('partner_id', '=', gone.id)]).unlink()
        self.assign(gone, self.anna, '2025-01-01', '2026-03-30')
        self.assign(gone, self.ben, '2026-03-31')
        self._closed_deal(gone, 'won', '2026-02-15')
        self.env['kam.fact'].rebuild()
        self.assertEqual(self._value(subject=gone).user_id, self.ben)
        self.assertEqual(self._value(subject=gone, end='2025-12-31').user_id, self.anna)

    def test_first_refresh_of_a_day_does_all_accounts(self):
        with self.calendar(date(2026, 5, 12)):
            self._closed_deal(self.beta, 'won', '2026-05-11')
            self.env['kam.fact'].refresh()
            self.assertTrue(self._value(end='2026-05-11', frequency='ttm', subject=self.alpha).is_current)

    def test_refresh_without_changes_changes_nothing(self):
        names = ['value', 'numerator', 'denominator', 'state', 'closed', 'is_current', 'restated_value', 'user_id', 'sample_size']
        before = {row['id']: row for row in self.env['kam.kpi.value'].search([]).read(names)}
        self.assertEqual(self.env['kam.fact'].refresh()['accounts'], 0)
        self.env['kam.kpi.value']._refresh()
        self.assertEqual({row['id']: row for row in self.env['kam.kpi.value'].search([]).read(names)}, before)

    def test_nobody_writes_values(self):
        for user in (self.anna, self.diana, self.rita):
            with self.assertRaises(Exception) as refused:
                self._value().with_user(user).write({'value': 99})
            self.assertEqual(type(refused.exception).__name__, 'AccessError')
