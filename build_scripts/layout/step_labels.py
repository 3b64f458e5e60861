"""Label the steps that matter: number and date beside the curve, the weightiest first, none over another or the line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Protocol

import shapely

from build_scripts.layout import description
from build_scripts.layout.lettering import FALL, SIZES, Measure, cap_height
from build_scripts.layout.shapes import Group, Item, Text, Xy, polyline
from build_scripts.layout.timescale import short_date
from build_scripts.model.series import Point
from build_scripts.words import Words

SPACE = 2.6
CLEAR = 1.6
LEADERS = ((10.0, 9.0), (18.0, 16.0), (28.0, 24.0), (40.0, 34.0), (12.0, -9.0))


class Step(Protocol):
    """Know a number's place on the curve."""

    point: Point
    from_: float
    left: float
    right: float
    y: float
    low: float
    high: float


def layer(
    steps: Sequence[Step], left: float, right: float, bottom: float, top: float, words: Words, measure: Measure
) -> Group:
    """Return the labels of the steps inside a rectangle."""
    frame = shapely.box(left, bottom, right + CLEAR, top + 12.0)
    shapes = [shapely.box(step.left, step.low, max(step.right, step.left + 0.1), step.high + 0.1) for step in steps]
    shapes += [shapely.Point(step.left, step.y).buffer(2.2) for step in steps]
    for before, after in zip(steps[:-1], steps[1:], strict=True):
        shapes.append(shapely.LineString([(after.from_, before.y), (after.left, after.y)]).buffer(0.2))
    blocked = shapely.union_all(shapes).buffer(CLEAR) if shapes else shapely.Point()
    taken: list[shapely.Polygon] = []
    labels: dict[int, Group] = {}
    for index in _by_weight(steps):
        placed = _label(index, steps[index], frame, blocked, taken, words, measure)
        if placed is not None:
            labels[index] = placed
    items = tuple(labels[index] for index in sorted(labels))
    return Group(id="layer--labels", role="layer", title=words("series-labels"), items=items)


def _by_weight(steps: Sequence[Step]) -> list[int]:
    """Return the steps, those first that end a great change or hold for long; equal numbers are named once."""
    if not steps:
        return []
    values = [description.middle(step.point) for step in steps]
    height = max(abs(value) for value in values) or Decimal(1)
    length = steps[-1].right - steps[0].left or 1.0
    weights: dict[int, float] = {}
    for index, step in enumerate(steps):
        change = abs(values[index] - values[index - 1]) if index else height
        if index and not change:
            continue
        weights[index] = float(change / height) + (step.right - step.left) / length
    weights[len(steps) - 1] = 3.0
    weights[0] = 4.0
    return sorted(weights, key=lambda index: (-weights[index], index))


def _label(
    index: int,
    step: Step,
    frame: shapely.Polygon,
    blocked: shapely.Geometry,
    taken: list[shapely.Polygon],
    words: Words,
    measure: Measure,
) -> Group | None:
    value = description.amount(step.point, words)
    date = short_date(step.point.date.earliest, words.locale)
    value_width = measure(value, "value")
    width = value_width + SPACE + measure(date, "date")
    rise, fall = cap_height("value"), SIZES["value"].size * FALL
    for x, y, leader in _places(step, width, rise):
        box = shapely.box(x, y - fall, x + width, y + rise)
        if not frame.contains(box) or box.intersects(blocked):
            continue
        if any(box.buffer(CLEAR).intersects(other) for other in taken):
            continue
        lines = tuple(polyline(leader, "leader") for _ in (0,)) if leader else ()
        if leader and any(shapely.LineString(leader).intersects(other) for other in taken):
            continue
        taken.append(box)
        items: tuple[Item, ...] = (
            *lines,
            Text(x=x, y=y, text=value, style="value"),
            Text(x=x + value_width + SPACE, y=y, text=date, style="date"),
        )
        title = words("series-label", value=value, date=date)
        return Group(id=f"label--{index}", role="label", title=title, items=items)
    return None


def _places(step: Step, width: float, rise: float) -> Iterator[tuple[float, float, tuple[Xy, ...]]]:
    """Yield where a label may begin, best first, with its leader: above the step, behind its end, below, on a leader."""
    above, below = step.high + 4.4, step.low - rise - 4.4
    yield step.left, above, ()
    yield step.right + 4.0, step.y - rise / 2, ()
    yield step.right - width, above, ()
    yield step.left + 4.0, below, ()
    yield step.left - width - 4.0, step.y - rise / 2, ()
    for dx, dy in LEADERS:
        start = ((step.left + step.right) / 2, step.high if dy > 0 else step.low)
        if step.right - step.left > 2 * dx:
            start = (step.left, start[1])
        end = (start[0] + dx, start[1] + dy)
        yield end[0] + 1.5, end[1] - rise / 2, (start, end)
