"""Place the step curve of a series: each number holds until the next one.

A range is a band between its ends; one end alone is its line, hatched to the side that is open. A date that
is no single day makes a slanting dashed step. A point without a number is passed by. Where accounts differ,
the step begins with an open dot.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import shapely

from build_scripts.layout import axes as axes_of
from build_scripts.layout import description, step_labels
from build_scripts.layout.axes import VALUES_GAP, Axes, Step
from build_scripts.layout.certainty import Hatch, hatched
from build_scripts.layout.lettering import Measure, block, cap_height
from build_scripts.layout.shapes import (
    Group,
    Item,
    Path,
    Placed,
    Text,
    circle,
    moved_group,
    outline,
    polyline,
    rectangle,
)
from build_scripts.layout.timescale import name
from build_scripts.model.series import Point, Series
from build_scripts.words import Words

DOT = 1.7
OPEN_HATCH = Hatch(60.0, 3.0)
OPEN_DEPTH = 12.0
HEAD_GAP = 24.0
BOTTOM = 17.0
UNIT_GAP = 6.0


def place(series: Series, words: Words, measure: Measure, *, width: float, height: float) -> Placed:
    """Return the curve in exactly the given width and height."""
    known = [point for point in series.points if point.has_number]
    heading = block(series.title, "heading", width, measure)
    last = heading.lines[-1]
    unit_x = measure(last.text, "heading") + UNIT_GAP
    unit = Text(x=unit_x, y=last.y, text=series.unit, style="note")
    differs = any(point.accounts for point in known)
    foot = _key(known, words, width, measure) if known else None
    bottom = BOTTOM + (foot.height if foot else 0.0)
    levels = axes_of.levels(known)
    names = {level: description.amount(Point.model_construct(value=level), words) for level in levels}
    left = max((measure(name, "axis") for name in names.values()), default=0.0) + VALUES_GAP
    axes = Axes(
        left=left,
        bottom=bottom,
        right=width - 2.0,
        top=height - heading.height - HEAD_GAP,
        least=float(levels[0]),
        most=float(levels[-1]),
        **axes_of.span(known),
    )
    steps = tuple(axes_of.steps(known, axes))
    items: list[Group] = [
        Group(
            id="sheet--heading",
            role="title-block",
            title=series.title,
            items=tuple(replace(line, y=line.y + height) for line in (*heading.lines, unit)),
        ),
        axes_of.value_axis(axes, names, words),
        axes_of.time_axis(axes, words, measure),
        _bands(steps, words),
        _curve(steps, series),
        _dots(steps, words),
        step_labels.layer(steps, axes, words, measure),
    ]
    if foot is not None and (differs or len(foot.items) > 0):
        items.append(moved_group(foot.group, 0.0, foot.height))
    return Placed(
        id=f"series-{series.id}",
        width=width,
        height=height,
        title=series.title,
        description=description.series(series, words),
        groups=tuple(group for group in items if group.items),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Foot:
    """Hold the line below the axis that explains open dots and bands."""

    group: Group
    items: tuple[Item, ...]
    height: float


def _bands(steps: Sequence[Step], words: Words) -> Group:
    bands = []
    for index, step in enumerate(steps):
        items: list[Path | None] = []
        width = step.right - step.left
        if step.high > step.low and width:
            items.append(rectangle(step.left, step.low, width, step.high - step.low, "band"))
            items.extend(
                polyline([(step.left, y), (step.right, y)], "band-edge") for y in (step.low, step.high)
            )
        elif step.opens and width:
            bottom = step.y if step.opens > 0 else step.y - OPEN_DEPTH
            side = shapely.box(step.left, bottom, step.right, bottom + OPEN_DEPTH)
            items.append(outline(hatched(side, OPEN_HATCH), "band-hatch"))
        if items:
            title = description.amount(step.point, words)
            drawn = tuple(item for item in items if item is not None)
            bands.append(Group(id=f"band--{index}", role="range", title=title, items=drawn))
    return Group(id="layer--bands", role="layer", title=words("series-ranges"), items=tuple(bands))


def _curve(steps: Sequence[Step], series: Series) -> Group:
    """Return the line: level while a number holds, upright where it changes, slanting where the day is open.

    Within a band there is no line to follow, so the line ends at the band and goes on behind it.
    """
    items: list[Path] = []
    for index, step in enumerate(steps):
        if index:
            before = steps[index - 1]
            sure = step.from_ == step.left
            start, end = _nearest(before, step)
            points = [(step.from_, start), (step.left, end)]
            if start != end or not sure:
                items.append(polyline(points, "curve" if sure else "curve-unsure"))
        if step.low == step.high and step.right > step.left:
            items.append(polyline([(step.left, step.y), (step.right, step.y)], "curve"))
    return Group(id="layer--curve", role="curve", title=series.title, items=tuple(_merged(items)))


def _nearest(before: Step, after: Step) -> tuple[float, float]:
    """Return where a riser leaves one step and reaches the next: the edges that face each other."""
    if after.low >= before.high:
        return before.high, after.low
    if after.high <= before.low:
        return before.low, after.high
    return before.low, before.low


def _merged(paths: Sequence[Path]) -> Iterator[Path]:
    """Join neighbouring lines of one pen, so that corners are corners."""
    held: Path | None = None
    for path in paths:
        if held is not None and held.pen == path.pen and held.segments[-1].points == path.segments[0].points:
            held = replace(held, segments=(*held.segments, *path.segments[1:]))
            continue
        if held is not None:
            yield held
        held = path
    if held is not None:
        yield held


def _dots(steps: Sequence[Step], words: Words) -> Group:
    groups = []
    for index, step in enumerate(steps):
        point = step.point
        title = words(
            "series-point",
            date=name(point.date, words),
            value=description.amount(point, words),
        )
        if point.accounts:
            title = words("series-point-differs", point=title)
        signs = tuple(_dot(step))
        facts = (("event", point.event),) if point.event else ()
        groups.append(Group(id=f"point--{index}", role="point", title=title, items=signs, facts=facts))
    return Group(id="layer--points", role="layer", title=words("series-points"), items=tuple(groups))


def _dot(step: Step) -> Iterator[Path]:
    """Yield a dot at a number, a bar along a range; where accounts differ the dot is open."""
    if step.low < step.high:
        yield polyline([(step.left, step.low), (step.left, step.high)], "range-bar")
    if step.point.accounts or step.low == step.high:
        yield circle(step.left, step.y, DOT, "dot-differs" if step.point.accounts else "dot")


def _key(known: Sequence[Point], words: Words, width: float, measure: Measure) -> Foot | None:
    """Return what explains the signs in use: open dots, bands, open ends."""
    entries: list[tuple[str, tuple[Path, ...]]] = []
    if any(point.accounts for point in known):
        entries.append((words("series-key-differs"), (circle(4.0, 0.0, DOT, "dot-differs"),)))
    if any(point.low is not None and point.high is not None for point in known):
        entries.append(
            (
                words("series-key-range"),
                (
                    rectangle(0.0, -3.0, 8.0, 6.0, "band"),
                    *(polyline([(0.0, y), (8.0, y)], "band-edge") for y in (-3.0, 3.0)),
                ),
            )
        )
    if any((point.low is None) != (point.high is None) for point in known):
        sample = outline(hatched(shapely.box(0.0, -3.0, 8.0, 3.0), OPEN_HATCH), "band-hatch")
        entries.append((words("series-key-open"), (sample,) if sample else ()))
    if not entries:
        return None
    items: list[Item] = []
    x, y = 0.0, -9.0
    for text, sign in entries:
        needed = 12.0 + measure(text, "note")
        if x and x + needed > width:
            x, y = 0.0, y - 10.0
        group = Group(
            id="",
            role="",
            title="",
            items=(*sign, Text(x=12.0, y=-cap_height("note") / 2, text=text, style="note")),
        )
        items.extend(moved_group(group, x, y).items)
        x += needed + 16.0
    group = Group(id="sheet--key", role="key", title=words("series-key"), items=tuple(items))
    return Foot(group=group, items=tuple(items), height=-y + 6.0)
