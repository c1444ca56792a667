from datetime import date, timedelta

from odoo.fields import Datetime
from odoo.tests import tagged

from .documents import DocumentsCase
from .vectors import vectors

JUNE = ('2026-06-01', '2026-07-01')
DAY = '2026-06-10'


@tagged('post_install', '-at_install', '-standard', 'kam_neighbours')
class TestWebsite(DocumentsCase):
    """Visits and leads of the website; it is 15 June 2026."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.alpha = cls.customer("Alpha", key=True)
        cls.jane = cls.contact(cls.alpha, "Jane")
        cls.site = cls.env['website'].create({'name': "Site", 'company_id': cls.company.id})
        cls.measure_record = cls.env.ref('kam_kpi.kam_measure_website_visits')
        cls.page = cls.env['ir.ui.view'].create({'name': "Page", 'type': 'qweb', 'arch': '<p/>', 'key': 'kam.page', 'track': True})

    def visitor(self, partner=None, **vals):
        number = self.env['website.visitor'].search_count([]) + 1000
        visitor = self.env['website.visitor'].create({'access_token': f'{number:032x}', 'website_id': self.site.id, **vals})
        visitor.partner_id = partner
        return visitor

    def views(self, visitor, *times, day=DAY):
        for when in times:
            self.env['website.track'].create({'visitor_id': visitor.id, 'visit_datetime': f'{day} {when}'})

    def visits(self, period=JUNE, kind='company', code='website_visits_count'):
        return self.outcome(code, self.alpha, *period, kind=kind)

    def count(self, period=JUNE, kind='company'):
        return self.visits(period, kind)['value']

    def test_reference(self):
        [case] = [case for case in vectors('kpis')['website_visits_count'] if case['input']['gap'] == 30]
        visitor = self.visitor()
        for minute in case['input']['minutes']:
            self.views(visitor, f'{minute // 60:02}:{minute % 60:02}:00')
        self.assertEqual(self.count(), case['expected'])

    def test_half_an_hour_to_the_second(self):
        self.views(self.visitor(), '08:00:00', '08:30:00', '09:00:01', '09:00:01')
        self.assertEqual(self.count(), 2.0)

    def test_each_visitor_makes_visits_of_their_own(self):
        self.views(self.visitor(), '08:00:00')
        self.views(self.visitor(), '08:01:00')
        self.assertEqual(self.count(), 2.0)

    def test_tracked_without_visits_is_a_real_zero(self):
        self.assertEqual((self.count(), self.count(kind='account')), (0.0, 0.0))

    def test_no_tracked_page_is_a_missing_source(self):
        self.env['ir.ui.view'].search([('track', '=', True)]).track = False
        self.env['website.track'].search([]).unlink()
        for code in ('website_visits_count', 'website_lead_rate_pct'):
            self.assertNoData(self.visits(code=code), 'source_missing')
        self.views(self.visitor(), '08:00:00')
        self.env.invalidate_all()  # as the next request
        self.assertEqual(self.count(), 1.0)

    def test_account_has_the_visits_of_its_people(self):
        self.views(self.visitor(self.jane), '08:00:00', '12:00:00')
        self.views(self.visitor(), '09:00:00')
        self.assertEqual((self.count(kind='account'), self.count()), (2.0, 3.0))

    def test_visitor_who_logs_in_takes_the_visits_along(self):
        visitor = self.visitor()
        self.views(visitor, '08:00:00')
        self.assertEqual((self.count(kind='account'), self.count()), (0.0, 1.0))
        visitor.partner_id = self.jane
        self.assertEqual((self.count(kind='account'), self.count()), (1.0, 1.0))

    def test_visits_count_where_the_website_is(self):
        other = self.new_company("Other", self.eur)
        site = self.env['website'].create({'name': "Elsewhere", 'company_id': other.id})
        self.views(self.visitor(website_id=site.id), '08:00:00')
        self.assertEqual(self.count(), 0.0)

    def test_visit_over_midnight_counts_on_the_day_it_began(self):
        visitor = self.visitor()
        self.views(visitor, '23:50:00')
        self.views(visitor, '00:10:00', day='2026-06-11')
        self.assertEqual((self.count((DAY, '2026-06-11')), self.count(('2026-06-11', '2026-06-12'))), (1.0, 0.0))

    def test_local_day_in_paris(self):
        self.company.kam_tz = 'Europe/Paris'
        self.views(self.visitor(), '22:30:00')
        self.assertEqual((self.count((DAY, '2026-06-11')), self.count(('2026-06-11', '2026-06-12'))), (0.0, 1.0))

    def test_counts_are_kept_when_odoo_forgets_the_visitors(self):
        visitor = self.visitor()
        self.views(visitor, '08:00:00', day='2026-04-20')
        april = ('2026-04-20', '2026-05-01')
        self.assertEqual(self.count(april), 1.0)
        with self.calendar(date(2026, 8, 1)):
            visitor.unlink()
            self.refresh()
            self.assertEqual(self.count(april), 1.0)
            self.env['kam.fact'].rebuild()
            self.assertEqual(self.count(april), 1.0)

    def test_days_before_counting_began_are_no_history(self):
        self.views(self.visitor(), '08:00:00', day='2026-03-05')
        self.assertNoData(self.visits(('2026-03-01', '2026-04-01')), 'no_history')
        self.assertEqual(self.measure_record.known_since, self.today - timedelta(days=59))
        self.assertEqual(self.count((str(self.measure_record.known_since), '2026-05-01')), 0.0)

    def test_period_to_come(self):
        self.assertNoData(self.visits(('2026-07-01', '2026-08-01')), 'future_period')

    # leads

    def website_lead(self, partner=None, created=f'{DAY} 12:00:00', **vals):
        return self.lead(partner, created=created, medium_id=self.env.ref('utm.utm_medium_website').id, **vals)

    def rate(self, kind='company'):
        return self.visits(kind=kind, code='website_lead_rate_pct')

    def test_rate_reference(self):
        [case] = vectors('kpis')['website_lead_rate_pct']
        start = Datetime.to_datetime('2026-06-01 00:00:00')
        visitors = self.env['website.visitor'].create([
            {'access_token': f'{number:032x}', 'website_id': self.site.id} for number in range(5)])
        self.env['website.track'].create([
            {'visitor_id': visitors[number % 5].id, 'visit_datetime': start + timedelta(hours=number // 5)}
            for number in range(case['input']['visits'])])
        for _number in range(case['input']['leads']):
            self.website_lead()
        self.assertEqual((self.rate()['value'], self.rate()['denominator']), (case['expected'], 1500.0))

    def test_rate_without_visits(self):
        self.website_lead()
        self.assertNoData(self.rate(), 'zero_denominator')

    def test_lead_of_a_known_visitor(self):
        visitor = self.visitor()
        self.views(visitor, '08:00:00', '12:00:00')
        lead = self.lead(None, created=f'{DAY} 12:00:00')
        self.assertEqual(self.rate()['value'], 0.0)
        lead.visitor_ids = visitor
        self.assertEqual(self.rate()['value'], 50.0)
        lead.medium_id = self.env.ref('utm.utm_medium_website')
        self.assertEqual(self.rate()['value'], 50.0)

    def test_spam_is_no_lead(self):
        self.views(self.visitor(), '08:00:00')
        spam = self.env['crm.lost.reason'].create({'name': "Spam", 'kam_spam': True})
        self.website_lead().action_set_lost(lost_reason_id=spam.id)
        self.assertEqual(self.rate()['value'], 0.0)

    def test_account_has_its_own_rate(self):
        self.views(self.visitor(self.jane), '08:00:00', '12:00:00')
        self.views(self.visitor(), '08:00:00')
        self.website_lead(self.jane)
        self.website_lead()
        self.assertEqual((self.rate('account')['value'], round(self.rate()['value'], 3)), (50.0, 66.667))
