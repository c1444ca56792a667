from odoo import api, fields, models
from odoo.tools import SQL

from ..fields import NullableFloat
from .kam_health import STATES
from .kam_value_mixin import KAM_GROUPS


class ResPartnerKamScore(models.Model):
    """Score and health of a key account: read from their own tables, through their access rules."""

    _inherit = 'res.partner'

    kam_score = NullableFloat(
        "Account score", compute='_compute_kam_score', groups=KAM_GROUPS, aggregator=None,
        search=lambda model, operator, value: model._kam_search_figure('kam_score', operator, value),
        help="The latest confirmed weighted score, 0 to 100.")
    kam_health = NullableFloat(
        "Health", compute='_compute_kam_health', groups=KAM_GROUPS, aggregator='avg',
        search=lambda model, operator, value: model._kam_search_figure('kam_health', operator, value),
        help="0 to 100, from the KPIs of twelve months.")
    kam_health_state = fields.Selection(
        STATES, "Health status", compute='_compute_kam_health', groups=KAM_GROUPS, group_expand=True,
        search=lambda model, operator, value: model._kam_search_figure('kam_health_state', operator, value))
    kam_health_parts = fields.Html(
        "What the health is made of", compute='_compute_kam_health_parts', groups=KAM_GROUPS, sanitize=False)
    kam_score_ids = fields.One2many('kam.account.score', 'partner_id', "Scorings", groups=KAM_GROUPS)
    kam_score_count = fields.Integer("Scorings made", compute='_compute_kam_score_count', groups=KAM_GROUPS)

    @api.model
    def _kam_sources(self):
        here = [('company_id', '=', self.env.company.id)]
        return {
            **super()._kam_sources(),
            'kam_score': ('kam.account.score', self.env['kam.account.score']._confirmed_domain(), 'normalised', 'date'),
            'kam_health': ('kam.health', here, 'score', 'id'),
            'kam_health_state': ('kam.health', here, 'state', 'id'),
        }

    def _field_to_sql(self, alias, field_expr, query=None):
        sql_field = super()._field_to_sql(alias, field_expr, query)
        if field_expr != 'kam_health_state':
            return sql_field
        return SQL(
            "CASE WHEN %s THEN COALESCE(%s, 'no_data') END", self._field_to_sql(alias, 'is_key_account', query), sql_field)

    @api.depends('commercial_partner_id')
    @api.depends_context('uid', 'company')
    def _compute_kam_score(self):
        scores = self.env['kam.account.score'].search_fetch(
            self.env['kam.account.score']._confirmed_domain() & fields.Domain(
                'partner_id', 'in', self.commercial_partner_id._origin.ids), ['partner_id', 'normalised'], order='date, id')
        latest = {score.partner_id.id: score.normalised for score in scores}
        for partner in self:
            partner.kam_score = latest.get(partner.commercial_partner_id._origin.id, False)

    @api.depends('commercial_partner_id', 'is_key_account')
    @api.depends_context('uid', 'company')
    def _compute_kam_health(self):
        found = self.env['kam.health'].search_fetch([
            ('partner_id', 'in', self.commercial_partner_id._origin.ids), ('company_id', '=', self.env.company.id),
        ], ['partner_id', 'score', 'state'])
        by_account = found.grouped('partner_id')
        for partner in self:
            health = by_account.get(partner.commercial_partner_id._origin, found.browse())
            partner.kam_health = health.score if health else False
            partner.kam_health_state = partner.is_key_account and (health.state or 'no_data')

    @api.depends('commercial_partner_id')
    @api.depends_context('uid', 'company', 'lang')
    def _compute_kam_health_parts(self):
        for partner in self:
            health = self.env['kam.health'].search([
                ('partner_id', '=', partner.commercial_partner_id._origin.id), ('company_id', '=', self.env.company.id)])
            partner.kam_health_parts = health._explain() if health else False

    @api.depends_context('uid')
    def _compute_kam_score_count(self):
        counts = dict(self.env['kam.account.score']._read_group(
            [('partner_id', 'in', self.commercial_partner_id.ids)], ['partner_id'], ['__count']))
        for partner in self:
            partner.kam_score_count = counts.get(partner.commercial_partner_id, 0)
