"""Derive straight walls with a thickness from the edges of rooms and from outlines of walls, in metres."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

import shapely
from shapely.geometry import LineString, Point, Polygon
from shapely.geometry.base import BaseGeometry
from shapely.strtree import STRtree

Xy = tuple[float, float]

OUTER_M, INNER_M = 0.3, 0.15
# An outline of a wall that fills its rectangle so far is one straight wall.
RECTANGLE = 0.97
THINNEST_M, THICKEST_M = 0.03, 2.0
# Pieces are in line if no corner of theirs lies further from the line: positions are given in centimetres.
NEAR_M = 0.01
BESIDE_M = 0.03
PARALLEL = 0.9998


@dataclass(frozen=True, slots=True)
class Axis:
    """Hold the centreline of a wall and its thickness."""

    start: Xy
    end: Xy
    thickness: float

    @property
    def line(self) -> LineString:
        """Return the centreline."""
        return LineString([self.start, self.end])

    @property
    def length(self) -> float:
        """Return the length of the centreline."""
        return math.dist(self.start, self.end)


def around(rooms: Sequence[Polygon]) -> list[Axis]:
    """Return walls on the edges of rooms: an inner wall where two share an edge, else an outer one."""
    if not rooms:
        return []
    tree = STRtree(rooms)
    kinds: dict[bool, list[tuple[Xy, Xy]]] = {True: [], False: []}
    for line in _lines(shapely.union_all([room.boundary for room in rooms])):
        for start, end in pairwise(xys(line)):
            kinds[_sides(tree, start, end) > 1].append((start, end))
    found = []
    for is_inner, pieces in kinds.items():
        for start, end in _straightened(pieces):
            length = math.dist(start, end)
            # A wall may not be thicker than it is long.
            thickness = min(INNER_M if is_inner else OUTER_M, math.floor(length * 100) / 100)
            if thickness >= THINNEST_M:
                found.append(Axis(start, end, thickness))
    return sorted(found, key=lambda one: (one.start, one.end))


def within(outline: Polygon) -> list[Axis]:
    """Return the walls of an outline: one if it is a rectangle, else one for each two edges that face."""
    rectangle = outline.minimum_rotated_rectangle
    if isinstance(rectangle, Polygon) and outline.area >= RECTANGLE * rectangle.area > 0:
        one, two, three, four = xys(rectangle.exterior)[:4]
        if math.dist(one, two) < math.dist(two, three):
            one, two, three, four = two, three, four, one
        thickness = math.dist(two, three)
        return [Axis(_between(one, four), _between(two, three), thickness)] if thickness >= 0.01 else []
    edges = [
        edge
        for ring in (outline.exterior, *outline.interiors)
        for edge in pairwise(xys(ring.simplify(NEAR_M)))
        if math.dist(*edge) > 0
    ]
    found = [wall for one, two in combinations(edges, 2) if (wall := _facing(outline, one, two))]
    return sorted(found, key=lambda one: (one.start, one.end))


def _facing(outline: Polygon, one: tuple[Xy, Xy], two: tuple[Xy, Xy]) -> Axis | None:
    """Return the wall between two edges that run against each other with nothing but wall between them."""
    (x, y), length = one[0], math.dist(*one)
    along = ((one[1][0] - x) / length, (one[1][1] - y) / length)
    other = math.dist(*two)
    if (along[0] * (two[1][0] - two[0][0]) + along[1] * (two[1][1] - two[0][1])) / other > -PARALLEL:
        return None
    spots = [(px - x, py - y) for px, py in two]
    ats = sorted(dx * along[0] + dy * along[1] for dx, dy in spots)
    asides = [dy * along[0] - dx * along[1] for dx, dy in spots]
    aside = sum(asides) / 2
    start, end = max(0.0, ats[0]), min(length, ats[1])
    thickness = abs(aside)
    if not THINNEST_M <= thickness <= THICKEST_M or end - start < thickness:
        return None

    def point(at: float) -> Xy:
        return (x + at * along[0] - aside / 2 * along[1], y + at * along[1] + aside / 2 * along[0])

    if not outline.buffer(NEAR_M).covers(LineString([point(start), point(end)])):
        return None
    # At a corner the inner edges end before the centrelines meet.
    ends = [
        point(at) if outline.buffer(NEAR_M).covers(Point(point(at))) else point(bare)
        for at, bare in ((start - thickness / 2, start), (end + thickness / 2, end))
    ]
    return Axis(ends[0], ends[1], thickness)


def xys(line: BaseGeometry) -> list[Xy]:
    """Return the positions of a line."""
    return [(x, y) for x, y, *_ in line.coords]


def _lines(shape: BaseGeometry) -> Iterator[LineString]:
    for part in shapely.get_parts(shape):
        if isinstance(part, LineString):
            yield part
        elif not isinstance(part, Point):
            yield from _lines(part)


def _sides(tree: STRtree, start: Xy, end: Xy) -> int:
    """Count the rooms that lie at an edge, on both sides of it."""
    length = math.dist(start, end)
    x, y = _between(start, end)
    along = ((end[0] - start[0]) / length, (end[1] - start[1]) / length)
    return sum(
        len(tree.query(Point(x - side * along[1], y + side * along[0]), predicate="within")) > 0
        for side in (BESIDE_M, -BESIDE_M)
    )


def _straightened(pieces: Iterable[tuple[Xy, Xy]]) -> Iterator[tuple[Xy, Xy]]:
    """Yield pieces, those in line that touch joined to one."""
    waiting = [[min(piece), max(piece)] for piece in pieces]
    at: dict[Xy, list[list[Xy]]] = {}
    for piece in waiting:
        for end in (piece[0], piece[-1]):
            at.setdefault(end, []).append(piece)
    gone: set[int] = set()
    for piece in waiting:
        if id(piece) in gone:
            continue
        gone.add(id(piece))
        grown = piece
        for _ in range(2):
            while (after := _following(grown, at, gone)) is not None:
                gone.add(id(after))
                grown = [*grown, *(after[1:] if after[0] == grown[-1] else after[-2::-1])]
            grown = grown[::-1]
        yield grown[0], grown[-1]


def _following(line: list[Xy], at: dict[Xy, list[list[Xy]]], gone: set[int]) -> list[Xy] | None:
    for piece in at[line[-1]]:
        if id(piece) in gone:
            continue
        end = piece[1] if piece[0] == line[-1] else piece[0]
        whole = LineString([line[0], end])
        is_on = math.dist(line[0], end) > math.dist(line[0], line[-1])
        if is_on and all(whole.distance(Point(corner)) <= NEAR_M for corner in line):
            return piece
    return None


def _between(one: Xy, two: Xy) -> Xy:
    return ((one[0] + two[0]) / 2, (one[1] + two[1]) / 2)
