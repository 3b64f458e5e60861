"""Draw dimension lines: two ends with slanting ticks, and the length that a source gives, over the line."""

from __future__ import annotations

import math
from collections.abc import Sequence

from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry

from build_scripts.layout.building import Layers
from build_scripts.layout.lettering import Measure, cap_height
from build_scripts.layout.picture import layer
from build_scripts.layout.shapes import Group, Item, Text, Xy, polyline, rectangle
from build_scripts.layout.titles import title
from build_scripts.layout.view import View
from build_scripts.model.floor_plan import Dimension
from build_scripts.words import Words

TICK = 2.4
OVER = 2.2
CLEAR = 1.6


def layers(dimensions: Sequence[Dimension], view: View, words: Words, measure: Measure) -> Layers:
    """Return dimension lines with the sheet that line and figure take."""
    placed = [_dimension(one, view, words, measure) for one in dimensions]
    groups = [group for group, _ in placed]
    return Layers(
        groups=layer("dimensions", words("plan-layer-dimensions"), groups),
        obstacles=tuple(shape for _, taken in placed for shape in taken),
    )


def _dimension(
    one: Dimension, view: View, words: Words, measure: Measure
) -> tuple[Group, tuple[BaseGeometry, ...]]:
    start, end = view.point(one.from_), view.point(one.to)
    along = _upright(start, end)
    pen = f"dimension-{one.certainty}"
    items: list[Item] = [polyline([start, end], pen)]
    for x, y in (start, end):
        dx, dy = (along[0] - along[1]) * TICK / math.sqrt(2), (along[1] + along[0]) * TICK / math.sqrt(2)
        items.append(polyline([(x - dx, y - dy), (x + dx, y + dy)], "dimension-tick"))
    text = words("plan-metres", n=words.number(one.length_m))
    middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
    label, taken = _figure(text, middle, along, math.dist(start, end), measure)
    items.extend(label)
    group = Group(
        id=one.id, role="dimension", title=title(one, words), certainty=one.certainty, items=tuple(items)
    )
    return group, (LineString([start, end]).buffer(CLEAR), taken)


def _upright(start: Xy, end: Xy) -> Xy:
    """Return the unit vector along a line in the direction in which text is read, never upside down."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = math.hypot(dx, dy) or 1.0
    sign = -1 if dx < -1e-9 or (abs(dx) <= 1e-9 and dy < 0) else 1
    return sign * dx / length, sign * dy / length


def _figure(
    text: str, middle: Xy, along: Xy, length: float, measure: Measure
) -> tuple[tuple[Item, ...], BaseGeometry]:
    """Return the length over the middle of its line, or level beside a line shorter than itself."""
    width, rise = measure(text, "scale"), cap_height("scale")
    if width + 2 <= length:
        x, y = middle[0] - along[1] * OVER, middle[1] + along[0] * OVER
        angle = math.degrees(math.atan2(along[1], along[0]))
        ends = [(x + side * along[0] * width / 2, y + side * along[1] * width / 2) for side in (-1, 1)]
        label = Text(x=x, y=y, text=text, style="scale", anchor="middle", angle=angle)
        return (label,), LineString(ends).buffer(rise + 1.0)
    left, y = middle[0] + TICK + 1.5, middle[1] - rise / 2
    ground = rectangle(left - 0.8, y - 1.2, width + 1.6, rise + 2.4, "paper")
    taken = LineString([(left, middle[1]), (left + width, middle[1])]).buffer(rise / 2 + 1.0)
    return (ground, Text(x=left, y=y, text=text, style="scale")), taken
