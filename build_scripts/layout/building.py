"""Place the parts of one storey: floors, stairs, poche and openings, and where no label may stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import median

import shapely
from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry
from shapely.strtree import STRtree

from build_scripts.layout import lifts, openings, poche, stairs
from build_scripts.layout.certainty import filling
from build_scripts.layout.poche import Piece
from build_scripts.layout.shapes import Group, Path, outline
from build_scripts.layout.titles import title
from build_scripts.layout.view import Bounds, View, bounds
from build_scripts.model.floor_plan import Lift, Opening, Plan, Room, Stairs, Storey, Wall
from build_scripts.model.outlines import shape_of
from build_scripts.words import Words

# A wall thinner than this on the sheet is one line: two edges and a hatch would run together.
THINNEST = 1.9
CLEAR = 1.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Layers:
    """Hold layers of a drawing and the shapes, in points, that labels keep off."""

    groups: tuple[Group, ...]
    obstacles: tuple[BaseGeometry, ...]


def extent(plan: Plan, storey: Storey) -> Bounds:
    """Return the bounds of a storey in metres; a storey without walls and rooms has those of its stairs."""
    shapes: list[BaseGeometry] = [
        *poche.bodies(storey.walls),
        *(shape_of(room) for room in storey.rooms),
    ]
    shapes.extend(shape_of(flight) for flight in flights(plan, storey))
    shapes.extend(shape_of(lift) for lift in lifts_of(plan, storey))
    shapes.extend(LineString([one.from_, one.to]) for one in plan.dimensions if one.storey == storey.id)
    return bounds(shapes) if shapes else (0.0, 0.0, 1.0, 1.0)


def flights(plan: Plan, storey: Storey) -> tuple[Stairs, ...]:
    """Return the stairs that are seen on a storey."""
    return tuple(flight for flight in plan.stairs if storey.id in (flight.from_, flight.to))


def lifts_of(plan: Plan, storey: Storey) -> tuple[Lift, ...]:
    """Return the lifts that serve a storey."""
    return tuple(lift for lift in plan.lifts if storey.id in lift.storeys)


def layers(plan: Plan, storey: Storey, view: View, words: Words) -> Layers:
    """Return everything that is drawn of a storey, except words."""
    rooms = tuple(
        Group(
            id=room.id,
            role="room",
            title=title(room, words),
            certainty=room.certainty,
            items=tuple(_floor(room, view, "room-open" if room.open else "room")),
            link=f"room-{room.id}",
        )
        for room in storey.rooms
    )
    tall = voids_of(plan, storey)
    voids = tuple(
        Group(
            id=room.id,
            role="void",
            title=words("plan-void", room=title(room, words)),
            certainty=room.certainty,
            items=(*_floor(room, view, "room"), *_diagonals(room, view)),
        )
        for room in tall
    )
    walls = wall_layer(storey.walls, storey.openings, view, words)
    roofed = STRtree([shape_of(room) for room in storey.rooms if not room.open])
    holes = opening_layer(storey.walls, storey.openings, view, words, roofed)
    steps = _stairs(plan, storey, view, words)
    shafts = _lifts(plan, storey, view, words)
    crosses = [view.shape(_cross(room)).buffer(CLEAR) for room in tall]
    groups = (
        _layer("rooms", words, (*rooms, *voids)),
        *steps.groups,
        *shafts.groups,
        *walls.groups,
        *holes.groups,
    )
    return Layers(
        groups=groups,
        obstacles=(*crosses, *steps.obstacles, *shafts.obstacles, *walls.obstacles, *holes.obstacles),
    )


def _floor(room: Room, view: View, pen: str) -> Iterator[Path]:
    path = outline(view.shape(shape_of(room)), pen)
    if path is not None:
        yield path


def voids_of(plan: Plan, storey: Storey) -> tuple[Room, ...]:
    """Return the tall rooms of other storeys that also fill this one."""
    return tuple(room for other in plan.storeys for room in other.rooms if storey.id in room.through)


def _diagonals(room: Room, view: View) -> Iterator[Path]:
    """Yield the crossed dashes by which a plan shows that a floor is missing."""
    path = outline(view.shape(_cross(room)), f"above-{room.certainty}")
    if path is not None:
        yield path


def _cross(room: Room) -> BaseGeometry:
    shape = shape_of(room)
    left, bottom, right, top = shape.bounds
    lines = [[(left, bottom), (right, top)], [(left, top), (right, bottom)]]
    return shapely.MultiLineString(lines).intersection(shape)


def wall_layer(walls: tuple[Wall, ...], holes: tuple[Opening, ...], view: View, words: Words) -> Layers:
    """Return walls as poche, or as lines where the scale shows no thickness."""
    groups: list[Group] = []
    obstacles: list[BaseGeometry] = []
    if are_lines(walls, view):
        for wall, line_m in zip(walls, poche.lines(walls, holes), strict=True):
            line = view.shape(line_m)
            groups.append(_wall(wall, _line(line, wall.certainty), words))
            obstacles.append(line.buffer(2 * CLEAR))
    else:
        for piece in poche.pieces(walls, holes):
            shape = view.shape(piece.shape)
            groups.append(_wall(piece.wall, _cut(piece, shape, view), words))
            obstacles.append(shape.buffer(CLEAR))
    return Layers(groups=_layers("walls", words, tuple(groups)), obstacles=tuple(obstacles))


def are_lines(walls: Sequence[Wall], view: View) -> bool:
    """Tell whether walls are drawn as single lines at a scale, because most of them are too thin for more."""
    return bool(walls) and median(wall.thickness_m for wall in walls) * view.scale < THINNEST


def _cut(piece: Piece, shape: BaseGeometry, view: View) -> tuple[Path, ...]:
    if piece.wall.thickness_m * view.scale < THINNEST:
        axis = LineString(view.points((piece.wall.from_, piece.wall.to)))
        return _line(axis.intersection(shape), piece.wall.certainty)
    edges = outline(view.shape(piece.edges), f"edge-{piece.wall.certainty}")
    return (*filling(shape, piece.wall.certainty), *((edges,) if edges else ()))


def _line(line: BaseGeometry, level: str) -> tuple[Path, ...]:
    """Return a wall as one line."""
    path = outline(line, f"wall-line-{level}")
    return (path,) if path else ()


def _wall(wall: Wall, items: tuple[Path, ...], words: Words) -> Group:
    return Group(id=wall.id, role="wall", title=title(wall, words), certainty=wall.certainty, items=items)


def opening_layer(
    walls: Sequence[Wall], holes: Sequence[Opening], view: View, words: Words, roofed: STRtree
) -> Layers:
    """Return doors, windows, arches and gates; bars stand on the side away from what is `roofed` (metres)."""
    by_id = {wall.id: wall for wall in walls}
    in_line = are_lines(walls, view)
    groups = []
    obstacles: list[BaseGeometry] = []
    for opening in holes:
        wall = by_id[opening.wall]
        outside = openings.outside(opening, wall, roofed)
        symbol = openings.symbol(opening, wall, view, outside=outside, in_line=in_line)
        groups.append(
            Group(
                id=opening.id,
                role=opening.kind,
                title=title(opening, words),
                certainty=opening.certainty,
                items=symbol.paths,
            )
        )
        obstacles.append(view.shape(poche.hole(wall, opening)).buffer(CLEAR + 1.4))
        if symbol.needs is not None:
            obstacles.append(symbol.needs)
    return Layers(groups=_layers("openings", words, tuple(groups)), obstacles=tuple(obstacles))


def _stairs(plan: Plan, storey: Storey, view: View, words: Words) -> Layers:
    groups = []
    obstacles: list[BaseGeometry] = []
    for one in flights(plan, storey):
        placed = stairs.flight(one, view, below=one.from_ == storey.id)
        groups.append(
            Group(
                id=one.id, role="stairs", title=title(one, words), certainty=one.certainty, items=placed.paths
            )
        )
        obstacles.append(placed.needs.buffer(CLEAR))
    return Layers(groups=_layers("stairs", words, tuple(groups)), obstacles=tuple(obstacles))


def _lifts(plan: Plan, storey: Storey, view: View, words: Words) -> Layers:
    found = lifts_of(plan, storey)
    groups = tuple(
        Group(
            id=one.id,
            role="lift",
            title=title(one, words),
            certainty=one.certainty,
            items=lifts.shaft(view.points(one.polygon), one.certainty),
        )
        for one in found
    )
    obstacles = tuple(view.shape(shape_of(one)).buffer(CLEAR) for one in found)
    return Layers(groups=_layers("lifts", words, groups), obstacles=obstacles)


def _layers(name: str, words: Words, groups: tuple[Group, ...]) -> tuple[Group, ...]:
    return (_layer(name, words, groups),) if groups else ()


def _layer(name: str, words: Words, groups: Iterable[Group]) -> Group:
    return Group(id=f"layer--{name}", role="layer", title=words(f"plan-layer-{name}"), items=tuple(groups))


@lru_cache(maxsize=poche.SHEETS)
def footprint(storey: Storey) -> BaseGeometry:
    """Return what a storey covers on the ground, courts left out, in metres."""
    roofed = [shape_of(room) for room in storey.rooms if not room.open]
    return shapely.union_all([*roofed, *poche.bodies(storey.walls)])
