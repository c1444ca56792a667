from datetime import date
from unittest.mock import patch

from .target_common import TargetCase

PERIODS = {'Q1': ('2026-01-01', '2026-03-31'), 'Q2': ('2026-04-01', '2026-06-30'), 'Q3': ('2026-07-01', '2026-09-30'), 'Q4': ('2026-10-01', '2026-12-31')}


class ScorecardCase(TargetCase):
    """Agreed targets of Anna, Ben and their teams. Today is 2026-05-15, so that the first quarter is over."""

    today = date(2026, 5, 15)

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        cls.calendar = {}
        cls.startClassPatcher(patch.object(cls.registry['res.company'], '_kam_today', lambda company: cls.calendar.get('today', cls.today)))

    def setUp(self):
        super().setUp()
        self.calendar.clear()

    def set_today(self, day):
        self.calendar['today'] = day

    def agreed(self, code, subject, target, actual, period='Q1', **vals):
        """An agreed target and the figure it is measured with; ``actual`` None is no data."""
        if actual is None:
            self.figures.pop((code, subject), None)
        else:
            self.figures[code, subject] = actual
        first, last = PERIODS[period]
        record = self.env['kam.target'].create({
            **self.vals(code, subject, target_value=target, date_start=first, date_end=last), 'state': 'agreed', **vals})
        record._measure(again=True)
        self.env['kam.scorecard']._refresh(record)
        return record

    def card(self, subject, period='Q1', user=None):
        name = {'res.partner': 'partner_id', 'res.users': 'user_id', 'crm.team': 'team_id'}[subject._name]
        return self.env['kam.scorecard'].with_user(user or self.dora).search([
            (name, '=', subject.id), ('date_end', '=', PERIODS[period][1])])
