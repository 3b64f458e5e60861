"""Label the steps that matter: number and date beside the curve, none over another or the line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

import shapely

from build_scripts.layout import description
from build_scripts.layout.axes import Axes, Step
from build_scripts.layout.lettering import FALL, SIZES, Measure, cap_height
from build_scripts.layout.shapes import Group, Item, Text, Xy, polyline, rectangle
from build_scripts.layout.timescale import moment
from build_scripts.words import Words

SPACE = 2.6
CLEAR = 1.6
ABOVE = 22.0
LEADERS = (9.0, 14.0, 20.0, 28.0, 38.0)
NEAR_START = 5.0


def layer(steps: Sequence[Step], axes: Axes, words: Words, measure: Measure) -> Group:
    """Return the labels of the steps in the rectangle of the axes and a little above it."""
    frame = shapely.box(axes.left, axes.bottom, axes.right + CLEAR, axes.top + ABOVE)
    shapes = [
        shapely.box(step.left, step.low, max(step.right, step.left + 0.1), step.high + 0.1) for step in steps
    ]
    shapes += [shapely.Point(step.left, step.y).buffer(2.2) for step in steps]
    for before, after in pairwise(steps):
        shapes.append(shapely.LineString([(after.from_, before.y), (after.left, after.y)]).buffer(0.2))
    blocked = shapely.union_all(shapes).buffer(CLEAR) if shapes else shapely.Point()
    nexts: list[Step | None] = [*steps[1:], None]
    taken: list[shapely.Polygon] = []
    labels: dict[int, Group] = {}
    for index in _by_weight(steps):
        placed = _label(index, steps[index], nexts[index], axes, frame, blocked, taken, words, measure)
        if placed is not None:
            labels[index] = placed
    items = tuple(labels[index] for index in sorted(labels))
    return Group(id="layer--labels", role="layer", title=words("series-labels"), items=items)


def _by_weight(steps: Sequence[Step]) -> list[int]:
    """Return the steps, first those that end a great change or hold for long; no number twice in a row."""
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
    after: Step | None,
    axes: Axes,
    frame: shapely.Polygon,
    blocked: shapely.Geometry,
    taken: list[shapely.Polygon],
    words: Words,
    measure: Measure,
) -> Group | None:
    value = description.amount(step.point, words)
    shown = axes.end - axes.start
    date = moment(step.point.date, step.point.time, words, days_shown=shown)
    value_width = measure(value, "value")
    width = value_width + SPACE + measure(date, "date")
    rise, fall = cap_height("value"), SIZES["value"].size * FALL
    for x, y, leader in _places(step, after, width, rise):
        box = shapely.box(x, y - fall, x + width, y + rise)
        if (
            not frame.contains(box)
            or box.intersects(blocked)
            or any(box.distance(other) < CLEAR for other in taken)
        ):
            continue
        if leader and _crosses(leader, blocked, taken):
            continue
        taken.append(box)
        if leader:
            taken.append(shapely.LineString(leader).buffer(0.3))
        items: tuple[Item, ...] = (
            *((polyline(leader, "leader"),) if leader else ()),
            rectangle(x - 1.0, y - fall, width + 2.0, rise + 2 * fall, "paper"),
            Text(x=x, y=y, text=value, style="value"),
            Text(x=x + value_width + SPACE, y=y, text=date, style="date"),
        )
        title = words("series-label", value=value, date=date)
        return Group(id=f"label--{index}", role="label", title=title, items=items)
    return None


def _crosses(leader: Sequence[Xy], blocked: shapely.Geometry, taken: Sequence[shapely.Polygon]) -> bool:
    """Check whether a leader runs over a label, or over the curve other than where it begins."""
    line = shapely.LineString(leader)
    beyond = line.difference(shapely.Point(leader[0]).buffer(NEAR_START))
    return beyond.intersects(blocked) or any(line.intersects(other) for other in taken)


def _places(
    step: Step, after: Step | None, width: float, rise: float
) -> Iterator[tuple[float, float, tuple[Xy, ...]]]:
    """Yield where a label may begin, best first, with its leader.

    Above the step, behind its end, before its end, below, before its start; then on leaders up and aside.
    """
    above, below = step.high + 4.4, step.low - rise - 4.4
    yield step.left - 1.5, above, ()
    yield step.left + 5.0, above, ()
    if after is not None and after.high < step.low:
        yield step.right + 5.0, step.y - rise / 2, ()
    yield step.right - width, above, ()
    yield step.left + 5.0, below, ()
    yield step.left - width - 5.0, step.y - rise / 2, ()
    yield step.left - width - 5.0, above - 1.0, ()
    for length in LEADERS:
        start = (step.left, step.high)
        yield step.left - 1.0, step.high + length + 2.0, (start, (step.left, step.high + length))
    for length in LEADERS:
        middle = (step.left + step.right) / 2
        for sign, start in ((1, (middle, step.high)), (-1, (middle, step.low))):
            end = (start[0] + length, start[1] + sign * length)
            yield end[0] + 1.5, end[1] - rise / 2, (start, end)
