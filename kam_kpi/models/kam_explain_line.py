from datetime import timedelta

from odoo import api, fields, models
from odoo.tools.misc import format_date, format_datetime

from ..fields import NullableFloat

PAGE = 80


class KamExplainLine(models.TransientModel):
    """A measure over one window, as it went into a figure, and the way to its documents."""

    _name = 'kam.explain.line'
    _description = "Measure in a Figure"
    _order = 'id'
    _rec_name = 'measure_id'

    explain_id = fields.Many2one('kam.explain', required=True, ondelete='cascade', index=True)
    measure_id = fields.Many2one('kam.measure', required=True, ondelete='cascade')
    description = fields.Text(related='measure_id.description')
    shift = fields.Selection([
        ('prior', "Window before"),
        ('last_year', "A year earlier"),
        ('before', "Ever before"),
    ], help="Empty: the window of the KPI itself.")
    of_company = fields.Boolean("Of the whole company")
    window = fields.Char(compute='_compute_window')
    how = fields.Char("How it is counted", compute='_compute_how')
    date_start = fields.Date("From")
    date_stop = fields.Date("Until", required=True, help="The first day after the window.")
    amount = NullableFloat("Exact amount")
    amount_text = fields.Char("Amount", compute='_compute_amount_text')
    months = fields.Json()

    @api.depends('shift', 'date_start', 'date_stop')
    @api.depends_context('lang')
    def _compute_window(self):
        for line in self:
            last = format_date(self.env, line.date_stop - timedelta(days=1))
            if line.shift == 'before' or not line.date_start:
                line.window = self.env._("until %(last_day)s", last_day=last)
            else:
                line.window = self.env._(
                    "%(first_day)s – %(last_day)s", first_day=format_date(self.env, line.date_start), last_day=last)

    @api.depends('measure_id.reducer')
    @api.depends_context('lang')
    def _compute_how(self):
        words = {
            'sum': self.env._("Sum"),
            'distinct': self.env._("Counted once each"),
            'latest_sum': self.env._("Sum of the latest of each"),
            'latest_count': self.env._("Number among the latest of each"),
            'median': self.env._("The middle one"),
            'last_sum': self.env._("Sum of the last of each"),
            'days_since': self.env._("Days since the last one"),
            'past': self.env._("Those whose time is over"),
            'due': self.env._("What fell due until the period's end, as it stood then"),
            'last': self.env._("As it stood then"),
        }
        for line in self:
            line.how = words[line.measure_id.reducer]

    @api.depends('amount', 'measure_id.monetary')
    @api.depends_context('lang')
    def _compute_amount_text(self):
        for line in self:
            line.amount_text = line._text(line.amount)

    def _text(self, amount):
        """Return an amount of this measure as text: money with its currency, counts without decimals; a dash for unknown."""
        if amount is None or amount is False:
            return "–"
        return self.measure_id._format_amount(amount, self.explain_id.currency_id)

    def _window_label(self):
        return dict(self._fields['shift']._description_selection(self.env)).get(self.shift) or self.env._("This window")

    def _month_cell(self, position):
        """Return (month, amount) as text of the n-th month of the window, empty past its end."""
        if position >= len(self.months):
            return '', ''
        month, amount = self.months[position]
        return format_date(self.env, month, date_format='MMM y'), self._text(amount)

    def action_documents(self):
        """Open the list of the documents which add up to the amount."""
        self.ensure_one()
        return {
            'type': 'ir.actions.act_window',
            'name': self.env._("Documents: %(measure)s", measure=self.measure_id.name),
            'res_model': self._name,
            'res_id': self.id,
            'view_mode': 'form',
            'target': 'current',
        }

    def action_changed_documents(self):
        """Open the list of the documents written after the period was closed."""
        action = self.action_documents()
        return {**action, 'name': self.env._("Changed documents: %(measure)s", measure=self.measure_id.name), 'context': {'kam_changed': True}}

    @api.readonly
    def get_documents(self, offset=0, changed=False):
        """Return a page of the documents behind the amount.

        :param changed: only those which were written after the period was closed
        :return: as :meth:`_documents_page`
        :raise AccessError: when what the figure is of is not the user's (any more)
        """
        self.ensure_one()
        self.check_access('read')
        self.explain_id._check_documents(self.of_company)
        return self._documents_page(self._drill(), offset, self.explain_id._closed_from() if changed else None)

    def _drill(self):
        self.ensure_one()
        return self.explain_id._drill(self.measure_id, self.date_start or None, self.date_stop, self.of_company)

    @api.model
    def _documents_page(self, drill, offset=0, written_from=None):
        """Return a page of the documents of a drill-down; the caller has checked who asks.

        :return: dict of ``rows`` (date, number, contact and amount as text; ``model``, ``res_id`` and ``url`` only where
            the user may open the document), ``count`` of all documents, ``total``: the measure as text, ``page``, the most
            rows a page has, and ``additive``: whether the amounts add up to it
        """
        measure = drill.measure
        rows, count, total = measure._documents(drill, limit=PAGE, offset=max(0, int(offset)), written_from=written_from)
        currency = self.env.company.currency_id
        targets = self._open_targets(rows)
        return {
            'rows': [
                self._document_row(row, measure._format_amount(row['amount'], currency), targets.get((row['model'], row['res_id'])))
                for row in rows],
            'count': count,
            'total': "–" if total is None else measure._format_amount(total, currency),
            'page': PAGE,
            'additive': measure._is_additive(),
            'changed': bool(written_from),
        }

    @api.model
    def _open_targets(self, rows):
        """Return ``{(model, id): record to open}`` of the rows whose document the user may read."""
        targets = {}
        for model in {row['model'] for row in rows if row['model'] in self.env}:
            documents = self.env[model].with_context(active_test=False).browse(
                row['res_id'] for row in rows if row['model'] == model and row['res_id'])
            for document in documents.exists()._filtered_access('read'):
                target = self._open_target(document)
                if target.has_access('read'):
                    targets[model, document.id] = target
        return targets

    @api.model
    def _open_target(self, document):
        """Return what shows a document best: the whole it is part of."""
        if 'move_id' in document._fields:
            return document.move_id
        if document._name == 'mail.message' and document.model in self.env:
            return self.env[document.model].browse(document.res_id)
        return document

    @api.model
    def _document_row(self, row, amount, target):
        return {
            'date': format_date(self.env, row['date']),
            'number': row['name'],
            'contact': row['contact'] or '',
            'amount': amount,
            'written': format_datetime(self.env, row['written']) if row['written'] else '',
            'model': target._name if target else False,
            'res_id': target.id if target else False,
            # Some forms show more than their document's readers may see; customers' pages do not.
            'url': target.access_url if target and 'access_url' in target._fields else False,
        }
