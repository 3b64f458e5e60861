"""Place a vertical cut: walls as poche, floors and ceilings of rooms, tunnels below the ground, in one scale.

Distances along the cut run to the right, heights upwards. A height that nobody states is open at the top.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import shapely
from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry

from build_scripts.layout import labels, legend, letters, lifts, poche
from build_scripts.layout.certainty import filling
from build_scripts.layout.labels import Name
from build_scripts.layout.lettering import Measure
from build_scripts.layout.picture import Picture, beside_bar, frame_of, label_layer, layer, picture, view_of
from build_scripts.layout.shapes import Group, Path, outline, polygon, polyline
from build_scripts.layout.spots import Spots
from build_scripts.layout.storey import room_names
from build_scripts.layout.titles import title
from build_scripts.layout.view import Bounds, View
from build_scripts.model.dossier import Dossier
from build_scripts.model.floor_plan import (
    Area,
    Element,
    Lift,
    Opening,
    Plan,
    Room,
    Section,
    Stairs,
    Storey,
    Tunnel,
    Wall,
)
from build_scripts.model.outlines import shape_of
from build_scripts.words import Words

STUB_M = 2.2
ROOM_ABOVE_M = 1.0
ROOM_BELOW_M = 1.0
SKY_M = 2.0
LEAST_M = 0.02


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """Hold what is cut of one thing, in metres along the section and above the ground."""

    element: Element
    boxes: tuple[Bounds, ...]
    open_top: bool = False
    pierced: bool = False


def extent(plan: Plan, section: Section) -> Bounds:
    """Return the bounds of a section in metres, from the deepest tunnel to the top of the house."""
    cuts = [cut for part in _cuts(plan, section).values() for cut in part]
    heights = [z for cut in cuts for box in cut.boxes for z in (box[1], box[3])]
    low, high = min([0.0, *heights]), max([STUB_M, *heights])
    return 0.0, low - ROOM_BELOW_M, math.dist(section.from_, section.to), high + ROOM_ABOVE_M


def elements(plan: Plan, section: Section) -> tuple[Element, ...]:
    """Return what a section cuts, each once."""
    return tuple(dict.fromkeys(cut.element for part in _cuts(plan, section).values() for cut in part))


def place(
    dossier: Dossier, plan: Plan, section: Section, ratio: float, words: Words, measure: Measure, width: float
) -> Picture:
    """Return the section at a scale, with keys as wide as `width`."""
    whole = extent(plan, section)
    view = view_of(whole, ratio)
    frame = frame_of(whole, view)
    cuts = _cuts(plan, section)
    shown = elements(plan, section)
    asked = letters.questions(shown, dossier)
    names, shapes = _names(plan, cuts, view, letters.by_element(asked))
    solid = [view.shape(shapely.box(*box)) for cut in cuts["walls"] for box in cut.boxes]
    level = [view.point((whole[0], 0.0)), view.point((whole[2], 0.0))]
    spots = Spots()
    placed = labels.place(
        list(zip(names, shapes, strict=True)),
        [*(part.buffer(0.6) for part in solid), LineString(level).buffer(0.8)],
        frame,
        spots,
        measure,
    )
    drawn: dict[str, list[Group]] = {
        name: [_group(cut, _paths(name, cut, view), words) for cut in part] for name, part in cuts.items()
    }
    earth = Group(
        id="sheet--ground",
        role="ground",
        title=words("plan-ground"),
        items=(polyline(level, "ground-line"),),
    )
    groups = (
        *(group for name, part in drawn.items() for group in layer(name, words(f"plan-layer-{name}"), part)),
        earth,
        *label_layer(placed, words),
    )
    signs = (
        legend.certainties(groups, words, beside_bar(width), measure, lines=False),
        legend.notes(
            [words("plan-section-open")]
            if any(cut.open_top for part in cuts.values() for cut in part)
            else [],
            width,
            measure,
        ),
    )
    return picture(groups, frame, *legend.keyed(signs, placed, asked, words, width, measure))


def _cuts(plan: Plan, section: Section) -> Mapping[str, tuple[Cut, ...]]:
    """Return what is cut, by layer, those behind first."""
    line = LineString([section.from_, section.to])
    site = plan.site
    rooms: list[Cut] = []
    walls: list[Cut] = []
    for storey in plan.storeys:
        rooms.extend(_room(plan, storey, room, line) for room in storey.rooms)
        walls.extend(
            _walls(storey.walls, storey.openings, line, storey.level_m, storey.level_m + storey.height_m)
        )
    if site is not None:
        walls.extend(_walls(site.walls, site.openings, line, 0.0, None))
    houses = [_area(area, line) for area in (site.areas if site else ()) if area.kind == "building"]
    return {
        "areas": _kept(houses),
        "rooms": _kept(rooms),
        "stairs": _kept(_stairs(plan, stairs, line) for stairs in plan.stairs),
        "lifts": _kept(_lift(plan, lift, line) for lift in plan.lifts),
        "tunnels": _kept(_tunnel(tunnel, line) for tunnel in plan.tunnels),
        "walls": _kept(walls),
    }


def _kept(cuts: Iterable[Cut]) -> tuple[Cut, ...]:
    return tuple(cut for cut in cuts if cut.boxes)


def _spans(shape: BaseGeometry, line: LineString) -> Iterator[tuple[float, float]]:
    """Yield the stretches of the line that lie in a shape."""
    inside = shape.intersection(line)
    for part in getattr(inside, "geoms", (inside,)):
        if isinstance(part, LineString) and part.length > LEAST_M:
            ends = sorted(line.project(shapely.Point(part.coords[index])) for index in (0, -1))
            yield ends[0], ends[1]


def _room(plan: Plan, storey: Storey, room: Room, line: LineString) -> Cut:
    """Return a room from its floor to its ceiling, which in a tall room is that of the storeys above."""
    filled = [storey, *(one for one in plan.storeys if one.id in room.through)]
    low, high = storey.level_m, max(one.level_m + one.height_m for one in filled)
    boxes = tuple((start, low, end, high) for start, end in _spans(shape_of(room), line))
    return Cut(element=room, boxes=boxes, open_top=room.open)


def _walls(
    walls: tuple[Wall, ...], openings: tuple[Opening, ...], line: LineString, low: float, high: float | None
) -> Iterator[Cut]:
    by_wall: dict[str, list[Opening]] = {}
    for opening in openings:
        by_wall.setdefault(opening.wall, []).append(opening)
    for wall, body in zip(walls, poche.bodies(walls), strict=True):
        if not body.intersects(line):
            continue
        top = high if high is not None else (low + wall.height_m if wall.height_m is not None else None)
        holes = [poche.hole(wall, opening) for opening in by_wall.get(wall.id, ())]
        solid = body.difference(shapely.union_all(holes)) if holes else body
        spans = tuple(_spans(solid, line))
        pierced = not spans
        boxes = tuple(
            (start, low, end, low + STUB_M if top is None else top)
            for start, end in (spans or tuple(_spans(body, line)))
        )
        yield Cut(element=wall, boxes=boxes, open_top=top is None, pierced=pierced)


def _area(area: Area, line: LineString) -> Cut:
    boxes = tuple((start, 0.0, end, STUB_M) for start, end in _spans(shape_of(area), line))
    return Cut(element=area, boxes=boxes, open_top=True)


def _stairs(plan: Plan, stairs: Stairs, line: LineString) -> Cut:
    """Return a flight up to the tread that the section meets."""
    levels = {storey.id: storey.level_m for storey in plan.storeys}
    low, high = levels[stairs.from_], levels[stairs.to]
    run = LineString(stairs.up)
    boxes = []
    for start, end in _spans(shape_of(stairs), line):
        share = run.project(line.interpolate((start + end) / 2), normalized=True)
        boxes.append((start, low, end, low + share * (high - low)))
    return Cut(element=stairs, boxes=tuple(boxes))


def _lift(plan: Plan, lift: Lift, line: LineString) -> Cut:
    """Return a shaft from the lowest floor that it serves to the highest ceiling."""
    served = [storey for storey in plan.storeys if storey.id in lift.storeys]
    low = min(storey.level_m for storey in served)
    high = max(storey.level_m + storey.height_m for storey in served)
    return Cut(
        element=lift, boxes=tuple((start, low, end, high) for start, end in _spans(shape_of(lift), line))
    )


def _tunnel(tunnel: Tunnel, line: LineString) -> Cut:
    """Return a tunnel whose depth and height are stated; nothing can be drawn of another."""
    if tunnel.depth_m is None or tunnel.height_m is None:
        return Cut(element=tunnel, boxes=())
    body = LineString(tunnel.path).buffer(tunnel.width_m / 2, cap_style="flat", join_style="mitre")
    low = -tunnel.depth_m
    boxes = tuple((start, low, end, low + tunnel.height_m) for start, end in _spans(body, line))
    return Cut(element=tunnel, boxes=boxes)


def _group(cut: Cut, paths: Iterable[Path], words: Words) -> Group:
    role = "room" if isinstance(cut.element, Room) else type(cut.element).__name__.lower()
    return Group(
        id=cut.element.id,
        role=role,
        title=title(cut.element, words),
        certainty=cut.element.certainty,
        items=tuple(paths),
    )


def _paths(name: str, cut: Cut, view: View) -> Iterator[Path]:
    level = cut.element.certainty
    for box in cut.boxes:
        (left, low), (right, high) = view.point(box[:2]), view.point(box[2:])
        corners = [(left, low), (right, low), (right, high), (left, high)]
        if name == "walls" and cut.pierced:
            yield polyline([(left, low), (left, high)], f"above-{level}")
            yield polyline([(right, low), (right, high)], f"above-{level}")
        elif name == "walls":
            yield from filling(shapely.box(left, low, right, high), level)
            edge = f"edge-{level}"
            yield (
                polyline([corners[3], corners[0], corners[1], corners[2]], edge)
                if cut.open_top
                else polygon(corners, edge)
            )
        elif name == "areas":
            yield polyline([corners[3], corners[0], corners[1], corners[2]], f"area-{level}")
        elif name == "rooms":
            yield polygon(corners, "room-open" if cut.open_top else "room")
            yield polyline(corners[:2], f"thin-{level}")
            if not cut.open_top:
                yield polyline(corners[2:], f"thin-{level}")
        elif name == "lifts":
            yield from lifts.shaft(corners, level)
        elif name == "tunnels":
            yield polygon(corners, "paper")
            yield polygon(corners, f"tunnel-{level}")
        else:
            shape = outline(shapely.box(left, low, right, high), f"tread-{level}")
            if shape is not None:
                yield shape


def _names(
    plan: Plan,
    cuts: Mapping[str, tuple[Cut, ...]],
    view: View,
    questions: Mapping[str, tuple[letters.Question, ...]],
) -> tuple[list[Name], list[BaseGeometry]]:
    """Return what can be written of rooms, tunnels and houses, with the widest of their boxes."""
    by_room = {name.id: name for storey in plan.storeys for name in room_names(storey, questions)}
    names: list[Name] = []
    shapes: list[BaseGeometry] = []
    for part in ("rooms", "tunnels", "areas"):
        for cut in cuts[part]:
            element = cut.element
            widest = max(cut.boxes, key=lambda box: box[2] - box[0])
            if isinstance(element, Room):
                name = Name(
                    id=element.id,
                    number=by_room[element.id].number,
                    title=element.title,
                    pen=f"tag-{element.certainty}",
                )
            elif isinstance(element, Tunnel):
                name = Name(
                    id=element.id, number="", title=element.title, style="tunnel",
                    pen=f"tag-tunnel-{element.certainty}", numbered=False,
                )  # fmt: skip
            elif isinstance(element, Area):
                name = Name(
                    id=element.id, number="", title=element.title, style="area",
                    pen=f"tag-{element.certainty}", numbered=False,
                )  # fmt: skip
            else:
                continue
            names.append(name)
            shapes.append(view.shape(shapely.box(*widest)))
    return names, shapes
