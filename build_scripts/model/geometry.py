"""Check that a plan holds together as a building: walls close, doors lead on, things lie where they say.

Metres throughout. A part that names what the plan does not have is left to `plan_checks`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate

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
)
from build_scripts.model.outlines import shape_of, size_m2

# Positions are given in centimetres at best, and polygons of rooms run on centrelines of walls.
TOLERANCE_M = 0.02
SLIVER_M2 = 0.05
GAP_M = 0.15
# Stated areas and lengths are often rounded.
ROUNDED = 0.05
BESIDE_M = 0.15
# A lift opens into the rooms that lie no further from its shaft.
LIFT_DOOR_M = 0.5
PASSAGES = ("door", "double-door", "arch", "french-window", "gate")


def check(plan: Plan) -> Iterator[Diagnostic]:
    """Yield what does not fit."""
    for storey in plan.storeys:
        level = _Level(plan, storey)
        # Whether a shape that crosses itself overlaps another has no answer; `plan_checks` names it.
        if all(shape.is_valid for shape in level.shapes):
            yield from _check_rooms(level)
            yield from _check_ways(plan, level)
            yield from _check_stairs(plan, level)
            yield from _check_lifts(plan, level)
    for walls, openings in plan.walls_with_openings():
        yield from _check_openings(walls, openings)
    yield from _check_markers(plan)
    yield from _check_tunnels(plan)
    yield from _check_sizes(plan)


class _Level:
    """Hold the rooms and walls of a storey as shapes, and find those near a shape."""

    def __init__(self, plan: Plan, storey: Storey) -> None:
        self.storey = storey
        self.rooms = _inside(plan, storey)
        self.shapes = [shape_of(room) for room in self.rooms]
        self.bodies = [
            LineString([wall.from_, wall.to]).buffer(wall.thickness_m / 2 + TOLERANCE_M, cap_style="square")
            for wall in storey.walls
        ]
        self._rooms, self._walls = STRtree(self.shapes), STRtree(self.bodies)

    def rooms_at(self, shape: BaseGeometry, within: float = 0.0) -> list[int]:
        """Return the places of the rooms that a shape meets, or from which it is no further than `within`."""
        return sorted(int(one) for one in self._rooms.query(shape, predicate="dwithin", distance=within))

    def walls_at(self, shape: BaseGeometry) -> list[int]:
        """Return the places of the walls that a shape meets."""
        return sorted(int(one) for one in self._walls.query(shape, predicate="dwithin", distance=0.0))


def _inside(plan: Plan, storey: Storey) -> tuple[Room, ...]:
    """Return the rooms of a storey and the tall rooms of others that also fill it."""
    tall = (
        room
        for other in plan.storeys
        for room in other.rooms
        if storey.id in room.through and other is not storey
    )
    return (*storey.rooms, *tall)


def _check_rooms(level: _Level) -> Iterator[Diagnostic]:
    """Yield rooms that overlap, and rooms with an edge that neither wall nor other room closes."""
    own = {room.id for room in level.storey.rooms}
    for index, room in enumerate(level.rooms):
        shape = level.shapes[index]
        near = [other for other in level.rooms_at(shape) if other != index]
        for other in near:
            common = shape.intersection(level.shapes[other]).area
            if other < index and common > SLIVER_M2:
                yield _overlap(room, level.rooms[other], common)
        if room.open or room.id not in own:
            continue
        closed = [level.bodies[wall] for wall in level.walls_at(shape)]
        closed += [level.shapes[other].buffer(TOLERANCE_M) for other in near]
        gap = shape.boundary.difference(shapely.union_all(closed))
        if gap.length > GAP_M:
            longest = max(getattr(shapely.line_merge(gap), "geoms", (gap,)), key=lambda part: part.length)
            at = longest.interpolate(0.5, normalized=True)
            where = f"near [{at.x:.1f}, {at.y:.1f}]"
            yield room.problem(f"no wall closes {gap.length:.1f} m of its edge, {where}", "polygon")


def _overlap(room: Room, other: Room, common: float) -> Diagnostic:
    """Return what is wrong with a room that shares some square metres with another."""
    for inner, outer in ((room, other), (other, room)):
        if common > size_m2(inner) - SLIVER_M2:
            message = f"lies in room '{outer.id}'; leave it out of that one by 'holes'"
            return inner.problem(message, "polygon")
    return room.problem(f"overlaps room '{other.id}' by {common:.1f} m²", "polygon")


def _check_ways(plan: Plan, level: _Level) -> Iterator[Diagnostic]:
    """Yield rooms into which nothing leads; a storey without openings states nothing of its doors."""
    storey = level.storey
    walls = {wall.id: wall for wall in storey.walls}
    if not storey.openings or any(opening.wall not in walls for opening in storey.openings):
        return
    reached: set[int] = set()
    for opening in storey.openings:
        if opening.kind in PASSAGES:
            reached.update(level.rooms_at(_sides(walls[opening.wall], opening)))
    for first, shape in enumerate(level.shapes):
        for second in level.rooms_at(shape, within=TOLERANCE_M):
            if second > first and _edge_without_wall(shape, level.shapes[second], level) > GAP_M:
                reached.update((first, second))
    for stairs in _stairs_of(plan, storey):
        flight = shape_of(stairs)
        if flight.is_valid:
            reached.update(
                room
                for room in level.rooms_at(flight)
                if level.shapes[room].intersection(flight).area > SLIVER_M2
            )
    for lift in plan.lifts:
        if storey.id in lift.storeys:
            reached.update(level.rooms_at(shape_of(lift), within=LIFT_DOOR_M))
    own = {room.id for room in storey.rooms}
    for index, room in enumerate(level.rooms):
        if index not in reached and room.id in own:
            yield room.problem("no door, arch, stairs or lift lead into it", "polygon")


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


def _edge_without_wall(first: Polygon, second: Polygon, level: _Level) -> float:
    """Return for how many metres two rooms go over into each other."""
    common = first.boundary.intersection(second.buffer(TOLERANCE_M))
    parts = [part for part in shapely.get_parts(common) if isinstance(part, LineString) and not part.is_empty]
    shared: BaseGeometry = shapely.MultiLineString(parts)
    for wall in level.walls_at(shared):
        shared = shared.difference(level.bodies[wall])
    return float(shared.length)


def _stairs_of(plan: Plan, storey: Storey) -> Iterator[Stairs]:
    return (stairs for stairs in plan.stairs if storey.id in (stairs.from_, stairs.to))


def _check_stairs(plan: Plan, level: _Level) -> Iterator[Diagnostic]:
    """Yield stairs that lie outside the rooms of a storey, or lead to one that is no higher."""
    storey = level.storey
    levels = {one.id: one.level_m for one in plan.storeys}
    for stairs in _stairs_of(plan, storey):
        shape = shape_of(stairs)
        if level.shapes and shape.is_valid and _outside(shape, level) > SLIVER_M2:
            yield stairs.problem(f"lies outside the rooms of storey '{storey.id}'", "polygon")
        if stairs.to == storey.id and stairs.from_ in levels and levels[stairs.from_] >= storey.level_m:
            yield stairs.problem(
                f"leads up to storey '{storey.id}', which lies no higher than '{stairs.from_}'", "to"
            )


def _check_lifts(plan: Plan, level: _Level) -> Iterator[Diagnostic]:
    """Yield lifts outside the rooms of a storey that they serve; a shaft may stand in a room's hole."""
    whole = [Polygon(room.polygon) for room in level.rooms]
    tree = STRtree(whole)
    for lift in plan.lifts:
        shape = shape_of(lift)
        if level.storey.id not in lift.storeys or not whole or not shape.is_valid:
            continue
        near = [whole[int(room)] for room in tree.query(shape, predicate="dwithin", distance=TOLERANCE_M)]
        if shape.difference(shapely.union_all(near).buffer(TOLERANCE_M)).area > SLIVER_M2:
            yield lift.problem(f"lies outside the rooms of storey '{level.storey.id}'", "polygon")


def _outside(shape: Polygon, level: _Level) -> float:
    """Return how many square metres of a shape no room of a storey covers."""
    near = [level.shapes[room] for room in level.rooms_at(shape, within=TOLERANCE_M)]
    return float(shape.difference(shapely.union_all(near).buffer(TOLERANCE_M)).area)


def _check_openings(walls: Iterable[Wall], openings: Sequence[Opening]) -> Iterator[Diagnostic]:
    """Yield openings that take the same place in a wall."""
    by_wall: dict[str, list[Opening]] = {wall.id: [] for wall in walls}
    for opening in openings:
        by_wall.get(opening.wall, []).append(opening)
    for held in by_wall.values():
        held.sort(key=lambda one: one.at_m - one.width_m / 2)
        for before, opening in zip(accumulate(held, _further), held[1:], strict=False):
            over = before.at_m + before.width_m / 2 - (opening.at_m - opening.width_m / 2)
            if over > TOLERANCE_M:
                yield opening.problem(f"overlaps opening '{before.id}' by {over:.2f} m", "at_m")


def _further(first: Opening, second: Opening) -> Opening:
    """Return the opening that ends further along its wall."""
    return max(first, second, key=lambda one: one.at_m + one.width_m / 2)


def _check_markers(plan: Plan) -> Iterator[Diagnostic]:
    """Yield markers that do not lie in the room they name, or on its storey."""
    rooms = {room.id: room for room in plan.rooms()}
    storeys = {room.id: (storey.id, *room.through) for storey in plan.storeys for room in storey.rooms}
    for marker in plan.markers:
        room = rooms.get(marker.room or "")
        shape = _shape(marker)
        if room is None or shape is None:
            continue
        held = shape_of(room)
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
    places: dict[str, BaseGeometry] = {room.id: shape_of(room) for room in plan.rooms()}
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
        drawn = size_m2(place)
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
        shape = shape_of(room)
        if shape.is_valid and shape.difference(plot).area > SLIVER_M2:
            yield room.problem(
                f"reaches beyond the edge of the plot, boundary '{site.boundary.id}'", "polygon"
            )
