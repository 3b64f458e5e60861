"""Describe a measure over time, drawn as steps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from build_scripts.diagnostics import Diagnostic
from build_scripts.model.accounts import Measured
from build_scripts.model.fields import Date, Id, MarkedText, Plain, Time
from build_scripts.model.records import Record, Sources


class Point(Measured):
    """Hold what was measured from one date on."""

    date: Date
    time: Time | None = None
    note: MarkedText | None = None
    event: Id | None = None
    accounts: tuple[Id, ...] = ()
    sources: Sources


class Series(Record):
    """Hold a measure and its points in time."""

    noun: ClassVar[str] = "series"
    title: Plain
    unit: Plain
    text: MarkedText | None = None
    points: tuple[Point, ...]


def check(series: Sequence[Series]) -> Iterator[Diagnostic]:
    """Yield points that say nothing, contradict themselves or are out of order."""
    for one in series:
        previous = None
        for index, point in enumerate(one.points):
            if not point.has_number and point.note is None:
                yield one.problem(f"point '{point.date}' has neither a number nor a note", "points", index)
            problem = point.measure_problem()
            if problem:
                yield one.problem(f"point '{point.date}' {problem}", "points", index)
            if point.time is not None and not point.date.is_day:
                message = f"point '{point.date}' has a time, but is not one day"
                yield one.problem(message, "points", index, "time")
            if point.date.stands_at is None:
                message = f"point '{point.date}' has no known year, and so no place in time"
                yield one.problem(message, "points", index, "date")
                continue
            key = (point.date.stands_at, point.time.start.seconds if point.time else -1)
            if previous is not None and key < previous[0]:
                yield one.problem(f"point '{point.date}' comes before the point above it", "points", index)
            if previous == (key, point.date.latest):
                message = f"point '{point.date}' stands twice; give both a time, or make them one"
                yield one.problem(message, "points", index)
            previous = key, point.date.latest
