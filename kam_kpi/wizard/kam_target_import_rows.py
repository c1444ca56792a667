"""From the cells of a row to the values of a target, or to what is wrong with it."""
from typing import NamedTuple

from odoo.fields import Domain

from ..models.kam_target import ONE_DAY, VALUE_FIELDS
from ..tools.period import shift_months
from ..tools.tabular import parse_day, parse_number
from .kam_target_import_file import columns

FREQUENCIES = ('month', 'quarter', 'semester', 'year')
FIELDS = {'account': 'partner_id', 'user': 'user_id', 'team': 'team_id'}


class Problem(NamedTuple):
    """What is wrong in a cell, and what to do about it; ``column`` empty for the row as a whole."""
    column: str
    message: str


class BadCell(Exception):
    """A cell that cannot be understood; its text says what to do."""


class RowReader:
    """Understands rows of a file by its header, in the language and company of the user."""

    def __init__(self, env, header):
        self.env = env
        self.company = env.company
        self.columns = columns(env)
        self.labels = {column.field: column.label for column in self.columns}
        self.places, self.unknown = self._places(header)
        lang = env['res.lang']._lang_get(env.user.lang or 'en_US') or env['res.lang']
        self.decimal = lang.decimal_point or '.'
        self.month_first = (lang.date_format or '').find('%m') < (lang.date_format or '').find('%d')
        self.kinds = self._kinds()

    def _places(self, header):
        """Return ({technical name: place}, names of columns nobody knows)."""
        names = {}
        for column in self.columns:
            english = {'kind': 'for', 'subject': 'name or reference', 'date_start': 'from', 'date_end': 'to'}.get(column.field)
            names.update(dict.fromkeys(filter(None, (column.field, column.label.lower(), english)), column.field))
        names.update({'kpi code': 'kpi', 'start': 'date_start', 'end': 'date_end', 'target': 'target_value', 'stretch': 'stretch_value'})
        places, unknown = {}, []
        for place, cell in enumerate(header):
            name = str(cell or '').strip()
            field = names.get(name.lower())
            if field and field not in places:
                places[field] = place
            elif name:
                unknown.append(name)
        return places, unknown

    def missing(self):
        """Labels of the columns without which nothing can be imported."""
        return [self.labels[field] for field in ('kpi', 'kind', 'date_start') if field not in self.places]

    def read(self, cells):
        """Return (values of a target, problems); there are no values when there are problems."""
        vals, problems = {}, []
        steps = [('kpi', self._kpi), ('date_start', self._date_start), ('date_end', self._date_end), ('kind', self._subject)]
        steps += [(name, self._number) for name in VALUE_FIELDS]
        steps += [('objective', self._objective), ('phasing', self._phasing)]
        for field, step in steps:
            try:
                vals.update(step(field, cells, vals))
            except BadCell as error:
                problems.append(Problem(self._label_of(field, error), error.args[0]))
        for field in ('note', 'change_reason'):
            if text := self._text(field, cells):
                vals[field] = text
        if problems:
            return {}, problems
        return {**vals, 'company_id': self.company.id, 'frequency': self._frequency(vals)}, []

    def _label_of(self, field, error):
        return self.labels[error.args[1] if len(error.args) > 1 else field]

    # ------------------------------------------------------------------
    # cells
    # ------------------------------------------------------------------

    def _cell(self, field, cells):
        place = self.places.get(field)
        return cells[place] if place is not None and place < len(cells) else None

    def _text(self, field, cells):
        value = self._cell(field, cells)
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        return '' if value is None else str(value).strip()

    def _kpi(self, field, cells, _vals):
        text = self._text(field, cells)
        if not text:
            raise BadCell(self.env._("Enter the code of the KPI."))
        Kpi = self.env['kam.kpi']
        found = Kpi.search([('code', '=', text.lower())]) or Kpi.search([('name', '=ilike', text)])
        if len(found) != 1:
            raise BadCell(self.env._(
                "There is no KPI “%(text)s”. The template lists the codes.", text=text) if not found else self.env._(
                "Several KPIs are called “%(text)s”: use the code.", text=text))
        return {'kpi_id': found.id}

    def _day(self, field, cells):
        try:
            return parse_day(self._cell(field, cells), self.month_first)
        except (ValueError, OverflowError) as error:
            raise BadCell(self.env._(
                "“%(text)s” is no day. Write it like 2026-03-31.", text=self._text(field, cells))) from error

    def _date_start(self, field, cells, _vals):
        day = self._day(field, cells)
        if not day:
            raise BadCell(self.env._("Enter the first day of the period."))
        return {'date_start': day}

    def _date_end(self, field, cells, vals):
        day, start = self._day(field, cells), vals.get('date_start')
        if not start:
            return {}
        if not day:
            day = self.company._kam_period('quarter', start)[1] - ONE_DAY
        if day < start:
            raise BadCell(self.env._("The period ends before it begins: correct one of the two days."))
        return {'date_end': day}

    def _number(self, field, cells, _vals):
        try:
            value = parse_number(self._cell(field, cells), self.decimal)
        except ValueError as error:
            raise BadCell(self.env._("“%(text)s” is no number. Enter an ordinary number.", text=self._text(field, cells))) from error
        return {} if value is None else {field: value}

    def _objective(self, field, cells, vals):
        text = self._text(field, cells)
        if not text:
            if 'kpi_id' in vals and not self.env['kam.kpi'].browse(vals['kpi_id']).objective_id:
                raise BadCell(self.env._("Enter the strategic objective: the KPI has none of its own."))
            return {}
        found = self.env['kam.objective'].search([('name', '=ilike', text)])
        if len(found) != 1:
            raise BadCell(self.env._("There is no strategic objective “%(text)s”, or several: correct its name.", text=text))
        return {'objective_id': found.id}

    def _phasing(self, field, cells, _vals):
        text = self._text(field, cells)
        choices = dict(self.env['kam.target']._fields['phasing']._description_selection(self.env))
        names = {**{key: key for key in choices}, **{label.lower(): key for key, label in choices.items()}}
        names.pop('profile')  # a profile is chosen on the target itself
        if text and text.lower() not in names:
            raise BadCell(self.env._("“%(text)s” is not known: enter calendar, working or last_year, or leave it empty.", text=text))
        return {'phasing': names[text.lower()]} if text else {}

    # ------------------------------------------------------------------
    # for whom
    # ------------------------------------------------------------------

    def _kinds(self):
        """Return {word: scope}: English words, technical names and the labels in the user's language."""
        words = {
            'account': 'account', 'customer': 'account', 'user': 'user', 'manager': 'user', 'account manager': 'user', 'team': 'team',
            'sales team': 'team', 'company': 'company'}
        labels = self.env['kam.target']._fields['scope']._description_selection(self.env)
        return {**words, **{label.lower(): scope for scope, label in labels}}

    def _subject(self, field, cells, _vals):
        kind = self.kinds.get(self._text(field, cells).lower())
        if not kind:
            raise BadCell(self.env._(
                "“%(text)s” is not known: enter account, manager, team or company.", text=self._text(field, cells)))
        text = self._text('subject', cells)
        if kind == 'company':
            if text and text.lower() != self.company.name.lower():
                raise BadCell(self.env._(
                    "Targets are imported for %(company)s. Leave the name empty, or switch to the other company.",
                    company=self.company.name), 'subject')
            return {}
        if not text:
            raise BadCell(self.env._("Enter the name or reference of whom it is for."), 'subject')
        found = self._records(kind, text)
        if len(found) != 1:
            raise BadCell(self._not_one(kind, text, found), 'subject')
        return {FIELDS[kind]: found.id}

    def _records(self, kind, text):
        """The records of this name; a reference or login goes before names."""
        model, first, domain = {
            'account': ('res.partner', 'ref', Domain('is_key_account', '=', True) & Domain('kam_is_account', '=', True)),
            'user': ('res.users', 'login', Domain('share', '=', False)),
            'team': ('crm.team', 'name', Domain.TRUE),
        }[kind]
        domain &= Domain('company_id', 'in', (False, self.company.id)) if kind != 'user' else Domain('company_ids', 'in', self.company.ids)
        records = self.env[model]
        return records.search(domain & Domain(first, '=', text), limit=2) or records.search(domain & Domain('name', '=ilike', text), limit=2)

    def _not_one(self, kind, text, found):
        if found:
            return self.env._("There are several called “%(text)s”: use the reference, or the login of a manager.", text=text)
        return {
            'account': self.env._("There is no key account “%(text)s”. Correct its name, or make it a key account first.", text=text),
            'user': self.env._("There is no user “%(text)s”. Correct the name, or enter the login.", text=text),
            'team': self.env._("There is no sales team “%(text)s”. Correct its name.", text=text),
        }[kind]

    def _frequency(self, vals):
        """The kind of fiscal period these days are; else a quarter, which warns."""
        start, stop = vals['date_start'], vals['date_end'] + ONE_DAY
        for frequency in FREQUENCIES:
            if self.company._kam_period(frequency, start) == (start, stop):
                return frequency
        return 'ttm' if shift_months(stop, -12) == start else 'quarter'
