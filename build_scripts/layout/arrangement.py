"""Arrange drawing, title and keys on a sheet: below each other, or title and keys in a column beside it."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial

from build_scripts.layout.lettering import Measure
from build_scripts.layout.picture import BAR_ROOM, EDGE, WIDE, Picture
from build_scripts.layout.shapes import Group, Placed, moved_group
from build_scripts.layout.sheet import (
    COLUMN,
    GUTTER,
    Part,
    beside,
    north_arrow,
    scale_bar,
    stacked,
    title_block,
)
from build_scripts.layout.view import Bounds, View, ratios
from build_scripts.model.floor_plan import Plan
from build_scripts.words import Words

GAP = 11.0
# Columns of title and keys hold this many columns of a key; a wider one is taken where the keys are long.
KEY_COLUMNS = (2, 3, 4)
# Keys that leave the drawing less than this share of the scale it could have are cut short.
LEAST_SHARE = 1 / 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """Say what a sheet has room for, in points, before it is shown `enlarged`.

    With `landscape` title and keys stand in a column at the right, else all stands below each other. On what
    is not `printed` no scale is stated as a ratio: a screen shows it at any size.
    """

    width: float
    height: float
    enlarged: float = 1.0
    landscape: bool = False
    printed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """Hold what a sheet is called, and the words that stand for its picture."""

    id: str
    title: str
    native: str | None
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """Hold what a sheet shows.

    `draw(scale, width, key_width)` gives the picture in a field of a width, its keys as wide as `key_width`.
    `extent` in metres gives the scales that are tried, 1:n; without it they are `steps`, most generous first.
    `flat` tells whether it has a north.
    """

    heading: Heading
    draw: Callable[[float, float, float], Picture]
    extent: Bounds | None = None
    steps: tuple[int, ...] = ()
    flat: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class _Trial:
    """Hold a sheet at one scale: its drawing, what stands below or beside it, and how high all of it is."""

    drawn: Picture
    foot: Part
    height: float


def arrange(plan: Plan, subject: Subject, words: Words, measure: Measure, sheet: Format) -> Placed:
    """Return the sheet at the largest scale at which all of it fits, or else at the smallest there is."""
    placed = _landscape if sheet.landscape else _upright
    groups, height = placed(plan, subject, words, measure, sheet)
    return Placed(
        id=subject.heading.id,
        width=sheet.width,
        height=height,
        title=subject.heading.title,
        description=subject.heading.description,
        groups=groups,
        to_scale=sheet.printed and subject.extent is not None,
    )


def _upright(
    plan: Plan, subject: Subject, words: Words, measure: Measure, sheet: Format
) -> tuple[tuple[Group, ...], float]:
    """Return title, drawing and keys below each other."""
    head = _title(plan, subject, words, measure, sheet.width)

    def total(drawn: Picture, foot: Part) -> float:
        return head.height + GAP + drawn.height + GAP + foot.height

    found = _fitting(plan, subject, words, measure, sheet, sheet.width, sheet.width, total)
    aside = (sheet.width - found.drawn.width) / 2
    groups = (
        *head.at(0.0, found.height),
        *(moved_group(group, aside, found.foot.height + GAP) for group in found.drawn.groups),
        *found.foot.at(0.0, found.foot.height),
    )
    return groups, found.height


def _landscape(
    plan: Plan, subject: Subject, words: Words, measure: Measure, sheet: Format
) -> tuple[tuple[Group, ...], float]:
    """Return the drawing at the left, and at the right keys above the title, which has the lower corner.

    There it shows when the sheet is folded (DIN 824, form A).
    """
    for count in KEY_COLUMNS:
        column = count * (COLUMN + GUTTER) - GUTTER
        head = _title(plan, subject, words, measure, column)

        def total(drawn: Picture, foot: Part, head: Part = head) -> float:
            return max(drawn.height, foot.height + 2 * GAP + head.height)

        field = sheet.width - column - 2 * GAP
        found = _fitting(plan, subject, words, measure, sheet, field, column, total)
        if found.height <= sheet.height:
            break
    height = max(sheet.height, found.height)
    left, low = (field - found.drawn.width) / 2, (height - found.drawn.height) / 2
    groups = (
        *(moved_group(group, left, low) for group in found.drawn.groups),
        *found.foot.at(field + 2 * GAP, height),
        *head.at(field + 2 * GAP, head.height),
    )
    return groups, height


def _title(plan: Plan, subject: Subject, words: Words, measure: Measure, width: float) -> Part:
    status = words(f"plan-status-{plan.status}")
    return title_block(subject.heading.title, subject.heading.native, plan.name, status, width, measure)


def _fitting(
    plan: Plan,
    subject: Subject,
    words: Words,
    measure: Measure,
    sheet: Format,
    field: float,
    key_width: float,
    total: Callable[[Picture, Part], float],
) -> _Trial:
    """Return the sheet at the first scale at which it is no higher than it may be, or at the last.

    Where no scale leaves room for all keys, the brief ones are tried.
    """
    scales = subject.steps
    if subject.extent is not None:
        high = sheet.height - (2 * EDGE if sheet.landscape else 0.0)
        scales = ratios(subject.extent, (field - 2 * EDGE) * sheet.enlarged, high * sheet.enlarged)
        scales = tuple(scale for scale in scales if scale * LEAST_SHARE <= scales[0])

    @cache
    def draw(scale: int) -> Picture:
        shown = scale * sheet.enlarged if subject.extent is not None else float(scale)
        return subject.draw(shown, field, key_width)

    def trial(scale: int, *, brief: bool) -> _Trial:
        whole = draw(scale)
        drawn = replace(whole, keys=whole.brief) if brief else whole
        foot = _foot(plan, subject, drawn, scale, words, measure, key_width, sheet)
        return _Trial(drawn=drawn, foot=foot, height=total(drawn, foot))

    whole = _first_fitting(subject, sheet, scales, partial(trial, brief=False))
    if whole.height <= sheet.height or whole.drawn.keys == whole.drawn.brief:
        return whole
    return _first_fitting(subject, sheet, scales, partial(trial, brief=True))


def _first_fitting(
    subject: Subject, sheet: Format, scales: Sequence[int], trial: Callable[[int], _Trial]
) -> _Trial:
    """Return the first of some trials, most generous first, that is no higher than the sheet, or the last.

    Where title and keys alone are higher, a smaller scale would not help.
    """
    room = math.inf
    for scale in scales:
        share = 1 / scale if subject.extent is not None else float(scale)
        if share > room and scale != scales[-1]:
            continue
        found = trial(scale)
        if found.height <= sheet.height or found.height - found.drawn.height >= sheet.height:
            break
        # A key seldom gets shorter at a smaller scale, so that scales which need more room need no trial.
        room = share * max(sheet.height - found.height + found.drawn.height, 0.0) / found.drawn.height
    return found


def _foot(
    plan: Plan,
    subject: Subject,
    drawn: Picture,
    ratio: int,
    words: Words,
    measure: Measure,
    width: float,
    sheet: Format,
) -> Part:
    """Return what stands below or beside a drawing: scale bar and keys."""
    parts = list(drawn.keys)
    if subject.extent is not None:
        stated = ratio if sheet.printed else None
        bar = scale_bar(View(ratio=ratio * sheet.enlarged), stated, words, measure)
        if subject.flat:
            bar = beside(north_arrow(plan, words, measure), bar, GAP)
        if width >= WIDE:
            bar = stacked([bar, *drawn.aside], GAP)
            parts[0] = beside(bar, parts[0], BAR_ROOM - bar.width)
        else:
            parts = [bar, *drawn.aside, *parts]
    return stacked(parts, GAP)
