"""Draw a flight of stairs: treads, an arrow that points up, and on the lower storey the line of the cut."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import shapely
from shapely.geometry import LineString, Polygon
from shapely.geometry.base import BaseGeometry

from build_scripts.layout.shapes import Path, Xy, corners, outline, polygon, polyline
from build_scripts.layout.view import View
from build_scripts.model.floor_plan import Stairs

TREAD_M = 0.28
LEAST_TREAD = 2.2
ARROW = 3.4
ZIGZAG = 2.4


@dataclass(frozen=True, slots=True, kw_only=True)
class Flight:
    """Hold the lines of a flight on one storey, where its arrow begins, and the floor it takes."""

    paths: tuple[Path, ...]
    foot: Xy
    needs: Polygon


def flight(stairs: Stairs, view: View, *, below: bool) -> Flight:
    """Return a flight as seen on the storey it starts from (`below`) or on the one it reaches."""
    shape = Polygon(view.points(stairs.polygon))
    way = view.points(stairs.up)
    run = LineString(way)
    level = stairs.certainty
    treads = _treads(run, shape, max(TREAD_M * view.scale, LEAST_TREAD))
    half = run.length / 2
    seen = [line for at, line in treads if not below or at <= half]
    above = [line for at, line in treads if below and at > half]
    paths = [polygon(corners(shape.exterior), f"tread-{level}")]
    for lines, pen in ((seen, f"tread-{level}"), (above, "tread-above")):
        path = outline(shapely.MultiLineString(lines), pen) if lines else None
        if path is not None:
            paths.append(path)
    if below:
        paths.extend(_break(run, shape))
    paths.extend(_arrow(way))
    return Flight(paths=tuple(paths), foot=way[0], needs=shape)


def _treads(run: LineString, shape: Polygon, spacing: float) -> list[tuple[float, LineString]]:
    """Return the edges of the treads with their place along the run."""
    count = max(1, round(run.length / spacing))
    step = run.length / count
    treads = []
    for index in range(1, count):
        at = index * step
        line = _across(run, at, shape)
        if line is not None:
            treads.append((at, line))
    return treads


def _across(run: LineString, at: float, shape: Polygon) -> LineString | None:
    """Return the line square to the run at a place, from side to side of the flight."""
    here, (dx, dy) = run.interpolate(at), _direction(run, at)
    reach = math.hypot(shape.bounds[2] - shape.bounds[0], shape.bounds[3] - shape.bounds[1])
    line = LineString(
        [(here.x - dy * reach, here.y + dx * reach), (here.x + dy * reach, here.y - dx * reach)]
    ).intersection(shape)
    parts = _lines(line)
    return min(parts, key=lambda part: part.distance(here)) if parts else None


def _lines(shape: BaseGeometry) -> list[LineString]:
    parts = getattr(shape, "geoms", (shape,))
    return [part for part in parts if isinstance(part, LineString) and not part.is_empty]


def _direction(run: LineString, at: float) -> Xy:
    """Return the unit vector of the run at a place."""
    before, after = run.interpolate(max(at - 0.5, 0)), run.interpolate(min(at + 0.5, run.length))
    length = before.distance(after) or 1.0
    return (after.x - before.x) / length, (after.y - before.y) / length


def _break(run: LineString, shape: Polygon) -> Iterator[Path]:
    """Yield the zigzag of the cut, slanting across the middle of the flight."""
    across = _across(run, run.length / 2, shape)
    if across is None:
        return
    (ax, ay), (bx, by) = across.coords[0], across.coords[-1]
    dx, dy = _direction(run, run.length / 2)
    slant = across.length * 0.3

    def on(share: float, forward: float) -> Xy:
        shift = slant * (share - 0.5) + forward
        return ax + (bx - ax) * share + dx * shift, ay + (by - ay) * share + dy * shift

    points = [on(0.0, 0.0), on(0.44, 0.0), on(0.48, ZIGZAG), on(0.52, -ZIGZAG), on(0.56, 0.0), on(1.0, 0.0)]
    yield polyline(points, "break")


def _arrow(way: Sequence[Xy]) -> Iterator[Path]:
    (ax, ay), (bx, by) = way[-2], way[-1]
    length = math.dist(way[-2], way[-1]) or 1.0
    dx, dy = (bx - ax) / length, (by - ay) / length
    tip = (bx - dx * 2, by - dy * 2)
    back = (tip[0] - dx * ARROW, tip[1] - dy * ARROW)
    yield polyline([*way[:-1], tip], "arrow")
    wings = [(back[0] - dy * ARROW * 0.42 * side, back[1] + dx * ARROW * 0.42 * side) for side in (1, -1)]
    yield polygon([tip, *wings], "arrow-head")
