"""Put drawings into words, for those who cannot see them: one paragraph each, made from the data alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import reduce
from itertools import pairwise

from babel.lists import format_list

from build_scripts.layout.certainty import in_use
from build_scripts.layout.section import elements as cut_by
from build_scripts.layout.timescale import name
from build_scripts.layout.titles import what
from build_scripts.model.floor_plan import Element, Marker, Phase, Plan, Room, Section, Storey, Tunnel
from build_scripts.model.series import Point, Series
from build_scripts.words import Words


def series(one: Series, words: Words) -> str:
    """Return what the step curve of a series shows."""
    known = [point for point in one.points if point.has_number]
    if not known:
        return words("describe-series-empty", title=one.title)
    first, last = known[0], known[-1]
    sentences = [
        words(
            "describe-series",
            title=one.title,
            unit=one.unit,
            start=name(first.date, words),
            end=name(last.date, words),
        ),
        words(
            "describe-series-first",
            value=amount(first, words),
            date=name(first.date, words),
        ),
    ]
    between = _steepest(known)
    if between:
        steps = [
            words(
                "describe-series-step",
                value=amount(point, words),
                date=name(point.date, words),
            )
            for point in between
        ]
        sentences.append(words("describe-series-steps", steps=_listed(steps, words)))
    if len(known) > 1:
        sentences.append(
            words(
                "describe-series-last",
                value=amount(last, words),
                date=name(last.date, words),
            )
        )
    ranges = sum(point.low is not None or point.high is not None for point in known)
    if ranges:
        sentences.append(words("describe-series-ranges", n=ranges))
    differing = sum(bool(point.accounts) for point in known)
    if differing:
        sentences.append(words("describe-series-accounts", n=differing))
    return " ".join(sentences)


def amount(point: Point, words: Words) -> str:
    """Return a number, a range, or one end of a range."""
    if point.value is not None:
        return words.number(point.value)
    if point.low is not None and point.high is not None:
        return words.numbers(point.low, point.high)
    if point.low is not None:
        return words("series-at-least", low=words.number(point.low))
    if point.high is not None:
        return words("series-at-most", high=words.number(point.high))
    raise ValueError(f"point '{point.date}' has no number")


def middle(point: Point) -> Decimal:
    """Return the number by which a point is weighed: its value, or the middle of its range."""
    if point.value is not None:
        return point.value
    ends = [end for end in (point.low, point.high) if end is not None]
    return sum(ends, Decimal(0)) / len(ends)


def _steepest(known: Sequence[Point], count: int = 4) -> list[Point]:
    """Return the points between first and last that change most, in order of time."""
    changes = [
        (abs(middle(after) - middle(before)), -index, after)
        for index, (before, after) in enumerate(pairwise(known[:-1]))
        if middle(after) != middle(before)
    ]
    chosen = sorted(changes, key=lambda change: change[:2], reverse=True)[:count]
    return [point for _, _, point in sorted(chosen, key=lambda change: -change[1])]


def storey(plan: Plan, one: Storey, words: Words) -> str:
    """Return what the plan of a storey shows."""
    sentences = [
        words(
            "describe-storey", storey=one.title, name=plan.name, status=words(f"plan-status-{plan.status}")
        ),
    ]
    if one.rooms:
        rooms = [what(room, words) for room in one.rooms]
        sentences.append(words("describe-rooms", n=len(rooms), rooms=_listed(rooms, words)))
    stairs = [flight for flight in plan.stairs if one.id in (flight.from_, flight.to)]
    if stairs:
        sentences.append(words("describe-stairs", n=len(stairs)))
    lifts = [lift for lift in plan.lifts if one.id in lift.storeys]
    if lifts:
        sentences.append(words("describe-lifts", n=len(lifts)))
    sentences.extend(_sureness((*one.walls, *one.openings, *one.rooms, *stairs, *lifts), words))
    return " ".join(sentences)


def site(plan: Plan, words: Words, opening: str = "describe-site") -> str:
    """Return what the plan of the site shows, or of a part of it that has an `opening` of its own."""
    sentences = [words(opening, name=plan.name, status=words(f"plan-status-{plan.status}"))]
    elements: list[Element] = list(plan.tunnels)
    if plan.site is not None:
        areas = [area.title for area in plan.site.areas]
        if areas:
            sentences.append(words("describe-areas", n=len(areas), areas=_listed(areas, words)))
        elements = [plan.site.boundary, *plan.site.walls, *plan.site.openings, *plan.site.areas, *elements]
    if plan.tunnels:
        tunnels = [tunnel.title for tunnel in plan.tunnels]
        sentences.append(words("describe-tunnels", n=len(tunnels), tunnels=_listed(tunnels, words)))
    sentences.extend(_sureness(elements, words))
    return " ".join(sentences)


def phase(plan: Plan, one: Phase, markers: Sequence[Marker], tunnels: Sequence[Tunnel], words: Words) -> str:
    """Return what the small plans of a phase show."""
    sentences = [
        words("describe-phase", phase=one.title, name=plan.name, status=words(f"plan-status-{plan.status}"))
    ]
    if markers:
        listed = [
            words("plan-numbered", number=number, title=marker.title)
            for number, marker in enumerate(markers, start=1)
        ]
        sentences.append(words("describe-markers", n=len(markers), markers=_listed(listed, words)))
    sentences.extend(_sureness((*markers, *tunnels), words))
    return " ".join(sentences)


def section(plan: Plan, one: Section, words: Words) -> str:
    """Return what a vertical cut shows."""
    cut = cut_by(plan, one)
    sentences = [
        words(
            "describe-section", section=one.title, name=plan.name, status=words(f"plan-status-{plan.status}")
        )
    ]
    named = [what(element, words) for element in cut if isinstance(element, Room | Tunnel)]
    if named:
        sentences.append(words("describe-cut", n=len(named), cut=_listed(named, words)))
    sentences.extend(_sureness(cut, words))
    return " ".join(sentences)


def _sureness(elements: Iterable[Element], words: Words) -> list[str]:
    """Return a sentence that says how many elements have each level of certainty."""
    elements = tuple(elements)
    levels = [
        words(
            "describe-level",
            n=sum(element.certainty == level for element in elements),
            level=words(f"plan-level-{level}"),
        )
        for level in in_use(elements)
    ]
    return [words("describe-certainty", n=len(elements), levels=_listed(levels, words))] if levels else []


def _listed(items: Sequence[str], words: Words) -> str:
    """Return items as a list; semicolons keep those apart that have commas of their own."""
    if not any("," in item for item in items):
        return str(format_list(items, locale=words.locale))
    return reduce(lambda first, second: words("describe-list", first=first, second=second), items)
