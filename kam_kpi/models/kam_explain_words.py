from odoo import api, fields, models
from odoo.tools.misc import format_date, formatLang


class KamExplainWords(models.TransientModel):
    """What an explanation says besides the figures: how sure it is, in which currency, and what became of it since."""

    _inherit = 'kam.explain'

    reliability = fields.Text("How sure it is", compute='_compute_words')
    currency_words = fields.Text("Amounts", compute='_compute_words')
    history = fields.Text("Since it was reported", compute='_compute_words')
    together = fields.Text("Accounts together", compute='_compute_words')

    @api.depends('kpi_id', 'flags', 'margin', 'known_part', 'value_id', 'live_value', 'company_ids')
    @api.depends_context('lang')
    def _compute_words(self):
        for explain in self:
            explain.reliability = '\n'.join([*explain._coverage_words(), *explain._sample_words(), *explain._flag_words()]) or False
            explain.currency_words = explain._currency_words()
            explain.history = explain._history_words()
            explain.together = explain._together_words()

    def _number(self, value, digits=1):
        return formatLang(self.env, value, digits=digits)

    def _coverage_words(self):
        if self.known_part is False:
            return
        limit = self.kpi_id.min_coverage
        yield self.env._(
            "Known for %(part)s %% of the whole; at least %(limit)s %% is needed for a figure.",
            part=self._number(self.known_part * 100), limit=self._number(limit * 100, 0))

    def _sample_words(self):
        if self.kpi_id.min_sample:
            yield self.env._(
                "%(count)s cases; at least %(limit)s are needed for a figure.", count=self.sample_size, limit=self.kpi_id.min_sample)
        if self.margin is not False:
            yield self.env._("Margin of error: ± %(margin)s, with 95 %% confidence.", margin=self._number(self.margin))

    def _flag_words(self):
        words = self.env['kam.kpi.value']._flag_meanings()
        for code in filter(None, (self.flags or '').split(', ')):
            yield words.get(code, code)
        if self.state == 'no_data' and self.reason:
            yield self.env['kam.kpi.value']._reason_meanings().get(self.reason, '')

    def _currency_words(self):
        if not self.kpi_id.sudo().measure_ids.filtered('monetary'):  # definitions are no secret
            return False
        currency = self.currency_id
        text = self.env._(
            "Amounts are in %(currency)s. Documents in other currencies count at their own exchange rate, that of the day they were written.",
            currency=currency.name)
        if len(self.company_ids.currency_id | currency) > 1:
            text += " " + self.env._("Books of companies in other currencies are converted at the rate of each document's day.")
        return text

    def _history_words(self):
        value = self.value_id
        if not value:
            return False
        if not value.closed:
            return self.env._("The period is not closed: the figure follows its documents.")
        if value.restated_on:
            return self.env._(
                "The period is closed: the figure stays as it was reported. A difference to its documents was noticed on %(day)s.",
                day=format_date(self.env, value.restated_on))
        return self.env._("The period is closed: the figure stays as it was reported.")

    def _together_words(self):
        """How the accounts add up to the figure."""
        if self.scope == 'account':
            return False
        kpi = self.kpi_id
        if kpi.actor_view and self.scope in ('user', 'team'):
            return self.env._("Counts what these people did with any key account, so accounts of others may be among the documents.")
        if kpi.population == 'all' and self.scope == 'company':
            return self.env._("Counts all customers, not the key accounts alone, and what belongs to no account.")
        return {
            'sum': self.env._("The figures of the accounts add up to it."),
            'ratio': self.env._(
                "Numerators and denominators of the accounts add up; the figure is their ratio, not the mean of the accounts' figures."),
            'median': self.env._("The middle of all cases of the accounts together, not the mean of the accounts' figures."),
            'none': self.env._("What concerns several accounts counts once, so the accounts' figures may add up to more."),
        }[kpi.roll_up]
