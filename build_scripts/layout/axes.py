"""Turn time and numbers into points of a curve's rectangle, and draw its two axes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from build_scripts.layout import description
from build_scripts.layout.lettering import Measure, cap_height
from build_scripts.layout.shapes import Group, Item, Text, polyline
from build_scripts.layout.timescale import Tick, ticks
from build_scripts.model.days import days
from build_scripts.model.series import Point
from build_scripts.words import Words

NOON = 0.5
LEAD = 0.012
TAIL = 0.03
TICK = 3.0
VALUES_GAP = 5.0
VALUE_TICKS = 5
ROUND_STEPS = (1, 2, 2.5, 5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Hold one number with its place: from `left` to `right` at `y`, reached between `from_` and `left`.

    `low` and `high` are the edges of its band; for a single number both are `y`. `opens` is -1 or 1 where the
    band has no lower or no upper end.
    """

    point: Point
    from_: float
    left: float
    right: float
    y: float
    low: float
    high: float
    opens: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Axes:
    """Hold the rectangle of the curve and how days and numbers become points of it."""

    left: float
    bottom: float
    right: float
    top: float
    start: float
    end: float
    least: float
    most: float

    def x(self, at: float) -> float:
        """Return where a time in days lies."""
        return self.left + (at - self.start) / (self.end - self.start) * (self.right - self.left)

    def y(self, value: float) -> float:
        """Return where a number lies."""
        return self.bottom + (value - self.least) / (self.most - self.least) * (self.top - self.bottom)


def span(known: Sequence[Point]) -> dict[str, float]:
    """Return the ends of the axis of time in days, a little before the first point and after the last."""
    if not known:
        return {"start": 0.0, "end": 1.0}
    start, end = when(known[0])[0], when(known[-1])[1]
    span = max(end - start, 1 / 24)
    return {"start": start - span * LEAD, "end": end + span * TAIL}


def ends(point: Point) -> tuple[Decimal, ...]:
    """Return the numbers that a point has: its value, or one or both ends of its range."""
    return tuple(end for end in (point.value, point.low, point.high) if end is not None)


def when(point: Point) -> tuple[float, float]:
    """Return the first and the last moment of a point in days; a day without a time counts as its noon.

    A date that is open at one end stands at the other.
    """
    known = [day for day in (point.date.first, point.date.last) if day is not None]
    first, last = days(known[0]), days(known[-1])
    if point.time is not None:
        end = point.time.end or point.time.start
        return first + point.time.start.seconds / 86400, first + end.seconds / 86400
    return (first + NOON, first + NOON) if first == last else (float(first), last + 1.0)


def levels(known: Sequence[Point]) -> list[float]:
    """Return round numbers for the value axis, which begins at 0 unless a number lies below."""
    values = [float(end) for point in known for end in ends(point)]
    low, high = min([0.0, *values]), max([0.0, *values])
    if low == high:
        high = low + 1.0
    rough = (high - low) / VALUE_TICKS
    power = 1.0
    while power * 10 <= rough:
        power *= 10
    while power > rough:
        power /= 10
    size = next((power * factor for factor in ROUND_STEPS if power * factor >= rough), power * 10)
    first, last = int(low // size), int(-(-high // size))
    return [count * size for count in range(first, last + 1)]


def steps(known: Sequence[Point], axes: Axes) -> Iterator[Step]:
    """Yield the numbers in their places, each up to the next."""
    moments = [when(point) for point in known]
    for index, point in enumerate(known):
        from_, left = moments[index]
        right = moments[index + 1][0] if index + 1 < len(known) else axes.end
        low, high = min(ends(point)), max(ends(point))
        opens = 0 if point.value is not None else (point.high is None) - (point.low is None)
        yield Step(
            point=point,
            from_=axes.x(from_),
            left=axes.x(left),
            right=axes.x(max(right, left)),
            y=axes.y(float(description.middle(point))),
            low=axes.y(float(low)),
            high=axes.y(float(high)),
            opens=opens,
        )


def value_axis(axes: Axes, names: dict[float, str], words: Words) -> Group:
    """Return a line and a name for each round number."""
    items: list[Item] = []
    for level, name in names.items():
        y = axes.y(level)
        items.append(polyline([(axes.left, y), (axes.right, y)], "grid" if level else "axis"))
        items.append(
            Text(
                x=axes.left - VALUES_GAP, y=y - cap_height("axis") / 2, text=name, style="axis", anchor="end"
            )
        )
    return Group(id="sheet--values", role="axis", title=words("series-axis-values"), items=tuple(items))


def time_axis(axes: Axes, words: Words, measure: Measure) -> Group:
    """Return a tick for each division of time, and the longest of its names that fits."""
    found = ticks(axes.start, axes.end, words)
    items: list[Item] = []
    baseline = axes.bottom - TICK - 2.5 - cap_height("axis")
    free_from = axes.left - 4.0
    for index, tick in enumerate(found):
        x = axes.x(tick.at)
        if not tick.goes_on:
            items.append(polyline([(x, axes.bottom), (x, axes.bottom - TICK)], "axis"))
        end = axes.x(found[index + 1].at) if index + 1 < len(found) else axes.right + TICK
        name = _fitting(tick, end - x - TICK, measure)
        if name is not None and x >= free_from:
            inset = 0.0 if tick.goes_on else TICK
            items.append(Text(x=x + inset, y=baseline, text=name, style="axis"))
            free_from = x + inset + measure(name, "axis") + TICK
    return Group(id="sheet--time", role="axis", title=words("series-axis-time"), items=tuple(items))


def _fitting(tick: Tick, room: float, measure: Measure) -> str | None:
    """Return the longest name that fits, or none."""
    return next((name for name in tick.names if measure(name, "axis") <= room), None)
