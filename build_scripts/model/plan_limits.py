"""Check that numbers of a plan are those of a building: what no sheet can show is a slip of the pen."""

from __future__ import annotations

import math
from collections.abc import Iterator

from build_scripts.diagnostics import Diagnostic
from build_scripts.model.floor_plan import Plan, Wall
from build_scripts.model.records import Record

Xy = tuple[float, float]

# Metres from the origin to either side.
FARTHEST_M = 10_000.0
# The least and the most of each number of an element or storey.
LIMITS = {
    "thickness_m": (0.01, 20.0),
    "width_m": (0.05, 200.0),
    "height_m": (0.05, 1000.0),
    "depth_m": (0.05, 5000.0),
    "length_m": (0.05, 20_000.0),
    "area_m2": (0.05, 100_000_000.0),
    "level_m": (-1000.0, 1000.0),
    "at_m": (0.0, 20_000.0),
}
POINTS = ("from_", "to", "at")
LINES = ("polygon", "path", "up")


def check(plan: Plan) -> Iterator[Diagnostic]:
    """Yield numbers that are too small or too large, lines without a length, and walls thicker than long."""
    for one in (*plan.storeys, *plan.elements(), *plan.sections):
        yield from _check_numbers(one)
        yield from _check_points(one)
        for key in ("path", "up"):
            line = getattr(one, key, None)
            if line is not None and len(set(line)) < 2:
                yield one.problem("has no length: all its points are one", key)
        if isinstance(one, Wall):
            yield from _check_wall(one)


def _check_numbers(one: Record) -> Iterator[Diagnostic]:
    for key, (least, most) in LIMITS.items():
        value = getattr(one, key, None)
        if value is not None and not least <= value <= most:
            yield one.problem(f"{key} '{_number(value)}' is not between {least:g} and {most:g}", key)


def _check_points(one: Record) -> Iterator[Diagnostic]:
    """Yield points that lie too far out; one of each line is enough to say so."""
    for key in POINTS:
        point = getattr(one, key, None)
        if isinstance(point, tuple):
            yield from _check_point(one, key, point)
    lines = [(key, line) for key in LINES if (line := getattr(one, key, None))]
    lines += [("holes", hole) for hole in getattr(one, "holes", ())]
    for key, line in lines:
        yield from _check_point(one, key, max(line, key=lambda point: max(abs(point[0]), abs(point[1]))))


def _check_point(one: Record, key: str, point: Xy) -> Iterator[Diagnostic]:
    if max(abs(point[0]), abs(point[1])) > FARTHEST_M:
        x, y = point
        message = (
            f"[{_number(x)}, {_number(y)}] lies more than {FARTHEST_M:g} m from the origin; are these metres?"
        )
        yield one.problem(message, key.removesuffix("_"))


def _number(value: float) -> str:
    """Return a number as it would be typed."""
    return f"{value:.15f}".rstrip("0").rstrip(".")


def _check_wall(wall: Wall) -> Iterator[Diagnostic]:
    length = math.dist(wall.from_, wall.to)
    if 0.0 < length < wall.thickness_m:
        message = (
            f"is {wall.thickness_m:g} m thick and only {length:.2f} m long; turn it, or lengthen another"
        )
        yield wall.problem(message, "thickness_m")
