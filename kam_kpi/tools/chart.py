"""Geometry of the charts that are printed: where each bar, line and label goes.

Pure Python, no drawing: the templates draw what these functions return, so
that no template calculates. Coordinates are pixels from the top left corner,
rounded to a tenth. ``None`` is "no data": it is neither drawn nor scaled as 0.
"""
from math import floor, log10

# (code, sign): how the parts of a revenue bridge lead from the opening to the closing.
BRIDGE = (('new', 1), ('upsell', 1), ('cross_sell', 1), ('contraction', -1), ('churn', -1))
LEFT, RIGHT, TOP, BOTTOM = 78, 8, 22, 34


def ticks(low, high, count=5):
    """Round numbers from at or below ``low`` to at or above ``high``, about ``count`` steps.

    >>> ticks(0, 870)
    [0, 200, 400, 600, 800, 1000]
    >>> ticks(-30, 95)
    [-50, -25, 0, 25, 50, 75, 100]
    >>> ticks(0, 0)
    [0, 0.2, 0.4, 0.6, 0.8, 1]
    """
    if high <= low:
        high = low + 1
    raw = (high - low) / count
    magnitude = 10 ** floor(log10(raw))
    step = next(factor * magnitude for factor in (1, 2, 2.5, 5, 10) if factor * magnitude >= raw * 0.999)
    first = floor(low / step)
    result = [first * step]
    while result[-1] < high - step * 1e-9:
        result.append((first + len(result)) * step)
    return [int(value) if value == int(value) else round(value, 6) for value in result]


class Scale:
    """Maps values to heights and positions to columns inside one chart."""

    def __init__(self, values, size, width, height, zero=True):
        self.ticks = ticks(*self._range(values, zero))
        self.width, self.height = width, height
        self.slot = (width - LEFT - RIGHT) / max(size, 1)

    def _range(self, values, zero):
        """What the axis covers: from 0, or the values with some room around them."""
        if zero:
            return min(0, *values), max(0, *values)
        room = (max(values) - min(values)) * 0.25 or abs(values[0]) * 0.1 or 1
        low = min(values) - room
        return max(low, 0) if min(values) >= 0 else low, max(values) + room

    def y(self, value):
        low, high = self.ticks[0], self.ticks[-1]
        return round(TOP + (high - value) / (high - low) * (self.height - TOP - BOTTOM), 1)

    def center(self, position):
        return round(LEFT + (position + 0.5) * self.slot, 1)

    def frame(self, **parts):
        """The chart's common part: size, grid lines with their values, the base line."""
        return {
            'width': self.width,
            'height': self.height,
            'left': LEFT,
            'right': self.width - RIGHT,
            'base': self.y(min(max(0, self.ticks[0]), self.ticks[-1])),
            'ticks': [{'value': value, 'y': self.y(value), 'label_x': LEFT - 6, 'label_y': self.y(value) + 4} for value in self.ticks],
            **parts,
        }

    def bar(self, position, start, stop, share=0.62):
        """A bar from ``start`` to ``stop``; at least one pixel high, so that a small amount is seen."""
        top, bottom = self.y(max(start, stop)), self.y(min(start, stop))
        width = round(self.slot * share, 1)
        return {
            'x': round(self.center(position) - width / 2, 1),
            'y': top,
            'width': width,
            'height': max(round(bottom - top, 1), 1.0),
            'center': self.center(position),
            'value_y': round(top - 5, 1),
            'label_y': self.height - BOTTOM + 18,
        }


def waterfall(bridge, width=940, height=300):
    """A revenue bridge as floating bars from the opening to the closing.

    ``bridge`` has opening, new, upsell, cross_sell, contraction, churn and
    closing, all as amounts >= 0 but opening and closing (credit notes may make
    these negative); with ``currency``, which may have either sign, there is a
    bar for it before the closing. ``bars`` have ``code``, ``amount`` (signed: what the bar
    adds), ``kind`` (total, up, down, none) and their place; ``links`` are
    the thin lines which carry one bar's level to the next. A bridge without a
    figure gives None.

    >>> chart = waterfall({'opening': 100, 'new': 0, 'upsell': 50, 'cross_sell': 0, 'contraction': 30, 'churn': 0, 'closing': 120})
    >>> [(bar['code'], bar['amount'], bar['kind']) for bar in chart['bars']][2:5]
    [('upsell', 50, 'up'), ('cross_sell', 0, 'none'), ('contraction', -30, 'down')]
    """
    if not bridge or bridge.get('opening') is None or bridge.get('closing') is None:
        return None
    level = bridge['opening']
    spans = [('opening', level, 0, level, 'total')]
    for code, sign in (*BRIDGE, *((('currency', 1),) if 'currency' in bridge else ())):
        amount = sign * (bridge.get(code) or 0)
        kind = 'up' if amount > 0 else 'down' if amount < 0 else 'none'
        spans.append((code, amount, level, level + amount, kind))
        level += amount
    spans.append(('closing', bridge['closing'], 0, bridge['closing'], 'total'))
    scale = Scale([value for span in spans for value in span[2:4]], len(spans), width, height)
    bars = [{'code': code, 'amount': amount, 'kind': kind, **scale.bar(position, start, stop)}
            for position, (code, amount, start, stop, kind) in enumerate(spans)]
    links = [{'x1': bar['x'], 'x2': following['x'] + following['width'], 'y': scale.y(span[3])}
             for bar, following, span in zip(bars, bars[1:], spans)]
    return scale.frame(bars=bars, links=links)


def columns(values, width=940, height=240, current=None):
    """One column per value; ``None`` gets a place with kind 'none' but no column.

    ``current`` is the position of the column to stand out (kind 'current'),
    by default the last one.

    >>> [(bar['kind'], bar['value']) for bar in columns([10, None, 30])['bars']]
    [('past', 10), ('none', None), ('current', 30)]
    """
    known = [value for value in values if value is not None]
    if not known:
        return None
    current = len(values) - 1 if current is None else current
    scale = Scale(known, len(values), width, height)
    bars = []
    for position, value in enumerate(values):
        kind = 'none' if value is None else 'current' if position == current else 'past'
        bars.append({'value': value, 'kind': kind, **scale.bar(position, 0, value or 0)})
    return scale.frame(bars=bars)


def line(values, width=940, height=200):
    """A line through the known values, broken where there is no data.

    ``segments`` are strings for a polyline's points, ``points`` the known
    values with their place. None when fewer than two values are known.

    >>> line([10, None, 30, 40])['segments']
    ['184.8,137.2', '611.8,79.6 825.2,50.8']
    """
    if sum(value is not None for value in values) < 2:
        return None
    scale = Scale([value for value in values if value is not None], len(values), width, height, zero=False)
    points, segments = [], [[]]
    for position, value in enumerate(values):
        if value is None:
            segments.append([])
            continue
        point = {'value': value, 'x': scale.center(position), 'y': scale.y(value), 'value_y': scale.y(value) - 7}
        points.append(point)
        segments[-1].append(f"{point['x']},{point['y']}")
    centers = [scale.center(position) for position in range(len(values))]
    return scale.frame(points=points, segments=[' '.join(segment) for segment in segments if segment],
                       centers=centers, label_y=height - BOTTOM + 18)
