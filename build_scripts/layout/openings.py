"""Draw doors, windows, arches and gates as the plan of a building shows them, in metres, cut at waist height.

A door is a leaf with the arc of its swing; where no swing is known it is drawn shut. A window is two lines
of frame and one of glass; an arch, which is above the cut, is dashed; a gate is a barred line.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from shapely.geometry import Point, Polygon
from shapely.strtree import STRtree

from build_scripts.layout.poche import Frame, frame
from build_scripts.layout.shapes import Path, Xy, arc, circle, polyline
from build_scripts.layout.view import View
from build_scripts.model.floor_plan import Opening, Wall

GLASS_GAP = 0.9
GRATE_SPACING = 2.6
GRATE_RADIUS = 0.45
LEAF_GAP = 0.75
POST = 1.1
LINE_FACE = 0.85
BESIDE_M = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Symbol:
    """Hold the lines of an opening in points, and the floor that they need, where no label should stand."""

    paths: tuple[Path, ...]
    needs: Polygon | None


def outside(opening: Opening, wall: Wall, roofed: STRtree) -> int:
    """Return the side of a wall that lies outdoors at an opening: 1 for its left, -1 for its right.

    `roofed` are the shapes on the ground that have a roof.
    """
    place = frame(wall)
    left, right = (
        len(
            roofed.query(
                Point(place.point(opening.at_m, side * (wall.thickness_m / 2 + BESIDE_M))), "intersects"
            )
        )
        for side in (1, -1)
    )
    return -1 if left and not right else 1


def symbol(opening: Opening, wall: Wall, view: View, *, outside: int = 1, in_line: bool = False) -> Symbol:
    """Return the drawing of an opening.

    `outside` is the side for bars; `in_line` tells that the wall is a line and has no room for detail.
    """
    opened = _Opened(opening, wall, view, in_line=in_line)
    match opening.kind:
        case "door" | "double-door":
            paths, needs = _door(opened)
        case "window" | "french-window":
            paths, needs = _window(opened), None
        case "arch":
            paths, needs = _faces(opened, f"above-{opening.certainty}"), None
        case _:
            paths, needs = _gate(opened), None
    return Symbol(paths=(*paths, *(() if in_line else _features(opened, outside))), needs=needs)


class _Opened:
    """Hold an opening in its wall: sizes in points, the middle of the opening at 0."""

    def __init__(self, opening: Opening, wall: Wall, view: View, *, in_line: bool) -> None:
        place: Frame = frame(wall)
        self.opening = opening
        self.frame = Frame(view.point(place.point(opening.at_m, 0)), place.along, place.left)
        self.half = opening.width_m / 2 * view.scale
        self.face = LINE_FACE if in_line else wall.thickness_m / 2 * view.scale
        self.in_line = in_line
        self.pen = f"thin-{opening.certainty}"

    def line(self, from_: Xy, to: Xy, pen: str | None = None) -> Path:
        """Return a line between two points along and aside."""
        return polyline([self.frame.point(*from_), self.frame.point(*to)], pen or self.pen)

    def has(self, *features: str) -> bool:
        """Check whether the opening has one of some features."""
        return not self.in_line and not set(features).isdisjoint(self.opening.features)


def _faces(opened: _Opened, pen: str) -> tuple[Path, ...]:
    """Return lines that close the opening along both faces of its wall."""
    return tuple(
        opened.line((-opened.half, aside), (opened.half, aside), pen) for aside in (-opened.face, opened.face)
    )


def _door(opened: _Opened) -> tuple[tuple[Path, ...], Polygon | None]:
    opening = opened.opening
    side = {"left": 1, "right": -1, None: 0}[opening.swing]
    hinges = _hinges(opening)
    if not side or not hinges:
        return tuple(_shut(opened)), None
    aside = side * opened.face
    paths: list[Path] = [
        opened.line((-opened.half, -aside), (opened.half, -aside), f"sill-{opening.certainty}")
    ]
    width = 2 * opened.half / len(hinges)
    for hinge in hinges:
        jamb = hinge * opened.half
        tip = (jamb, aside + side * width)
        meeting = (jamb - hinge * width, aside)
        paths.extend(_leaf(opened, (jamb, aside), tip, -hinge))
        centre, end, start = (opened.frame.point(*xy) for xy in ((jamb, aside), meeting, tip))
        paths.append(arc(centre, start, end, f"swing-{opening.certainty}"))
    reach = aside + side * width
    corners = ((-opened.half, aside), (opened.half, aside), (opened.half, reach), (-opened.half, reach))
    return tuple(paths), Polygon([opened.frame.point(*corner) for corner in corners])


def _hinges(opening: Opening) -> tuple[int, ...]:
    """Return where the leaves hang: -1 at the jamb nearer the wall's start, 1 at the other."""
    if opening.kind == "double-door":
        return (-1, 1)
    return {"from": (-1,), "to": (1,), None: ()}[opening.hinge]


def _shut(opened: _Opened) -> Iterator[Path]:
    """Yield the leaf of a door whose swing is not known, in the middle of the wall."""
    yield from _leaf(opened, (-opened.half, 0.0), (opened.half, 0.0), 0)
    if opened.opening.kind == "double-door":
        yield opened.line((0.0, -opened.face / 2), (0.0, opened.face / 2))


def _leaf(opened: _Opened, hinge: Xy, tip: Xy, inward: int) -> Iterator[Path]:
    """Yield a door leaf; an armoured one is drawn double."""
    yield opened.line(hinge, tip, f"leaf-{opened.opening.certainty}")
    if opened.has("reinforced", "grenade-proof", "bulletproof"):
        if inward:
            gap = inward * LEAF_GAP * 2
            yield opened.line(
                (hinge[0] + gap, hinge[1]), (tip[0] + gap, tip[1]), f"leaf-{opened.opening.certainty}"
            )
        else:
            yield opened.line(
                (hinge[0], LEAF_GAP * 2), (tip[0], LEAF_GAP * 2), f"leaf-{opened.opening.certainty}"
            )


def _window(opened: _Opened) -> tuple[Path, ...]:
    paths = [*_faces(opened, opened.pen)]
    if opened.in_line:
        return tuple(paths)
    if opened.has("bulletproof"):
        for aside in (-GLASS_GAP / 2, GLASS_GAP / 2):
            paths.append(opened.line((-opened.half, aside), (opened.half, aside)))
    else:
        paths.append(opened.line((-opened.half, 0.0), (opened.half, 0.0)))
    if opened.opening.kind == "french-window":
        paths.append(opened.line((0.0, -opened.face), (0.0, opened.face)))
    return tuple(paths)


def _gate(opened: _Opened) -> tuple[Path, ...]:
    """Return a gate: posts at its ends, and two leaves that meet in the middle."""
    level = opened.opening.certainty
    posts = (circle(*opened.frame.point(at, 0.0), POST, f"dot-{level}") for at in (-opened.half, opened.half))
    tick = max(opened.face, POST)
    return (
        opened.line((-opened.half, 0.0), (opened.half, 0.0)),
        opened.line((0.0, -tick), (0.0, tick)),
        *posts,
    )


def _features(opened: _Opened, side: int) -> Iterator[Path]:
    """Yield what is added for what an opening is armed with: bars, a shutter, a barrier."""
    away = side * (opened.face + 1.4)
    if opened.opening.kind in ("window", "french-window") and opened.has("grate", "grenade-proof"):
        count = max(2, round(2 * opened.half / GRATE_SPACING))
        step = 2 * opened.half / count
        for index in range(count + 1):
            x, y = opened.frame.point(-opened.half + index * step, away)
            yield circle(x, y, GRATE_RADIUS, f"dot-{opened.opening.certainty}")
    if opened.has("shutter"):
        for at in (-opened.half, opened.half):
            yield opened.line((at, away), (at - (1.5 if at > 0 else -1.5), away + side * 2.2), opened.pen)
    if opened.has("blocked"):
        yield opened.line((-opened.half, -opened.face), (opened.half, opened.face), opened.pen)
        yield opened.line((-opened.half, opened.face), (opened.half, -opened.face), opened.pen)
