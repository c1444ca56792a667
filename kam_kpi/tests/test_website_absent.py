from odoo.tests import tagged

from .documents import DocumentsCase


@tagged('post_install', '-at_install')
class TestWebsiteAbsent(DocumentsCase):
    """Where nothing is tracked nobody knows how many visits there were: with the website's module or without it."""

    def test_source_is_missing(self):
        if 'website.track' in self.env:
            self.env['ir.ui.view'].search([('track', '=', True)]).track = False
        account = self.customer("Alpha", key=True)
        self.lead(account, medium_id=self.env.ref('utm.utm_medium_website').id)
        for code in ('website_visits_count', 'website_lead_rate_pct'):
            for kind in ('account', 'company'):
                self.assertNoData(self.outcome(code, account, '2026-06-01', '2026-07-01', kind=kind), 'source_missing')
