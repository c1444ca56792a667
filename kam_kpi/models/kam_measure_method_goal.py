from odoo import models
from odoo.tools import SQL


class KamMeasureMethodGoal(models.Model):
    """Customers' goals on the day they are due.

    A goal comes from its baseline to its target; a baseline which is no worse
    than the target is none, and then a goal is worth nothing at twice the way
    (0 for a goal above zero). A target of 0 without a baseline is met or not.
    Goals nobody has measured count as not reached, those of cancelled plans
    not at all.
    """

    _inherit = 'kam.measure'

    def _query_goal_weight(self):
        return self._goal_rows(SQL("g.weight"), SQL("TRUE"))

    def _query_goal_points(self):
        """Weight times the attainment, which is between 0 and 1."""
        return self._goal_rows(SQL("g.weight::numeric * GREATEST(0, LEAST(1, %s))", self._goal_attainment_sql()), SQL("TRUE"))

    def _query_goals_reached(self):
        return self._goal_rows(SQL("1"), SQL("(x.actual - x.target) * x.sign >= 0"))

    def _goal_attainment_sql(self):
        return SQL(
            """CASE WHEN x.actual IS NULL THEN 0
                    WHEN (x.target - x.baseline) * x.sign > 0 THEN (x.actual - x.baseline) / (x.target - x.baseline)
                    WHEN x.target <> 0 THEN 1 + x.sign * (x.actual - x.target) / ABS(x.target)
                    WHEN x.actual * x.sign >= 0 THEN 1
                    ELSE 0 END""")

    def _goal_rows(self, amount, condition):
        return SQL(
            """SELECT 'kam.customer.goal'::varchar AS model, g.id AS res_id, p.commercial_partner_id AS partner_id, g.company_id, g.due_date AS date,
                      g.due_date::timestamp AS moment, NULL::int AS user_id, NULL::varchar AS key, NULL::int AS categ_id,
                      (%(amount)s)::numeric AS amount
                 FROM kam_customer_goal g
                 JOIN res_partner p ON p.id = g.partner_id
                 LEFT JOIN kam_plan plan ON plan.id = g.plan_id
                CROSS JOIN LATERAL (SELECT g.actual::numeric AS actual, COALESCE(g.target, 0)::numeric AS target,
                                           COALESCE(g.baseline, 0)::numeric AS baseline,
                                           CASE WHEN g.direction = 'lower' THEN -1 ELSE 1 END AS sign) x
                WHERE g.due_date IS NOT NULL AND plan.state IS DISTINCT FROM 'cancelled' AND %(condition)s""",
            amount=amount, condition=condition)
