"""Draw what happened where: a sign for each kind of marker, its line telling how sure the place is.

Signs differ by shape; filled and solid are the surer levels, open with dashes or dots the others.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from build_scripts.layout.certainty import LOOKS
from build_scripts.layout.shapes import Path, Xy, circle, polygon, polyline

SIZE = 3.4
HALVED = ("wounded",)
HEAD = 4.4


def sign(kind: str, level: str, at: Xy) -> tuple[Path, ...]:
    """Return the sign of a kind of marker about a point."""
    filled = LOOKS[level].filled and kind not in HALVED
    pen = f"{'sign' if filled else 'sign-open'}-{level}"
    return SIGNS[kind](*at, pen, f"sign-line-{level}")


def trail(kind: str, level: str, points: Sequence[Xy]) -> tuple[Path, ...]:
    """Return a marker along a path: a route with an arrow, anything else with its sign at the corners."""
    line = polyline(points, f"trail-{level}")
    if kind == "route":
        return (line, _arrow_head(points[-2], points[-1]))
    signs = [path for at in points for path in sign(kind, level, at)]
    return (line, *signs)


def _arrow_head(from_: Xy, to: Xy) -> Path:
    length = math.dist(from_, to) or 1.0
    dx, dy = (to[0] - from_[0]) / length, (to[1] - from_[1]) / length
    back = (to[0] - dx * HEAD, to[1] - dy * HEAD)
    wings = [(back[0] - dy * HEAD * 0.4 * side, back[1] + dx * HEAD * 0.4 * side) for side in (1, -1)]
    return polygon([to, *wings], "trail-head")


def _star(x: float, y: float, points: int, inner: float, pen: str) -> Path:
    corners = []
    for index in range(2 * points):
        radius = SIZE * 1.25 if index % 2 == 0 else SIZE * inner
        turn = math.pi / 2 + index * math.pi / points
        corners.append((x + radius * math.cos(turn), y + radius * math.sin(turn)))
    return polygon(corners, pen)


def _breach(x: float, y: float, pen: str, line: str) -> tuple[Path, ...]:
    return (_star(x, y, 6, 0.55, pen),)


def _charge(x: float, y: float, pen: str, line: str) -> tuple[Path, ...]:
    rays = []
    for index in range(8):
        dx, dy = math.cos(index * math.pi / 4), math.sin(index * math.pi / 4)
        start, end = SIZE * 0.75, SIZE * 1.35
        rays.append(polyline([(x + dx * start, y + dy * start), (x + dx * end, y + dy * end)], "ray"))
    return (*rays, circle(x, y, SIZE * 0.62, pen))


def _barricade(x: float, y: float, pen: str, line: str) -> tuple[Path, ...]:
    side = SIZE
    return (
        polyline([(x - side, y - side), (x + side, y + side)], line),
        polyline([(x - side, y + side), (x + side, y - side)], line),
        polyline([(x - side, y), (x + side, y)], line),
    )


def _entry(x: float, y: float, pen: str, line: str) -> tuple[Path, ...]:
    side = SIZE * 1.15
    return (polygon([(x - side, y - side * 0.8), (x + side, y - side * 0.8), (x, y + side)], pen),)


def _position(x: float, y: float, pen: str, line: str) -> tuple[Path, ...]:
    side = SIZE * 0.82
    return (
        polygon(
            [(x - side, y - side), (x + side, y - side), (x + side, y + side), (x - side, y + side)], pen
        ),
    )


def _wounded(x: float, y: float, pen: str, line: str) -> tuple[Path, ...]:
    side = SIZE * 1.15
    half = polygon([(x - side, y), (x, y - side), (x, y + side)], "sign-half")
    return (_lozenge(x, y, pen), half)


def _death(x: float, y: float, pen: str, line: str) -> tuple[Path, ...]:
    return (_lozenge(x, y, pen), polygon(_corners(x, y, SIZE * 0.62), "sign-half"))


def _lozenge(x: float, y: float, pen: str) -> Path:
    return polygon(_corners(x, y, SIZE * 1.15), pen)


def _corners(x: float, y: float, side: float) -> list[Xy]:
    return [(x - side, y), (x, y - side), (x + side, y), (x, y + side)]


def _event(x: float, y: float, pen: str, line: str) -> tuple[Path, ...]:
    return (circle(x, y, SIZE * 0.85, pen),)


SIGNS: dict[str, Callable[[float, float, str, str], tuple[Path, ...]]] = {
    "breach": _breach,
    "barricade": _barricade,
    "charge": _charge,
    "entry": _entry,
    "position": _position,
    "route": _event,
    "wounded": _wounded,
    "death": _death,
    "event": _event,
}
