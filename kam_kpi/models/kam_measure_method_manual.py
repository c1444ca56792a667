from odoo import api, fields, models
from odoo.tools import SQL

from .kam_measure_method_events import ENTRIES

# What a typed measure is made of: nobody has to say it.
MANUAL = {
    'engine': 'method', 'method': 'manual', 'model_name': 'kam.measure.entry', 'source': ENTRIES, 'reducer': 'sum', 'base_id': False,
    'domain': '[]', 'date_field': False, 'account_path': False, 'actor_path': False, 'category_path': False,
}


class KamMeasureMethodManual(models.Model):
    """Measures which people type, one amount for an account and a month."""

    _inherit = 'kam.measure'

    entry_by = fields.Selection([
        ('director', "Directors only"),
        ('manager', "Account managers, for their own accounts"),
    ], "Typed by", required=True, default='director')
    entry_ids = fields.One2many('kam.measure.entry', 'measure_id', "Amounts")

    def _query_manual(self):
        """A row for each entry, on the first day of its month."""
        self.ensure_one()
        return SQL(
            """SELECT 'kam.measure.entry' AS model, e.id AS res_id, p.commercial_partner_id AS partner_id, e.company_id,
                      e.month AS date, e.month::timestamp AS moment, NULL::int AS user_id, NULL::varchar AS key, NULL::int AS categ_id,
                      e.amount::numeric AS amount
                 FROM kam_measure_entry e LEFT JOIN res_partner p ON p.id = e.partner_id
                WHERE e.measure_id = %s""", self.id)

    @api.onchange('kind')
    def _onchange_kind_manual(self):
        if self.kind == 'manual':
            self.update(MANUAL)
        elif self.method == 'manual':
            self.update({'engine': 'aggregate', 'method': False, 'model_name': False, 'source': False, 'company_path': 'company_id'})

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([{**vals, **MANUAL} if vals.get('kind') == 'manual' else vals for vals in vals_list])

    def write(self, vals):
        if vals.get('kind') == 'manual':
            vals = {**vals, **MANUAL}
        return super().write(vals)
