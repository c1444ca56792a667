from odoo import models
from odoo.tools import SQL

from .kam_measure_method_touch import INTERNAL

# Documents on which customers write and expect an answer.
RESPONSE_MODELS = ('res.partner', 'crm.lead', 'sale.order', 'account.move', 'project.task')


class KamMeasureMethodResponse(models.Model):
    """How long customers wait for an answer.

    In each thread a wait opens at the first message of an account which is not
    answered yet, and closes at the next public message of one of us; further
    messages do not restart it. People of the house are those with an internal
    user, archived ones included; automatic messages are no answers. A wait
    belongs to the account of whoever wrote, and to the day it opened.

    Times are hours of work by the company's schedule, or all hours, as the
    company chooses. ``moment`` is when a wait was decided: so whether it is
    over, or overdue, is told for any day without looking at the clock.
    """

    _inherit = 'kam.measure'

    def _query_responses(self):
        """Answered waits; amount: hours."""
        return self._wait_rows(SQL("t.seconds / 3600"), SQL("w.closed"), SQL("w.closed IS NOT NULL"))

    def _query_responses_given(self):
        """Answered waits; amount: 1."""
        return self._wait_rows(SQL("1"), SQL("w.closed"), SQL("w.closed IS NOT NULL"))

    def _query_responses_in_time(self):
        """Waits answered within the agreed hours; amount: 1."""
        return self._wait_rows(SQL("1"), SQL("w.closed"), SQL("t.seconds <= w.allowed"))

    def _query_waits_decided(self):
        """All waits, decided when they were answered or the agreed hours ran out, whichever was first; amount: 1."""
        return self._wait_rows(SQL("1"), SQL("LEAST(w.closed, %s)", self._expiry_sql()), SQL("TRUE"))

    def _wait_rows(self, amount, moment, condition):
        return SQL(
            """SELECT w.model, w.res_id, w.partner_id, w.company_id,
                      timezone(COALESCE(w.zone, 'UTC'), timezone('UTC', w.opened))::date AS date,
                      %(moment)s AS moment, NULL::int AS user_id, ('wait,' || w.id)::varchar AS key, NULL::int AS categ_id, (%(amount)s)::numeric AS amount
                 FROM (%(waits)s) w
                 CROSS JOIN LATERAL (SELECT CASE WHEN w.by_schedule THEN %(closed)s - %(opened)s
                                                 ELSE EXTRACT(EPOCH FROM w.closed - w.opened)::numeric END AS seconds) t
                WHERE %(condition)s""",
            moment=moment, amount=amount, waits=self._waits_sql(), condition=condition,
            opened=self._worked_sql(SQL("w.opened")), closed=self._worked_sql(SQL("w.closed")))

    def _waits_sql(self):
        """SELECT of all waits: the message that opened each, when it was closed (NULL: still open), and what the company allows."""
        company = self._fallback_company_sql(
            SQL("written.company_id"), SQL("p.commercial_partner_id"), SQL("m.date"), self.env['kam.fact']._main_company_id())
        return SQL(
            """SELECT 'mail.message'::varchar AS model, m.id AS res_id, m.id, p.commercial_partner_id AS partner_id, k.id AS company_id,
                      k.kam_timezone AS zone, m.date AS opened, answer.date AS closed, (k.kam_sla_hours * 3600)::numeric AS allowed,
                      (k.kam_response_hours <> 'calendar' AND k.resource_calendar_id IS NOT NULL) AS by_schedule
                 FROM mail_message m
                 JOIN res_partner p ON p.id = m.author_id
                 LEFT JOIN LATERAL (SELECT d.company_id FROM (%(documents)s) d WHERE d.model = m.model AND d.res_id = m.res_id) written ON TRUE
                 JOIN res_company k ON k.id = %(company)s
                 LEFT JOIN LATERAL (%(previous)s) previous ON TRUE
                 LEFT JOIN LATERAL (%(following)s) answer ON TRUE
                WHERE m.model = ANY(%(models)s) AND %(talk)s AND NOT %(internal)s AND NOT EXISTS (%(earlier)s)""",
            documents=self._documents_sql(), company=company, models=list(RESPONSE_MODELS), talk=self._talk_sql('m'), internal=INTERNAL,
            previous=self._answer_sql(SQL("<"), SQL("DESC")), following=self._answer_sql(SQL(">"), SQL("ASC")), earlier=self._earlier_sql())

    def _talk_sql(self, alias):
        """Condition: the message of this alias is public and written by a person."""
        return SQL(
            "%(a)s.message_type IN ('comment', 'email') AND %(a)s.subtype_id = %(talk)s AND %(a)s.is_internal IS NOT TRUE",
            a=SQL.identifier(alias), talk=self._record_id('mail.mt_comment'))

    def _answer_sql(self, side, order):
        """The nearest answer of one of us before or after message ``m`` in its thread; OdooBot does not answer."""
        return SQL(
            """SELECT a.id, a.date FROM mail_message a
                WHERE a.model = m.model AND a.res_id = m.res_id AND (a.date, a.id) %(side)s (m.date, m.id) AND %(talk)s
                  AND a.author_id <> %(robot)s AND EXISTS (SELECT 1 FROM res_users u WHERE u.partner_id = a.author_id AND u.share IS NOT TRUE)
                ORDER BY a.date %(order)s, a.id %(order)s LIMIT 1""",
            side=side, order=order, talk=self._talk_sql('a'), robot=self._record_id('base.partner_root'))

    def _earlier_sql(self):
        """A message of the same account in the thread since the last answer: the wait was open before message ``m``."""
        return SQL(
            """SELECT 1 FROM mail_message e JOIN res_partner writer ON writer.id = e.author_id
                WHERE e.model = m.model AND e.res_id = m.res_id AND writer.commercial_partner_id = p.commercial_partner_id AND %(talk)s
                  AND NOT EXISTS (SELECT 1 FROM res_users u WHERE u.partner_id = writer.id AND u.share IS NOT TRUE)
                  AND (e.date, e.id) < (m.date, m.id) AND (previous.id IS NULL OR (e.date, e.id) > (previous.date, previous.id))""",
            talk=self._talk_sql('e'))

    def _worked_sql(self, moment):
        """Seconds of work of the wait's company up to a moment, counted from some beginning."""
        return SQL(
            """COALESCE((SELECT s.seconds_before + EXTRACT(EPOCH FROM LEAST(%(moment)s, s.stop) - s.start)::numeric FROM kam_work_slot s
                          WHERE s.company_id = w.company_id AND s.start <= %(moment)s ORDER BY s.start DESC, s.stop DESC LIMIT 1), 0)""",
            moment=moment)

    def _expiry_sql(self):
        """From when on a wait takes longer than the agreed hours; NULL when no work is planned within a year."""
        return SQL(
            """CASE WHEN w.by_schedule THEN
                   (SELECT s.start + (%(opened)s + w.allowed - s.seconds_before) * interval '1 second' FROM kam_work_slot s
                     WHERE s.company_id = w.company_id AND s.start < w.opened + interval '1 year' AND s.stop > w.opened
                       AND s.seconds_before + EXTRACT(EPOCH FROM s.stop - s.start) > %(opened)s + w.allowed
                     ORDER BY s.start LIMIT 1)
               ELSE w.opened + w.allowed * interval '1 second' END""",
            opened=self._worked_sql(SQL("w.opened")))
