"""Check that the parts of a plan have evidence and fit together."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator

from shapely import Polygon
from shapely.strtree import STRtree

from build_scripts.diagnostics import Diagnostic, suggest
from build_scripts.model import geometry, plan_limits
from build_scripts.model.floor_plan import Element, Marker, Opening, Phase, Plan, Room, Wall
from build_scripts.model.records import Record, check_unique

DOORS = ("door", "double-door")
# Positions are given in centimetres at best.
TOLERANCE_M = 0.005


def check(plan: Plan) -> Iterator[Diagnostic]:
    """Yield ids that stand twice, elements without evidence, and parts that do not fit."""
    yield from check_unique(plan.records())
    for element in plan.elements():
        yield from _check_evidence(element)
        yield from _check_shape(element)
    for walls, openings in plan.walls_with_openings():
        yield from _check_openings(walls, openings)
    for phase in plan.phases:
        yield from _check_phase(phase)
    for marker in plan.markers:
        yield from _check_place(marker)
    yield from _check_names(plan)
    slips = tuple(plan_limits.check(plan))
    yield from slips
    if not slips:
        # Whether things fit has no answer where their sizes are none.
        yield from geometry.check(plan)


def _check_evidence(element: Element) -> Iterator[Diagnostic]:
    if element.certainty == "conjectural":
        if element.basis is None:
            yield element.problem("is conjectural and has no 'basis' that says why it is drawn so")
    elif not element.sources:
        yield element.problem(f"is {element.certainty} and has no 'sources'")
    if element.certainty == "disputed" and not element.accounts:
        yield element.problem("is disputed, but names no account that says so")


def _check_shape(element: Element) -> Iterator[Diagnostic]:
    polygon = getattr(element, "polygon", None)
    if polygon is not None and not Polygon(polygon).is_valid:
        yield element.problem("polygon crosses or touches itself", "polygon")
    elif isinstance(element, Room) and element.holes:
        yield from _check_holes(element)
    if isinstance(element, Wall) and element.from_ == element.to:
        yield element.problem("begins and ends at the same point", "to")


def _check_holes(room: Room) -> Iterator[Diagnostic]:
    """Yield holes that cross themselves, reach the edge of their room, or lie over each other."""
    whole = Polygon(room.polygon)
    holes = [Polygon(hole) for hole in room.holes]
    for index, hole in enumerate(holes):
        if not hole.is_valid:
            yield room.problem("a hole crosses or touches itself", "holes", index)
        elif not whole.covers(hole):
            message = f"a hole lies {hole.difference(whole).area:.1f} m² outside its room"
            yield room.problem(message, "holes", index)
        elif whole.exterior.intersection(hole).length > 0.0:
            yield room.problem(
                "a hole touches the edge of its room; leave it out of the polygon", "holes", index
            )
    if not all(hole.is_valid for hole in holes):
        return
    for first, second in sorted(STRtree(holes).query(holes, predicate="intersects").T.tolist()):
        if first < second and holes[first].intersection(holes[second]).length > 0.0:
            message = "a hole overlaps or borders another; join them to one"
            yield room.problem(message, "holes", second)


def _check_openings(walls: Collection[Wall], openings: Iterable[Opening]) -> Iterator[Diagnostic]:
    lengths = {wall.id: math.dist(wall.from_, wall.to) for wall in walls}
    for opening in openings:
        wall, half = opening.wall, opening.width_m / 2
        start, end = opening.at_m - half, opening.at_m + half
        if wall not in lengths:
            yield opening.problem(f"no wall '{wall}' beside it{suggest(wall, lengths)}", "wall")
        elif start < -TOLERANCE_M or end > lengths[wall] + TOLERANCE_M:
            message = (
                f"runs from {start:.2f} to {end:.2f} m of wall '{wall}', which is {lengths[wall]:.2f} m long"
            )
            yield opening.problem(message, "at_m")
        if opening.kind not in DOORS and (opening.hinge or opening.swing):
            yield opening.problem(f"is a {opening.kind}; only doors have a hinge and a swing", "kind")


def _check_phase(phase: Phase) -> Iterator[Diagnostic]:
    if phase.to.is_before(phase.from_):
        yield phase.problem(f"ends '{phase.to}' before it begins '{phase.from_}'", "to")
    for key, date, time in (("from", phase.from_, phase.from_time), ("to", phase.to, phase.to_time)):
        if time is not None and not date.is_day:
            yield phase.problem(f"has a time, but {key} '{date}' is not one day", f"{key}_time")


def _check_place(marker: Marker) -> Iterator[Diagnostic]:
    if (marker.at is None) == (marker.path is None):
        yield marker.problem("has neither or both of 'at' and 'path'")


def _check_names(plan: Plan) -> Iterator[Diagnostic]:
    """Yield names of parts that the plan does not have."""
    storeys = [storey.id for storey in plan.storeys]
    for stairs in plan.stairs:
        yield from _check_name(stairs, "storey", stairs.from_, storeys, "from")
        yield from _check_name(stairs, "storey", stairs.to, storeys, "to")
    for lift in plan.lifts:
        for index, name in enumerate(lift.storeys):
            yield from _check_name(lift, "storey", name, storeys, "storeys", index)
    for storey in plan.storeys:
        for room in storey.rooms:
            for index, name in enumerate(room.through):
                yield from _check_name(room, "storey", name, storeys, "through", index)
    phases = [phase.id for phase in plan.phases]
    rooms = dict.fromkeys(room.id for room in plan.rooms())
    for marker in plan.markers:
        for index, name in enumerate(marker.phases):
            yield from _check_name(marker, "phase", name, phases, "phases", index)
        yield from _check_name(marker, "storey", marker.storey, storeys, "storey")
        yield from _check_name(marker, "room", marker.room, rooms, "room")
    drawn = {element.id for element in plan.elements()}.union(storeys)
    for statement in plan.statements:
        for index, name in enumerate(statement.about):
            yield from _check_name(statement, "element", name, drawn, "about", index)


def _check_name(
    holder: Record, noun: str, name: str | None, known: Collection[str], *where: str | int
) -> Iterator[Diagnostic]:
    if name is not None and name not in known:
        yield holder.problem(f"no {noun} '{name}'{suggest(name, known)}", *where)
