"""Place the parts of one storey: floors of rooms, stairs, poche and openings, and where no label may stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import shapely
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from build_scripts.layout import openings, poche, stairs
from build_scripts.layout.certainty import filling
from build_scripts.layout.poche import Piece
from build_scripts.layout.shapes import Group, Path, outline, polygon
from build_scripts.layout.titles import title
from build_scripts.layout.view import Bounds, View, bounds
from build_scripts.model.floor_plan import Opening, Plan, Stairs, Storey, Wall
from build_scripts.words import Words

# Below this thickness on the sheet a wall is one line: two edges and a hatch would run together.
THINNEST = 1.9
CLEAR = 1.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Layers:
    """Hold layers of a drawing and the shapes, in points, that labels keep off."""

    groups: tuple[Group, ...]
    obstacles: tuple[BaseGeometry, ...]


def extent(plan: Plan, storey: Storey) -> Bounds:
    """Return the bounds of a storey in metres; a storey without walls and rooms has those of its stairs."""
    shapes: list[BaseGeometry] = [*poche.bodies(storey.walls), *(Polygon(room.polygon) for room in storey.rooms)]
    shapes.extend(Polygon(flight.polygon) for flight in flights(plan, storey))
    return bounds(shapes) if shapes else (0.0, 0.0, 1.0, 1.0)


def flights(plan: Plan, storey: Storey) -> tuple[Stairs, ...]:
    """Return the stairs that are seen on a storey."""
    return tuple(flight for flight in plan.stairs if storey.id in (flight.from_, flight.to))


def layers(plan: Plan, storey: Storey, view: View, words: Words) -> Layers:
    """Return everything that is drawn of a storey, except words."""
    rooms = tuple(
        Group(
            id=room.id,
            role="room",
            title=title(room, words),
            certainty=room.certainty,
            items=(polygon(view.points(room.polygon), "room-open" if room.open else "room"),),
        )
        for room in storey.rooms
    )
    walls = wall_layer(storey.walls, storey.openings, view, words)
    holes = opening_layer(storey.walls, storey.openings, view, words)
    steps = _stairs(plan, storey, view, words)
    groups = (
        _layer("rooms", words, rooms),
        *steps.groups,
        *walls.groups,
        *holes.groups,
    )
    return Layers(groups=groups, obstacles=(*steps.obstacles, *walls.obstacles, *holes.obstacles))


def wall_layer(walls: Sequence[Wall], holes: Sequence[Opening], view: View, words: Words) -> Layers:
    """Return walls as poche, or as lines where the scale shows no thickness."""
    thin = [wall for wall in walls if wall.thickness_m * view.scale < THINNEST]
    thick = [wall for wall in walls if wall.thickness_m * view.scale >= THINNEST]
    groups: dict[str, Group] = {}
    obstacles: list[BaseGeometry] = []
    for piece in poche.pieces(thick, holes):
        shape = view.shape(piece.shape)
        groups[piece.wall.id] = _wall(piece.wall, _cut(piece, shape, view), words)
        obstacles.append(shape.buffer(CLEAR))
    for name, line_m in poche.lines(thin, holes).items():
        wall = next(wall for wall in thin if wall.id == name)
        line = view.shape(line_m)
        groups[name] = _wall(wall, _line(line, wall.certainty), words)
        obstacles.append(line.buffer(2 * CLEAR))
    return Layers(
        groups=_layers("walls", words, tuple(groups[wall.id] for wall in walls)), obstacles=tuple(obstacles)
    )


def _cut(piece: Piece, shape: BaseGeometry, view: View) -> tuple[Path, ...]:
    edges = outline(view.shape(piece.edges), f"edge-{piece.wall.certainty}")
    return (*filling(shape, piece.wall.certainty), *((edges,) if edges else ()))


def _line(line: BaseGeometry, level: str) -> tuple[Path, ...]:
    """Return a wall as one line; a disputed one as two."""
    shape = line.buffer(0.9, cap_style="flat").boundary if level == "disputed" else line
    path = outline(shape, f"wall-line-{level}")
    return (path,) if path else ()


def _wall(wall: Wall, items: tuple[Path, ...], words: Words) -> Group:
    return Group(id=wall.id, role="wall", title=title(wall, words), certainty=wall.certainty, items=items)


def opening_layer(walls: Sequence[Wall], holes: Sequence[Opening], view: View, words: Words) -> Layers:
    """Return doors, windows, arches and gates."""
    by_id = {wall.id: wall for wall in walls}
    groups = []
    obstacles: list[BaseGeometry] = []
    for opening in holes:
        wall = by_id[opening.wall]
        symbol = openings.symbol(opening, wall, view)
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
            Group(id=one.id, role="stairs", title=title(one, words), certainty=one.certainty, items=placed.paths)
        )
        obstacles.append(placed.needs.buffer(CLEAR))
    return Layers(groups=_layers("stairs", words, tuple(groups)), obstacles=tuple(obstacles))


def _layers(name: str, words: Words, groups: tuple[Group, ...]) -> tuple[Group, ...]:
    return (_layer(name, words, groups),) if groups else ()


def _layer(name: str, words: Words, groups: Iterable[Group]) -> Group:
    return Group(id=f"layer--{name}", role="layer", title=words(f"plan-layer-{name}"), items=tuple(groups))


def footprint(storey: Storey) -> BaseGeometry:
    """Return what a storey covers on the ground, courts left out, in metres."""
    roofed = [Polygon(room.polygon) for room in storey.rooms if not room.open]
    return shapely.union_all([*roofed, *poche.bodies(storey.walls)])
