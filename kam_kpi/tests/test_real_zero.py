from datetime import date

from odoo.tests import tagged

from ..fields import is_same
from .common import KamCase


@tagged('post_install', '-at_install')
class TestRealZero(KamCase):
    """A figure that becomes a real zero is written as one: it is not "no data"."""

    def test_zero_is_not_no_data(self):
        self.assertFalse(is_same(0.0, False))
        self.assertFalse(is_same(False, 0.0))
        self.assertTrue(is_same(False, False))
        self.assertTrue(is_same(0, 0.0))

    def test_target_without_any_meeting_shows_zero(self):
        target = self.env['kam.target'].create({
            'kpi_id': self.env.ref('kam_kpi.kam_kpi_meeting_frequency').id,
            'partner_id': self.alpha.id,
            'company_id': self.company.id,
            'objective_id': self.env.ref('kam_kpi.kam_objective_relationship').id,
            'frequency': 'quarter',
            'date_start': date(2025, 1, 1),
            'date_end': date(2025, 3, 31),
            'target_value': 1.0,
        })
        self.assertIsNot(target.actual_value, False)
        self.assertEqual(target.actual_value, 0.0)
        self.assertEqual(target.status, 'missed')

    def test_health_which_falls_to_zero_is_written(self):
        health = self.env['kam.health'].create({'partner_id': self.alpha.id, 'company_id': self.company.id})
        health._write_changed({'score': 0.0})
        self.assertIsNot(health.score, False)
        health._write_changed({'score': None})
        self.assertIs(health.score, False)
