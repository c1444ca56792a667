from datetime import timedelta

from odoo import models
from odoo.tools import SQL

from .kam_partitions import Partitions

ONE_DAY = timedelta(days=1)
# Pictures of the last weeks are kept for every day, older ones for the ends of months.
DAILY_PICTURES = timedelta(days=35)


class KamFactPicture(models.Model):
    """Facts that cannot be made again: pictures of stocks, and those of documents which Odoo deletes.

    A stock is what is there now, by the day it falls due. Its picture is dated
    with the day before today, the last one that is complete, so that a window
    which ends today sees it. A picture is renewed while its day is the last
    one, and never again.
    """

    _inherit = 'kam.fact'

    def _build(self, measures, partitions=None):
        pictures = measures.filtered(lambda measure: measure.kind == 'stock')
        kept = measures.filtered(lambda measure: measure.kind == 'snapshot')
        super()._build(measures - pictures - kept, partitions)
        for company in self.env['res.company'].sudo().search([]):  # facts are made for every company
            day = company._kam_today() - ONE_DAY
            # A picture of the day that was not taken yet will be, as a whole.
            if partitions is None or company.kam_pictured_on == day:
                self._picture(pictures, company, day, partitions)
        self._build_kept(kept, partitions)

    def _drain(self, limit=None, last=True):
        if last:
            self._take_pictures()
        return super()._drain(limit, last)

    def _take_pictures(self):
        """Take the day's picture of all stocks, unless it was taken."""
        for company in self.env['res.company'].sudo().search([]):  # as above
            day = company._kam_today() - ONE_DAY
            if company.kam_pictured_on != day:
                self._picture(self.env['kam.measure'].search([('kind', '=', 'stock'), ('base_id', '=', False)]), company, day)
                company.kam_pictured_on = day

    def _picture(self, measures, company, day, partitions=None):
        """Make the picture of a company's stocks on a day; of some accounts if told so."""
        whose = SQL("TRUE")
        if partitions is not None:
            accounts = partitions.partners | {partner for partner, _month in partitions.pairs}
            whose = Partitions(set(), accounts, {None} if partitions.orphans else set()).condition(SQL("x.partner_id"), None)
        for measure in measures:
            rows = measure._rows()
            if rows is None:
                continue
            self.env.cr.execute(SQL(
                "DELETE FROM kam_fact x WHERE x.measure_id = %s AND x.company_id = %s AND x.date = %s AND %s", measure.id, company.id, day, whose))
            self.env.cr.execute(SQL(
                """INSERT INTO kam_fact (measure_id, company_id, partner_id, date, moment, amount, count)
                   SELECT %s, x.company_id, x.partner_id, %s, x.date::timestamp, SUM(x.amount), COUNT(*)
                     FROM (%s) x WHERE x.company_id = %s AND %s GROUP BY x.company_id, x.partner_id, x.date""",
                measure.id, day, rows, company.id, whose))
            self._note_known(measure, day)
        self.invalidate_model()

    def _build_kept(self, measures, partitions):
        """Build the facts of documents which Odoo deletes in time: those of days that are still there in full."""
        for measure in measures:
            rows = measure._rows()
            if rows is None:
                continue
            first = self.env.company._kam_today() - timedelta(days=max(measure.kept_days - 1, 0))
            where = SQL("r.date >= %s", first)
            if partitions is not None:
                where = SQL("%s AND %s", where, partitions.condition(SQL("r.partner_id"), SQL("r.date")))
            self.env.cr.execute(SQL("DELETE FROM kam_fact r WHERE r.measure_id = %s AND %s", measure.id, where))
            self._insert_facts(measure, rows, where)
            self._note_known(measure, first)
        self.invalidate_model()

    def _note_known(self, measure, day):
        """Remember the first day that is known of a measure: before it there is no history, which is not nothing."""
        if not measure.known_since:
            measure.known_since = day

    def _forget_pictures(self):
        """Drop the pictures of days long ago, but for those of the ends of months."""
        oldest = self.env.company._kam_today() - DAILY_PICTURES
        self.env.cr.execute(SQL(
            """DELETE FROM kam_fact WHERE date < %s AND date + 1 <> date_trunc('month', date + 1)::date
                  AND measure_id IN (SELECT id FROM kam_measure WHERE kind = 'stock')""", oldest))
        self.invalidate_model()
