"""Describe a building and its site in metres: x to the east-ish, y to the north-ish, north stated."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import Annotated, ClassVar, Literal, Self, get_args

from pydantic import AfterValidator, Field, model_validator

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
)
from build_scripts.model.records import Native, Record, Sources, Value

Certainty = Literal["recorded", "documented", "inferred", "conjectural", "disputed"]
OpeningKind = Literal["door", "double-door", "arch", "window", "french-window", "gate"]
Feature = Literal["grate", "bulletproof", "reinforced", "grenade-proof", "shutter", "blocked"]
AreaKind = Literal["garden", "street", "building", "tent", "court"]
MarkerKind = Literal[
    "breach", "barricade", "charge", "entry", "position", "route", "wounded", "death", "event"
]

CERTAINTIES: tuple[str, ...] = get_args(Certainty)
OPENING_KINDS: tuple[str, ...] = get_args(OpeningKind)
AREA_KINDS: tuple[str, ...] = get_args(AreaKind)
MARKER_KINDS: tuple[str, ...] = get_args(MarkerKind)


def area_m2(polygon: Sequence[tuple[float, float]]) -> float:
    """Return the area of a polygon in square metres, by the shoelace formula."""
    following = (*polygon[1:], polygon[0])
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(polygon, following, strict=True))) / 2


def _within(limit: int) -> Callable[[Decimal], Decimal]:
    def check(degrees: Decimal) -> Decimal:
        if abs(degrees) > limit:
            raise ValueError(f"is not between -{limit} and {limit} degrees")
        return degrees

    return check


class Element(Record):
    """Be something that is drawn, with how sure it is and why."""

    certainty: Certainty
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
    kind: OpeningKind
    hinge: Literal["from", "to"] | None = None
    swing: Literal["left", "right"] | None = None
    features: tuple[Feature, ...] = ()


class Room(Element):
    """Be a space; its polygon runs on the centrelines of its walls, its `holes` are no part of it."""

    noun: ClassVar[str] = "room"
    number: Plain | None = None
    title: Plain
    native: tuple[Native, ...] = ()
    polygon: Polygon
    holes: tuple[Polygon, ...] = ()
    area_m2: Length | None = None
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


class Lift(Element):
    """Be the shaft of a lift, declared once for all storeys that it serves."""

    noun: ClassVar[str] = "lift"
    storeys: tuple[Id, ...]
    polygon: Polygon


class Boundary(Element):
    """Be the edge of the plot."""

    noun: ClassVar[str] = "boundary"
    polygon: Polygon
    area_m2: Length | None = None


class Area(Element):
    """Be a part of the site or its surroundings."""

    noun: ClassVar[str] = "area"
    kind: AreaKind
    title: Plain
    native: tuple[Native, ...] = ()
    text: MarkedText | None = None
    polygon: Polygon
    area_m2: Length | None = None


class Site(Value):
    """Hold the plot, what stands around it and in its wall."""

    boundary: Boundary
    walls: tuple[Wall, ...] = ()
    openings: tuple[Opening, ...] = ()
    areas: tuple[Area, ...] = ()


class Tunnel(Element):
    """Be a way underground along a path.

    `from` and `to` name the rooms, areas or tunnels in which it begins and ends; `depth_m` is that of its
    floor.
    """

    noun: ClassVar[str] = "tunnel"
    title: Plain
    path: Line
    from_: Id | None = Field(None, alias="from")
    to: Id | None = None
    width_m: Length
    height_m: Length | None = None
    depth_m: Length | None = None
    phases: tuple[Id, ...] = ()


class Dimension(Element):
    """Be a length that a source gives, drawn between two points of a storey or, without one, of the site."""

    noun: ClassVar[str] = "dimension"
    storey: Id | None = None
    from_: Point = Field(alias="from")
    to: Point
    length_m: Length


class Section(Record):
    """Be a vertical cut along a straight line, seen from its right."""

    noun: ClassVar[str] = "section"
    title: Plain
    from_: Point = Field(alias="from")
    to: Point


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
    kind: MarkerKind
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
    certainty: Certainty = "documented"
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

    lat: Annotated[Number, AfterValidator(_within(90))]
    lon: Annotated[Number, AfterValidator(_within(180))]
    accuracy_m: Length
    sources: Sources


class Orientation(Value):
    """Say how sure it is where north lies, and why."""

    certainty: Literal["recorded", "documented", "inferred", "conjectural"]
    basis: MarkedText | None = None
    sources: Sources = ()

    @model_validator(mode="after")
    def _has_evidence(self) -> Self:
        if self.certainty == "conjectural" and self.basis is None:
            raise ValueError("is conjectural and has no 'basis' that says why north is drawn so")
        if self.certainty != "conjectural" and not self.sources:
            raise ValueError(f"is {self.certainty} and has no 'sources'")
        return self


class Plan(Value):
    """Hold the building, its site, its phases and what is said of them."""

    noun: ClassVar[str] = "plan"
    name: Plain
    status: Literal["survey", "reconstruction"]
    north: Metres = 0.0
    orientation: Orientation | None = None
    location: GeoLocation | None = None
    storeys: tuple[Storey, ...] = ()
    stairs: tuple[Stairs, ...] = ()
    lifts: tuple[Lift, ...] = ()
    site: Site | None = None
    tunnels: tuple[Tunnel, ...] = ()
    dimensions: tuple[Dimension, ...] = ()
    sections: tuple[Section, ...] = ()
    phases: tuple[Phase, ...] = ()
    markers: tuple[Marker, ...] = ()
    statements: tuple[Statement, ...] = ()
    unknowns: tuple[Unknown, ...] = ()

    @model_validator(mode="after")
    def _has_ground(self) -> Self:
        if not self.storeys and self.site is None:
            raise ValueError("has neither 'storeys' nor a 'site', and so nothing to draw")
        return self

    @property
    def has_grounds(self) -> bool:
        """Check whether anything lies outside the storeys."""
        return (
            self.site is not None or bool(self.tunnels) or any(one.storey is None for one in self.dimensions)
        )

    def elements(self) -> Iterator[Element]:
        """Yield everything that is drawn, in the order of the file's keys."""
        for storey in self.storeys:
            yield from (*storey.walls, *storey.openings, *storey.rooms)
        yield from (*self.stairs, *self.lifts)
        if self.site is not None:
            yield self.site.boundary
            yield from (*self.site.walls, *self.site.openings, *self.site.areas)
        yield from (*self.tunnels, *self.dimensions, *self.markers)

    def records(self) -> Iterator[Record]:
        """Yield everything in the plan that has an id."""
        yield from (*self.storeys, *self.elements(), *self.sections)
        yield from (*self.phases, *self.statements, *self.unknowns)

    def walls_with_openings(self) -> Iterator[tuple[tuple[Wall, ...], tuple[Opening, ...]]]:
        """Yield walls that stand together and the openings in them: each storey's, then the site's."""
        for storey in self.storeys:
            yield storey.walls, storey.openings
        if self.site is not None:
            yield self.site.walls, self.site.openings

    def rooms(self) -> Iterator[Room | Area]:
        """Yield what an event can take place in: rooms and areas."""
        for storey in self.storeys:
            yield from storey.rooms
        if self.site is not None:
            yield from self.site.areas
