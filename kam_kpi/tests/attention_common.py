from datetime import timedelta

from odoo.fields import Date, Datetime
from odoo.tests import freeze_time

from .common import KamCase

TODAY = Date.to_date('2026-06-15')


@freeze_time('2026-06-15 09:00:00')
class AttentionCase(KamCase):
    """The morning of 2026-06-15. Facts are written as the refresh would leave them.

    Alpha (Anna) and Beta (Ben) are of tier B: a contact every 60 days, a meeting a
    month. Both were met yesterday, so that only what a test adds is wrong.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, 'mail_activity_quick_update': True})
        cls.accounts = cls.alpha | cls.beta
        cls.measures = {measure.code: measure for measure in cls.env['kam.measure'].search([])}
        for account in cls.accounts:
            cls.fact(account, 'meetings', 1, key='m')

    @classmethod
    def ago(cls, days):
        return TODAY - timedelta(days=days)

    @classmethod
    def fact(cls, account, code, days, amount=1.0, **vals):
        """One fact so many days before the morning; negative: after it."""
        day = cls.ago(days)
        return cls.env['kam.fact'].create({
            'measure_id': cls.measures[code].id, 'company_id': cls.company.id, 'partner_id': account.id, 'date': day,
            'moment': Datetime.to_datetime(day) + timedelta(hours=8), 'amount': amount, 'count': 1, **vals})

    @classmethod
    def category_fact(cls, account, category, day, amount):
        return cls.env['kam.fact.category'].create({
            'measure_id': cls.measures['revenue'].id, 'company_id': cls.company.id, 'partner_id': account.id,
            'categ_id': category.id, 'date': day, 'amount': amount})

    def refresh(self, accounts=None):
        """The list as it is after a refresh, of the accounts of the test."""
        self.env['kam.attention']._refresh(accounts and accounts.ids)
        return self.env['kam.attention'].search([('partner_id', 'in', self.accounts.ids)])

    def open_kinds(self, account=None):
        """The reasons why an account is on the list after a refresh."""
        self.refresh()
        items = self.env['kam.attention'].search([('partner_id', '=', (account or self.alpha).id), ('state', 'in', ('open', 'snoozed'))])
        return sorted(items.mapped('kind'))

    def item(self, kind, account=None):
        self.refresh()
        return self.env['kam.attention'].search([
            ('partner_id', '=', (account or self.alpha).id), ('kind', '=', kind), ('state', 'in', ('open', 'snoozed'))])

    def forget_touches(self, account=None):
        self.env['kam.fact'].search([
            ('partner_id', '=', (account or self.alpha).id), ('measure_id.source', '=', 'touch')]).unlink()
        self.env.flush_all()
