from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import format_amount, format_date

from ..tools import bridge, chart, period
from .kam_kpi import FREQUENCIES
from .kam_kpi_bridge import LEVEL_PATHS
from .kam_kpi_viewer import EVERYBODY

PAGE = 80
LEVELS = tuple(LEVEL_PATHS)
CHANGES = bridge.BUCKETS[1:-1]
LOSSES = ('contraction', 'churn')


class KamKpiBridgeScreen(models.Model):
    """The screen *Revenue bridge*: what it shows for the choices a user made. Everything comes as text."""

    _inherit = 'kam.kpi'

    @api.model
    @api.readonly
    def get_bridge(self, choice=None):
        """Return the content of the screen.

        :param dict choice: any of ``subject`` ('account', 'user', 'team', 'key', 'company') with ``record_id``, ``frequency``,
            ``day`` (a day of the period), ``level``, ``constant`` (constant exchange rates), ``by`` ('account' or 'key': what a
            row is), ``bucket`` (only rows with something in it), ``offset`` of the first row
        :raise AccessError: for a subject the user may not see
        """
        choice = self._bridge_choice(choice or {})
        choices = self._subject_choices()
        content = {'choice': choice, 'choices': choices, 'labels': self._bridge_labels(), 'frequencies': self._bridge_frequencies()}
        start, stop = self._bridge_period(choice)
        content.update(self._bridge_period_words(choice, start, stop))
        if not choice['record_id'] and choice['subject'] in ('account', 'user', 'team'):
            return {**content, 'state': 'choose'}
        accounts = self._subject_accounts(choice['subject'], choice['record_id'], min(stop, self._as_of()) - timedelta(days=1))
        found, booked = self._bridge_movements(accounts, start, stop, choice['level'], choice['constant'])
        total = self._bridge_total(found, booked, choice['constant'])
        figures = self._bridge_figures(total, bridge.parts(found))
        return {
            **content,
            'state': 'ok' if any(total.values()) else 'empty',
            'figures': figures,
            'chart': self._bridge_chart(total, figures),
            'table': self._bridge_table(choice, accounts, found, booked, total),
        }

    @api.model
    def _bridge_action(self, subject, record_id, **choice):
        """The action which opens the screen on a subject."""
        action = self.env['ir.actions.client']._for_xml_id('kam_kpi.kam_bridge_action')
        return {**action, 'path': False, 'context': {'choice': {'subject': subject, 'record_id': record_id, **choice}}}

    # what was chosen

    @api.model
    def _bridge_choice(self, choice):
        """The choice with what was left open filled in; what is not known is refused or left at its default."""
        subject, record_id = choice.get('subject'), choice.get('record_id')
        if subject not in ('account', 'user', 'team', 'key', 'company'):
            subject, record_id = self._default_subject()
        day = fields.Date.to_date(choice.get('day')) or self._as_of() - timedelta(days=1)
        return {
            'subject': subject,
            'record_id': int(record_id or 0),
            'frequency': choice.get('frequency') if choice.get('frequency') in dict(FREQUENCIES) else 'ttm',
            'day': fields.Date.to_string(day),
            'level': choice.get('level') if choice.get('level') in LEVELS else 'category',
            'constant': bool(choice.get('constant')),
            'by': 'key' if choice.get('by') == 'key' else 'account',
            'bucket': choice.get('bucket') if choice.get('bucket') in CHANGES else False,
            'offset': max(0, int(choice.get('offset') or 0)),
        }

    @api.model
    def _bridge_frequencies(self):
        labels = dict(self.env['kam.kpi.value']._fields['frequency']._description_selection(self.env))
        return [{'frequency': key, 'label': labels[key]} for key, _label in FREQUENCIES]

    @api.model
    def _bridge_period(self, choice):
        day = fields.Date.to_date(choice['day'])
        if choice['frequency'] == 'ttm':
            return period.period_of('ttm', day + timedelta(days=1))
        return self.env.company._kam_period(choice['frequency'], day)

    @api.model
    def _bridge_period_words(self, choice, start, stop):
        """The two windows in words, and the days which lead to the periods before and after."""
        (before_start, before_stop), (_start, cut) = self._bridge_windows(start, stop)
        as_of = self._as_of()
        step = 3 if choice['frequency'] == 'ttm' else 0  # trailing windows are a quarter apart
        day = fields.Date.to_date(choice['day'])
        earlier = period.shift_months(day, -step) if step else start - timedelta(days=1)
        later, last_day = period.shift_months(day, step) if step else stop, as_of - timedelta(days=1)
        return {
            'period': self._bridge_span(start, max(cut, start + timedelta(days=1))),
            'compared': self._bridge_span(before_start, max(before_stop, before_start + timedelta(days=1))),
            'running': self.env._("The period runs until %(day)s; as many days of the earlier one are compared.", day=self._bridge_day(
                stop - timedelta(days=1))) if cut < stop else '',
            'earlier': fields.Date.to_string(earlier),
            'later': fields.Date.to_string(later if later <= last_day else last_day if step and day < last_day else False),
            'as_of': self.env['kam.fact'].get_as_of(),
        }

    @api.model
    def _bridge_day(self, day):
        return format_date(self.env, day)

    @api.model
    def _bridge_span(self, start, stop):
        return self.env._(
            "%(first_day)s – %(last_day)s", first_day=self._bridge_day(start), last_day=self._bridge_day(stop - timedelta(days=1)))

    # words

    @api.model
    def _bridge_labels(self):
        return {
            'opening': self.env._("Opening"),
            'new': self.env._("New"),
            'upsell': self.env._("Upsell"),
            'cross_sell': self.env._("Cross-sell"),
            'contraction': self.env._("Contraction"),
            'churn': self.env._("Churn"),
            'currency': self.env._("Currency"),
            'closing': self.env._("Closing"),
            'new_logo': self.env._("new customers"),
            'reactivated': self.env._("customers who came back"),
            'recovery': self.env._("credit notes of before made up for"),
            'decrease': self.env._("bought less"),
            'product_loss': self.env._("stopped buying a product"),
            'non_cohort': self.env._("credit notes for older sales"),
            'account': self.env._("Account"),
            'category': self.env._("Product category"),
            'template': self.env._("Product"),
            'product': self.env._("Product variant"),
            'by_account': self.env._("By account"),
            'by_category': self.env._("By product category"),
            'by_template': self.env._("By product"),
            'by_product': self.env._("By product variant"),
            'help': {
                'opening': self.env._("Revenue of the earlier period."),
                'new': self.env._("Accounts without revenue in the earlier period."),
                'upsell': self.env._("More of what was bought before."),
                'cross_sell': self.env._("Something which was not bought in the earlier period."),
                'contraction': self.env._("Less of what was bought before, by accounts which stayed."),
                'churn': self.env._("Accounts without revenue in the later period."),
                'currency': self.env._("Change of exchange rates: all other bars use the average rates of the earlier period."),
                'closing': self.env._("Revenue of the later period."),
            },
        }

    @api.model
    def _bridge_text(self, amount, signed=False):
        """An amount as text; ``signed`` with its sign in any case, since colour alone says nothing."""
        currency = self.env.company.currency_id
        digits = 0 if abs(amount) >= 1000 or not amount else currency.decimal_places
        text = format_amount(self.env, abs(round(amount, digits)), currency, trailing_zeroes=bool(digits))
        sign = "−" if amount < 0 else "+" if signed and amount > 0 else ""
        return f"{sign}{text}"

    @api.model
    def _bridge_signed(self, bucket, amount):
        """The text of a bucket's amount: losses are taken away."""
        if bucket in ('opening', 'closing'):
            return self._bridge_text(amount)
        return self._bridge_text(-amount if bucket in LOSSES else amount, signed=True)

    @api.model
    def _bridge_figures(self, total, parts):
        labels = self._bridge_labels()
        return [{
            'code': bucket,
            'label': labels[bucket],
            'help': labels['help'][bucket],
            'text': self._bridge_signed(bucket, amount),
            'parts': [{'code': part, 'text': self._bridge_signed(bucket, parts[part]), 'label': labels[part]}
                      for part in bridge.PARTS.get(bucket, ()) if parts[part]],
        } for bucket, amount in total.items()]

    @api.model
    def _bridge_chart(self, total, figures):
        """The waterfall with its words; geometry only, drawn by the client."""
        drawing = chart.waterfall({bucket: float(amount) for bucket, amount in total.items()})
        by_code = {figure['code']: figure for figure in figures}
        for bar in drawing['bars']:
            bar.update(text=by_code[bar['code']]['text'], label=by_code[bar['code']]['label'])
        for tick in drawing['ticks']:
            tick['text'] = self._bridge_text(tick['value'])
        return drawing

    # rows

    @api.model
    def _bridge_table(self, choice, accounts, found, booked, total):
        """A page of rows, those with the largest changes first."""
        groups = bridge.by(found, choice['by'])
        rows = [(record_id, group, self._bridge_total(group, booked, choice['constant'])) for record_id, group in groups.items()]
        if choice['bucket']:
            rows = [row for row in rows if row[2][choice['bucket']]]
        rows.sort(key=lambda row: (-abs(
            row[2][choice['bucket']] if choice['bucket'] else row[2]['closing'] - row[2]['opening']), row[0] or 0))
        page = rows[choice['offset']:choice['offset'] + PAGE]
        names = self._bridge_names(choice, [record_id for record_id, _group, _total in page])
        readable = self._readable_accounts({movement.account for movement in found} if accounts is EVERYBODY else accounts)
        whole = accounts is EVERYBODY or readable >= set(accounts)
        return {
            'buckets': list(total),
            'rows': [{
                'id': record_id or False,
                'name': names[record_id],
                'tag': self._bridge_tag(group) if choice['by'] == 'account' else '',
                'cells': [self._bridge_signed(bucket, amount) if amount else '' for bucket, amount in amounts.items()],
                'open': record_id in readable if choice['by'] == 'account' else whole,
            } for record_id, group, amounts in page],
            'total': [self._bridge_signed(bucket, amount) for bucket, amount in total.items()],
            'count': len(rows),
            'page': PAGE,
        }

    @api.model
    def _bridge_tag(self, group):
        """What became of an account, in a word."""
        whole = {(movement.bucket, movement.part) for movement in group if movement.bucket in ('new', 'churn')}
        return {
            ('new', 'new_logo'): self.env._("New customer"),
            ('new', 'reactivated'): self.env._("Came back"),
            ('churn', ''): self.env._("Lost"),
        }.get(next(iter(whole), None), '')

    @api.model
    def _bridge_names(self, choice, ids):
        """Names of accounts or product keys; the accounts were checked, and names of what was sold are on the invoices."""
        model = 'res.partner' if choice['by'] == 'account' else {
            'category': 'product.category', 'template': 'product.template', 'product': 'product.product'}[choice['level']]
        records = self.env[model].sudo().with_context(active_test=False).browse(filter(None, ids)).exists()  # names only, see above
        names = {record.id: record.display_name for record in records}
        nobody = self.env._("Without customer") if choice['by'] == 'account' else self.env._("Without product")
        return {record_id: names.get(record_id, nobody) for record_id in ids}

    # documents

    @api.model
    @api.readonly
    def get_bridge_documents(self, choice, row_id, window, offset=0):
        """Return a page of the documents behind a row: of an account, or of a product key of all accounts of the subject.

        :param choice: as in :meth:`get_bridge`
        :param row_id: id of the row, False for the one without
        :param window: 'opening' or 'closing'
        :return: as ``kam.explain.line.get_documents``, and ``window`` in words
        :raise AccessError: unless the user may see the documents of all accounts of the row
        """
        choice = self._bridge_choice(choice)
        if window not in ('opening', 'closing'):
            raise UserError(self.env._("Documents are those of the opening or of the closing window."))
        start, stop = self._bridge_period(choice)
        accounts = self._subject_accounts(choice['subject'], choice['record_id'], min(stop, self._as_of()) - timedelta(days=1))
        only = {}
        if choice['by'] == 'account':
            if accounts is not EVERYBODY and row_id not in accounts:
                raise UserError(self.env._("This account is not part of the bridge."))
            accounts = [row_id or None]
        else:
            only = {'category_path': LEVEL_PATHS[choice['level']], 'category_id': row_id or None}
        if accounts is not EVERYBODY and not self._sees_all():
            self._check_accounts(accounts)
        before, now = self._bridge_windows(start, stop)
        first, last = before if window == 'opening' else now
        drill = self._bridge_measure()._drill(accounts, first, last, **only)
        page = self.env['kam.explain.line']._documents_page(drill, offset)
        return {**page, 'window': self._bridge_span(first, max(last, first + timedelta(days=1)))}
