"""Hold what a drawing consists of: paths and text in named looks, gathered in groups that say what they are.

All numbers are points, origin lower left, y up. Looks (`pen`, `style`) are names;
`build_scripts.draw.style` knows them.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from shapely.geometry import LinearRing, LineString, Polygon
from shapely.geometry.base import BaseGeometry, BaseMultipartGeometry

# A quarter of a circle as one cubic curve: the usual constant, off by less than 0.03 % of the radius.
QUARTER = 4 / 3 * (math.sqrt(2) - 1)

Xy = tuple[float, float]
Anchor = Literal["start", "middle", "end"]


class Segment(NamedTuple):
    """Move to a point (`M`), draw a line (`L`) or a cubic curve (`C`, three points), or close (`Z`)."""

    op: Literal["M", "L", "C", "Z"]
    points: tuple[Xy, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Path:
    """Hold one path, filled by the even-odd rule where its pen fills."""

    segments: tuple[Segment, ...]
    pen: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """Hold a line of text on its baseline; `angle` turns it about its anchor, degrees against the clock."""

    x: float
    y: float
    text: str
    style: str
    anchor: Anchor = "start"
    angle: float = 0.0
    lang: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Hold the marks of one thing, with what it is.

    `id` is unique within a drawing: that of a record, or one with `--` for the drawing's own parts. `role` is
    what it is to a program ("wall"), `title` to a reader ("wall, inferred"). `facts` are names and values for
    programs that show or hide parts. `link` is the id under which a document tells of the thing.
    """

    id: str
    role: str
    title: str
    items: tuple[Item, ...] = ()
    certainty: str | None = None
    facts: tuple[tuple[str, str], ...] = ()
    link: str | None = None


Item = Path | Text | Group


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """Hold a whole drawing; `title` is its name and `description` its text for those who do not see it.

    A drawing `to_scale` states a scale that holds only as long as nobody makes it larger or smaller.
    """

    id: str
    width: float
    height: float
    title: str
    description: str
    groups: tuple[Group, ...]
    to_scale: bool = False

    def walk(self) -> Iterator[Group]:
        """Yield every group, outer before inner."""
        for group in self.groups:
            yield from _walk(group)


def _walk(group: Group) -> Iterator[Group]:
    yield group
    for item in group.items:
        if isinstance(item, Group):
            yield from _walk(item)


def texts(items: Iterable[Item]) -> Iterator[Text]:
    """Yield every text in drawing order."""
    for item in items:
        if isinstance(item, Text):
            yield item
        elif isinstance(item, Group):
            yield from texts(item.items)


def moved(item: Item, dx: float, dy: float) -> Item:
    """Return an item at another place."""
    if isinstance(item, Text):
        return replace(item, x=item.x + dx, y=item.y + dy)
    if isinstance(item, Group):
        return moved_group(item, dx, dy)
    segments = tuple(
        Segment(segment.op, tuple((x + dx, y + dy) for x, y in segment.points)) for segment in item.segments
    )
    return replace(item, segments=segments)


def moved_group(group: Group, dx: float, dy: float) -> Group:
    """Return a group at another place."""
    return replace(group, items=tuple(moved(item, dx, dy) for item in group.items))


def polyline(points: Sequence[Xy], pen: str) -> Path:
    """Return an open path through points."""
    return Path(segments=tuple(_lines(points)), pen=pen)


def polygon(points: Sequence[Xy], pen: str) -> Path:
    """Return a closed path through points."""
    return Path(segments=(*_lines(points), Segment("Z")), pen=pen)


def rectangle(left: float, bottom: float, width: float, height: float, pen: str) -> Path:
    """Return an upright rectangle."""
    right, top = left + width, bottom + height
    return polygon([(left, bottom), (right, bottom), (right, top), (left, top)], pen)


def pill(left: float, bottom: float, width: float, height: float, pen: str) -> Path:
    """Return a rectangle whose short sides are half circles; `width` is at least `height`."""
    radius = height / 2
    k = radius * QUARTER
    right, top, middle = left + width, bottom + height, bottom + radius
    return Path(
        segments=(
            Segment("M", ((left + radius, bottom),)),
            Segment("L", ((right - radius, bottom),)),
            Segment("C", ((right - radius + k, bottom), (right, middle - k), (right, middle))),
            Segment("C", ((right, middle + k), (right - radius + k, top), (right - radius, top))),
            Segment("L", ((left + radius, top),)),
            Segment("C", ((left + radius - k, top), (left, middle + k), (left, middle))),
            Segment("C", ((left, middle - k), (left + radius - k, bottom), (left + radius, bottom))),
            Segment("Z"),
        ),
        pen=pen,
    )


def circle(x: float, y: float, radius: float, pen: str) -> Path:
    """Return a circle about a point."""
    return pill(x - radius, y - radius, 2 * radius, 2 * radius, pen)


def arc(centre: Xy, start: Xy, end: Xy, pen: str) -> Path:
    """Return a quarter of a circle from `start` to `end`, which stand at right angles about the centre."""
    (cx, cy), (sx, sy), (ex, ey) = centre, start, end
    first = (sx + (ex - cx) * QUARTER, sy + (ey - cy) * QUARTER)
    second = (ex + (sx - cx) * QUARTER, ey + (sy - cy) * QUARTER)
    return Path(segments=(Segment("M", (start,)), Segment("C", (first, second, end))), pen=pen)


def outline(geometry: BaseGeometry, pen: str) -> Path | None:
    """Return the polygons and lines of a geometry as one path, or None if it has none."""
    segments = tuple(_segments(geometry))
    return Path(segments=segments, pen=pen) if segments else None


def _segments(geometry: BaseGeometry) -> Iterator[Segment]:
    match geometry:
        case Polygon():
            for ring in (geometry.exterior, *geometry.interiors):
                yield from _segments(ring)
        case LinearRing() if not geometry.is_empty:
            yield from _lines(corners(geometry))
            yield Segment("Z")
        case LineString() if not geometry.is_closed or geometry.is_empty:
            yield from _lines([(x, y) for x, y in geometry.coords])
        case LineString():
            yield from _lines(corners(geometry))
            yield Segment("Z")
        case BaseMultipartGeometry():
            for part in geometry.geoms:
                yield from _segments(part)


def corners(ring: LineString) -> list[Xy]:
    """Return the points of a closed line, the first not repeated."""
    return [(x, y) for x, y in ring.coords][:-1]


def _lines(points: Sequence[Xy]) -> Iterator[Segment]:
    for index, (x, y) in enumerate(points):
        yield Segment("L" if index else "M", ((x, y),))
