from odoo import api, models
from odoo.tools import SQL

VISIT_GAP = SQL("interval '30 minutes'")


class KamMeasureMethodWebsite(models.Model):
    """Visits of the website, from the page views Odoo keeps of pages which are tracked.

    Page views of a visitor more than half an hour apart belong to two visits.
    A visit counts where and when it began, and for an account only if the
    visitor was logged in once. Without the website, or as long as no page is
    tracked, the source is missing: nobody knows how many visits there were.
    """

    _inherit = 'kam.measure'

    @api.depends('model_name')
    def _compute_state(self):
        super()._compute_state()
        for measure in self:
            if measure.method == 'website_visits' and measure.state == 'ok' and not measure._website_is_tracked():
                measure.state = 'source_missing'

    def _website_is_tracked(self):
        """Whether page views are kept, or were and left something to count."""
        self.ensure_one()
        env = self.sudo().env  # whether there is anything to count is no secret
        return bool(
            env['ir.ui.view'].search_count([('track', '=', True)], limit=1)
            or env['website.track'].search_count([], limit=1)
            or env['kam.fact'].search_count([('measure_id', '=', self.id)], limit=1))

    def _query_website_visits(self):
        """The first page view of each visit; amount: 1."""
        company = self._fallback_company_sql(
            SQL("s.company_id"), SQL("p.commercial_partner_id"), SQL("t.visit_datetime"), self.env['kam.fact']._main_company_id())
        return SQL(
            """SELECT 'website.track'::varchar AS model, t.id AS res_id, p.commercial_partner_id AS partner_id, k.id AS company_id,
                      timezone(COALESCE(k.kam_timezone, 'UTC'), timezone('UTC', t.visit_datetime))::date AS date, t.visit_datetime AS moment,
                      NULL::int AS user_id, NULL::varchar AS key, NULL::int AS categ_id, 1::numeric AS amount
                 FROM website_track t
                 JOIN website_visitor v ON v.id = t.visitor_id
                 LEFT JOIN res_partner p ON p.id = v.partner_id
                 LEFT JOIN website s ON s.id = v.website_id
                 JOIN res_company k ON k.id = %(company)s
                WHERE NOT EXISTS (
                      SELECT 1 FROM website_track e WHERE e.visitor_id = t.visitor_id AND e.visit_datetime >= t.visit_datetime - %(gap)s
                         AND (e.visit_datetime, e.id) < (t.visit_datetime, t.id))""",
            company=company, gap=VISIT_GAP)
