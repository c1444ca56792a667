"""Conventions of this repository that no other tool checks: check_repo.py ADDON

- every test module is imported by its package, else Odoo's own runner never sees it
- files have at most 300 lines, functions at most 40
- XML files start with the same header
- relative links in the documentation lead somewhere
- translations belong to the template: no term that is not in it, no placeholder lost
"""
import ast
import pathlib
import re
import sys

import polib

XML_HEADER = '<?xml version="1.0" encoding="UTF-8" ?>\n'
PLACEHOLDER = re.compile(r'%\(\w+\)[sdf]|%[sd]|\{\w*\}')


def check_python(path):
    text = path.read_text()
    if text.count('\n') > 300:
        yield f'{path}: {text.count(chr(10))} lines, at most 300'
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = node.end_lineno - node.lineno + 1
            if length > 40:
                yield f'{path}:{node.lineno}: {node.name} has {length} lines, at most 40'


def check_tests(folder):
    init = (folder / '__init__.py').read_text() if (folder / '__init__.py').exists() else ''
    for path in sorted(folder.glob('test_*.py')):
        if not re.search(rf'\b{path.stem}\b', init):
            yield f'{path}: not imported by {folder}/__init__.py'


def check_xml(path):
    text = path.read_text()
    if not text.startswith(XML_HEADER):
        yield f'{path}: does not start with {XML_HEADER.strip()}'
    if text.count('\n') > 300:
        yield f'{path}: {text.count(chr(10))} lines, at most 300'


def check_links(path):
    for link in re.findall(r'\]\(([^)#\s]+)', path.read_text()):
        if '://' not in link and not link.startswith('mailto:') and not (path.parent / link).exists():
            yield f'{path}: the link to {link} leads nowhere'


def check_po(path, template):
    known = {(entry.msgctxt, entry.msgid) for entry in template}
    for entry in polib.pofile(str(path)):
        if entry.obsolete:
            continue
        if (entry.msgctxt, entry.msgid) not in known:
            yield f'{path}:{entry.linenum}: not in the template: {entry.msgid[:60]!r}'
        elif entry.msgstr and sorted(PLACEHOLDER.findall(entry.msgid)) != sorted(PLACEHOLDER.findall(entry.msgstr)):
            yield f'{path}:{entry.linenum}: other placeholders than {entry.msgid[:60]!r}'


def findings(addon):
    for path in sorted(addon.rglob('*.py')):
        yield from check_python(path)
    yield from check_tests(addon / 'tests')
    for path in sorted(addon.rglob('*.xml')):
        yield from check_xml(path)
    for path in [*sorted(pathlib.Path('.').glob('*.md')), *sorted(pathlib.Path('docs').rglob('*.md')), *sorted(addon.glob('*.md'))]:
        yield from check_links(path)
    template = addon / 'i18n' / f'{addon.name}.pot'
    if template.exists():
        entries = polib.pofile(str(template))
        for path in sorted((addon / 'i18n').glob('*.po')):
            yield from check_po(path, entries)


if __name__ == '__main__':
    problems = list(findings(pathlib.Path(sys.argv[1])))
    print('\n'.join(problems) or 'ok')
    sys.exit(bool(problems))
