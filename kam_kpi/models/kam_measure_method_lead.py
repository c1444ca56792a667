from odoo import models
from odoo.tools import SQL


class KamMeasureMethodLead(models.Model):
    """Leads and opportunities: what a count or a sum of one field cannot say.

    The measures' own fields say which leads count and for whom; the methods
    add what depends on two moments of a lead, or on modules that may be absent.
    """

    _inherit = 'kam.measure'

    def _query_leads_won_in_time(self):
        """Leads won within the company's days since they were created; on the day they were created."""
        return SQL(
            """SELECT r.* FROM (%s) r JOIN crm_lead won ON won.id = r.res_id JOIN res_company k ON k.id = r.company_id
                WHERE won.date_closed < won.create_date + k.kam_conversion_days * interval '1 day'""", self._rows_aggregate(None))

    def _query_sales_cycle(self):
        """One row a won opportunity: days, with fractions, from when it became an opportunity to when it was won."""
        return SQL(
            """SELECT r.model, r.res_id, r.partner_id, r.company_id, r.date, r.moment, r.user_id, ('lead,' || r.res_id)::varchar AS key, r.categ_id,
                      EXTRACT(EPOCH FROM won.date_closed - COALESCE(won.date_conversion, won.create_date))::numeric / 86400 AS amount
                 FROM (%s) r JOIN crm_lead won ON won.id = r.res_id""", self._rows_aggregate(None))

    def _query_website_leads(self):
        """Leads which came by the website: by their medium, or since a visitor of it is known to be behind them."""
        medium = SQL("lead.medium_id = %s", self._record_id('utm.utm_medium_website'))
        field = self.env['crm.lead']._fields.get('visitor_ids')  # of the website's own module for leads
        visited = SQL(
            "OR EXISTS (SELECT 1 FROM %s v WHERE v.%s = lead.id)", SQL.identifier(field.relation), SQL.identifier(field.column1)) if field else SQL()
        return SQL(
            "SELECT r.* FROM (%s) r JOIN crm_lead lead ON lead.id = r.res_id WHERE %s %s", self._rows_aggregate(None), medium, visited)
