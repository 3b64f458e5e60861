"""Size and break the words of a drawing; widths come from the caller, who knows the typefaces."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from build_scripts.layout.shapes import Anchor, Text

Measure = Callable[[str, str], float]

# Of the size of type: how far capitals and figures rise, and how far letters go below the line.
RISE = 0.72
FALL = 0.22


@dataclass(frozen=True, slots=True)
class Size:
    """Hold the size of type and the distance between baselines."""

    size: float
    leading: float


# No drawing prints type smaller than 6.5 points.
SIZES = {
    "title": Size(14.0, 17.0),
    "subtitle": Size(8.0, 10.5),
    "status": Size(7.5, 10.0),
    "heading": Size(7.5, 10.0),
    "key": Size(7.2, 9.6),
    "key-number": Size(7.2, 9.6),
    "room": Size(7.4, 8.8),
    "native": Size(6.8, 8.4),
    "number": Size(7.0, 8.4),
    "letter": Size(7.0, 8.4),
    "area": Size(7.4, 8.8),
    "street": Size(7.6, 9.2),
    "tunnel": Size(7.0, 8.4),
    "scale": Size(6.8, 8.4),
    "marker-number": Size(6.8, 8.4),
    "axis": Size(7.4, 9.6),
    "value": Size(8.2, 10.0),
    "date": Size(7.2, 10.0),
    "note": Size(7.0, 9.2),
}


def cap_height(style: str) -> float:
    """Return how far figures and capitals of a style rise above the baseline."""
    return SIZES[style].size * RISE


def wrap(text: str, style: str, width: float, measure: Measure) -> tuple[str, ...]:
    """Return the text in lines no wider than `width`; a single word may be wider."""
    lines: list[str] = []
    current = ""
    for word in text.split():
        longer = f"{current} {word}" if current else word
        if current and measure(longer, style) > width:
            lines.append(current)
            current = word
        else:
            current = longer
    return (*lines, current) if current else tuple(lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Hold lines of text with their extent; baselines count down from the top, which is 0."""

    lines: tuple[Text, ...]
    width: float
    height: float


def block(
    text: str,
    style: str,
    width: float,
    measure: Measure,
    *,
    anchor: Anchor = "start",
    lang: str | None = None,
) -> Block:
    """Return a text broken to a width, its first line's top at 0 and its anchor at x 0."""
    size = SIZES[style]
    broken = wrap(text, style, width, measure)
    lines = tuple(
        Text(
            x=0.0,
            y=-cap_height(style) - index * size.leading,
            text=line,
            style=style,
            anchor=anchor,
            lang=lang,
        )
        for index, line in enumerate(broken)
    )
    height = cap_height(style) + (len(broken) - 1) * size.leading + size.size * FALL
    return Block(lines=lines, width=max(measure(line, style) for line in broken), height=height)
