from odoo import models
from odoo.tools import SQL

# Where a document keeps its customer: the account of what is written on it.
DOCUMENT_PARTNERS = {
    'res.partner': 'id',
    'crm.lead': 'partner_id',
    'sale.order': 'partner_id',
    'account.move': 'partner_id',
    'project.task': 'partner_id',
    'project.project': 'partner_id',
}
INTERNAL = SQL("EXISTS (SELECT 1 FROM res_users u WHERE u.partner_id = %s AND u.share IS NOT TRUE)", SQL("p.id"))


class KamMeasureMethodTouch(models.Model):
    """Contacts with customers: meetings, calls and exchanges of messages.

    One row per contact, account and colleague; the key identifies the contact,
    so that a meeting with two colleagues counts once for the account. People of
    the house are recognised by their users, archived ones included, since
    Odoo forgets that an archived user's partner was internal.
    """

    _inherit = 'kam.measure'

    def _query_meetings(self):
        """Calendar events with the customer which somebody of us attends or organises, and done meeting activities without an event."""
        events = self._touch_rows(
            SQL("calendar.event"), SQL("e.id"),
            SQL("CASE WHEN e.allday THEN e.start_date::timestamp ELSE e.start END"), SQL("e.allday"), SQL("'event,' || e.id"),
            SQL("""calendar_event e
                   JOIN calendar_attendee a ON a.event_id = e.id AND a.state IS DISTINCT FROM 'declined'
                   JOIN res_partner p ON p.id = a.partner_id
                   JOIN LATERAL (
                       SELECT e.user_id AS id FROM res_users o WHERE o.id = e.user_id AND o.share IS NOT TRUE
                       UNION SELECT o.id FROM calendar_attendee b JOIN res_users o ON o.partner_id = b.partner_id
                        WHERE b.event_id = e.id AND b.state IS DISTINCT FROM 'declined' AND o.share IS NOT TRUE
                   ) actor ON TRUE"""),
            SQL("e.active AND NOT %s", INTERNAL), over=SQL("CASE WHEN e.allday THEN e.stop_date::timestamp ELSE e.stop END"))
        activities = self._touch_rows(
            SQL("mail.activity"), SQL("y.id"), SQL("y.date_done::timestamp"), SQL("TRUE"), SQL("'activity,' || y.id"),
            SQL("""mail_activity y JOIN mail_activity_type t ON t.id = y.activity_type_id AND t.category = 'meeting'
                   JOIN (%s) d ON d.model = y.res_model AND d.res_id = y.res_id JOIN res_partner p ON p.id = d.partner_id
                   LEFT JOIN res_users actor ON actor.id = y.user_id""", self._documents_sql()),
            SQL("y.active IS NOT TRUE AND y.date_done IS NOT NULL AND y.calendar_event_id IS NULL"), SQL("d.company_id"))
        return SQL("%s UNION ALL %s", events, activities)

    def _query_calls(self):
        """Phone calls marked as done: the message Odoo writes then, since it has the time and outlives the activity."""
        return self._touch_rows(
            SQL("mail.message"), SQL("m.id"), SQL("m.date"), SQL("FALSE"), SQL("'call,' || m.id"),
            SQL("""mail_message m
                   JOIN mail_activity_type t ON t.id = m.mail_activity_type_id AND t.category = 'phonecall'
                   JOIN (%s) d ON d.model = m.model AND d.res_id = m.res_id JOIN res_partner p ON p.id = d.partner_id
                   LEFT JOIN res_users actor ON actor.partner_id = m.author_id AND actor.share IS NOT TRUE""", self._documents_sql()),
            SQL("m.subtype_id = %s", self._record_id('mail.mt_activities')), SQL("d.company_id"))

    def _query_exchanges(self):
        """Threads with a public message in either direction, once a day: the key is thread and local day. OdooBot is nobody."""
        rows = SQL(" UNION ").join(
            self._touch_rows(
                SQL("mail.message"), SQL("m.id"), SQL("m.date"), SQL("FALSE"), SQL("'thread,' || m.model || ',' || m.res_id"),
                tables, SQL("%s AND %s", condition, self._exchange_sql()), SQL("written.company_id"))
            for tables, condition in self._exchange_tables())
        return SQL(
            """SELECT x.model, x.res_id, x.partner_id, x.company_id, x.date, x.moment, x.user_id,
                      (x.key || ',' || x.date)::varchar AS key, x.categ_id, x.amount FROM (%s) x""", rows)

    def _query_emails_sent(self):
        """Public messages one of us wrote to the customer: on its document, or addressed to it. Mailings and notes are none."""
        return SQL(" UNION ").join(
            self._touch_rows(
                SQL("mail.message"), SQL("m.id"), SQL("m.date"), SQL("FALSE"), SQL("'message,' || m.id"),
                tables, SQL("%s AND %s AND actor.id IS NOT NULL", condition, self._exchange_sql()), SQL("written.company_id"))
            for tables, condition in self._exchange_tables())

    def _exchange_sql(self):
        """Condition on a message ``m``: said aloud, between people, to or by somebody ``p`` who is none of us."""
        return SQL(
            "%s AND m.author_id IS DISTINCT FROM %s AND NOT %s", self._public_message_sql(), self._record_id('base.partner_root'), INTERNAL)

    def _public_message_sql(self):
        """Condition: message ``m`` was written for both sides to read, by a person, on a document other than a meeting."""
        return SQL(
            "m.message_type IN ('comment', 'email') AND m.subtype_id = %s AND m.is_internal IS NOT TRUE"
            " AND m.model IS NOT NULL AND m.model <> 'calendar.event'", self._record_id('mail.mt_comment'))

    def _exchange_tables(self):
        """Yield (FROM, condition) for each way in which a message ``m`` concerns a customer ``p``; each is found by an index from the customer."""
        documents = self._documents_sql()
        actor = SQL("LEFT JOIN res_users actor ON actor.partner_id = m.author_id AND actor.share IS NOT TRUE")
        written = SQL("LEFT JOIN (%s) written ON written.model = m.model AND written.res_id = m.res_id", documents)
        # of the document
        yield SQL(
            """mail_message m JOIN (%s) written ON written.model = m.model AND written.res_id = m.res_id
               JOIN res_partner p ON p.id = written.partner_id %s""", documents, actor), SQL("TRUE")
        # the author
        yield SQL("mail_message m JOIN res_partner p ON p.id = m.author_id %s %s", actor, written), SQL("actor.id IS NULL")
        # those it was sent to by one of us
        yield SQL(
            """mail_message m JOIN mail_message_res_partner_rel t ON t.mail_message_id = m.id
               JOIN res_partner p ON p.id = t.res_partner_id %s %s""", actor, written), SQL("actor.id IS NOT NULL")

    def _documents_sql(self):
        """SELECT of (model, res_id, partner_id, company_id): the customer of each document that has one, and its company."""
        return SQL(" UNION ALL ").join(
            SQL("SELECT %s::varchar AS model, id AS res_id, %s AS partner_id, company_id FROM %s",
                model, SQL.identifier(field), SQL.identifier(self.env[model]._table))
            for model, field in DOCUMENT_PARTNERS.items() if model in self.env)

    def _record_id(self, xmlid):
        return self.env['ir.model.data']._xmlid_to_res_id(xmlid)

    def _touch_rows(self, model, res_id, moment, whole_day, key, tables, condition, own_company=None, over=None):
        """Rows of contacts: ``p`` is the customer's person, ``actor`` our user; whole days are not moved between zones.

        ``moment`` of a row is when a contact is over, if that is later than the day it counts on; else it is empty.

        :param over: SQL of the end of the contact: a UTC time, or its last day
        """
        company = self._fallback_company_sql(
            own_company or SQL("NULL::int"), SQL("p.commercial_partner_id"), moment, self.env['kam.fact']._main_company_id())
        def day(time):
            return SQL("(CASE WHEN %s THEN %s ELSE timezone(COALESCE(c.kam_timezone, 'UTC'), timezone('UTC', %s)) END)::date", whole_day, time, time)
        ends = SQL("NULL::timestamp") if over is None else SQL(
            "CASE WHEN %(last)s > %(first)s THEN CASE WHEN %(whole_day)s"
            " THEN timezone('UTC', timezone(COALESCE(c.kam_timezone, 'UTC'), %(over)s + interval '1 day')) ELSE %(over)s END END - interval '1 second'",
            first=day(moment), last=day(over), whole_day=whole_day, over=over)
        return SQL(
            """SELECT DISTINCT '%(model)s'::varchar AS model, %(res_id)s AS res_id, p.commercial_partner_id AS partner_id, c.id AS company_id,
                      %(date)s AS date, %(ends)s AS moment, actor.id AS user_id, (%(key)s)::varchar AS key, NULL::int AS categ_id, 1::numeric AS amount
                 FROM %(tables)s JOIN res_company c ON c.id = %(company)s
                WHERE %(moment)s IS NOT NULL AND %(condition)s""",
            model=model, res_id=res_id, moment=moment, date=day(moment), ends=ends, key=key, tables=tables, condition=condition, company=company,
        )

    def _document_partners(self, model, ids):
        """Return [(document id, customer id, None)] of documents people write on; nothing for other models."""
        field = DOCUMENT_PARTNERS.get(model)
        if not field or model not in self.env:
            return []
        return self.env.execute_query(SQL(
            "SELECT id, %s, NULL::date FROM %s WHERE id = ANY(%s)",
            SQL.identifier(field), SQL.identifier(self.env[model]._table), list(ids)))

    def _thread_partners(self, model, ids):
        """As :meth:`_document_partners`, with all who wrote on the documents and were written to there."""
        people = self.env.execute_query(SQL(
            """SELECT m.res_id, m.author_id, NULL::date FROM mail_message m
                WHERE m.model = %(model)s AND m.res_id = ANY(%(ids)s) AND m.author_id IS NOT NULL
                UNION SELECT m.res_id, t.res_partner_id, NULL::date FROM mail_message m
                  JOIN mail_message_res_partner_rel t ON t.mail_message_id = m.id WHERE m.model = %(model)s AND m.res_id = ANY(%(ids)s)""",
            model=model, ids=list(ids)))
        return people + self._document_partners(model, ids)
