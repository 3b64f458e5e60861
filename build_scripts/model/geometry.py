"""Check that a plan holds together as a building: walls close, doors lead on, things lie where they say.

Metres throughout. A part that names what the plan does not have is left to `plan_checks`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

import shapely
from shapely.geometry import LineString, Point, Polygon
from shapely.geometry.base import BaseGeometry
from shapely.strtree import STRtree

from build_scripts.diagnostics import Diagnostic, suggest
from build_scripts.model.floor_plan import (
    Area,
    Boundary,
    Marker,
    Opening,
    Plan,
    Room,
    Stairs,
    Storey,
    Tunnel,
    Wall,
    area_m2,
)

# Positions are given in centimetres at best, and polygons of rooms run on centrelines of walls.
TOLERANCE_M = 0.02
SLIVER_M2 = 0.05
GAP_M = 0.15
# Stated areas and lengths are often rounded.
ROUNDED = 0.05
BESIDE_M = 0.15
PASSAGES = ("door", "double-door", "arch", "french-window", "gate")

Shapes = Mapping[str, Polygon]


def check(plan: Plan) -> Iterator[Diagnostic]:
    """Yield what does not fit."""
    for storey in plan.storeys:
        inside = _inside(plan, storey)
        shapes = {room.id: Polygon(room.polygon) for room in inside}
        # Whether a shape that crosses itself overlaps another has no answer; `plan_checks` names it.
        if all(shape.is_valid for shape in shapes.values()):
            yield from _check_rooms(storey, inside, shapes)
            yield from _check_ways(plan, storey, inside, shapes)
            yield from _check_stairs(plan, storey, shapes)
    for walls, openings in plan.walls_with_openings():
        yield from _check_openings(walls, openings)
    yield from _check_markers(plan)
    yield from _check_tunnels(plan)
    yield from _check_sizes(plan)


def _inside(plan: Plan, storey: Storey) -> tuple[Room, ...]:
    """Return the rooms of a storey and the tall rooms of others that also fill it."""
    tall = (
        room
        for other in plan.storeys
        for room in other.rooms
        if storey.id in room.through and other is not storey
    )
    return (*storey.rooms, *tall)


def _check_rooms(storey: Storey, inside: Sequence[Room], shapes: Shapes) -> Iterator[Diagnostic]:
    """Yield rooms that overlap, and rooms with an edge that neither wall nor other room closes."""
    tree = STRtree([shapes[room.id] for room in inside])
    bodies = [
        LineString([wall.from_, wall.to]).buffer(wall.thickness_m / 2 + TOLERANCE_M, cap_style="square")
        for wall in storey.walls
    ]
    walls = STRtree(bodies)
    for index, room in enumerate(inside):
        shape = shapes[room.id]
        near = [
            inside[int(other)] for other in tree.query(shape, predicate="intersects") if int(other) != index
        ]
        for other in near:
            common = shape.intersection(shapes[other.id]).area
            if inside.index(other) < index and common > SLIVER_M2:
                yield room.problem(f"overlaps room '{other.id}' by {common:.1f} m²", "polygon")
        if room.open or room not in storey.rooms:
            continue
        closed = [bodies[int(wall)] for wall in walls.query(shape, predicate="intersects")]
        closed += [shapes[other.id].buffer(TOLERANCE_M) for other in near]
        gap = shape.exterior.difference(shapely.union_all(closed))
        if gap.length > GAP_M:
            longest = max(getattr(shapely.line_merge(gap), "geoms", (gap,)), key=lambda part: part.length)
            at = longest.interpolate(0.5, normalized=True)
            where = f"near [{at.x:.1f}, {at.y:.1f}]"
            yield room.problem(f"no wall closes {gap.length:.1f} m of its edge, {where}", "polygon")


def _check_ways(plan: Plan, storey: Storey, inside: Sequence[Room], shapes: Shapes) -> Iterator[Diagnostic]:
    """Yield rooms into which nothing leads; a storey without openings states nothing of its doors."""
    walls = {wall.id: wall for wall in storey.walls}
    if not storey.openings or any(opening.wall not in walls for opening in storey.openings):
        return
    reached: set[str] = set()
    for opening in storey.openings:
        if opening.kind in PASSAGES:
            sides = _sides(walls[opening.wall], opening)
            reached.update(room.id for room in inside if sides.intersects(shapes[room.id]))
    for first, second in combinations(inside, 2):
        if _edge_without_wall(shapes[first.id], shapes[second.id], storey.walls) > GAP_M:
            reached.update((first.id, second.id))
    for stairs in _stairs_of(plan, storey):
        reached.update(
            room.id
            for room in inside
            if shapes[room.id].intersection(Polygon(stairs.polygon)).area > SLIVER_M2
        )
    for room in storey.rooms:
        if room.id not in reached:
            yield room.problem("no door, arch or stairs lead into it", "polygon")


def _sides(wall: Wall, opening: Opening) -> BaseGeometry:
    """Return points on both sides of a wall, in the middle of an opening."""
    (x, y), (to_x, to_y) = wall.from_, wall.to
    length = math.dist(wall.from_, wall.to) or 1.0
    along = ((to_x - x) / length, (to_y - y) / length)
    middle = (x + along[0] * opening.at_m, y + along[1] * opening.at_m)
    aside = wall.thickness_m / 2 + BESIDE_M
    return shapely.MultiPoint(
        [(middle[0] - side * along[1] * aside, middle[1] + side * along[0] * aside) for side in (1, -1)]
    )


def _edge_without_wall(first: Polygon, second: Polygon, walls: Iterable[Wall]) -> float:
    """Return for how many metres two rooms go over into each other."""
    if first.distance(second) > TOLERANCE_M:
        return 0.0
    shared = first.exterior.intersection(second.buffer(TOLERANCE_M))
    for wall in walls:
        shared = shared.difference(
            LineString([wall.from_, wall.to]).buffer(wall.thickness_m / 2 + TOLERANCE_M)
        )
    return float(shared.length)


def _stairs_of(plan: Plan, storey: Storey) -> Iterator[Stairs]:
    return (stairs for stairs in plan.stairs if storey.id in (stairs.from_, stairs.to))


def _check_stairs(plan: Plan, storey: Storey, shapes: Shapes) -> Iterator[Diagnostic]:
    """Yield stairs that lie outside the rooms of a storey, or lead to one that is no higher."""
    rooms = shapely.union_all(list(shapes.values())).buffer(TOLERANCE_M)
    levels = {one.id: one.level_m for one in plan.storeys}
    for stairs in _stairs_of(plan, storey):
        shape = Polygon(stairs.polygon)
        if shapes and shape.is_valid and shape.difference(rooms).area > SLIVER_M2:
            yield stairs.problem(f"lies outside the rooms of storey '{storey.id}'", "polygon")
        if stairs.to == storey.id and stairs.from_ in levels and levels[stairs.from_] >= storey.level_m:
            yield stairs.problem(
                f"leads up to storey '{storey.id}', which lies no higher than '{stairs.from_}'", "to"
            )


def _check_openings(walls: Iterable[Wall], openings: Sequence[Opening]) -> Iterator[Diagnostic]:
    """Yield openings that take the same place in a wall."""
    for wall in walls:
        held = sorted(
            (one for one in openings if one.wall == wall.id), key=lambda one: one.at_m - one.width_m / 2
        )
        for index, opening in enumerate(held[1:], 1):
            before = max(held[:index], key=lambda one: one.at_m + one.width_m / 2)
            over = before.at_m + before.width_m / 2 - (opening.at_m - opening.width_m / 2)
            if over > TOLERANCE_M:
                yield opening.problem(f"overlaps opening '{before.id}' by {over:.2f} m", "at_m")


def _check_markers(plan: Plan) -> Iterator[Diagnostic]:
    """Yield markers that do not lie in the room they name, or on its storey."""
    rooms = {room.id: room for room in plan.rooms()}
    storeys = {room.id: (storey.id, *room.through) for storey in plan.storeys for room in storey.rooms}
    for marker in plan.markers:
        room = rooms.get(marker.room or "")
        shape = _shape(marker)
        if room is None or shape is None:
            continue
        held = Polygon(room.polygon)
        if held.is_valid and held.distance(shape) > TOLERANCE_M:
            yield marker.problem(f"lies {held.distance(shape):.1f} m outside {room.noun} '{room.id}'", "room")
        known = storeys.get(room.id)
        if known and marker.storey is not None and marker.storey not in known:
            yield marker.problem(
                f"is on storey '{marker.storey}', but room '{room.id}' is on '{known[0]}'", "storey"
            )


def _shape(marker: Marker) -> BaseGeometry | None:
    if marker.at is not None:
        return Point(marker.at)
    return LineString(marker.path) if marker.path is not None else None


def _check_tunnels(plan: Plan) -> Iterator[Diagnostic]:
    """Yield tunnels that do not begin or end in what they name, and names that the plan does not have."""
    places: dict[str, BaseGeometry] = {room.id: Polygon(room.polygon) for room in plan.rooms()}
    for tunnel in plan.tunnels:
        places[tunnel.id] = LineString(tunnel.path).buffer(tunnel.width_m / 2)
    phases = [phase.id for phase in plan.phases]
    for tunnel in plan.tunnels:
        for index, phase in enumerate(tunnel.phases):
            if phase not in phases:
                yield tunnel.problem(f"no phase '{phase}'{suggest(phase, phases)}", "phases", index)
        yield from _check_end(tunnel, "from", tunnel.from_, tunnel.path[0], places)
        yield from _check_end(tunnel, "to", tunnel.to, tunnel.path[-1], places)


def _check_end(
    tunnel: Tunnel, key: str, name: str | None, at: tuple[float, float], places: Mapping[str, BaseGeometry]
) -> Iterator[Diagnostic]:
    if name is None:
        return
    if name not in places:
        yield tunnel.problem(f"no room, area or tunnel '{name}'{suggest(name, places)}", key)
    elif places[name].is_valid and places[name].distance(Point(at)) > TOLERANCE_M:
        away = places[name].distance(Point(at))
        word = "begins" if key == "from" else "ends"
        yield tunnel.problem(f"{word} {away:.1f} m away from '{name}'", key)


def _check_sizes(plan: Plan) -> Iterator[Diagnostic]:
    """Yield areas and lengths that are drawn otherwise than stated, and rooms beyond the edge of the plot."""
    site = plan.site
    places: list[Room | Area | Boundary] = [*plan.rooms(), *((site.boundary,) if site else ())]
    for place in places:
        drawn = area_m2(place.polygon)
        if place.area_m2 is not None and abs(drawn - place.area_m2) > ROUNDED * place.area_m2:
            message = f"is drawn with {drawn:.0f} m², but its stated area is {place.area_m2:g} m²"
            yield place.problem(message, "area_m2")
    storeys = [storey.id for storey in plan.storeys]
    for one in plan.dimensions:
        drawn = math.dist(one.from_, one.to)
        if abs(drawn - one.length_m) > ROUNDED * one.length_m:
            yield one.problem(
                f"is drawn {drawn:.2f} m long, but its stated length is {one.length_m:g} m", "length_m"
            )
        if one.storey is not None and one.storey not in storeys:
            yield one.problem(f"no storey '{one.storey}'{suggest(one.storey, storeys)}", "storey")
    for cut in plan.sections:
        if cut.from_ == cut.to:
            yield cut.problem("begins and ends at the same point", "to")
    if site is None or not Polygon(site.boundary.polygon).is_valid:
        return
    plot = Polygon(site.boundary.polygon).buffer(TOLERANCE_M)
    for room in (room for storey in plan.storeys for room in storey.rooms):
        shape = Polygon(room.polygon)
        if shape.is_valid and shape.difference(plot).area > SLIVER_M2:
            yield room.problem(
                f"reaches beyond the edge of the plot, boundary '{site.boundary.id}'", "polygon"
            )
