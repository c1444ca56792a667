import base64
import importlib.util
import io
import urllib.request
from datetime import date, timedelta
from pathlib import Path

from pypdf import PdfReader

from odoo.fields import Datetime
from odoo.tests import HttpCase, tagged

from .review_common import ReviewCase

EXAMPLE = Path(__file__).parents[2] / 'docs' / 'examples' / 'client.py'


def load_example():
    """The client of the documentation, as a module."""
    spec = importlib.util.spec_from_file_location('kam_client', EXAMPLE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@tagged('post_install', '-at_install')
class TestApiClient(ReviewCase, HttpCase):
    """An outside client with an API key of the account manager."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # As the method itself is: its arguments come by name.
        cls.classPatch(cls.registry['kam.kpi'], 'measure_kpis', lambda kpis, codes, partner_ids, date_start, date_stop: [
            cls.measured(code, partner_id, date_start) for code in codes for partner_id in partner_ids])

    def setUp(self):
        super().setUp()
        self.example = load_example()
        urlopen = urllib.request.urlopen

        def open_for_the_test(*args, **options):
            # The server sees what the test has made while the test waits for it.
            with self.allow_requests(all_requests=True):
                return urlopen(*args, **options)
        self.patch(urllib.request, 'urlopen', open_for_the_test)

    def client(self, user=None):
        key = self.env['res.users.apikeys'].with_user(user or self.anna)._generate('rpc', "Test", Datetime.now() + timedelta(days=1))
        return self.example.Client(self.base_url(), self.env.cr.dbname, key)

    def refused(self, status, work):
        with self.assertRaises(self.example.OdooError) as caught:
            work()
        self.assertEqual(caught.exception.status, status)
        return str(caught.exception)

    def test_kpis_and_no_data(self):
        client = self.client()
        account = client.account("Alpha")
        self.assertEqual(account, self.alpha.id)
        figures = client.kpis(account, ['revenue', 'nps'], date(2026, 4, 1), date(2026, 7, 1))
        self.assertEqual(figures, {'revenue': 12000.0, 'nps': None})

    def test_target_is_proposed(self):
        client = self.client()
        target = self.env['kam.target'].browse(client.propose_target(self.alpha.id, 'revenue', 15000, date(2026, 10, 1), date(2026, 12, 31)))
        self.assertEqual((target.partner_id, target.target_value, target.state, target.proposer_id), (self.alpha, 15000.0, 'proposed', self.anna))

    def test_review_comes_as_pdf(self):
        review = self.new_review(self.alpha)
        self.env.flush_all()
        client = self.client()
        name, content = client.review_pdf(self.alpha.id)
        self.assertEqual(name, review._pdf_name())
        self.assertIn(b"Alpha", content)  # Odoo's tests print HTML unless they are told otherwise
        document = client.call('kam.review', 'get_pdf', ids=review.ids, context={'force_report_rendering': True})
        self.assertIn("Alpha", PdfReader(io.BytesIO(base64.b64decode(document['data']))).pages[0].extract_text())

    def test_account_of_a_colleague_is_refused(self):
        client = self.client()
        self.refused(403, lambda: client.call('kam.review', 'get_pdf', ids=self.new_review(self.beta).ids))

    def test_unknown_edition_says_what_there_is(self):
        client = self.client()
        text = self.refused(422, lambda: client.call('kam.review', 'get_pdf', ids=self.new_review(self.alpha).ids, edition='secret'))
        self.assertIn("internal or customer", text)

    def test_wrong_key_is_refused(self):
        client = self.example.Client(self.base_url(), self.env.cr.dbname, 'wrong')
        self.refused(401, lambda: client.account("Alpha"))

    def test_quarters(self):
        for day, quarter in (
            (date(2026, 1, 1), (date(2026, 1, 1), date(2026, 4, 1))), (date(2026, 6, 30), (date(2026, 4, 1), date(2026, 7, 1))),
            (date(2026, 12, 31), (date(2026, 10, 1), date(2027, 1, 1))),
        ):
            with self.subTest(day=str(day)):
                self.assertEqual(self.example.quarter_of(day), quarter)
