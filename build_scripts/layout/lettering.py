"""Size and break the words of a drawing; widths come from the caller, who knows the typefaces."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from build_scripts.layout.shapes import Anchor, Text

Measure = Callable[[str, str], float]

# Of the size of type: how far capitals and figures rise, and how far letters go below the line.
RISE = 0.72
FALL = 0.22
ELLIPSIS = "…"
# No line of a drawing holds so many letters.
LONG_WORD = 400


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
    """Return the text in lines no wider than `width`; a wider word is broken where the line is full."""
    lines: list[str] = []
    current = ""
    for word in _pieces(text, style, width, measure):
        longer = f"{current} {word}" if current else word
        if current and measure(longer, style) > width:
            lines.append(current)
            current = word
        else:
            current = longer
    return (*lines, current) if current else tuple(lines)


def _pieces(text: str, style: str, width: float, measure: Measure) -> Iterator[str]:
    """Yield the words of a text, long ones in pieces that fit."""
    for word in text.split():
        rest = word
        while len(rest) > 1 and measure(rest[:LONG_WORD], style) > width:
            fits = range(1, min(len(rest), LONG_WORD))
            most = bisect_right(fits, width, key=lambda count: measure(rest[:count], style))
            yield rest[: max(most, 1)]
            rest = rest[max(most, 1) :]
        if rest:
            yield rest


def shortened(lines: Sequence[str], most: int, style: str, width: float, measure: Measure) -> tuple[str, ...]:
    """Return at most so many lines; the last one ends in an ellipsis if there were more."""
    if len(lines) <= most:
        return tuple(lines)
    last = lines[most - 1]
    while last and measure(f"{last}{ELLIPSIS}", style) > width:
        last = last[:-1]
    return (*lines[: most - 1], f"{last.rstrip()}{ELLIPSIS}")


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
    most: int | None = None,
) -> Block:
    """Return a text broken to a width, its first line's top at 0 and its anchor at x 0.

    It has at most `most` lines: what is longer stands in full in the text that the drawing belongs to.
    """
    size = SIZES[style]
    broken = wrap(text, style, width, measure)
    if most is not None:
        broken = shortened(broken, most, style, width, measure)
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
