"""Describe a building and its site in metres: x to the east-ish, y to the north-ish, north stated."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, ClassVar

from pydantic import Field

from build_scripts.diagnostics import Diagnostic
from build_scripts.model.fields import (
    Date,
    Flag,
    Id,
    Length,
    Line,
    MarkedText,
    Metres,
    Number,
    Plain,
    Point,
    Polygon,
    Time,
    one_of,
)
from build_scripts.model.records import Native, Record, Sources, Value

CERTAINTIES = ("recorded", "documented", "inferred", "conjectural", "disputed")
OPENING_KINDS = ("door", "double-door", "arch", "window", "french-window", "gate")
DOORS = ("door", "double-door")
FEATURES = ("grate", "bulletproof", "reinforced", "grenade-proof", "shutter", "blocked")
AREA_KINDS = ("garden", "street", "building", "tent", "court")
MARKER_KINDS = (
    "breach", "barricade", "charge", "entry", "position", "route", "wounded", "death", "event",
)  # fmt: skip


def area_m2(polygon: Sequence[tuple[float, float]]) -> float:
    """Return the area of a polygon in square metres, by the shoelace formula."""
    following = (*polygon[1:], polygon[0])
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(polygon, following, strict=True))) / 2


class Element(Record):
    """Be something that is drawn, with how sure it is and why."""

    certainty: Annotated[str, one_of(*CERTAINTIES)]
    basis: MarkedText | None = None
    accounts: tuple[Id, ...] = ()
    sources: Sources = ()


class Wall(Element):
    """Be a straight wall, given by its centreline and thickness."""

    noun: ClassVar[str] = "wall"
    from_: Point = Field(alias="from")
    to: Point
    thickness_m: Length
    height_m: Length | None = None


class Opening(Element):
    """Be a hole in a wall; `at_m` runs from the wall's start to the opening's centre."""

    noun: ClassVar[str] = "opening"
    wall: Id
    at_m: Metres
    width_m: Length
    kind: Annotated[str, one_of(*OPENING_KINDS)]
    hinge: Annotated[str, one_of("from", "to")] | None = None
    swing: Annotated[str, one_of("left", "right")] | None = None
    features: tuple[Annotated[str, one_of(*FEATURES)], ...] = ()


class Room(Element):
    """Be a space; its polygon runs on the centrelines of its walls."""

    noun: ClassVar[str] = "room"
    number: Plain | None = None
    title: Plain
    native: tuple[Native, ...] = ()
    polygon: Polygon
    use: Plain | None = None
    text: MarkedText | None = None
    open: Flag = False
    through: tuple[Id, ...] = ()
    people: tuple[Id, ...] = ()


class Storey(Record):
    """Be one level of the building."""

    noun: ClassVar[str] = "storey"
    title: Plain
    native: tuple[Native, ...] = ()
    level_m: Metres
    height_m: Length
    walls: tuple[Wall, ...] = ()
    openings: tuple[Opening, ...] = ()
    rooms: tuple[Room, ...] = ()


class Stairs(Element):
    """Be a flight between two storeys, declared once; `up` is the way one walks up."""

    noun: ClassVar[str] = "stairs"
    from_: Id = Field(alias="from")
    to: Id
    polygon: Polygon
    up: Line


class Boundary(Element):
    """Be the edge of the plot."""

    noun: ClassVar[str] = "boundary"
    polygon: Polygon


class Area(Element):
    """Be a part of the site or its surroundings."""

    noun: ClassVar[str] = "area"
    kind: Annotated[str, one_of(*AREA_KINDS)]
    title: Plain
    native: tuple[Native, ...] = ()
    text: MarkedText | None = None
    polygon: Polygon


class Site(Value):
    """Hold the plot, what stands around it and in its wall."""

    boundary: Boundary
    walls: tuple[Wall, ...] = ()
    openings: tuple[Opening, ...] = ()
    areas: tuple[Area, ...] = ()


class Tunnel(Element):
    """Be a way underground along a path."""

    noun: ClassVar[str] = "tunnel"
    title: Plain
    path: Line
    width_m: Length
    height_m: Length | None = None
    depth_m: Length | None = None


class Phase(Record):
    """Be a stretch of time in which markers hold."""

    noun: ClassVar[str] = "phase"
    title: Plain
    from_: Date = Field(alias="from")
    to: Date
    from_time: Time | None = None
    to_time: Time | None = None
    event: Id | None = None
    text: MarkedText | None = None


class Marker(Element):
    """Be something that happened at a place or along a path."""

    noun: ClassVar[str] = "marker"
    phases: tuple[Id, ...]
    kind: Annotated[str, one_of(*MARKER_KINDS)]
    storey: Id | None = None
    at: Point | None = None
    path: Line | None = None
    room: Id | None = None
    event: Id | None = None
    people: tuple[Id, ...] = ()
    title: Plain
    label: Plain | None = None


class Statement(Record):
    """Carry what a source says of the building, whether drawn or not."""

    noun: ClassVar[str] = "statement"
    topic: Plain
    text: MarkedText
    about: tuple[Id, ...] = ()
    certainty: Annotated[str, one_of(*CERTAINTIES)] = "documented"
    note: MarkedText | None = None
    accounts: tuple[Id, ...] = ()
    sources: Sources


class Unknown(Record):
    """Say what no source tells."""

    noun: ClassVar[str] = "unknown"
    text: MarkedText
    sources: Sources = ()


class GeoLocation(Value):
    """Place the building on the Earth, in degrees of WGS 84 and metres."""

    lat: Number
    lon: Number
    accuracy_m: Length
    sources: Sources


class Plan(Value):
    """Hold the building, its site, its phases and what is said of them."""

    noun: ClassVar[str] = "plan"
    name: Plain
    status: Annotated[str, one_of("survey", "reconstruction")]
    north: Metres = 0.0
    location: GeoLocation | None = None
    storeys: tuple[Storey, ...]
    stairs: tuple[Stairs, ...] = ()
    site: Site | None = None
    tunnels: tuple[Tunnel, ...] = ()
    phases: tuple[Phase, ...] = ()
    markers: tuple[Marker, ...] = ()
    statements: tuple[Statement, ...] = ()
    unknowns: tuple[Unknown, ...] = ()

    def elements(self) -> Iterator[Element]:
        """Yield everything that is drawn, in the order of the file's keys."""
        for storey in self.storeys:
            yield from (*storey.walls, *storey.openings, *storey.rooms)
        yield from self.stairs
        if self.site is not None:
            yield self.site.boundary
            yield from (*self.site.walls, *self.site.openings, *self.site.areas)
        yield from (*self.tunnels, *self.markers)

    def records(self) -> Iterator[Record]:
        """Yield everything in the plan that has an id."""
        yield from (*self.storeys, *self.elements(), *self.phases, *self.statements, *self.unknowns)

    def rooms(self) -> Iterator[Room | Area]:
        """Yield what an event can take place in: rooms and areas."""
        for storey in self.storeys:
            yield from storey.rooms
        if self.site is not None:
            yield from self.site.areas


def check(plan: Plan) -> Iterator[Diagnostic]:
    """Yield elements without evidence, openings that are not doors but swing, and references inside the plan."""
    for element in plan.elements():
        yield from _check_evidence(element)
    storeys = {storey.id for storey in plan.storeys}
    walls = [(storey.openings, {wall.id for wall in storey.walls}) for storey in plan.storeys]
    if plan.site is not None:
        walls.append((plan.site.openings, {wall.id for wall in plan.site.walls}))
    for openings, known in walls:
        for opening in openings:
            yield from _check_opening(opening, known)
    for stairs in plan.stairs:
        for key, value in (("from", stairs.from_), ("to", stairs.to)):
            if value not in storeys:
                yield stairs.problem(f"{key} '{value}' is no storey", key)
    yield from _check_markers(plan, storeys)
    yield from _check_statements(plan)


def _check_evidence(element: Element) -> Iterator[Diagnostic]:
    if element.certainty == "conjectural":
        if element.basis is None:
            yield element.problem("is conjectural and has no 'basis' that says why it is drawn so")
    elif not element.sources:
        yield element.problem(f"is {element.certainty} and has no 'sources'")
    if element.certainty == "disputed" and not element.accounts:
        yield element.problem("is disputed, but names no account that says so")


def _check_opening(opening: Opening, walls: set[str]) -> Iterator[Diagnostic]:
    if opening.wall not in walls:
        yield opening.problem(f"no wall '{opening.wall}' beside it", "wall")
    if opening.kind not in DOORS and (opening.hinge or opening.swing):
        yield opening.problem(f"is a {opening.kind}; only doors have a hinge and a swing", "kind")


def _check_markers(plan: Plan, storeys: set[str]) -> Iterator[Diagnostic]:
    phases = {phase.id for phase in plan.phases}
    rooms = {room.id for room in plan.rooms()}
    for marker in plan.markers:
        for phase in marker.phases:
            if phase not in phases:
                yield marker.problem(f"no phase '{phase}'", "phases")
        if (marker.at is None) == (marker.path is None):
            yield marker.problem("has neither or both of 'at' and 'path'")
        if marker.storey is not None and marker.storey not in storeys:
            yield marker.problem(f"no storey '{marker.storey}'", "storey")
        if marker.room is not None and marker.room not in rooms:
            yield marker.problem(f"no room '{marker.room}'", "room")


def _check_statements(plan: Plan) -> Iterator[Diagnostic]:
    drawn = {element.id for element in plan.elements()} | {storey.id for storey in plan.storeys}
    for statement in plan.statements:
        for index, name in enumerate(statement.about):
            if name not in drawn:
                yield statement.problem(f"no element '{name}'", "about", index)
