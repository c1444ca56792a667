"""What the loaders share: the environment, the day, and the records made so far by the story's keys."""
from odoo.tools import SQL

from . import dice

QUIET = {
    'tracking_disable': True, 'mail_create_nosubscribe': True, 'mail_create_nolog': True, 'mail_notrack': True,
    'no_reset_password': True, 'dont_notify': True, 'no_mail_to_attendees': True, 'mail_activity_quick_update': True,
}


class Scene:
    """The stage on which the loaders put the story, one after another."""

    def __init__(self, env):
        self.company = env.ref('base.main_company')
        self.env = env(context={**env.context, **QUIET, 'allowed_company_ids': self.company.ids, 'lang': 'en_US'})
        self.company = self.company.with_env(self.env)
        self.today = None
        self.users, self.partners, self.contacts, self.products, self.categories = {}, {}, {}, {}, {}
        self.team = self.env['crm.team']
        self.currencies = {'USD': self.company.currency_id}

    def name(self, record, name):
        """Give the record an XML id, by which a later load knows that the story is there."""
        self.env['ir.model.data']._update_xmlids([{'xml_id': f'kam_kpi.{name}_demo', 'record': record, 'noupdate': True}])
        return record

    def create(self, model, rows, batch=200):
        """Create records in batches, in the order of the rows."""
        records = self.env[model]
        for start in range(0, len(rows), batch):
            records |= self.env[model].create(rows[start:start + batch])
        return records

    def backdate(self, records, field, values):
        """Set a date the ORM keeps for itself (``create_date``), one value a record."""
        if not records:
            return
        records.flush_recordset()
        self.env.cr.execute(SQL(
            "UPDATE %(table)s SET %(field)s = new.value FROM (SELECT unnest(%(ids)s) AS id, unnest(%(values)s::timestamp[]) AS value) new"
            " WHERE %(table)s.id = new.id",
            table=SQL.identifier(records._table), field=SQL.identifier(field), ids=records.ids, values=list(values)))
        records.invalidate_recordset([field])

    def day(self, month, day):
        """Return a day of the story (see ``dice.day_of``)."""
        return dice.day_of(self.today, month, day)

    def forget_ranks(self):
        """Withdraw the customer ranks Odoo would raise after the commit: had the load failed, its customers would be missing then."""
        pending = self.env.cr.postcommit.data.get('account.res.partner.increase_rank.customer_rank', {})
        for partner in (*self.partners.values(), *self.contacts.values()):
            pending.pop(partner.id, None)
