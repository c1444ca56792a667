"""What pytest needs to share the tests among processes."""
import pytest

PLAIN = (str, int, float, bool, type(None))


@pytest.hookimpl(wrapper=True)
def pytest_report_to_serializable(report):
    """Name subtests in words: days and functions do not travel from one process to the other."""
    data = yield
    context = data and data.get('_subtest.context')
    if context:
        context['kwargs'] = {name: value if type(value) in PLAIN else str(value) for name, value in context['kwargs'].items()}
    return data
