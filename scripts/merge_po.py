"""Keeps translations and their template together.

merge_po.py POT                 brings every .po beside the template up to it; they hold translated terms only
merge_po.py --clean SOURCE POT  writes an exported template without what changes at each export (dates)
"""
import pathlib
import sys

import polib


def clean(source, target):
    template = polib.pofile(source)
    for key in ('POT-Creation-Date', 'PO-Revision-Date'):
        template.metadata.pop(key, None)
    template.sort(key=lambda entry: (entry.msgid, entry.msgctxt or ''))
    for entry in template:
        entry.occurrences = sorted(set(entry.occurrences))
    template.save(target)


def merge(template_path):
    template = polib.pofile(template_path)
    for path in sorted(pathlib.Path(template_path).parent.glob('*.po')):
        translation = polib.pofile(str(path))
        translation.merge(template)
        for entry in [entry for entry in translation if entry.obsolete or not entry.translated()]:
            translation.remove(entry)
        translation.save()
        print(f'{path.name}: {len(translation.translated_entries())} of {len(template)} terms translated')
    print(f'{pathlib.Path(template_path).name}: {len(template)} terms')


if __name__ == '__main__':
    if sys.argv[1] == '--clean':
        clean(*sys.argv[2:4])
    else:
        merge(sys.argv[1])
