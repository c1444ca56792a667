from odoo import fields, models
from odoo.tools.misc import format_date, formatLang

from ..tools import period

DASH = "–"
DIGITS = {'currency': 0, 'percent': 1, 'points': 1, 'count': 0, 'score': 1, 'ratio': 2, 'days': 1, 'hours': 1}


class KamReviewWords(models.AbstractModel):
    """How a review words and formats what it shows, in the language of the environment."""

    _name = 'kam.review.words'
    _description = "Words and Numbers of a Review"

    def _reader_lang(self):
        """The language of who reads the document: the account, the manager or else the company."""
        self.ensure_one()
        partner = self.partner_id or self.user_id.partner_id or self.company_id.partner_id
        return partner.lang or self.env.lang or 'en_US'

    def _direction(self):
        return self.env['res.lang']._get_data(code=self.env.lang or 'en_US').direction or 'ltr'

    def _format_value(self, value, unit, signed=False):
        """A figure with its unit in the reader's language; a dash for no data, never a 0."""
        if value is None or value is False:
            return DASH
        text = formatLang(self.env, abs(value), digits=DIGITS.get(unit, 1))
        number_is_zero = not any(character in '123456789' for character in text)
        sign = '' if number_is_zero else '-' if value < 0 else '+' if signed else ''
        if unit == 'currency':
            currency = self.currency_id or self.env.company.currency_id
            return f'{sign}{currency.symbol}\N{NO-BREAK SPACE}{text}' if currency.position == 'before' else (
                f'{sign}{text}\N{NO-BREAK SPACE}{currency.symbol}')
        suffix = {
            'percent': '%', 'points': self.env._("points"), 'days': self.env._("days"), 'hours': self.env._("h"),
        }.get(unit)
        return f'{sign}{text}\N{NO-BREAK SPACE}{suffix}' if suffix else sign + text

    def _format_day(self, day):
        return format_date(self.env, day) if day else ''

    def _period_label(self, company, frequency, start, stop):
        """A period's name, such as Q3 2026; by the year in which the fiscal year begins and ends where these differ."""
        year_start, year_stop = company._kam_period('year', start)
        last = year_stop - period.ONE_DAY
        year = str(last.year) if year_start.year == last.year else f'{year_start.year}/{last.year % 100:02d}'
        months = {'quarter': 3, 'semester': 6, 'year': 12}.get(frequency, 12)
        if company._kam_period(frequency, start) != (start, stop):
            return self.env._("%(start)s to %(end)s", start=self._format_day(start), end=self._format_day(stop - period.ONE_DAY))
        number = round(period.months_between(year_start, start) / months) + 1
        if frequency == 'quarter':
            return self.env._("Q%(number)s %(year)s", number=number, year=year)
        return self.env._("H%(number)s %(year)s", number=number, year=year) if frequency == 'semester' else year

    def _quarter_label(self, quarter):
        return self._period_label(
            self.company_id, 'quarter', fields.Date.to_date(quarter['start']), fields.Date.to_date(quarter['stop']))

    def _selection_label(self, record, name):
        return dict(record._fields[name]._description_selection(self.env)).get(record[name], '')

    def _paragraphs(self, text):
        return [line.strip() for line in (text or '').splitlines() if line.strip()]

    def _kind_label(self):
        return {
            'quarter': self.env._("Quarterly review"),
            'semester': self.env._("Half-yearly review"),
            'year': self.env._("Yearly review"),
        }[self.frequency]

    def _reason_text(self, line):
        text = self._selection_label(line, 'reason')
        return f'{text} ({line.sample_size})' if line.reason == 'insufficient_sample' and line.sample_size else text
