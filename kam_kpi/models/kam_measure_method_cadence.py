from odoo import models
from odoo.tools import SQL

from .kam_tier_history import EVER


class KamMeasureMethodCadence(models.Model):
    """How often a key account is to be met: by the tier it had at the time."""

    _inherit = 'kam.measure'

    def _query_cadence(self):
        """One row for each tier an account had, on the day it got it; amount: meetings a month.

        An account of no company is owed the same in each of them.
        """
        return SQL(
            """SELECT 'res.partner'::varchar AS model, p.id AS res_id, p.id AS partner_id, k.id AS company_id,
                      h.date, h.date::timestamp AS moment, NULL::int AS user_id, 'tier'::varchar AS key, NULL::int AS categ_id,
                      COALESCE(t.meetings_per_month, 0)::numeric AS amount
                 FROM res_partner p
                 JOIN LATERAL (%(history)s) h ON TRUE
                 LEFT JOIN kam_tier t ON t.id = h.tier_id
                 JOIN res_company k ON p.company_id IS NULL OR k.id = p.company_id
                WHERE p.is_key_account AND p.commercial_partner_id = p.id""",
            history=SQL(
                """SELECT y.tier_id, y.date_from AS date FROM kam_tier_history y WHERE y.partner_id = p.id
                    UNION ALL SELECT p.kam_tier_id, COALESCE(p.kam_since_date, %s)
                     WHERE NOT EXISTS (SELECT 1 FROM kam_tier_history y WHERE y.partner_id = p.id)""", EVER))
