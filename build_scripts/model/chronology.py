"""Describe events and put them in order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, ClassVar, Literal

from pydantic import WithJsonSchema

from build_scripts.diagnostics import Diagnostic
from build_scripts.model.days import LAST_DAY
from build_scripts.model.fields import Date, Id, MarkedText, Plain, Time, Timezone
from build_scripts.model.records import Record, Sources, shortened

Weight = Annotated[Literal["1", "2", "3"], WithJsonSchema({"enum": [1, 2, 3, "1", "2", "3"]})]


AFTER_THE_DAY = 24 * 60 * 60


class Event(Record):
    """Tell what happened, when, where and to whom.

    `people` lived when it happened; `concerning` names those it is about who did not.
    """

    noun: ClassVar[str] = "event"
    date: Date
    time: Time | None = None
    time_note: Plain | None = None
    timezone: Timezone | None = None
    after: Id | None = None
    title: Plain
    text: MarkedText
    period: Id
    weight: Weight = "1"
    people: tuple[Id, ...] = ()
    concerning: tuple[Id, ...] = ()
    organizations: tuple[Id, ...] = ()
    places: tuple[Plain, ...] = ()
    rooms: tuple[Id, ...] = ()
    accounts: tuple[Id, ...] = ()
    sources: Sources


def check(events: Sequence[Event]) -> Iterator[Diagnostic]:
    """Yield what is wrong with times and with the order that `after` asks for."""
    for event in events:
        if event.time is not None and not event.date.is_day:
            yield event.problem(f"has a time, but date '{shortened(str(event.date))}' is not one day", "time")
    yield from _misplaced(events)
    yield from _against_dates(events)
    for event in _in_cycles(events):
        yield event.problem(f"after '{event.after}' leads back to the event itself", "after")


def _against_dates(events: Sequence[Event]) -> Iterator[Diagnostic]:
    """Yield the events whose date is over before that of the event which they are to follow begins."""
    known = {event.id: event for event in events}
    for event in events:
        other = known.get(event.after) if event.after else None
        if other is None or other.date.earliest is None or event.date.latest is None:
            continue
        if event.date.latest < other.date.earliest:
            dates = f"date '{shortened(str(event.date))}' lies before its date '{shortened(str(other.date))}'"
            yield event.problem(f"after '{other.id}', but {dates}", "after")


def _misplaced(events: Sequence[Event]) -> Iterator[Diagnostic]:
    """Yield warnings of untimed events that stand behind a timed one of their day in the file only."""
    timed: dict[object, Event] = {}
    for event in events:
        if not event.date.is_day:
            continue
        if event.time is not None:
            timed.setdefault(event.date.earliest, event)
        elif event.time_note is not None and event.after is None and event.date.earliest in timed:
            message = (
                f"has no time but the note '{event.time_note}', and so is told before the timed events "
                f"of its day; behind one of them it comes by 'after: {timed[event.date.earliest].id}'"
            )
            yield event.problem(message, "time_note", is_warning=True)


def _in_cycles(events: Sequence[Event]) -> Iterator[Event]:
    """Yield the events that come after themselves; every event is walked over once."""
    known = {event.id: event for event in events}
    walked: set[str] = set()
    for event in events:
        path: dict[str, Event] = {}
        here: Event | None = event
        while here is not None and here.id not in walked:
            walked.add(here.id)
            path[here.id] = here
            here = known.get(here.after) if here.after else None
        if here is not None and here.id in path:
            names = list(path)
            yield from (path[name] for name in names[names.index(here.id) :])


def in_order(events: Sequence[Event]) -> tuple[Event, ...]:
    """Return the events in the order in which they are told.

    First day, or the last where only that is known; on one day untimed before timed, timed by the start of
    their time, then those that happened at the latest on it; last day; order in the file. Events of which
    no year is known come last. An event with `after` follows directly behind the named one.
    """
    followers: dict[str, list[Event]] = {}
    leaders = []
    known = {event.id for event in events}
    for event in events:
        if event.after in known:
            followers.setdefault(str(event.after), []).append(event)
        else:
            leaders.append(event)
    ordered: list[Event] = []
    # Reversing a sorted list, unlike sorting in reverse, keeps equals in the file's order when popped.
    stack = sorted(leaders, key=_key)[::-1]
    while stack:
        event = stack.pop()
        ordered.append(event)
        stack.extend(sorted(followers.get(event.id, []), key=_key)[::-1])
    return tuple(ordered)


def _key(event: Event) -> tuple[object, ...]:
    date = event.date
    start = -1 if event.time is None else event.time.start.seconds
    if date.first is None:
        start = AFTER_THE_DAY
    return date.stands_at is None, date.stands_at or LAST_DAY, start, date.latest


def undated(events: Sequence[Event]) -> tuple[Event, ...]:
    """Return the events at the end of an order that have no known year, with those that follow them."""
    known = {event.id for event in events}
    for index, event in enumerate(events):
        if event.date.stands_at is None and event.after not in known:
            return tuple(events[index:])
    return ()
