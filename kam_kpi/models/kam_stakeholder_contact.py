from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

from ..tools import relationship

# What is read by SQL below and may still wait in memory.
READ_MODELS = ('res.company', 'mail.message', 'mail.activity', 'calendar.event', 'calendar.attendee', 'crm.lead', 'sale.order')


class KamStakeholder(models.Model):
    """When we last had a two-way contact with the person, and when the next meeting is.

    A contact is two-way when the person took part in it:

    * they wrote: a mail or public comment of theirs, in any thread;
    * they attended: a meeting that has begun, which they did not decline and
      in which one of us takes part or which one of us organises;
    * they spoke: a call, or a meeting outside the calendar, is marked as done
      on their contact or on a document of theirs;
    * somebody noted a contact by hand, for what Odoo does not see.

    What we sent and nobody answered is none. The day is that of the company's
    time zone. Nothing of it is stored; the days (never the subjects) are read
    for whoever may see the stakeholder, whatever their rights on the documents.
    """

    _inherit = 'kam.stakeholder'

    noted_contact = fields.Date("Contact noted", help="A contact which Odoo does not see: a call, a fair, a visit.")
    last_contact = fields.Date(
        compute='_compute_last_contact', search='_search_last_contact',
        help="The latest two-way contact: they wrote, attended a meeting or took a call that is marked as done, or one of us noted it.")
    last_contact_kind = fields.Selection([
        ('mail', "They wrote"),
        ('meeting', "Meeting"),
        ('call', "Call"),
        ('noted', "Noted by hand"),
    ], "Last contact by", compute='_compute_last_contact')
    next_meeting = fields.Datetime(compute='_compute_next_meeting', help="Their next meeting with one of us.")
    next_contact = fields.Date("Next contact due", compute='_compute_freshness')
    freshness = fields.Selection([
        ('fresh', "In touch"),
        ('due', "Due"),
        ('overdue', "Overdue"),
        ('never', "Never met"),
    ], compute='_compute_freshness', search='_search_freshness',
        help="In touch: within the agreed days. Due: up to twice of them. Overdue: longer. Never met: no two-way contact on record.")

    @api.depends('contact_id', 'noted_contact', 'company_id')
    def _compute_last_contact(self):
        found = self._last_contacts()
        for person in self:
            company = person.company_id or self.env.company
            candidates = [found.get((person.contact_id._origin.id, company._origin.id)), (person.noted_contact, 'noted')]
            dated = [candidate for candidate in candidates if candidate and candidate[0]]
            person.last_contact, person.last_contact_kind = max(dated, key=lambda row: row[0], default=(False, False))

    @api.depends('contact_id')
    def _compute_next_meeting(self):
        rows = self._query_contacts(SQL(
            """SELECT x.contact_id, MIN(e.start) FROM (%s) x JOIN calendar_event e ON e.id = x.event_id
                WHERE e.start > %s GROUP BY x.contact_id""", self._attended_sql(), fields.Datetime.now()))
        found = dict(rows)
        for person in self:
            person.next_meeting = found.get(person.contact_id._origin.id, False)

    @api.depends('last_contact', 'cadence_days', 'company_id')
    def _compute_freshness(self):
        for person in self:
            today = (person.company_id or self.env.company)._kam_today()
            person.freshness = relationship.freshness(person.last_contact, person.cadence_days, today)
            dated = person.last_contact and person.cadence_days
            person.next_contact = dated and fields.Date.add(person.last_contact, days=person.cadence_days)

    def _search_last_contact(self, operator, value):
        return self._search_computed('last_contact', operator, value)

    def _search_freshness(self, operator, value):
        return self._search_computed('freshness', operator, value)

    def _search_computed(self, name, operator, value):
        """Those among the people the user may see, worked out at once."""
        if operator in Domain.NEGATIVE_OPERATORS:
            return NotImplemented
        people = self.with_context(active_test=False).search([])
        return Domain('id', 'in', people.filtered_domain([(name, operator, value)]).ids)

    @api.constrains('noted_contact')
    def _check_noted_contact(self):
        for person in self:
            if person.noted_contact and person.noted_contact > person.company_id._kam_today():
                raise ValidationError(self.env._("A contact that is noted has taken place: %(name)s.", name=person.name))

    def action_contacted(self):
        """Note a contact today."""
        self.check_access('write')
        for person in self:
            person.noted_contact = person.company_id._kam_today()

    # ------------------------------------------------------------------
    # mails, meetings and calls
    # ------------------------------------------------------------------

    def _query_contacts(self, query):
        """Run a query which begins with the ids of contacts ``_contact_ids``; nothing to ask without contacts."""
        if not self._contact_ids():
            return []
        for name in READ_MODELS:
            self.env[name].flush_model()
        return self.env.execute_query(query)

    def _contact_ids(self):
        return self.contact_id._origin.ids

    def _last_contacts(self):
        """Return {(contact id, company id): (day, kind)} of the latest two-way contact on record."""
        companies = (self.company_id or self.env.company)._origin
        rows = self._query_contacts(SQL(
            """SELECT DISTINCT ON (x.contact_id, c.id) x.contact_id, c.id, %(day)s AS day, x.kind
                 FROM (%(contacts)s) x JOIN res_company c ON c.id = ANY(%(companies)s)
                WHERE %(day)s <= timezone(COALESCE(c.kam_timezone, 'UTC'), timezone('UTC', %(now)s::timestamp))::date
                ORDER BY x.contact_id, c.id, day DESC, x.moment DESC""",
            day=self._day_sql(), contacts=self._contacts_sql(), companies=companies.ids, now=fields.Datetime.now()))
        return {(contact, company): (day, kind) for contact, company, day, kind in rows}

    def _day_sql(self):
        """The local day of contact ``x`` in company ``c``; whole days are not moved between zones."""
        return SQL("""CASE WHEN x.whole_day THEN x.moment::date
                      ELSE timezone(COALESCE(c.kam_timezone, 'UTC'), timezone('UTC', x.moment))::date END""")

    def _contacts_sql(self):
        """SELECT of (contact_id, moment, whole_day, kind, user_id): what people took part in, per colleague of ours where known."""
        return SQL(" UNION ALL ").join([self._written_sql(), self._met_sql(), self._called_sql()])

    def _written_sql(self):
        """Mails and public comments of theirs; nobody of us is named here."""
        return SQL(
            """SELECT m.author_id AS contact_id, m.date AS moment, FALSE AS whole_day, 'mail'::varchar AS kind, NULL::int AS user_id
                 FROM mail_message m WHERE m.author_id = ANY(%s) AND m.message_type IN ('email', 'comment')
                  AND m.subtype_id = %s AND m.is_internal IS NOT TRUE AND m.date <= %s""",
            self._contact_ids(), self._record_id('mail.mt_comment'), fields.Datetime.now())

    def _attended_sql(self):
        """SELECT of (contact_id, event_id, user_id): their meetings, declined ones left out, and each of us in them."""
        return SQL(
            """SELECT a.partner_id AS contact_id, a.event_id, actor.id AS user_id
                 FROM calendar_attendee a JOIN calendar_event e ON e.id = a.event_id AND e.active
                 JOIN LATERAL (
                     SELECT o.id FROM res_users o WHERE o.id = e.user_id AND o.share IS NOT TRUE
                     UNION SELECT o.id FROM calendar_attendee b JOIN res_users o ON o.partner_id = b.partner_id
                      WHERE b.event_id = e.id AND b.state IS DISTINCT FROM 'declined' AND o.share IS NOT TRUE
                 ) actor ON TRUE
                WHERE a.partner_id = ANY(%s) AND a.state IS DISTINCT FROM 'declined'""", self._contact_ids())

    def _met_sql(self):
        """Meetings which have begun; those of whole days on their first day."""
        return SQL(
            """SELECT x.contact_id, CASE WHEN e.allday THEN e.start_date::timestamp ELSE e.start END, e.allday IS TRUE, 'meeting', x.user_id
                 FROM (%s) x JOIN calendar_event e ON e.id = x.event_id WHERE e.allday OR e.start <= %s""",
            self._attended_sql(), fields.Datetime.now())

    def _called_sql(self):
        """Calls, and meetings without an event, which are marked as done on the person or a document of theirs."""
        documents = self.env['kam.measure']._documents_sql()
        return SQL(
            """SELECT d.partner_id, m.date, FALSE, 'call', actor.id
                 FROM (%(documents)s) d JOIN mail_message m ON m.model = d.model AND m.res_id = d.res_id
                 JOIN mail_activity_type t ON t.id = m.mail_activity_type_id AND t.category = 'phonecall'
                 LEFT JOIN res_users actor ON actor.partner_id = m.author_id AND actor.share IS NOT TRUE
                WHERE d.partner_id = ANY(%(ids)s) AND m.subtype_id = %(done)s AND m.date <= %(now)s
               UNION ALL
               SELECT d.partner_id, y.date_done::timestamp, TRUE, 'meeting', y.user_id
                 FROM (%(documents)s) d JOIN mail_activity y ON y.res_model = d.model AND y.res_id = d.res_id
                 JOIN mail_activity_type t ON t.id = y.activity_type_id AND t.category = 'meeting'
                WHERE d.partner_id = ANY(%(ids)s) AND y.active IS NOT TRUE AND y.date_done IS NOT NULL AND y.calendar_event_id IS NULL""",
            documents=documents, ids=self._contact_ids(), done=self._record_id('mail.mt_activities'), now=fields.Datetime.now())

    def _record_id(self, xmlid):
        return self.env['ir.model.data']._xmlid_to_res_id(xmlid)
