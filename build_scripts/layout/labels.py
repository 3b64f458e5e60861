"""Write names into rooms and areas: number, title and native name as far as there is room, else the number alone.

What finds no room inside gets its number outside on a leader; what the drawing does not name is listed in its key.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import shapely
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry
from shapely.strtree import STRtree

from build_scripts.layout.lettering import FALL, SIZES, Measure, cap_height, wrap
from build_scripts.layout.shapes import Item, Text, Xy, circle, moved, pill, polyline
from build_scripts.layout.spots import Spots

PILL_HEIGHT = 9.6
PILL_SIDE = 3.2
PADDING = 1.6
LINES = 4
GAP = 2.0
REACH = 90.0
DOT = 0.9


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """Hold what may be written of a thing: `style` is that of the title, `pen` that of the pill round the number."""

    id: str
    number: str
    title: str
    native: tuple[tuple[str, str], ...] = ()
    style: str = "room"
    pen: str = "tag-documented"
    numbered: bool = True
    turned: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """Hold a label where it stands; `whole` tells whether it names its thing, so that the key need not."""

    name: Name
    items: tuple[Item, ...]
    whole: bool


def place(
    names: Sequence[tuple[Name, Polygon]],
    obstacles: Sequence[BaseGeometry],
    frame: Polygon,
    spots: Spots,
    measure: Measure,
) -> tuple[Label, ...]:
    """Return the labels of some shapes (in points), in their order; the roomiest choose first.

    `frame` is where labels on leaders may go. A name whose number finds no place either has a label without items.
    """
    tree = STRtree(list(obstacles))
    labels: dict[int, Label] = {}
    left_over = []
    by_need = sorted(range(len(names)), key=lambda index: (names[index][1].area, index))
    for index in by_need:
        name, shape = names[index]
        near = [obstacles[int(other)] for other in tree.query(shape)]
        free = shape.difference(shapely.union_all(near)) if near else shape
        free = _largest(free)
        label = _inside(name, free, spots, measure)
        if label is None:
            left_over.append(index)
        else:
            labels[index] = label
    blocked = shapely.union_all([*obstacles, *(names[index][1].buffer(-0.5) for index in left_over)])
    for index in left_over:
        labels[index] = _outside(*names[index], blocked, frame, spots, measure)
    return tuple(labels[index] for index in range(len(names)))


def _largest(shape: BaseGeometry) -> BaseGeometry:
    parts = [part for part in getattr(shape, "geoms", (shape,)) if part.geom_type == "Polygon"]
    return max(parts, key=lambda part: part.area) if parts else shapely.Polygon()


def number_pill(number: str, style: str, pen: str, measure: Measure) -> tuple[tuple[Item, ...], float]:
    """Return a number in a pill about 0, 0, and the width of the pill."""
    width = max(measure(number, style) + 2 * PILL_SIDE, PILL_HEIGHT)
    frame = pill(-width / 2, -PILL_HEIGHT / 2, width, PILL_HEIGHT, pen)
    baseline = -cap_height(style) / 2
    return (frame, Text(x=0.0, y=baseline, text=number, style=style, anchor="middle")), width


def _inside(name: Name, free: BaseGeometry, spots: Spots, measure: Measure) -> Label | None:
    for items, width, height, whole in _variants(name, measure):
        turns = (True, False) if name.turned else (False,)
        for turned in turns:
            box = (height, width) if turned else (width, height)
            spot = spots.inside(free, box[0] + PADDING, box[1] + PADDING)
            if spot is not None:
                placed = tuple(moved(_turned(item) if turned else item, *spot) for item in items)
                return Label(name=name, items=placed, whole=whole)
    return None


def _turned(item: Item) -> Item:
    """Return a text of a label turned to read upwards; numbers in pills stand upright in every label."""
    return replace(item, x=-item.y, y=item.x, angle=90.0) if isinstance(item, Text) else item


def _variants(name: Name, measure: Measure) -> Iterator[tuple[tuple[Item, ...], float, float, bool]]:
    """Yield what can be written, fullest first: items about their middle, width, height, whether the title is there."""
    seen = set()
    for native in dict.fromkeys((name.native, ())):
        for count in range(1, LINES + 1):
            lines = _lines(name, native, count, measure)
            if lines not in seen:
                seen.add(lines)
                yield *_stack(name, lines, measure), True
    if name.numbered:
        items, width = number_pill(name.number, "number", name.pen, measure)
        yield items, width, PILL_HEIGHT, False


Line = tuple[str, str, str | None]


def _lines(name: Name, native: Sequence[tuple[str, str]], count: int, measure: Measure) -> tuple[Line, ...]:
    """Return the lines of title and native names when the title takes about `count` of them."""
    whole = measure(name.title, name.style)
    words = max(measure(word, name.style) for word in name.title.split())
    width = max(words, whole / count * (1.0 if count == 1 else 1.12)) + 0.01
    lines: list[Line] = [(line, name.style, None) for line in wrap(name.title, name.style, width, measure)]
    for text, lang in native:
        lines.extend((line, "native", lang) for line in wrap(text, "native", max(width, 36.0), measure))
    return tuple(lines)


def _stack(name: Name, lines: Sequence[Line], measure: Measure) -> tuple[tuple[Item, ...], float, float]:
    """Return number and lines one below the other, about their common middle."""
    items: list[Item] = []
    width = max(measure(text, style) for text, style, _ in lines)
    y = 0.0
    if name.numbered:
        head, pill_width = number_pill(name.number, "number", name.pen, measure)
        items.extend(moved(item, 0.0, -PILL_HEIGHT / 2) for item in head)
        width = max(width, pill_width)
        y = -PILL_HEIGHT - GAP
    for index, (text, style, lang) in enumerate(lines):
        y -= cap_height(style) if index == 0 else SIZES[style].leading
        items.append(Text(x=0.0, y=y, text=text, style=style, anchor="middle", lang=lang))
    height = -y + SIZES[lines[-1][1]].size * FALL
    return tuple(moved(item, 0.0, height / 2) for item in items), width, height


def _outside(
    name: Name, shape: Polygon, blocked: BaseGeometry, frame: Polygon, spots: Spots, measure: Measure
) -> Label:
    """Return the number on a leader that ends in the shape with a dot."""
    items, width = number_pill(name.number, "number", name.pen, measure)
    inner = shape.representative_point()
    target: Xy = (inner.x, inner.y)
    spot = spots.beside(target, width + PADDING, PILL_HEIGHT + PADDING, frame, blocked, reach=REACH)
    if spot is None:
        return Label(name=name, items=(), whole=False)
    leader = polyline([target, spot], "leader")
    dot = circle(*target, DOT, "leader-dot")
    return Label(name=name, items=(leader, dot, *(moved(item, *spot) for item in items)), whole=False)
