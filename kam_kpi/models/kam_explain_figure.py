from odoo import fields, models

from ..fields import NullableFloat
from ..tools import period
from .kam_kpi_value import REASONS


class KamExplainFigure(models.TransientModel):
    """A figure which another one is made of: the same KPI of one account, or a KPI which a special method combines.

    It is worked out with the explanation it belongs to and explains itself in turn.
    """

    _name = 'kam.explain.figure'
    _description = "Figure in a Figure"
    _order = 'kind, numerator desc, id'
    _rec_name = 'kpi_id'

    explain_id = fields.Many2one('kam.explain', required=True, ondelete='cascade', index=True)
    kind = fields.Selection([('account', "Account"), ('part', "KPI")], required=True)
    kpi_id = fields.Many2one('kam.kpi', required=True, ondelete='cascade')
    partner_id = fields.Many2one('res.partner', "Account", ondelete='cascade')
    unit = fields.Selection(related='kpi_id.unit')
    currency_id = fields.Many2one(related='explain_id.currency_id')
    numerator = NullableFloat()
    denominator = NullableFloat()
    value = NullableFloat()
    state = fields.Selection([('ok', "Ok"), ('no_data', "No data")], required=True, default='no_data')
    reason = fields.Selection(REASONS)
    sample_size = fields.Integer("Sample size")
    margin = NullableFloat("Margin of error")
    flags = fields.Char()

    def action_explain(self):
        """Open the explanation of this figure."""
        self.ensure_one()
        self.check_access('read')
        explain = self.explain_id
        scope, record_id = ('account', self.partner_id.id) if self.kind == 'account' else (explain.scope, explain.subject_id)
        kpi = self.env['kam.kpi'].with_context(allowed_company_ids=explain.company_ids.ids)
        return kpi.action_explain_scope(self.kpi_id.code, scope, record_id, explain.date_start, explain.date_end + period.ONE_DAY)
