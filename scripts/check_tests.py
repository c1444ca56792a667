"""Checks that the tests which should have run did run.

usage: check_tests.py JUNIT_XML ADDON WHOLE(0|1)

A test that is silently skipped proves nothing, so the run fails when nothing ran, when a test was skipped, and, if
all tests were asked for, when a `def test_…` of the addon is in no result. Exceptions are listed with their reasons
in scripts/not_run.
"""
import ast
import pathlib
import sys
import xml.etree.ElementTree as ElementTree


def exceptions():
    """Names of the tests that may be skipped or absent: {'test_file::test_name': reason}."""
    lines = (pathlib.Path(__file__).parent / 'not_run').read_text().splitlines()
    pairs = (line.split('|', 1) for line in lines if line.strip() and not line.startswith('#'))
    return {name.strip(): reason.strip() for name, reason in pairs}


def results(report):
    """Test cases of pytest's report as (module, test, skipped)."""
    for case in ElementTree.parse(report).iter('testcase'):
        module = next((part for part in case.get('classname', '').split('.') if part.startswith('test_')), '')
        yield module, (case.get('name') or '').split('[')[0], case.find('skipped') is not None


def written(addon):
    """Every test function in the addon's tests as (module, test)."""
    for path in sorted(addon.glob('**/test_*.py')):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith('test_'):
                yield path.stem, node.name


def main(report, addon, whole):
    if not pathlib.Path(report).exists():
        sys.exit('pytest left no report: it stopped before the tests.')
    allowed = exceptions()
    found = list(results(report))
    ran = {(module, test) for module, test, skipped in found if not skipped}
    problems = [
        f'skipped: {module}::{test}' for module, test, skipped in found if skipped and f'{module}::{test}' not in allowed
    ]
    if not ran:
        problems.append('no test ran')
    if whole:
        skipped = {(module, test) for module, test, _skipped in found}
        problems += [
            f'did not run: {module}::{test}'
            for module, test in written(pathlib.Path(addon))
            if (module, test) not in ran | skipped and f'{module}::{test}' not in allowed
        ]
    print(f'{sum(not skipped for _m, _t, skipped in found)} tests ran, {len(allowed)} exceptions documented')
    for problem in problems:
        print(problem)
    sys.exit(bool(problems))


if __name__ == '__main__':
    main(sys.argv[1], sys.argv[2], sys.argv[3] == '1')
