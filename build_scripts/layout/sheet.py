"""Place what surrounds a plan: title block with status, scale bar, north arrow, and keys.

Every part is laid out downwards from its top left corner at 0, 0.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from build_scripts.layout.lettering import SIZES, Measure, block, cap_height
from build_scripts.layout.shapes import (
    Group,
    Item,
    Path,
    Text,
    moved,
    moved_group,
    polygon,
    polyline,
    rectangle,
)
from build_scripts.layout.view import View
from build_scripts.model.floor_plan import Plan
from build_scripts.words import Words

COLUMN = 128.0
GUTTER = 12.0
SWATCH_COLUMN = 33.0
NUMBER_COLUMN = 24.0
SIGN_GAP = 7.0
# Half the height of a numbered pill: signs of one key stand on lines of one height.
SIGN_RISE = 4.8
ENTRY_GAP = 2.2
ENTRY_LINES = 8
HEADING_GAP = 4.0
BAR_HEIGHT = 3.2
NORTH_RADIUS = 9.0
# Levels of certainty that an arrow to the north states in a word.
UNSURE = ("inferred", "conjectural")
BAR_LENGTHS_M = (1, 2, 4, 5, 10, 20, 25, 40, 50, 100, 200, 250, 500, 1000, 2000, 5000)
WIDEST_BAR = 120.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Hold a part of the sheet and how much of it it takes."""

    groups: tuple[Group, ...]
    width: float
    height: float

    def at(self, x: float, y: float) -> tuple[Group, ...]:
        """Return its groups with the top left corner at x, y."""
        return tuple(moved_group(group, x, y) for group in self.groups)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Hold one line of a key: its sign, drawn about the middle of its column at 0, 0, and what it means."""

    id: str
    sign: tuple[Item, ...]
    text: str
    certainty: str | None = None


def title_block(
    title: str, native: str | None, name: str, status: str, width: float, measure: Measure
) -> Part:
    """Return name of the view, name of the building and status, above a rule."""
    heading = block(title, "title", width, measure)
    items: list[Item] = list(heading.lines)
    y = -heading.height
    if native is not None and measure(title, "title") + 8 + measure(native, "native") <= width:
        items.append(Text(x=measure(title, "title") + 8, y=heading.lines[0].y, text=native, style="native"))
    for text, style in ((name, "subtitle"), (status, "status")):
        part = block(text, style, width, measure)
        y -= 3.0
        items.extend(moved(line, 0.0, y) for line in part.lines)
        y -= part.height
    y -= 4.0
    items.append(polyline([(0.0, y), (width, y)], "rule"))
    group = Group(id="sheet--title", role="title-block", title=title, items=tuple(items))
    return Part(groups=(group,), width=width, height=-y)


def scale_bar(view: View, ratio: int | None, words: Words, measure: Measure) -> Part:
    """Return a bar of four parts in metres, and below it the scale 1:`ratio` if the sheet keeps one."""
    length_m = bar_length_m(view, WIDEST_BAR)
    length, step = length_m * view.scale, length_m * view.scale / 4
    figures = cap_height("scale")
    top = -figures - 2.5
    items: list[Item] = [
        rectangle(
            index * step, top - BAR_HEIGHT, step, BAR_HEIGHT, "scale-light" if index % 2 else "scale-dark"
        )
        for index in range(4)
    ]
    inset = measure("0", "scale") / 2
    for at, text in (
        (0.0, "0"),
        (length / 2, _metres(length_m / 2)),
        (length, words("plan-metres", n=length_m)),
    ):
        items.append(
            Text(
                x=at if at < length else at - inset,
                y=-figures,
                text=text,
                style="scale",
                anchor="middle" if at < length else "start",
            )
        )
    width = length + measure(words("plan-metres", n=length_m), "scale")
    baseline = top - BAR_HEIGHT
    if ratio is not None:
        note = words("plan-scale", ratio=ratio)
        baseline -= 3.0 + figures
        items.append(Text(x=-inset, y=baseline, text=note, style="scale"))
        width = max(width, measure(note, "scale"))
    group = Group(id="sheet--scale", role="scale-bar", title=words("plan-scale-title"), items=tuple(items))
    group = moved_group(group, inset, 0.0)
    return Part(groups=(group,), width=width + inset, height=-baseline + 2.0)


def bar_length_m(view: View, widest: float) -> int:
    """Return the longest round length whose bar is no longer than `widest` points."""
    return max(
        (length for length in BAR_LENGTHS_M if length * view.scale <= widest), default=BAR_LENGTHS_M[0]
    )


def _metres(length_m: float) -> str:
    return f"{length_m:g}"


def north_arrow(plan: Plan, words: Words, measure: Measure) -> Part:
    """Return an arrow to the north in the line of how sure that is; what is not sure is said below it."""
    level = plan.orientation.certainty if plan.orientation is not None else "documented"
    turn = math.radians(plan.north)
    dx, dy = math.sin(turn), math.cos(turn)
    said = words(f"plan-north-{level}") if level in UNSURE else ""
    radius, middle = NORTH_RADIUS, -NORTH_RADIUS - cap_height("scale") - 2.0
    centre = max(radius, measure(said, "scale") / 2)

    def on(forward: float, aside: float) -> tuple[float, float]:
        x = forward * dx + aside * dy
        return centre + x * radius, middle + (forward * dy - aside * dx) * radius

    whole: Path = polygon([on(1.0, 0), on(-0.8, 0.5), on(-0.45, 0), on(-0.8, -0.5)], f"north-{level}")
    half = () if said else (polygon([on(1.0, 0), on(-0.8, 0.5), on(-0.45, 0)], "north-dark"),)
    letter_x, letter_y = on(1.0 + (cap_height("scale") / 2 + 2.2) / radius, 0)
    letter = Text(
        x=letter_x,
        y=letter_y - cap_height("scale") / 2,
        text=words("plan-north"),
        style="scale",
        anchor="middle",
    )
    foot = -2 * radius - cap_height("scale") - 4.0
    items: list[Item] = [whole, *half, letter]
    if said:
        foot -= cap_height("scale") + 1.0
        items.append(Text(x=centre, y=foot, text=said, style="scale", anchor="middle"))
    title = words("plan-north-title")
    group = Group(
        id="sheet--north",
        role="north-arrow",
        title=words("plan-element", what=title, certainty=said) if said else title,
        items=tuple(items),
        certainty=level if plan.orientation is not None else None,
    )
    return Part(groups=(group,), width=2 * centre, height=2.0 - foot)


def north(plan: Plan, words: Words, measure: Measure) -> tuple[Group, ...]:
    """Return the arrow to the north as it will stand on the sheet, for the key of what is drawn."""
    return north_arrow(plan, words, measure).groups


def key(
    id: str,
    heading: str,
    entries: Sequence[Entry],
    width: float,
    measure: Measure,
    *,
    column: float = SWATCH_COLUMN,
    least: float = COLUMN,
) -> Part:
    """Return a key in as many columns as the width holds, read downwards.

    Signs take `column` of each; no column is narrower than `least` unless the whole is.
    """
    head = block(heading, "heading", width, measure)
    top = -head.height - HEADING_GAP
    count = min(max(1, int((width + GUTTER) / (least + GUTTER))), len(entries))
    each = (width + GUTTER) / count - GUTTER
    rows = [_entry(entry, each, column, measure) for entry in entries]
    items: list[Item] = list(head.lines)
    lowest = top
    for index, part in enumerate(_columns(rows, count)):
        y = top
        for row in part:
            items.extend(row.at(index * (each + GUTTER), y))
            y -= row.height + ENTRY_GAP
        lowest = min(lowest, y + ENTRY_GAP)
    group = Group(id=f"sheet--{id}", role="key", title=heading, items=tuple(items))
    return Part(groups=(group,), width=width, height=-lowest)


def _columns(rows: Sequence[Part], count: int) -> Iterable[Sequence[Part]]:
    """Return the rows in columns of about equal height."""
    limit = sum(row.height + ENTRY_GAP for row in rows) / count
    columns: list[list[Part]] = [[]]
    height = 0.0
    for row in rows:
        if columns[-1] and height + row.height / 2 > limit and len(columns) < count:
            columns.append([])
            height = 0.0
        columns[-1].append(row)
        height += row.height + ENTRY_GAP
    return columns


def _entry(entry: Entry, width: float, column: float, measure: Measure) -> Part:
    """Return sign and text on one line; a sign that rises above the text pushes both down."""
    text = block(entry.text, "key", width - column, measure, most=ENTRY_LINES)
    low, high = _reach(entry.sign)
    middle = -max(high, SIGN_RISE)
    shift = middle + cap_height("key") / 2
    items: list[Item] = [moved(item, (column - SIGN_GAP) / 2, middle) for item in entry.sign]
    items.extend(moved(line, column, shift) for line in text.lines)
    group = Group(
        id=f"sheet--{entry.id}",
        role="key-entry",
        title=entry.text,
        items=tuple(items),
        certainty=entry.certainty,
    )
    height = max(text.height - shift, -low - middle, SIZES["key"].leading)
    return Part(groups=(group,), width=width, height=height)


def _reach(items: Sequence[Item]) -> tuple[float, float]:
    """Return how far paths reach below and above 0."""
    ys = [
        y for item in items if isinstance(item, Path) for segment in item.segments for _, y in segment.points
    ]
    return min(ys, default=0.0), max(ys, default=0.0)


def stacked(parts: Iterable[Part], gap: float) -> Part:
    """Return parts one below the other."""
    groups: list[Group] = []
    y = 0.0
    width = 0.0
    for part in parts:
        if groups:
            y -= gap
        groups.extend(part.at(0.0, y))
        y -= part.height
        width = max(width, part.width)
    return Part(groups=tuple(groups), width=width, height=-y)


def beside(first: Part, second: Part, gap: float) -> Part:
    """Return two parts side by side, their tops level."""
    width = first.width + gap + second.width
    return Part(
        groups=(*first.groups, *second.at(first.width + gap, 0.0)),
        width=width,
        height=max(first.height, second.height),
    )
