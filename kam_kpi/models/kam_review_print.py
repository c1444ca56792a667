from odoo import api, fields, models
from odoo.tools.misc import format_date, formatLang

from ..tools import chart, period

DASH = "–"
EDITIONS = ('internal', 'customer')
DIGITS = {'currency': 0, 'percent': 1, 'points': 1, 'count': 0, 'score': 1, 'ratio': 2, 'days': 1, 'hours': 1}


class KamReviewPrint(models.AbstractModel):
    """A review as it is shown: everything worded, formatted and placed, so that templates only draw.

    Read from what the review stores, never measured anew: a signed review
    prints the same for ever. The customer's edition names what it shows; what
    is not named here is not in it.
    """

    _name = 'kam.review.print'
    _description = "Printing of a Review"

    chart_html = fields.Html("Charts", compute='_compute_chart_html', sanitize=False)  # our own template, which escapes all text

    @api.depends('figures', 'kpi_ids.value')
    @api.depends_context('lang')
    def _compute_chart_html(self):
        for review in self:
            figures = review.figures or {}
            review.chart_html = self.env['ir.qweb']._render('kam_kpi.kam_review_charts', {
                'bridge': review._bridge_data(figures.get('bridge')),
                'trend': review._trend_data(figures.get('trend'), review.kpi_ids),
            })

    def action_print(self):
        """Print the internal edition, without asking for a document layout first: the review has its own."""
        return self.env.ref('kam_kpi.action_report_review').report_action(self, config=False)

    def action_send(self):
        """Write to the account with the customer's edition attached."""
        self.ensure_one()
        return {
            'type': 'ir.actions.act_window',
            'name': self.env._("Send the review"),
            'res_model': 'mail.compose.message',
            'view_mode': 'form',
            'target': 'new',
            'context': {
                'default_model': self._name,
                'default_res_ids': self.ids,
                'default_template_id': self.env.ref('kam_kpi.mail_template_kam_review_send').id,
                'default_composition_mode': 'comment',
                'default_email_layout_xmlid': 'mail.mail_notification_light',
            },
        }

    def _reader_lang(self):
        """The language of who reads the document: the account, the manager or else the company."""
        self.ensure_one()
        partner = self.partner_id or self.user_id.partner_id or self.company_id.partner_id
        return partner.lang or self.env.lang or 'en_US'

    def _direction(self):
        return self.env['res.lang']._get_data(code=self.env.lang or 'en_US').direction or 'ltr'

    # ------------------------------------------------------------------
    # words and numbers
    # ------------------------------------------------------------------

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

    # ------------------------------------------------------------------
    # the document
    # ------------------------------------------------------------------

    def _report_data(self, edition='internal'):
        """All a template needs for one edition; the customer's leaves out what is not for the customer."""
        self.ensure_one()
        if edition not in EDITIONS:
            raise ValueError(edition)
        internal = edition == 'internal'
        lines = self.kpi_ids if internal else self.kpi_ids.filtered('for_customer')
        rows = [self._line_row(line) for line in lines]
        figures = self.figures or {}
        data = {
            'internal': internal,
            'direction': self._direction(),
            'kind': self._kind_label(),
            'period': self._period_label(self.company_id, self.frequency, self.date_start, self.date_end + period.ONE_DAY),
            'dates': self.env._("%(start)s to %(end)s", start=self._format_day(self.date_start), end=self._format_day(self.date_end)),
            'initials': ''.join(word[0] for word in (self._subject().name or '?').split()[:2]).upper(),
            'tiles': [row for line, row in zip(lines, rows) if row['known'] and line.unit in ('currency', 'percent', 'score')][:4],
            'rows': rows,
            'trend': self._trend_data(figures.get('trend'), lines),
            'actions': [row for row in self._frozen_actions() if internal or not row['internal']],
            'next_targets': self._next_target_rows(figures.get('next_targets'), lines if not internal else None),
            'highlights': self._paragraphs(self.highlights),
            'so_what': self._paragraphs(self.so_what),
            'decisions': self._paragraphs(self.decisions),
            'attendees': self._paragraphs(self.attendees),
        }
        if internal:
            data.update({
                'health_text': self._selection_label(self, 'health_state'),
                'bridge': self._bridge_data(figures.get('bridge')),
                'plan': self._plan_data(figures.get('plan')),
                'relations': figures.get('relations'),
                'risks': self._paragraphs(self.risks),
                'factors': self._paragraphs(self.factors),
                'note': self._paragraphs(self.internal_note),
            })
        return data

    def _kind_label(self):
        return {
            'quarter': self.env._("Quarterly review"),
            'semester': self.env._("Half-yearly review"),
            'year': self.env._("Yearly review"),
        }[self.frequency]

    def _line_row(self, line):
        known = line.state == 'ok'
        return {
            'name': line.kpi_id.name,
            'known': known,
            'value': line.value_text,
            'reason': '' if known else self._reason_text(line),
            'target': line.target_text,
            'attainment': line.attainment_text,
            'last_year': line.last_year_text,
            'previous': line.previous_text,
            'change': line.change_text,
            'change_kind': line.change_kind or 'same',
            'status': line.status,
            'status_text': self._selection_label(line, 'status'),
            'sample': line.sample_size if known and line.kpi_id.min_sample else 0,
            'comment': line.comment or '',
        }

    def _reason_text(self, line):
        text = self._selection_label(line, 'reason')
        return f'{text} ({line.sample_size})' if line.reason == 'insufficient_sample' and line.sample_size else text

    def _bridge_labels(self):
        return {
            'opening': self.env._("Year before"),
            'new': self.env._("New"),
            'upsell': self.env._("Upsell"),
            'cross_sell': self.env._("Cross-sell"),
            'contraction': self.env._("Contraction"),
            'churn': self.env._("Churn"),
            'closing': self.env._("This year"),
        }

    def _bridge_data(self, bridge):
        """The waterfall with its words; None without figures."""
        drawing = chart.waterfall(bridge)
        if not drawing:
            return None
        labels = self._bridge_labels()
        for bar in drawing['bars']:
            bar['label'] = labels[bar['code']]
            bar['text'] = self._format_value(bar['amount'], 'currency', signed=bar['kind'] != 'total')
        self._label_ticks(drawing, 'count')
        start, stop = fields.Date.to_date(bridge['start']), fields.Date.to_date(bridge['stop'])
        drawing['caption'] = self.env._(
            "Twelve months from %(start)s to %(end)s against the twelve months before.",
            start=self._format_day(start), end=self._format_day(stop - period.ONE_DAY))
        return drawing

    def _trend_data(self, trend, lines):
        """Columns of revenue, a line for retention or satisfaction, and the table of the same numbers."""
        if not trend:
            return None
        series = [line for line in lines if any(line.code in quarter['values'] for quarter in trend)]
        labels = [self._quarter_label(quarter) for quarter in trend]
        table, charts = [], {}
        for line in series:
            values = [quarter['values'].get(line.code) for quarter in trend]
            table.append({'name': line.kpi_id.name, 'values': [self._format_value(value, line.unit) for value in values]})
            kind = 'columns' if line.unit == 'currency' else 'line'
            if kind not in charts:
                charts[kind] = self._series_chart(kind, line, values, labels)
        return {'labels': labels, 'table': table, **charts}

    def _series_chart(self, kind, line, values, labels):
        drawing = chart.columns(values) if kind == 'columns' else chart.line(values)
        if not drawing:
            return None
        drawing['title'] = line.kpi_id.name
        self._label_ticks(drawing, 'count' if kind == 'columns' else line.unit)
        for mark in drawing.get('bars', drawing.get('points')):
            mark['text'] = self._format_value(mark['value'], 'count' if kind == 'columns' else line.unit)
        centers = drawing.get('centers') or [bar['center'] for bar in drawing['bars']]
        drawing['labels'] = [{'x': x, 'text': text} for x, text in zip(centers, labels)]
        drawing['label_y'] = drawing.get('label_y') or drawing['bars'][0]['label_y']
        return drawing

    def _label_ticks(self, drawing, unit):
        for tick in drawing['ticks']:
            tick['text'] = formatLang(self.env, tick['value'], digits=0 if tick['value'] == int(tick['value']) else 1)
            tick['text'] += '\N{NO-BREAK SPACE}%' if unit == 'percent' else ''

    def _plan_data(self, plan):
        """The plan's progress with its seven steps marked as done, current or to come."""
        if not plan:
            return None
        steps = [{
            'code': step.code,
            'name': step.name,
            'kind': 'done' if int(step.code) < plan['step'] or plan['state'] == 'done' else (
                'current' if int(step.code) == plan['step'] else 'open'),
        } for step in self.env['kam.plan.step'].search([])]
        objectives = [{
            **objective,
            'due': self._format_day(objective['due']),
            'progress_text': self._format_value(objective['progress'], 'count') + '\N{NO-BREAK SPACE}%',
        } for objective in plan['objectives']]
        return {**plan, 'steps': steps, 'objectives': objectives}

    def _next_target_rows(self, targets, lines):
        """The targets of the next period; in the customer's edition of the KPIs shown there only."""
        rows = []
        for target in targets or []:
            kpi = self.env['kam.kpi'].browse(target['kpi_id']).exists()
            if kpi and (lines is None or kpi in lines.kpi_id):
                rows.append({'name': kpi.name, 'target': self._format_value(target['target'], kpi.unit)})
        return rows

    def _action_rows(self):
        return [{
            'name': action.name,
            'owner': action.owner_name or '',
            'side': action.side,
            'deadline': str(action.deadline or ''),
            'done': action.done,
            'carried': action.carried,
            'agreed': str(action.date_agreed or ''),
            'internal': action.internal,
        } for action in self.action_ids]

    def _frozen_actions(self):
        """The next steps as signed, or as they are before; days in the reader's format."""
        rows = self.snapshot['names']['actions'] if self.state == 'signed' and self.snapshot else self._action_rows()
        return [{
            **row,
            'deadline': self._format_day(row['deadline']),
            'agreed': self._format_day(row['agreed']),
        } for row in rows]
