from odoo import models
from odoo.tools import SQL


class KamMeasureMethodCurrency(models.Model):
    """Revenue in the currency of its documents, for what is compared at constant rates."""

    _inherit = 'kam.measure'

    def _rows_in_document_currency(self, category_path):
        """The rows of a measure over invoice lines, with ``document_currency_id`` and ``document_amount`` beside the amount.

        :param category_path: what becomes ``product_key``
        """
        return SQL(
            """SELECT r.company_id, r.partner_id, r.categ_id AS product_key, r.date, r.amount,
                      l.currency_id AS document_currency_id, -l.amount_currency AS document_amount
                 FROM (%s) r JOIN account_move_line l ON l.id = r.res_id""", self._rows(category_path))
