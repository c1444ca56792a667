from datetime import date

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .documents import DocumentsCase


@tagged('post_install', '-at_install')
class TestValueHistory(DocumentsCase):
    """Stored figures beside those of other times, and what becomes of closed ones.

    Today is 2026-06-15, the second quarter runs since 75 days; periods close
    ten days after their end. Alpha belongs to Anna.
    """

    stores_values = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.kam_closing_days = 10
        cls.anna, cls.ben = (cls.new_user(login, 'kam_kpi.group_kam_user') for login in ('anna', 'ben'))
        cls.leo = cls.new_user('leo', 'kam_kpi.group_kam_leader')
        cls.rita = cls.new_user('rita', 'kam_kpi.group_kam_reader')
        cls.alpha = cls.customer("Alpha", key=True, kam_user_id=cls.anna.id, kam_since_date='2023-01-01')
        cls.revenue = cls.env.ref('kam_kpi.kam_kpi_revenue')

    def stored(self, start, end, frequency='quarter', code='revenue', user=None, **subject):
        subject = subject or {'scope': 'account', 'subject_id': self.alpha.id}
        value = self.env['kam.kpi.value'].with_user(user or self.anna).search([
            ('kpi_id.code', '=', code), ('frequency', '=', frequency), ('date_start', '=', start), ('date_end', '=', end),
            *((name, '=', value) for name, value in subject.items())])
        self.assertEqual(len(value), 1)
        return value

    def test_running_quarter_is_compared_with_as_many_days(self):
        for day, amount in (('2026-06-14', 300), ('2026-03-16', 200), ('2026-03-17', 5000), ('2025-06-14', 100), ('2025-06-15', 7000)):
            self.invoice(self.alpha, day, amount)
        self.refresh()
        value = self.stored('2026-04-01', '2026-06-30')
        self.assertEqual((value.value, value.previous_value, value.last_year_value, value.trend), (300.0, 200.0, 100.0, 'better'))
        self.assertEqual(value.comparison, "01/01/2026 – 03/16/2026")

    def test_running_figure_of_a_manager_is_of_the_accounts_of_today(self):
        for day, amount in (('2026-06-14', 300), ('2026-03-16', 200)):
            self.invoice(self.alpha, day, amount)
        self.refresh()
        value = self.stored('2026-04-01', '2026-06-30', scope='user', subject_id=self.anna.id)
        self.assertEqual((value.value, value.previous_value), (300.0, 200.0))

    def test_no_data_before_is_not_zero(self):
        self.refresh()
        value = self.stored('2026-01-01', '2026-03-31', code='nrr_pct')
        self.assertIs(value.last_year_value, False)

    def test_closed_quarter_is_compared_with_stored_ones(self):
        for day, amount in (('2026-02-01', 300), ('2025-12-01', 200), ('2025-02-01', 100)):
            self.invoice(self.alpha, day, amount)
        self.refresh()
        value = self.stored('2026-01-01', '2026-03-31')
        self.assertEqual((value.value, value.previous_value, value.last_year_value), (300.0, 200.0, 100.0))
        self.assertFalse(value.comparison)

    def test_trailing_months_of_today_against_those_of_a_year_ago(self):
        for day, amount in (('2026-06-14', 300), ('2025-06-14', 50), ('2025-06-15', 25)):
            self.invoice(self.alpha, day, amount)
        self.refresh()
        value = self.stored('2025-06-15', '2026-06-14', 'ttm')
        self.assertEqual((value.value, value.last_year_value), (325.0, 50.0))

    def written(self, move, day):
        """The lines of a move were last written on this day, and nothing waits to be written."""
        self.env.flush_all()
        self.env.cr.execute("UPDATE account_move_line SET write_date = %s WHERE move_id = %s", [day, move.id])
        self.env.invalidate_all()

    def restate(self):
        """Alpha had 100 in the first quarter; a credit note of 30 of that time is written later."""
        invoice = self.invoice(self.alpha, '2026-02-01', 100)
        with self.calendar(date(2026, 4, 12)):
            self.refresh()
        credit = self.credit(self.alpha, '2026-02-15', 30)
        self.written(invoice, '2026-02-02')
        self.written(credit, '2026-06-14')
        self.refresh()
        return self.stored('2026-01-01', '2026-03-31'), credit

    def test_closed_figure_stays_and_is_listed_as_restated(self):
        value, _credit = self.restate()
        self.assertEqual((value.closed, value.value, value.restated_value, value.restated_change, value.restated_on),
                         (True, 100.0, 70.0, -30.0, self.today))
        self.assertIn("06/15/2026", value.notice)
        action = self.env['ir.actions.act_window']._for_xml_id('kam_kpi.kam_kpi_value_action_restated')
        listed = self.env['kam.kpi.value'].with_user(self.anna).search([('restated_on', '!=', False), ('kpi_id', '=', self.revenue.id)])
        self.assertEqual(action['domain'], "[('restated_on', '!=', False)]")
        self.assertIn(value, listed)
        self.assertEqual(set(listed.mapped('scope')), {'account', 'user'})

    def test_restatements_of_colleagues_are_not_listed(self):
        self.restate()
        self.assertFalse(self.env['kam.kpi.value'].with_user(self.ben).search([('restated_on', '!=', False)]))
        self.assertTrue(self.env['kam.kpi.value'].with_user(self.rita).search([('restated_on', '!=', False), ('scope', '=', 'company')]))

    def test_unchanged_figures_have_no_notice(self):
        self.restate()
        value = self.stored('2025-10-01', '2025-12-31')
        self.assertFalse(value.notice)
        self.assertIs(value.restated_change, False)

    def test_way_to_the_documents_which_changed(self):
        value, credit = self.restate()
        action = value.action_changed_documents()
        self.assertEqual((action['res_model'], action['context']), ('kam.explain.line', {'kam_changed': True}))
        line = self.env['kam.explain.line'].with_user(self.anna).browse(action['res_id'])
        page = line.get_documents(changed=True)
        self.assertEqual((page['count'], page['changed']), (1, True))
        self.assertIn(credit.name, page['rows'][0]['number'])
        self.assertIn("6/14/2026", page['rows'][0]['written'].replace("06/", "6/"))
        self.assertEqual(line.get_documents()['count'], 2)

    def test_documents_which_are_gone_leave_the_explanation(self):
        value, credit = self.restate()
        credit.button_draft()
        self.written(self.invoice(self.alpha, '2026-02-01', 5), '2026-02-02')
        self.refresh()
        action = value.action_changed_documents()
        self.assertEqual(action['res_model'], 'kam.explain')

    def test_changed_documents_of_colleagues_are_refused(self):
        value, _credit = self.restate()
        with self.assertRaises(AccessError):
            value.with_user(self.ben).action_changed_documents()

    def test_explanation_tells_of_the_restatement(self):
        value, _credit = self.restate()
        explain = self.env['kam.explain'].with_user(self.anna).browse(value.action_explain()['res_id'])
        self.assertEqual((explain.value, explain.live_value, explain.is_changed), (100.0, 70.0, True))
        self.assertIn("06/15/2026", explain.history)

    def test_odd_fiscal_years(self):
        """Periods are stored by the company's fiscal year, whatever its last day."""
        cases = {
            (5, '4'): [('year', '2025-04-06', '2026-04-05'), ('quarter', '2026-01-06', '2026-04-05'), ('semester', '2025-10-06', '2026-04-05')],
            (28, '2'): [('year', '2025-03-01', '2026-02-28'), ('quarter', '2025-12-01', '2026-02-28'), ('semester', '2025-09-01', '2026-02-28')],
            (31, '12'): [('year', '2025-01-01', '2025-12-31'), ('quarter', '2026-01-01', '2026-03-31'), ('semester', '2025-07-01', '2025-12-31')],
        }
        # Numbers of invoices follow the fiscal year they were made in: let them stay as they are.
        self.env['ir.config_parameter'].sudo().set_param('sequence.mixin.constraint_start_date', '2100-01-01')
        self.revenue.write({'frequency_year': True, 'frequency_semester': True, 'frequency_month': True})
        self.env.flush_all()
        self.env.cr.execute("UPDATE kam_kpi SET active = FALSE WHERE id <> %s", [self.revenue.id])  # only to save time
        self.env.invalidate_all()
        for number, ((last_day, last_month), periods) in enumerate(cases.items()):
            self.env['kam.kpi.value'].search([]).unlink()
            account = self.customer(f"Alpha {number}", key=True, kam_user_id=self.anna.id, kam_since_date='2023-01-01')
            self.company.write({'fiscalyear_last_day': last_day, 'fiscalyear_last_month': last_month})
            for power, (_frequency, start, end) in enumerate(periods):
                self.invoice(account, start, 10 ** power)
                self.invoice(account, end, 2 * 10 ** power)
            self.env['kam.fact'].rebuild()
            for frequency, start, end in periods:
                with self.subTest(fiscal_year=(last_day, last_month), frequency=frequency):
                    expected = self.env['kam.kpi'].measure_kpis(['revenue'], account.ids, start, date.fromordinal(date.fromisoformat(end).toordinal() + 1))
                    value = self.stored(start, end, frequency, scope='account', subject_id=account.id)
                    self.assertEqual(value.value, expected[0]['value'])
                    self.assertGreaterEqual(value.value, 3)
            self.assertEqual(self.stored('2026-05-01', '2026-05-31', 'month', scope='account', subject_id=account.id).value, 0.0)
