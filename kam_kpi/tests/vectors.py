import json
from functools import cache
from pathlib import Path


@cache
def _content():
    return json.loads((Path(__file__).parent / 'data' / 'kpi_vectors.json').read_text(encoding='utf-8'))


def vectors(section):
    """Return the reference cases of a section of ``data/kpi_vectors.json``."""
    return _content()[section]
