from odoo.tests import HttpCase, tagged


def hoot_hash(name):
    """The id by which the runner of unit tests knows a suite."""
    code = 0
    for char in name:
        code = ((code << 5) - code + ord(char)) & 0xFFFFFFFF
    return f'{code:08x}'


@tagged('post_install', '-at_install')
class TestClientUnits(HttpCase):

    def test_unit_tests_of_the_web_client(self):
        """Run our own suites of the client's unit tests, and no others."""
        self.browser_js(
            f'/web/tests?headless&loglevel=2&preset=desktop&timeout=15000&id={hoot_hash("@kam_kpi")}',
            '', '', login='admin', timeout=300, success_signal='[HOOT] Test suite succeeded',
            error_checker=lambda message: '[HOOT]' not in message)
