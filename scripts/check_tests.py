"""Checks that the tests which should have run did run.

usage: check_tests.py ADDON WHOLE(0|1) JUNIT_XML…

A test that is silently skipped proves nothing, so the run fails when nothing ran, when a test was skipped, and, if
all tests were asked for, when a `def test_…` of the addon is in no report. Exceptions are listed with their reasons
in scripts/not_run. Files which need modules that may be absent (scripts/neighbours) have a report of their own; they
do not apply in the plain database, and here it counts that they ran at all.
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


def neighbours(kind):
    """Names of the test files in a list of scripts/neighbours."""
    lines = (pathlib.Path(__file__).parent / 'neighbours').read_text().splitlines()
    return [name for line in lines if line.startswith(f'{kind}:') for name in line.split(':', 1)[1].split()]


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


def check(addon, whole, reports):
    """Print what ran; return what is wrong."""
    allowed = exceptions()
    found = [result for report in reports for result in results(report)]
    ran = {(module, test) for module, test, skipped in found if not skipped}
    problems = [
        f'skipped: {module}::{test}' for module, test, skipped in found if skipped and f'{module}::{test}' not in allowed
    ]
    if not ran:
        problems.append('no test ran')
    here = list(written(addon))
    if whole:
        skipped = {(module, test) for module, test, _skipped in found}
        problems += [
            f'did not run: {module}::{test}'
            for module, test in here
            if (module, test) not in ran | skipped and f'{module}::{test}' not in allowed
        ]
    files = {module for module, _test in here}
    problems += [f'scripts/neighbours names no test file: {name}' for name in neighbours('only') + neighbours('both') if name not in files]
    print(f'{sum(not skipped for _m, _t, skipped in found)} tests ran, {len(allowed)} exceptions documented')
    elsewhere = [test for test in here if test[0] in neighbours('only')]
    if whole and elsewhere:
        print(f'{len(elsewhere)} of them do not apply without neighbouring modules and ran in the database which has them')
    return problems


def main(addon, whole, *reports):
    if missing := [report for report in reports if not pathlib.Path(report).exists()]:
        sys.exit(f'pytest left no report: it stopped before the tests ({", ".join(missing)}).')
    problems = check(pathlib.Path(addon), whole == '1', reports)
    for problem in problems:
        print(problem)
    sys.exit(bool(problems))


if __name__ == '__main__':
    main(*sys.argv[1:])
