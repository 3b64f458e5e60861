"""Place the plan of one storey with the names of its rooms."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count

from shapely.geometry import LineString

from build_scripts.layout import building, dimensions, labels, legend, letters, poche
from build_scripts.layout.labels import Name
from build_scripts.layout.lettering import Measure
from build_scripts.layout.letters import Question
from build_scripts.layout.obstacles import Obstacles
from build_scripts.layout.picture import Picture, beside_bar, frame_of, label_layer, layer, picture, view_of
from build_scripts.layout.shapes import Xy
from build_scripts.layout.sheet import north
from build_scripts.layout.spots import Spots
from build_scripts.layout.view import View
from build_scripts.model.dossier import Dossier
from build_scripts.model.floor_plan import Lift, Plan, Room, Stairs, Storey
from build_scripts.model.outlines import shape_of
from build_scripts.words import Words


def place(
    dossier: Dossier, plan: Plan, storey: Storey, ratio: float, words: Words, measure: Measure, width: float
) -> Picture:
    """Return the storey at a scale, with keys as wide as `width`."""
    extent = building.extent(plan, storey)
    view = view_of(extent, ratio)
    frame = frame_of(extent, view)
    drawn = building.layers(plan, storey, view, words)
    measured = [one for one in plan.dimensions if one.storey == storey.id]
    lengths = dimensions.layers(measured, view, words, measure)
    obstacles = (*drawn.obstacles, *lengths.obstacles)
    ways = (*building.flights(plan, storey), *building.lifts_of(plan, storey))
    elements = (*storey.walls, *storey.openings, *storey.rooms, *ways, *measured)
    asked = letters.questions(elements, dossier)
    spots = Spots()
    voids = building.voids_of(plan, storey)
    questions = letters.by_element(asked)
    named = [*room_names(storey, questions), *(_void_name(room, words) for room in voids)]
    shapes = [view.shape(shape_of(room)) for room in (*storey.rooms, *voids)]
    placed = labels.place(list(zip(named, shapes, strict=True)), obstacles, frame, spots, measure)
    blocked = Obstacles(obstacles)
    marks = list(letters.place(asked, unnamed(plan, storey, view), frame, blocked, spots, measure))
    groups = (
        *drawn.groups,
        *lengths.groups,
        *label_layer(placed, words),
        *layer("letters", words("plan-key-questions"), marks),
    )
    lines = building.are_lines(storey.walls, view)
    shown = (*groups, *north(plan, words, measure))
    signs = (
        legend.certainties(shown, words, beside_bar(width), measure, lines=lines),
        legend.opening_signs(
            storey.openings,
            building.flights(plan, storey),
            words,
            width,
            measure,
            lines=lines,
            lifts=building.lifts_of(plan, storey),
        ),
    )
    return picture(groups, frame, *legend.keyed(signs, placed, asked, words, width, measure))


def room_names(storey: Storey, questions: Mapping[str, tuple[Question, ...]]) -> list[Name]:
    """Return what can be written of the rooms."""
    numbers = room_numbers(storey)
    return [
        Name(
            id=room.id,
            number=numbers[room.id],
            title=room.title,
            native=tuple((native.text, native.lang) for native in room.native),
            pen=f"tag-{room.certainty}",
            questions=questions.get(room.id, ()),
        )
        for room in storey.rooms
    ]


def room_numbers(storey: Storey) -> Mapping[str, str]:
    """Return the numbers of rooms by id; a room without a number gets one that no other has."""
    taken = {room.number for room in storey.rooms}
    free = (str(number) for number in count(1) if str(number) not in taken)
    return {room.id: room.number or next(free) for room in storey.rooms}


def _void_name(room: Room, words: Words) -> Name:
    return Name(
        id=room.id, number="", title=words("plan-void", room=room.title), style="native", numbered=False
    )


def unnamed(plan: Plan, storey: Storey, view: View) -> dict[str, Xy]:
    """Return points in the middle of the elements that carry no name: walls, openings, stairs, lifts."""
    points: dict[str, Xy] = {}
    walls = {wall.id: wall for wall in storey.walls}
    for wall in storey.walls:
        middle = LineString([wall.from_, wall.to]).centroid
        points[wall.id] = view.point((middle.x, middle.y))
    for opening in storey.openings:
        points[opening.id] = view.point(poche.frame(walls[opening.wall]).point(opening.at_m, 0.0))
    ways: tuple[Stairs | Lift, ...] = (*building.flights(plan, storey), *building.lifts_of(plan, storey))
    for way in ways:
        inner = shape_of(way).representative_point()
        points[way.id] = view.point((inner.x, inner.y))
    return points
