"""Give every element of a plan its shape on the ground in metres, once for all other programs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import shapely
from shapely.geometry import LineString, Point
from shapely.geometry.base import BaseGeometry

from build_scripts.layout import poche
from build_scripts.model.floor_plan import Element, Opening, Plan, Storey, Wall
from build_scripts.model.outlines import shape_of

# Corners nearer than this to a straight line come from cutting, not from the plan.
NEAR_M = 0.003
SLIVER_M2 = 0.0005


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Hold an element, its shape, and its storey, which what stands on the site does not have."""

    element: Element
    shape: BaseGeometry
    storey: Storey | None = None


def parts(plan: Plan) -> Iterator[Part]:
    """Yield the elements of a plan in the order of its file; walls with their openings cut out."""
    storeys = {storey.id: storey for storey in plan.storeys}
    for storey in plan.storeys:
        yield from _walls(storey.walls, storey.openings, storey)
        for room in storey.rooms:
            yield Part(element=room, shape=shape_of(room), storey=storey)
    for stairs in plan.stairs:
        yield Part(element=stairs, shape=shape_of(stairs), storey=storeys[stairs.from_])
    for lift in plan.lifts:
        yield Part(element=lift, shape=shape_of(lift), storey=storeys[lift.storeys[0]])
    if plan.site is not None:
        site = plan.site
        yield Part(element=site.boundary, shape=shape_of(site.boundary))
        yield from _walls(site.walls, site.openings, None)
        for area in site.areas:
            yield Part(element=area, shape=shape_of(area))
    for tunnel in plan.tunnels:
        yield Part(element=tunnel, shape=LineString(tunnel.path))
    for one in plan.dimensions:
        yield Part(element=one, shape=LineString([one.from_, one.to]), storey=storeys.get(one.storey or ""))
    for marker in plan.markers:
        shape = Point(marker.at) if marker.at is not None else LineString(marker.path or ())
        yield Part(element=marker, shape=shape, storey=storeys.get(marker.storey or ""))


def _walls(walls: tuple[Wall, ...], openings: tuple[Opening, ...], storey: Storey | None) -> Iterator[Part]:
    for piece in poche.pieces(walls, openings):
        yield Part(element=piece.wall, shape=_cleaned(piece.shape), storey=storey)
    by_id = {wall.id: wall for wall in walls}
    for opening in openings:
        yield Part(element=opening, shape=poche.hole(by_id[opening.wall], opening), storey=storey)


def _cleaned(shape: BaseGeometry) -> BaseGeometry:
    """Return a cut shape without slivers and without corners that are none."""
    whole = shape.simplify(NEAR_M)
    kept = [part for part in getattr(whole, "geoms", (whole,)) if part.area > SLIVER_M2]
    return shapely.union_all(kept)
