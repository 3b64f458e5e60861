"""Turn walls into poche: what the cut plane cuts, as the union of all walls less their openings.

Each wall keeps a piece of its own, so that it can be named and its certainty shown; where walls meet, the
surer one goes through, and edges between pieces of one certainty are not drawn. Metres throughout.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import shapely
from shapely.geometry import GeometryCollection, LineString, Polygon
from shapely.geometry.base import BaseGeometry
from shapely.strtree import STRtree

from build_scripts.layout.certainty import STRENGTH
from build_scripts.model.floor_plan import Opening, Wall

Xy = tuple[float, float]

MEETING_M = 0.02
CUT_MARGIN_M = 0.001
SEAM_M = 0.0005
NEARLY_IN_LINE = 0.05
NEARLY_SQUARE = 0.97
BACK_M = 0.001
# Of the thickness: the mitre limit, which a right angle stays well below.
LONGEST_CORNER = 1.5
# One storey is drawn at many scales on many sheets; its shapes in metres are computed once.
SHEETS = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Hold what is left to one wall, and those of its edges that are to be drawn."""

    wall: Wall
    shape: BaseGeometry
    edges: BaseGeometry


@dataclass(frozen=True, slots=True)
class Frame:
    """Hold a wall's start, the unit vector along it and the one to its left."""

    start: Xy
    along: Xy
    left: Xy

    def point(self, at: float, aside: float) -> Xy:
        """Return the point `at` metres along the wall and `aside` metres to its left."""
        return (
            self.start[0] + at * self.along[0] + aside * self.left[0],
            self.start[1] + at * self.along[1] + aside * self.left[1],
        )


def frame(wall: Wall) -> Frame:
    """Return the frame of a wall; a wall without length points along x."""
    dx, dy = wall.to[0] - wall.from_[0], wall.to[1] - wall.from_[1]
    length = math.hypot(dx, dy)
    along = (dx / length, dy / length) if length else (1.0, 0.0)
    return Frame(wall.from_, along, (-along[1], along[0]))


def length(wall: Wall) -> float:
    """Return the length of a wall's centreline."""
    return math.dist(wall.from_, wall.to)


def hole(wall: Wall, opening: Opening) -> Polygon:
    """Return what an opening takes out of its wall."""
    half, aside = opening.width_m / 2, wall.thickness_m / 2 + CUT_MARGIN_M
    place = frame(wall)
    return Polygon(
        [
            place.point(opening.at_m + along, side)
            for along, side in ((-half, -aside), (half, -aside), (half, aside), (-half, aside))
        ]
    )


@lru_cache(maxsize=SHEETS)
def bodies(walls: tuple[Wall, ...]) -> tuple[BaseGeometry, ...]:
    """Return each wall as a rectangle, with what closes the corners where it meets the ends of others."""
    reach: dict[Xy, list[Wall]] = {}
    for wall in walls:
        for end in (wall.from_, wall.to):
            reach.setdefault(_node(end), []).append(wall)
    return tuple(_body(wall, reach) for wall in walls)


@lru_cache(maxsize=SHEETS)
def pieces(walls: tuple[Wall, ...], openings: tuple[Opening, ...]) -> tuple[Piece, ...]:
    """Return the walls as disjoint pieces whose union is the poche, in the order of `walls`."""
    if not walls:
        return ()
    shapes = bodies(walls)
    by_id = {wall.id: wall for wall in walls}
    holes = [hole(by_id[opening.wall], opening) for opening in openings if opening.wall in by_id]
    rank = {index: (STRENGTH.index(wall.certainty), index) for index, wall in enumerate(walls)}
    tree, hole_tree = STRtree(shapes), STRtree(holes)
    cut: dict[int, BaseGeometry] = {}
    near: dict[int, list[int]] = {}
    for index, shape in enumerate(shapes):
        near[index] = [int(other) for other in tree.query(shape, predicate="intersects") if other != index]
        taken = [shapes[other] for other in near[index] if rank[other] < rank[index]]
        taken += [holes[int(other)] for other in hole_tree.query(shape, predicate="intersects")]
        cut[index] = _areas(shape.difference(shapely.union_all(taken))) if taken else shape
    return tuple(
        Piece(wall=wall, shape=cut[index], edges=_edges(index, cut, near[index], rank, walls))
        for index, wall in enumerate(walls)
    )


def union(placed: Iterable[Piece]) -> BaseGeometry:
    """Return all that is cut."""
    return shapely.union_all([piece.shape for piece in placed])


def lines(walls: Sequence[Wall], openings: Sequence[Opening]) -> list[BaseGeometry]:
    """Return the centrelines of walls less their openings, for scales that show no thickness."""
    by_id = {wall.id: wall for wall in walls}
    holes: dict[str, list[Polygon]] = {}
    for opening in openings:
        if opening.wall in by_id:
            holes.setdefault(opening.wall, []).append(hole(by_id[opening.wall], opening))
    return [
        LineString([wall.from_, wall.to]).difference(shapely.union_all(holes.get(wall.id, [])))
        for wall in walls
    ]


def _node(point: Xy) -> Xy:
    return round(point[0] / MEETING_M), round(point[1] / MEETING_M)


def _body(wall: Wall, reach: Mapping[Xy, Sequence[Wall]]) -> BaseGeometry:
    place, half, end = frame(wall), wall.thickness_m / 2, length(wall)
    rectangle = Polygon(
        [place.point(at, aside) for at, aside in ((0, -half), (end, -half), (end, half), (0, half))]
    )
    corners = [
        corner
        for node in (wall.from_, wall.to)
        for other in reach[_node(node)]
        if other is not wall and (corner := _corner(wall, other, node)) is not None
    ]
    return shapely.union_all([rectangle, *corners]) if corners else rectangle


def _corner(wall: Wall, other: Wall, node: Xy) -> BaseGeometry | None:
    """Return what a wall adds at an end that it shares: the corner as far as the outer faces of both.

    Walls nearly in line leave no gap; where the faces of a sharp corner meet far off, it is cut short.
    """
    along, across = _away(wall, node), _away(other, node)
    sine = along[0] * across[1] - along[1] * across[0]
    if abs(sine) < NEARLY_IN_LINE:
        return None
    if abs(sine) > NEARLY_SQUARE:
        back, reach, half = BACK_M, other.thickness_m / 2, wall.thickness_m / 2
        ends = ((back, -half), (-reach, -half), (-reach, half), (back, half))
        place = Frame(node, along, (-along[1], along[0]))
        return Polygon([place.point(at, aside) for at, aside in ends])
    side = 1 if sine > 0 else -1
    first = (
        node[0] + side * along[1] * wall.thickness_m / 2,
        node[1] - side * along[0] * wall.thickness_m / 2,
    )
    second = (
        node[0] - side * across[1] * other.thickness_m / 2,
        node[1] + side * across[0] * other.thickness_m / 2,
    )
    gap = (second[0] - first[0], second[1] - first[1])
    at = (gap[0] * across[1] - gap[1] * across[0]) / sine
    tip = (first[0] + at * along[0], first[1] + at * along[1])
    if math.dist(tip, node) > LONGEST_CORNER * max(wall.thickness_m, other.thickness_m):
        return Polygon([node, first, second])
    return Polygon([node, first, tip, second]).convex_hull


def _away(wall: Wall, node: Xy) -> Xy:
    """Return the unit vector along a wall from one of its ends."""
    along = frame(wall).along
    return along if math.dist(node, wall.from_) <= math.dist(node, wall.to) else (-along[0], -along[1])


def _areas(shape: BaseGeometry) -> BaseGeometry:
    """Return the polygons of a shape, without the points and lines that overlay leaves behind."""
    if not isinstance(shape, GeometryCollection):
        return shape
    return shapely.union_all([part for part in shape.geoms if part.geom_type in ("Polygon", "MultiPolygon")])


def _edges(
    index: int,
    cut: Mapping[int, BaseGeometry],
    near: Iterable[int],
    rank: Mapping[int, tuple[int, int]],
    walls: Sequence[Wall],
) -> BaseGeometry:
    """Return a piece's outline less what it shares with a piece as sure as itself or surer."""
    level = rank[index][0]
    hiding = [cut[other] for other in near if rank[other][0] <= level and not cut[other].is_empty]
    border = cut[index].boundary
    if not hiding:
        return border
    return _joined(border.difference(shapely.union_all(hiding).buffer(SEAM_M, join_style="mitre")))


def _joined(edges: BaseGeometry) -> BaseGeometry:
    return shapely.line_merge(edges) if edges.geom_type == "MultiLineString" else edges
