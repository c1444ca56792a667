from odoo import fields, models
from odoo.tools.misc import format_date, formatLang


class KamAttentionWords(models.Model):
    """How figures are said in a reason."""

    _inherit = 'kam.attention'

    def _money(self, amount):
        """An amount without cents, in the company's currency."""
        currency = self.company_id.currency_id
        text = formatLang(self.env, amount or 0.0, digits=0)
        return f"{currency.symbol} {text}" if currency.position == 'before' else f"{text} {currency.symbol}"

    def _day_text(self, text):
        return format_date(self.env, text)

    def _days_since(self, text):
        """Days from a day kept as text to today."""
        return (self.company_id._kam_today() - fields.Date.to_date(text)).days
