from odoo import models
from odoo.tools import SQL

from ..tools import period


class KamMeasureDrill(models.Model):
    """From a measure back to its documents: the rows it sums, listed instead of summed.

    These methods do not look at who asks; callers check the accounts first.
    """

    _inherit = 'kam.measure'

    def _drill_rows(self, partner_ids, date_start, date_stop):
        """SELECT of (model, res_id, partner_id, date, amount): what adds up to the measure, observations once each."""
        self.ensure_one()
        base = self.base_id or self
        rows = base._rows()
        if self.reducer == 'last_sum':
            date_start = period.shift_months(date_stop, -self.max_age_months) if self.max_age_months else None
        where = SQL(
            "r.partner_id = ANY(%s) AND r.company_id = ANY(%s) AND %s r.date < %s", list(partner_ids), self.env.companies.ids,
            SQL("r.date >= %s AND", date_start) if date_start else SQL(), date_stop)
        if self.reducer == 'past':
            today = self.env.company._kam_today()
            midnight = period.utc_bounds(today, today, self.env.company.kam_timezone or 'UTC')[0]
            where = SQL("%s AND r.moment < %s", where, midnight)
        if self.reducer in ('sum', 'past'):
            return SQL("SELECT r.model, r.res_id, r.partner_id, r.date, r.amount FROM (%s) r WHERE %s", rows, where)
        if self.reducer == 'distinct':
            return SQL(
                """SELECT DISTINCT ON (r.key) r.model, r.res_id, r.partner_id, r.date, 1::numeric AS amount
                     FROM (%s) r WHERE %s ORDER BY r.key, r.date, r.res_id""", rows, where)
        latest = SQL(
            """SELECT DISTINCT ON (r.partner_id, r.key) r.model, r.res_id, r.partner_id, r.date, r.amount
                 FROM (%s) r WHERE %s ORDER BY r.partner_id, r.key, r.moment DESC, r.res_id DESC""", rows, where)
        if self.reducer in ('latest_sum', 'last_sum'):
            return latest
        return SQL(
            "SELECT x.model, x.res_id, x.partner_id, x.date, 1::numeric AS amount FROM (%s) x WHERE x.amount BETWEEN %s AND %s",
            latest, self.band_from, self.band_to)

    def _monthly(self, partner_ids, date_start, date_stop):
        """Return [(first day of month, amount)] of these accounts, months without anything left out."""
        if self.state != 'ok' or not partner_ids:
            return []
        return [(month, float(amount)) for month, amount in self.env.execute_query(SQL(
            "SELECT date_trunc('month', d.date)::date AS month, SUM(d.amount) FROM (%s) d GROUP BY 1 ORDER BY 1",
            self._drill_rows(partner_ids, date_start, date_stop)))]

    def _documents(self, partner_ids, date_start, date_stop, limit=80, offset=0):
        """Return the documents which add up to the measure, latest first.

        :return: ``(rows, number of all rows, their total)``; rows are dicts
            ``{'date', 'model', 'res_id', 'name', 'contact', 'amount'}``
        """
        if self.state != 'ok' or not partner_ids:
            return [], 0, 0.0
        drill = self._drill_rows(partner_ids, date_start, date_stop)
        [(count, total)] = self.env.execute_query(SQL("SELECT COUNT(*), COALESCE(SUM(d.amount), 0) FROM (%s) d", drill))
        rows = self.env.execute_query_dict(SQL(
            "SELECT d.* FROM (%s) d ORDER BY d.date DESC, d.res_id DESC LIMIT %s OFFSET %s", drill, limit, offset))
        contacts = self.env['res.partner'].sudo().browse([row['partner_id'] for row in rows])  # accounts were checked by the caller
        names = {partner.id: partner.display_name for partner in contacts}
        titles = self._document_names(rows)
        return [
            {'date': row['date'], 'model': row['model'], 'res_id': row['res_id'], 'name': titles.get((row['model'], row['res_id']), ''),
             'contact': names.get(row['partner_id'], ''), 'amount': float(row['amount'])}
            for row in rows
        ], count, float(total)

    def _document_names(self, rows):
        """Return {(model, id): what the document is called}; meetings keep their subject to those who may read them."""
        names = {}
        for model in {row['model'] for row in rows}:
            ids = [row['res_id'] for row in rows if row['model'] == model]
            records = self.env[model].sudo().with_context(active_test=False).browse(ids).exists()  # names only, of accounts that were checked
            private = model in ('calendar.event', 'mail.message', 'mail.activity')
            for record in records:
                readable = not private or record.sudo(False).has_access('read')  # as the user again
                title = record.display_name if readable else self.env['ir.model']._get(model).name
                names[model, record.id] = self._document_title(record) if readable else title
        return names

    def _document_title(self, record):
        """A name people recognise: number and label of an invoice line, subject of a message."""
        if 'move_id' in record._fields:
            return f"{record.move_id.name or ''} {record.name or ''}".strip().split('\n')[0]
        if record._name == 'mail.message':
            return record.subject or record.record_name or self.env._("Message")
        return record.display_name or ''
