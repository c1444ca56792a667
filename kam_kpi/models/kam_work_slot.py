from datetime import datetime, timedelta

from pytz import utc

from odoo import api, fields, models
from odoo.tools import SQL

from .kam_measure_method_response import RESPONSE_MODELS

REACH = timedelta(days=366)


class KamWorkSlot(models.Model):
    """A stretch of working time of a company, and how much work time there was before it.

    Made from the working schedule, its time zone and public holidays by
    Odoo's own calculation, over all the time that messages are about and at
    least a year beyond, so that the working time between two moments is a
    difference of two look-ups. Slots without length mark where the known
    time begins and ends. Derived: made anew by the refresh.
    """

    _name = 'kam.work.slot'
    _description = "Working Time"
    _order = 'company_id, start'
    _log_access = False

    company_id = fields.Many2one('res.company', required=True, ondelete='cascade')
    start = fields.Datetime(required=True)
    stop = fields.Datetime(required=True)
    seconds_before = fields.Integer(help="Seconds of work before this slot, since the first one.")

    _start_uniq = models.UniqueIndex('(company_id, start, stop)')

    @api.model
    def _cover(self, partner_ids=None):
        """Have the slots of all companies reach over the messages of these accounts (None: of all, and made anew)."""
        if partner_ids is None:
            self.env.cr.execute(SQL("DELETE FROM kam_work_slot"))
        first, last = self._bounds(partner_ids)
        if not first:
            return
        known = {company_id: (start, stop) for company_id, start, stop in self.env.execute_query(SQL(
            "SELECT company_id, MIN(start), MAX(stop) FROM kam_work_slot GROUP BY company_id"))}
        for company in self.env['res.company'].sudo().search([('resource_calendar_id', '!=', False)]):  # the same for every user
            start, stop = known.get(company.id, (last, first))
            if first < start or last + REACH > stop:
                company_slots = self._slots(company, datetime(min(first, start).year, 1, 1), datetime(max(last, stop).year + 3, 1, 1))
                self._replace(company, company_slots)

    @api.model
    def _bounds(self, partner_ids):
        """The first and the last message in threads on which these accounts (None: any) wrote."""
        threads = SQL() if partner_ids is None else SQL(
            """AND (m.model, m.res_id) IN (
                   SELECT c.model, c.res_id FROM mail_message c JOIN res_partner p ON p.id = c.author_id
                    WHERE p.commercial_partner_id = ANY(%s))""", sorted(partner_ids))
        return self.env.execute_query(SQL(
            "SELECT MIN(m.date), MAX(m.date) FROM mail_message m WHERE m.model = ANY(%s) AND m.message_type IN ('comment', 'email') %s",
            list(RESPONSE_MODELS), threads))[0]

    @api.model
    def _slots(self, company, first, last):
        """Return [(start, stop)] of the company's working time from one UTC time to another, with a mark at either end."""
        intervals = company.resource_calendar_id._work_intervals_batch(
            first.replace(tzinfo=utc), last.replace(tzinfo=utc),
            domain=[('time_type', '=', 'leave'), ('company_id', 'in', (False, company.id))])[False]
        slots = [(first, first)]
        for start, stop, _attendances in intervals:
            slots.append(tuple(moment.astimezone(utc).replace(tzinfo=None, microsecond=0) for moment in (start, stop)))
        return [*slots, (last, last)]

    @api.model
    def _replace(self, company, slots):
        before, total = [], 0
        for start, stop in slots:
            before.append(total)
            total += int((stop - start).total_seconds())
        self.env.cr.execute(SQL("DELETE FROM kam_work_slot WHERE company_id = %s", company.id))
        self.env.cr.execute(SQL(
            """INSERT INTO kam_work_slot (company_id, start, stop, seconds_before)
               SELECT %s, * FROM unnest(%s::timestamp[], %s::timestamp[], %s::int[])
               ON CONFLICT DO NOTHING""",
            company.id, [start for start, _stop in slots], [stop for _start, stop in slots], before))
        self.invalidate_model()
