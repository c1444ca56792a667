"""Compares two reports of the same tests: compare_tests.py WITHOUT.xml WITH.xml

Prints what ran and what failed in each, and fails when a test does not end the same way in both.
"""
import sys
import xml.etree.ElementTree as ElementTree


def outcomes(report):
    """{test: 'passed' | 'failed' | 'skipped'}; a test with several failing subtests fails once."""
    found = {}
    for case in ElementTree.parse(report).iter('testcase'):
        name = f"{case.get('classname')}::{case.get('name')}"
        if case.find('failure') is not None or case.find('error') is not None:
            found[name] = 'failed'
        elif case.find('skipped') is not None:
            found.setdefault(name, 'skipped')
        else:
            found.setdefault(name, 'passed')
    return found


def describe(title, found):
    count = {state: sum(value == state for value in found.values()) for state in ('passed', 'failed', 'skipped')}
    print(f"{title}: {len(found)} tests, {count['passed']} passed, {count['failed']} failed, {count['skipped']} skipped")
    for name in sorted(name for name, state in found.items() if state == 'failed'):
        print(f'    failed: {name}')


def main(without_report, with_report):
    without, with_addon = outcomes(without_report), outcomes(with_report)
    describe('without the addon', without)
    describe('with the addon', with_addon)
    different = sorted(name for name in without.keys() | with_addon.keys() if without.get(name) != with_addon.get(name))
    for name in different:
        print(f"different: {name}: {without.get(name, 'absent')} without, {with_addon.get(name, 'absent')} with the addon")
    if not without:
        sys.exit('No test ran.')
    print('The same.' if not different else f'{len(different)} tests end differently.')
    sys.exit(bool(different))


if __name__ == '__main__':
    main(*sys.argv[1:])
