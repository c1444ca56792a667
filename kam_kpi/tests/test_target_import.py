import base64
import io
from datetime import date, datetime

import openpyxl

from odoo.exceptions import AccessError, UserError
from odoo.tests import BaseCase, freeze_time, tagged

from ..tools.tabular import parse_day, parse_number, read_text_table
from .target_common import TargetCase

HEADER = "KPI,For,Name or reference,From,To,Target"


@tagged('post_install', '-at_install')
class TestTabular(BaseCase):

    def test_numbers_as_people_write_them(self):
        for text, number in (
            ("1500", 1500), ("1500.5", 1500.5), ("1500,5", 1500.5), ("1.234,56", 1234.56), ("1,234.56", 1234.56), ("1 234,5", 1234.5),
            ("1\N{NO-BREAK SPACE}234", 1234), ("1'234.5", 1234.5), ("1.234.567", 1234567), ("-5", -5), ("\N{MINUS SIGN}5", -5), ("12,5 %", 12.5),
            ("€ 100", 100), (".5", 0.5), ("0,125", 0.125), (7, 7), (7.5, 7.5), ("0", 0), ("1234.567", 1234.567),
        ):
            with self.subTest(text=text):
                self.assertEqual(parse_number(text), number)

    def test_single_mark_before_three_digits_is_what_the_language_says(self):
        self.assertEqual((parse_number("1,234", '.'), parse_number("1,234", ',')), (1234, 1.234))
        self.assertEqual((parse_number("1.234", '.'), parse_number("1.234", ',')), (1.234, 1234))

    def test_empty_is_not_zero(self):
        for empty in (None, "", "  "):
            self.assertIsNone(parse_number(empty))
            self.assertIsNone(parse_day(empty))

    def test_no_numbers(self):
        for text in ("many", "1e5", "1e400", "nan", "inf", "1.2.3", "1,23,456", "--1", "%", "12a", True, float('nan'), "1.234,5,6"):
            with self.subTest(text=text), self.assertRaises(ValueError):
                parse_number(text)

    def test_days_as_people_write_them(self):
        for value in (
            "2026-03-31", "31.03.2026", "31/3/2026", "2026/03/31", "2026-03-31 00:00:00", 46112, 46112.0, "46112", date(2026, 3, 31),
            datetime(2026, 3, 31, 12),
        ):
            with self.subTest(value=value):
                self.assertEqual(parse_day(value), date(2026, 3, 31))
        self.assertEqual((parse_day("03/04/2026"), parse_day("03/04/2026", month_first=True)), (date(2026, 4, 3), date(2026, 3, 4)))

    def test_no_days(self):
        for value in ("soon", "2026-02-30", "31.13.2026", "31.03.26", 5, 1234567, "Q1 2026"):
            with self.subTest(value=value), self.assertRaises(ValueError):
                parse_day(value)

    def test_tables_with_any_delimiter_and_encoding(self):
        for content in (b"a,b\n1,2", b"a;b\n1;2", b"a\tb\n1\t2", b"\xef\xbb\xbfa;b\n1;2", "a;b\n1;2".encode('utf-16')):
            with self.subTest(content=content):
                self.assertEqual(read_text_table(content), [['a', 'b'], ['1', '2']])
        self.assertEqual(read_text_table("Größe;ß".encode('cp1252')), [["Größe", "ß"]])
        with self.assertRaises(ValueError):
            read_text_table(b"\x00\x01\x02")


@tagged('post_install', '-at_install')
@freeze_time('2026-03-01 12:00:00')
class TestTargetImport(TargetCase):

    def _wizard(self, content, name='targets.csv', user=None, **vals):
        if isinstance(content, str):
            content = content.encode()
        return self.env['kam.target.import'].with_user(user or self.anna).create({
            'file': base64.b64encode(content), 'filename': name, **vals})

    def _csv(self, *rows, header=HEADER):
        return "\n".join([header, *rows])

    def _book(self, *rows):
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        output = io.BytesIO()
        book.save(output)
        return output.getvalue()

    def _imported(self, wizard):
        action = wizard.action_import()
        self.assertEqual(action['res_model'], 'kam.target', wizard.line_ids.mapped('message'))
        return self.env['kam.target'].search(action['domain'], order='id')

    def _findings(self, wizard):
        wizard.action_import()
        return [(line.row, line.column or '', line.message) for line in wizard.line_ids if line.severity == 'error']

    # ------------------------------------------------------------------
    # good files
    # ------------------------------------------------------------------

    def test_good_file_becomes_proposals(self):
        self.figures['t_sales', self.alpha] = 118000
        self.kpis['t_calls'].name = "Phone calls made"  # as no other
        targets = self._imported(self._wizard(self._csv(
            "t_sales,account,Alpha,2026-01-01,2026-03-31,150000", "Phone calls made,Account manager,target_anna,2026-01-01,2026-12-31,60")))
        self.assertRecordValues(targets, [
            {'kpi_id': self.kpis['t_sales'].id, 'partner_id': self.alpha.id, 'target_value': 150000, 'frequency': 'quarter',
             'state': 'proposed', 'proposer_id': self.anna.id, 'owner_id': self.anna.id, 'objective_id': self.objective.id,
             'actual_value': 118000, 'status': 'on_track'},
            {'kpi_id': self.kpis['t_calls'].id, 'partner_id': False, 'target_value': 60, 'frequency': 'year',
             'state': 'proposed', 'proposer_id': self.anna.id, 'owner_id': self.anna.id, 'objective_id': self.objective.id,
             'actual_value': False, 'status': 'no_data'},
        ])

        self.assertEqual(targets[1].user_id, self.anna)

    def test_excel_cells_keep_their_kind(self):
        [target] = self._imported(self._wizard(self._book(
            ["KPI", "For", "Name or reference", "From", "To", "Target", "Note"],
            ["t_sales", "account", "Alpha", datetime(2026, 1, 1), 46112, 1500.25, "As agreed"]), 'targets.xlsx'))
        self.assertRecordValues(target, [{
            'date_start': date(2026, 1, 1), 'date_end': date(2026, 3, 31), 'target_value': 1500.25, 'note': "As agreed"}])

    def test_semicolons_and_decimal_commas(self):
        [target] = self._imported(self._wizard(
            "KPI;For;Name or reference;From;Target\nt_sales;account;Alpha;01.01.2026;1.234,56\n\n"))
        self.assertEqual((target.target_value, target.date_end), (1234.56, date(2026, 3, 31)))

    def test_band_and_technical_names(self):
        [target] = self._imported(self._wizard(
            "kpi,kind,subject,date_start,band_low,band_high,band_tolerance,phasing,objective\n"
            "t_stock,account,Alpha,2026-01-01,5,10,3,working,Grow with few customers"))
        self.assertRecordValues(target, [{'band_low': 5, 'band_high': 10, 'band_tolerance': 3, 'phasing': 'working', 'target_value': False}])

    def test_reference_goes_before_the_name(self):
        self.alpha.ref = 'A-1'
        self.beta.name = "Alpha"
        [target] = self._imported(self._wizard(self._csv("t_sales,account,A-1,2026-01-01,,1")))
        self.assertEqual(target.partner_id, self.alpha)
        self.assertIn("several called", self._findings(self._wizard(self._csv("t_calls,account,Alpha,2026-01-01,,1")))[0][2])

    def test_director_imports_for_teams_and_the_company(self):
        targets = self._imported(self._wizard(self._csv(
            "t_sales,team,North,2026-01-01,,1", "t_sales,company,,2026-01-01,,2"), user=self.dora))
        self.assertEqual(targets.mapped('scope'), ['team', 'company'])

    def test_unknown_columns_and_odd_periods_are_mentioned(self):
        wizard = self._wizard(self._csv("t_sales,account,Alpha,2026-02-01,2026-04-30,1,x", header=HEADER + ",Colour"))
        wizard.action_check()
        self.assertRecordValues(wizard, [{'good_count': 1, 'bad_count': 0, 'is_checked': True}])
        self.assertEqual([(line.row, line.column, line.severity) for line in wizard.line_ids], [
            (1, "Colour", 'warning'), (2, '', 'warning')])
        self.assertIn("no quarter of the fiscal calendar", wizard.line_ids[1].message)

    def test_check_keeps_nothing(self):
        wizard = self._wizard(self._csv("t_sales,account,Alpha,2026-01-01,,150000"))
        before = self.env['kam.target'].search_count([])
        wizard.action_check()
        self.assertEqual((wizard.good_count, self.env['kam.target'].search_count([])), (1, before))

    def test_template_can_be_filled_in(self):
        wizard = self._wizard(b"")
        self.assertIn(f"/{wizard.id}/template_file/", wizard.action_template()['url'])
        book = openpyxl.load_workbook(io.BytesIO(base64.b64decode(wizard.template_file)))
        self.assertIn('csat_pct', [row[0].value for row in book.worksheets[1].rows])
        book.worksheets[0].append(["t_sales", "account", "Alpha", date(2026, 1, 1), None, 5])
        output = io.BytesIO()
        book.save(output)
        [target] = self._imported(self._wizard(output.getvalue(), 'Targets.xlsx'))
        self.assertEqual((target.partner_id, target.target_value), (self.alpha, 5))

    # ------------------------------------------------------------------
    # bad rows
    # ------------------------------------------------------------------

    def test_bad_row_says_where_and_what_to_do(self):
        self.kpis['t_retention'].value_max = 100
        good = {'KPI': 't_sales', 'For': 'account', 'Name or reference': 'Alpha', 'From': '2026-01-01', 'To': '2026-03-31', 'Target': '100'}
        for column, bad, text in (
            ('KPI', '', "Enter the code"), ('KPI', 't_seles', "There is no KPI “t_seles”"), ('For', 'planet', "enter account, manager"),
            ('Name or reference', '', "Enter the name or reference"), ('Name or reference', 'Nobody', "no key account “Nobody”"),
            ('From', '', "Enter the first day"), ('From', '2026-02-30', "“2026-02-30” is no day"), ('To', 'soon', "“soon” is no day"),
            ('To', '2025-12-31', "ends before it begins"), ('Target', 'many', "“many” is no number"), ('Target', '1e400', "is no number"),
            ('Target', 'nan', "is no number"),
        ):
            with self.subTest(column=column, bad=bad):
                row = ",".join({**good, column: bad}.values())
                [(number, where, message)] = self._findings(self._wizard(self._csv(row)))
                self.assertEqual((number, where), (2, column))
                self.assertIn(text, message)

    def test_row_refused_by_the_target_itself(self):
        self.kpis['t_retention'].value_max = 100
        rows = ["t_sales,account,Alpha,2026-01-01,,", "t_retention,account,Alpha,2026-01-01,,140", "t_sales,account,Beta,2025-10-01,,5"]
        messages = [message for _row, _column, message in self._findings(self._wizard(self._csv(*rows)))]
        for message, text in zip(messages, ("Enter the value Sales is to reach", "cannot be reached", "Ask a director"), strict=True):
            self.assertIn(text, message)

    def test_all_problems_of_a_row_are_told_at_once(self):
        found = self._findings(self._wizard(self._csv("x,planet,Alpha,soon,,many")))
        self.assertEqual([column for _row, column, _message in found], ["KPI", "From", "For", "Target"])

    def test_nothing_of_a_bad_file_is_imported_unless_asked_for(self):
        content = self._csv("t_sales,account,Alpha,2026-01-01,,100", "", "t_sales,account,Nobody,2026-01-01,,100")
        wizard = self._wizard(content)
        self.assertEqual([row for row, _column, _message in self._findings(wizard)], [4])
        self.assertRecordValues(wizard, [{'good_count': 1, 'bad_count': 1}])
        self.assertFalse(self.env['kam.target'].search([('kpi_id', '=', self.kpis['t_sales'].id)]))
        wizard.import_good = True
        self.assertEqual(self._imported(wizard).partner_id, self.alpha)

    def test_file_of_bad_rows_only(self):
        wizard = self._wizard(self._csv("t_sales,account,Nobody,2026-01-01,,100"), import_good=True)
        self.assertEqual(len(self._findings(wizard)), 1)
        self.assertEqual(wizard.good_count, 0)

    def test_duplicates_in_the_file_and_outside(self):
        self.target('t_calls', target_value=5)
        found = self._findings(self._wizard(self._csv(
            "t_sales,account,Alpha,2026-01-01,,1", "t_sales,account,Alpha,2026-01-01,2026-03-31,2", "t_calls,account,Alpha,2026-01-01,,3")))
        self.assertEqual([row for row, _column, _message in found], [3, 4])
        self.assertIn("as row 2", found[0][2])
        self.assertIn("There is a target for this KPI", found[1][2])

    def test_foreign_accounts_are_refused_row_by_row(self):
        found = self._findings(self._wizard(self._csv(
            "t_sales,account,Alpha,2026-01-01,,1", "t_sales,account,Gamma,2026-01-01,,1", "t_sales,company,,2026-01-01,,1",
            "t_sales,team,North,2026-01-01,,1")))
        self.assertEqual([row for row, _column, _message in found], [3, 4, 5])
        self.assertTrue(all("You may not set this target" in message for _row, _column, message in found))

    def test_closed_period_needs_a_director_and_a_reason(self):
        header = HEADER + ",Reason"
        row = "t_sales,account,Alpha,2025-10-01,2025-12-31,5,"
        found = self._findings(self._wizard(self._csv(row, header=header), user=self.dora))
        self.assertIn("give a reason", found[0][2])
        [target] = self._imported(self._wizard(self._csv(row + "Forgotten", header=header), user=self.dora))
        self.assertEqual(target.history_ids.reason, "Forgotten")

    # ------------------------------------------------------------------
    # bad files
    # ------------------------------------------------------------------

    def test_files_that_cannot_be_read(self):
        header = HEADER.encode()
        for content, name, text in (
            (b"", 'targets.csv', "The file is empty"), (header, 'targets.csv', "The file is empty"), (b"\n\n", 'targets.csv', "The file is empty"),
            (b"%PDF-1.7", 'targets.pdf', "Files of type “pdf” cannot be read"), (b"\xd0\xcf\x11\xe0", 'targets.xls', "type “xls”"),
            (b"PK\x03\x04rubbish", 'targets.xlsx', "damaged or no Excel workbook"), (b"no zip", 'targets.xlsx', "damaged"),
            (b"\x00\x01", 'targets.csv', "is no text table"), (b"A,B\n1,2", 'targets.csv', "columns are missing in the header: KPI, For, From"),
            (header + b"\nx" * 2001, 'targets.csv', "more than 2000 rows"),
        ):
            with self.subTest(content=content[:10], name=name), self.refused(UserError, text):
                self._wizard(content, name).action_import()

    def test_who_imports(self):
        for user in (self.rita,):
            with self.subTest(user.name), self.assertRaises(AccessError):
                self._wizard(self._csv("t_sales,account,Alpha,2026-01-01,,1"), user=user)
        wizard = self._wizard(self._csv("t_sales,account,Nobody,2026-01-01,,1"))
        wizard.action_check()
        for record in (wizard, wizard.line_ids):
            with self.subTest(record._name), self.assertRaises(AccessError):
                record.with_user(self.dora).read(['id'])
