from odoo.tests import tagged

from .documents import DocumentsCase


@tagged('post_install', '-at_install')
class TestHoursAbsent(DocumentsCase):
    """Without timesheets nobody knows how many hours there were."""

    def test_source_is_missing(self):
        hours = self.outcome('service_hours', self.customer("Alpha", key=True), '2026-06-01', '2026-07-01', kind='account')
        if 'project_id' in self.env['account.analytic.line']._fields:
            self.assertEqual((hours['state'], hours['value']), ('ok', 0.0))
        else:
            self.assertNoData(hours, 'source_missing')
