from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    """Settings of the key account figures, per company."""

    _inherit = 'res.config.settings'

    kam_tz = fields.Selection(related='company_id.kam_tz', readonly=False)
    kam_closing_days = fields.Integer(related='company_id.kam_closing_days', readonly=False)
    kam_account_cap = fields.Integer(related='company_id.kam_account_cap', readonly=False)
    kam_min_sample = fields.Integer(related='company_id.kam_min_sample', readonly=False)
    kam_grace_days = fields.Integer(related='company_id.kam_grace_days', readonly=False)
    kam_acquisition_source = fields.Selection(related='company_id.kam_acquisition_source', readonly=False, required=True)
    kam_response_hours = fields.Selection(related='company_id.kam_response_hours', readonly=False)
    kam_sla_hours = fields.Float(related='company_id.kam_sla_hours', readonly=False)
    kam_voice_days = fields.Integer(related='company_id.kam_voice_days', readonly=False)
    kam_voice_months = fields.Integer(related='company_id.kam_voice_months', readonly=False)
    kam_conversion_days = fields.Integer(related='company_id.kam_conversion_days', readonly=False)
    kam_score_cap = fields.Float(related='company_id.kam_score_cap', readonly=False)
    kam_score_coverage = fields.Float(related='company_id.kam_score_coverage', readonly=False)
    kam_ranking = fields.Selection(related='company_id.kam_ranking', readonly=False, required=True)
    kam_streak = fields.Integer(related='company_id.kam_streak', readonly=False)
    kam_coaching_months = fields.Integer(related='company_id.kam_coaching_months', readonly=False)
    kam_remark_months = fields.Integer(related='company_id.kam_remark_months', readonly=False)
