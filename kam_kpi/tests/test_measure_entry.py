from datetime import date

from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import KamCase


@tagged('post_install', '-at_install')
class TestMeasureEntry(KamCase):
    """Amounts which people type, by account and month."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        measures = cls.env['kam.measure'].with_user(cls.diana)
        cls.cost = measures.create({'name': "Cost of winning", 'code': 'won_cost', 'kind': 'manual', 'monetary': True})
        cls.visits = measures.create({'name': "Site visits", 'code': 'site_visits', 'kind': 'manual', 'entry_by': 'manager'})
        cls.env['kam.kpi'].with_user(cls.diana).create([
            {'name': measure.name, 'code': measure.code, 'numerator': measure.code} for measure in (cls.cost, cls.visits)])
        cls.env['kam.fact'].refresh()

    def _entry(self, user=None, **vals):
        return self.env['kam.measure.entry'].with_user(user or self.diana).create({
            'measure_id': self.cost.id, 'partner_id': self.alpha.id, 'month': '2026-02-01', 'amount': 100, **vals})

    def _value(self, code='won_cost', account=None):
        self.env['kam.fact'].refresh()
        [row] = self.env['kam.kpi'].measure_kpis([code], (account or self.alpha).ids, date(2026, 1, 1), date(2026, 4, 1))
        return row['value']

    def _import(self, *rows, user=None):
        fields = ['measure_id', 'partner_id', 'month', 'amount', 'note']
        return self.env['kam.measure.entry'].with_user(user or self.diana).load(fields, [list(row) for row in rows])

    def test_entries_add_up(self):
        self._entry()
        self._entry(month='2026-03-01', amount=20.5)
        self._entry(month='2026-04-01', amount=1000)
        self.assertEqual(self._value(), 120.5)

    def test_a_change_a_move_and_a_removal_are_noticed(self):
        entry = self._entry()
        self.assertEqual(self._value(), 100)
        entry.amount = 30
        self.assertEqual(self._value(), 30)
        entry.partner_id = self.beta
        self.assertEqual((self._value(), self._value(account=self.beta)), (0, 30))
        entry.unlink()
        self.assertEqual(self._value(account=self.beta), 0)

    def test_refresh_equals_rebuild(self):
        self._entry()
        self._entry(partner_id=False, amount=7)
        self.env['kam.fact'].refresh()
        read = [('measure_id', '=', self.cost.id)], ['partner_id', 'date', 'amount', 'company_id']
        facts = [tuple(row.values())[1:] for row in self.env['kam.fact'].search_read(*read, order='date, partner_id')]
        self.env['kam.fact'].rebuild()
        self.assertEqual(facts, [tuple(row.values())[1:] for row in self.env['kam.fact'].search_read(*read, order='date, partner_id')])
        self.assertEqual(len(facts), 2)

    def test_any_day_stands_for_its_month(self):
        self.assertEqual(self._entry(month='2026-02-14').month, date(2026, 2, 1))

    def test_a_contact_stands_for_its_company(self):
        self.assertEqual(self._entry(partner_id=self.new_contact(self.alpha, "Ann").id).partner_id, self.alpha)

    def test_one_amount_for_measure_account_month_and_company(self):
        self._entry()
        self._entry(month='2026-03-01')
        self._entry(partner_id=False)
        for vals in ({'month': '2026-02-28'}, {'partner_id': False}):
            with self.assertRaises(UniqueViolation), mute_logger('odoo.sql_db'):
                self._entry(**vals)

    def test_months_to_come_are_refused(self):
        with self.assertRaisesRegex(ValidationError, "has not begun"):
            self._entry(month='2999-01-01')

    def test_a_measure_worked_out_from_documents_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "is worked out from documents"):
            self._entry(measure_id=self.env.ref('kam_kpi.kam_measure_revenue').id)

    def test_who_typed_it(self):
        entry = self._entry(measure_id=self.visits.id, user=self.anna)
        self.assertEqual(entry.user_id, self.anna)
        entry.with_user(self.diana).amount = 5
        self.assertEqual(entry.user_id, self.diana)

    def test_documents_behind_the_figure(self):
        entry = self._entry(note="Fair")
        self.env['kam.fact'].refresh()
        [row], count, total = self.cost._documents(self.cost._drill(self.alpha.ids, date(2026, 1, 1), date(2026, 4, 1)))
        self.assertEqual((row['res_id'], count, total, row['name']), (entry.id, 1, 100.0, "Cost of winning, Feb 2026, Fair"))

    def test_an_import(self):
        result = self._import(("Cost of winning", "Alpha", '2026-02-01', '100', "Fair"), ("site_visits", "Beta", '2026-02-01', '3', ""))
        self.assertFalse(result['messages'])
        self.assertEqual(len(result['ids']), 2)

    def test_an_import_names_each_bad_row(self):
        with mute_logger('odoo.sql_db'):
            result = self._import(
                ("Cost of winning", "Alpha", '2026-02-01', '100', ""), ("Cost of losing", "Alpha", '2026-02-01', '1', ""),
                ("Cost of winning", "Alpha", 'soon', '1', ""), ("Cost of winning", "Alpha", '2026-03-01', 'much', ""))
        self.assertFalse(result['ids'])
        problems = {row: [message['message'] for message in result['messages'] if message['rows']['from'] == row] for row in range(4)}
        self.assertEqual([row for row, found in problems.items() if found], [1, 2, 3])
        for row, word in ((1, "Cost of losing"), (2, "soon"), (3, "much")):
            self.assertIn(word, " ".join(problems[row]))

    def test_an_import_of_what_is_there_says_so(self):
        self._entry()
        with mute_logger('odoo.sql_db'):
            result = self._import(("Cost of winning", "Alpha", '2026-02-01', '1', ""))
        self.assertIn("There is an amount for this measure", result['messages'][0]['message'])

    def test_directors_type_everything(self):
        self._entry()
        self._entry(measure_id=self.visits.id, partner_id=self.beta.id)
        self._entry(partner_id=False)

    def test_account_managers_type_for_their_own_accounts_where_they_may(self):
        self._entry(user=self.anna, measure_id=self.visits.id).amount = 3
        self._entry(user=self.leo, measure_id=self.visits.id, partner_id=self.beta.id)
        for user, vals in (
            (self.anna, {}),
            (self.anna, {'measure_id': self.visits.id, 'partner_id': self.beta.id}),
            (self.anna, {'measure_id': self.visits.id, 'partner_id': False}),
            (self.leo, {}),
            (self.zoe, {'measure_id': self.visits.id}),
            (self.rita, {'measure_id': self.visits.id}),
            (self.sam, {'measure_id': self.visits.id}),
        ):
            with self.subTest(user=user.name, **vals), self.assertRaises(AccessError):
                self._entry(user=user, **{'month': '2026-03-01', **vals})

    def test_account_managers_do_not_move_amounts_elsewhere(self):
        entry = self._entry(user=self.anna, measure_id=self.visits.id)
        for vals in ({'partner_id': self.beta.id}, {'measure_id': self.cost.id}):
            with self.assertRaises(AccessError):
                entry.write(vals)

    def test_who_reads_what(self):
        entries = self._entry() | self._entry(partner_id=self.beta.id) | self._entry(partner_id=False)
        for user, seen in ((self.anna, 1), (self.ben, 1), (self.leo, 2), (self.zoe, 0), (self.diana, 3), (self.rita, 3)):
            with self.subTest(user=user.name):
                self.assertEqual(self.env['kam.measure.entry'].with_user(user).search_count([('id', 'in', entries.ids)]), seen)
        with self.assertRaises(AccessError):
            entries.with_user(self.sam).read(['amount'])

    def test_other_companies_are_hidden(self):
        other = self.env['res.company'].create({'name': "Elsewhere"})
        entry = self.env['kam.measure.entry'].create({
            'measure_id': self.cost.id, 'month': '2026-02-01', 'amount': 1, 'company_id': other.id})
        self.assertFalse(self.env['kam.measure.entry'].with_user(self.diana).search_count([('id', '=', entry.id)]))

    def test_merged_accounts_have_the_sum(self):
        self._entry(note="Fair")
        self._entry(partner_id=self.beta.id, amount=11)
        self._entry(partner_id=self.beta.id, month='2026-03-01', amount=5)
        self.env['base.partner.merge.automatic.wizard']._merge((self.alpha | self.beta).ids, self.alpha)
        self.assertEqual(self._value(), 116)

    def test_nothing_has_to_be_said_of_a_typed_measure(self):
        self.assertEqual((self.cost.state, self.cost.engine, self.cost.method, self.cost.watched), ('ok', 'method', 'manual', True))
