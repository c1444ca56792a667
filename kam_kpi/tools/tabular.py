"""Reading what people keep in spreadsheets: text tables, numbers and days as they write them."""
import csv
import io
import re
from datetime import date, datetime, timedelta

from .finite import finite

DELIMITERS = (';', ',', '\t', '|')
EXCEL_DAY_ZERO = date(1899, 12, 30)
EXCEL_DAYS = (20000, 80000)  # 1954 to 2119: what a bare number can sensibly mean as a day
GROUP_MARKS = str.maketrans('', '', " \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}'\N{RIGHT SINGLE QUOTATION MARK}€$£¥%")


def read_text_table(content):
    """Return the rows of a CSV file as lists of texts; the delimiter is found from its first line.

    :raise ValueError: when the bytes are no text
    """
    if content.startswith((b'\xff\xfe', b'\xfe\xff')):
        text = content.decode('utf-16')
    elif b'\x00' in content:
        raise ValueError("no text")
    else:
        try:
            text = content.decode('utf-8-sig')
        except UnicodeDecodeError:
            text = content.decode('cp1252', errors='replace')
    first = next((line for line in text.splitlines() if line.strip()), '')
    delimiter = max(DELIMITERS, key=lambda mark: len(next(csv.reader([first], delimiter=mark), [])))
    try:
        return list(csv.reader(io.StringIO(text, newline=''), delimiter=delimiter))
    except csv.Error as error:
        raise ValueError(str(error)) from error


def parse_number(value, decimal='.'):
    """Return a cell as a float, or ``None`` when it is empty.

    Of two different marks the last one is the decimal mark, whatever the
    language; a single one followed by exactly three digits is what the
    language says. Currency signs, percent signs and spaces are passed over.

    >>> parse_number("1.234,56"), parse_number("1,234.56"), parse_number("12,5 %")
    (1234.56, 1234.56, 12.5)
    >>> parse_number("1,234", '.'), parse_number("1,234", ',')
    (1234.0, 1.234)

    :param decimal: the decimal mark of the language
    :raise ValueError: for what is no number
    """
    if value is None or value == '':
        return None
    if not isinstance(value, str):
        return finite(value)
    text = value.translate(GROUP_MARKS).replace('\N{MINUS SIGN}', '-')
    if not text:
        if value.strip():
            raise ValueError(value)
        return None
    marks = [mark for mark in text if mark in '.,']
    if len(set(marks)) == 2:
        point = max('.,', key=text.rfind)
    elif len(marks) == 1 and not re.fullmatch(r'[+-]?[1-9]\d{0,2}[.,]\d{3}', text):
        point = marks[0]
    else:
        point = decimal if len(marks) == 1 else ''
    whole, _mark, fraction = text.partition(point) if point else (text, '', '')
    if not re.fullmatch(r'[+-]?(\d+|\d{1,3}([.,]\d{3})+)', whole or '0') or not re.fullmatch(r'\d*', fraction) or not (whole or fraction):
        raise ValueError(value)
    return finite(f"{re.sub('[.,]', '', whole) or '0'}.{fraction or '0'}")


def parse_day(value, month_first=False):
    """Return a cell as a date, or ``None`` when it is empty: a day, a number of Excel, or a text.

    >>> parse_day("2026-03-31"), parse_day("31.03.2026"), parse_day(46112)
    (datetime.date(2026, 3, 31), datetime.date(2026, 3, 31), datetime.date(2026, 3, 31))
    >>> parse_day("03/04/2026", month_first=True)
    (datetime.date(2026, 3, 4))

    :param month_first: whether 03/04/2026 is the fourth of March
    :raise ValueError: for what is no day
    """
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = str(value).strip()
    if re.fullmatch(r'\d{5}(\.0)?', text):
        number = int(float(text))
        if EXCEL_DAYS[0] <= number <= EXCEL_DAYS[1]:
            return EXCEL_DAY_ZERO + timedelta(days=number)
    if found := re.fullmatch(r'(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})([ T]\d\d:\d\d(:\d\d)?)?', text):
        return date(*map(int, found.group(1, 2, 3)))
    if found := re.fullmatch(r'(\d{1,2})([-/.])(\d{1,2})\2(\d{4})', text):
        first, second, year = int(found[1]), int(found[3]), int(found[4])
        if found[2] == '/' and month_first:
            first, second = second, first
        return date(year, second, first)
    raise ValueError(value)
