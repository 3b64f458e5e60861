"""Turn walls into poche: what the cut plane cuts, as the union of all walls less their openings.

Each wall keeps a piece of its own, so that it can be named and its certainty shown; where walls meet, the
surer one goes through, and edges between pieces of one certainty are not drawn. Metres throughout.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

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


def bodies(walls: Sequence[Wall]) -> list[Polygon]:
    """Return each wall as a rectangle, lengthened where it meets the end of another so that corners close."""
    reach: dict[Xy, list[Wall]] = {}
    for wall in walls:
        for end in (wall.from_, wall.to):
            reach.setdefault(_node(end), []).append(wall)
    return [_body(wall, _beyond(wall, wall.from_, reach), _beyond(wall, wall.to, reach)) for wall in walls]


def pieces(walls: Sequence[Wall], openings: Sequence[Opening]) -> tuple[Piece, ...]:
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


def _beyond(wall: Wall, end: Xy, reach: Mapping[Xy, Sequence[Wall]]) -> float:
    """Return how far a wall runs past its end: half the thickness of what it meets there at an angle."""
    along = frame(wall).along
    halves = [0.0]
    for other in reach[_node(end)]:
        if other is wall:
            continue
        across = frame(other).along
        sine = abs(along[0] * across[1] - along[1] * across[0])
        # Nearly in line there is no corner to close; at a slant the thinner of both keeps the spike short.
        if sine > 0.1:
            halves.append(
                min(other.thickness_m, wall.thickness_m / sine) / 2 if sine < 0.9 else other.thickness_m / 2
            )
    return max(halves)


def _body(wall: Wall, before: float, after: float) -> Polygon:
    place, half = frame(wall), wall.thickness_m / 2
    end = length(wall) + after
    corners = ((-before, -half), (end, -half), (end, half), (-before, half))
    return Polygon([place.point(at, aside) for at, aside in corners])


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
