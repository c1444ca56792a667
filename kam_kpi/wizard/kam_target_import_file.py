"""Files of targets as people send them: read into rows, or refused with what to do."""
import io
import zipfile
import zlib
from typing import NamedTuple

import openpyxl
from openpyxl.styles import Font
from openpyxl.utils.exceptions import InvalidFileException

from odoo.exceptions import UserError

from ..tools.tabular import read_text_table

MAX_BYTES = 10 * 1024 ** 2
MAX_UNPACKED = 200 * 1024 ** 2
MAX_ROWS = 2000
BROKEN = (
    zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, TypeError, IndexError, AttributeError, OSError, EOFError, SyntaxError,
    zlib.error)


class Column(NamedTuple):
    """A column of the file; ``field`` is its technical name, which is understood in any language."""
    field: str
    label: str
    help: str
    example: str = ''


def columns(env):
    """Return the columns in the language of the user."""
    return [
        Column('kpi', env._("KPI"), env._("Code or name of the KPI. Required."), 'revenue'),
        Column('kind', env._("For"), env._("account, manager, team or company. Required."), env._("account")),
        Column('subject', env._("Name or reference"), env._(
            "Name or reference of the account, name or login of the manager, name of the team; empty for the company."), 'ACME'),
        Column('date_start', env._("From"), env._("First day of the period. Required."), '2026-01-01'),
        Column('date_end', env._("To"), env._("Last day of the period. Empty: the end of the fiscal quarter."), '2026-03-31'),
        Column('target_value', env._("Target"), env._("The value to be reached; not for KPIs with a band."), '150000'),
        Column('stretch_value', env._("Stretch"), env._("What would be outstanding. Optional.")),
        Column('baseline', env._("Baseline"), env._("What counts as nothing attained. Optional.")),
        Column('band_low', env._("Best from"), env._("Lower end of the band, for KPIs which are best within one.")),
        Column('band_high', env._("Best up to"), env._("Upper end of the band.")),
        Column('band_tolerance', env._("Tolerance"), env._("So far outside the band nothing is attained. Optional.")),
        Column('objective', env._("Strategic objective"), env._("Its name. Empty: the objective of the KPI.")),
        Column('phasing', env._("Builds up"), env._("calendar, working or last_year. Empty: calendar days."), 'calendar'),
        Column('note', env._("Note"), env._("Any text. Optional.")),
        Column('change_reason', env._("Reason"), env._("Needed for a period that is over, which directors alone may import.")),
    ]


def read_file(env, content, name):
    """Return the rows of a file, each a list of cells; the first one is the header.

    :raise UserError: for what is no CSV or XLSX file, is empty or too large
    """
    if not content:
        raise UserError(env._("The file is empty: choose one with a header and at least one row."))
    if len(content) > MAX_BYTES:
        raise UserError(env._("The file is larger than 10 MB: split it."))
    kind = (name or '').lower().rpartition('.')[2]
    if kind == 'xlsx' or content.startswith(b'PK\x03\x04'):
        rows = _read_xlsx(env, content)
    elif kind in ('csv', 'txt', 'tsv', ''):
        try:
            rows = read_text_table(content)
        except ValueError as error:
            raise UserError(env._("%(name)s is no text table. Save it as CSV or XLSX and choose it again.", name=name)) from error
    else:
        raise UserError(env._(
            "Files of type “%(kind)s” cannot be read. Save the table as CSV or XLSX and choose it again.", kind=kind))
    if sum(map(has_content, rows)) > MAX_ROWS + 1:
        raise UserError(env._("The file has more than %(count)s rows: split it.", count=MAX_ROWS))
    return rows


def has_content(row):
    return any(cell is not None and str(cell).strip() for cell in row)


def _read_xlsx(env, content):
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(part.file_size for part in archive.infolist()) > MAX_UNPACKED:
                raise UserError(env._("The file is too large when it is unpacked: split it."))
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        rows = []
        for row in book.worksheets[0].iter_rows(values_only=True):
            rows.append(list(row))
            if len(rows) > 10 * MAX_ROWS:
                break
        return rows
    except BROKEN as error:
        raise UserError(env._("The file is damaged or no Excel workbook. Save it anew as XLSX or CSV and choose it again.")) from error


def template(env):
    """Return a workbook to fill in, as bytes: an empty sheet with the header, and one which explains it."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = env._("Targets")
    notes = book.create_sheet(env._("Explanation"))
    notes.append([env._("Column"), env._("What to enter"), env._("Example")])
    for number, column in enumerate(columns(env), 1):
        sheet.cell(1, number, column.label).font = Font(bold=True)
        sheet.column_dimensions[sheet.cell(1, number).column_letter].width = max(len(column.label) + 2, 14)
        notes.append([column.label, column.help, column.example])
    notes.append([])
    notes.append([env._("KPI"), env._("Name"), env._("Unit")])
    units = dict(env['kam.kpi']._fields['unit']._description_selection(env))
    for kpi in env['kam.kpi'].search([]):
        notes.append([kpi.code, kpi.name, units.get(kpi.unit)])
    for letter, width in (('A', 26), ('B', 80), ('C', 16)):
        notes.column_dimensions[letter].width = width
    for cell in notes[1]:
        cell.font = Font(bold=True)
    output = io.BytesIO()
    book.save(output)
    return output.getvalue()
