from odoo import models
from odoo.tools import SQL


class AccountMove(models.Model):
    _inherit = 'account.move'

    # Facts of one account are found by it; Odoo has no index on the commercial partner.
    _kam_account_idx = models.Index(
        "(commercial_partner_id, invoice_date) WHERE move_type IN ('out_invoice', 'out_refund', 'out_receipt')")

    def _post(self, soft=True):
        posted = super()._post(soft)
        posted.filtered(lambda move: move.is_sale_document(include_receipts=True))._kam_freeze_unit_cost()
        return posted

    def _kam_freeze_unit_cost(self):
        """Keep today's unit cost on the product lines which have none for their product (a reversal brings the original's along)."""
        if not self:
            return
        lines = self.env['account.move.line']
        lines.flush_model(['product_id', 'display_type', 'kam_unit_cost', 'kam_cost_product', 'company_id'])
        self.env['product.product'].flush_model(['standard_price'])
        self.env.cr.execute(SQL(
            """UPDATE account_move_line l
                  SET kam_unit_cost = (p.standard_price ->> l.company_id::text)::numeric, kam_cost_product = p.id
                 FROM product_product p
                WHERE p.id = l.product_id AND l.move_id = ANY(%s) AND l.display_type = 'product'
                  AND l.kam_cost_product IS DISTINCT FROM p.id""", self.ids))
        lines.invalidate_model(['kam_unit_cost', 'kam_cost_product'])
