import base64

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import formatLang

from ..tools import chart, period

EDITIONS = ('internal', 'customer')


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

    @api.readonly
    def get_pdf(self, edition='internal'):
        """Return this review as PDF: ``{'name': file name, 'data': the bytes in base64}``, for programs that fetch it.

        :param edition: 'internal' or 'customer'
        :raise AccessError: without the right to read the review
        """
        self.ensure_one()
        self.check_access('read')
        if edition not in EDITIONS:
            raise UserError(self.env._("There is no edition “%(edition)s” of a review: choose internal or customer.", edition=edition))
        report = 'kam_kpi.action_report_review' + ('_customer' if edition == 'customer' else '')
        content, _kind = self.env['ir.actions.report']._render_qweb_pdf(report, self.ids)
        return {'name': self._pdf_name(), 'data': base64.b64encode(content).decode()}

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
            'signatures': self._signature_texts(),
        }
        if internal:
            data.update({
                'health_text': self._selection_label(self, 'health_state'),
                'bridge': self._bridge_data(figures.get('bridge')),
                'plan': self._plan_data(figures.get('plan')),
                'relations': self._relations_text(figures.get('relations')),
                'risks': self._paragraphs(self.risks),
                'factors': self._factor_lines() + self._paragraphs(self.factors),
                'note': self._paragraphs(self.internal_note),
            })
        return data

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
            'sample': self.env._("(%(number)s cases)", number=line.sample_size) if known and line.kpi_id.min_sample else '',
            'comment': line.comment or '',
        }

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
        drawing['heading'] = self.env._("%(kpi)s, eight quarters", kpi=line.kpi_id.name)
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
        summary = self.env._(
            "Actions: %(done)s done, %(open)s open, %(overdue)s overdue.", done=plan['done'], open=plan['open'], overdue=plan['overdue'])
        return {'steps': steps, 'objectives': objectives, 'summary': summary}

    def _relations_text(self, relations):
        if not relations:
            return ''
        return self.env._(
            "People known at the account: %(known)s (at least %(wanted)s wanted), decision makers among them: %(deciders)s, "
            "to be contacted: %(late)s.", **relations)

    def _signature_texts(self):
        """What stands above and below the signatures."""
        return {
            'ours': self.env._("For %(name)s", name=self.company_id.name),
            'theirs': self.env._("For %(name)s", name=self._subject().display_name),
            'frozen': self.state == 'signed' and self.env._(
                "Figures frozen on %(day)s, fingerprint %(hash)s", day=self._format_day(self.signed_on), hash=self.snapshot_hash),
        }

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
