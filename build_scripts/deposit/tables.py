"""Turn the tables and charts of a dossier into CSV (RFC 4180, UTF-8, with a head), by name.

A name is the `data` attribute of the nodes that show the same numbers. Columns are named as in the data
contract; dates stay EDTF beside the first and last day that they can mean, lists are divided by `; `. A text
that a spreadsheet would run as a formula has an apostrophe before it, as the sheet itself would write it.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO

from build_scripts.model import Dossier
from build_scripts.model.accounts import Account
from build_scripts.model.chronology import Event
from build_scripts.model.days import Day
from build_scripts.model.edtf import Edtf
from build_scripts.model.floor_plan import Area, Room
from build_scripts.model.marked import Marked
from build_scripts.model.outlines import size_m2
from build_scripts.model.records import Cite
from build_scripts.model.series import Series

CHRONOLOGY = "chronology"
# ISO 8601-1:2019, 4.3.2: a year of more digits has a sign.
LONGEST_PLAIN_YEAR = 9999

# The first characters by which spreadsheets know a formula (OWASP, CSV injection), wide forms among them.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")

Row = Sequence[object]


def tables(dossier: Dossier) -> dict[str, bytes]:
    """Return every table as the bytes of a CSV file, by name."""
    return {name: _csv(head, rows) for name, head, rows in _tables(dossier)}


def _tables(dossier: Dossier) -> Iterator[tuple[str, Row, Iterable[Row]]]:
    if dossier.events:
        yield CHRONOLOGY, EVENT, map(_event, dossier.events)
    for series in dossier.series:
        yield f"series-{series.id}", POINT, _points(series)
    for account in dossier.accounts:
        yield f"account-{account.id}", ANSWER, _answers(account)
    plan = dossier.plan
    if plan is not None and plan.site is not None and plan.site.areas:
        yield "plan-site", PLACE, map(_place, plan.site.areas)
    for storey in plan.storeys if plan is not None else ():
        if storey.rooms:
            yield f"plan-{storey.id}", PLACE, map(_place, storey.rooms)


EVENT = (
    "id", "date", "earliest", "latest", "time", "time_note", "timezone", "title", "text", "period", "weight",
    "people", "organizations", "places", "rooms", "accounts", "sources",
)  # fmt: skip


def _event(event: Event) -> Row:
    return (
        event.id,
        *_date(event.date),
        event.time and event.time.text,
        event.time_note,
        event.timezone,
        event.title,
        _plain(event.text),
        event.period,
        event.weight,
        _list(event.people),
        _list(event.organizations),
        _list(event.places),
        _list(event.rooms),
        _list(event.accounts),
        _cites(event.sources),
    )


POINT = (
    "date",
    "earliest",
    "latest",
    "time",
    "value",
    "low",
    "high",
    "unit",
    "note",
    "event",
    "accounts",
    "sources",
)


def _points(series: Series) -> Iterator[Row]:
    for point in series.points:
        yield (
            *_date(point.date),
            point.time and point.time.text,
            point.value,
            point.low,
            point.high,
            series.unit,
            _plain(point.note),
            point.event,
            _list(point.accounts),
            _cites(point.sources),
        )


ANSWER = ("answer", "value", "low", "high", "unit", "text", "said_by", "adopted", "sources")


def _answers(account: Account) -> Iterator[Row]:
    for answer in account.answers:
        yield (
            answer.id,
            answer.value,
            answer.low,
            answer.high,
            account.unit,
            _plain(answer.text),
            answer.said_by,
            "yes" if answer.id == account.adopted else "no",
            _cites(answer.sources),
        )


PLACE = ("id", "number", "title", "area_m2", "use", "certainty", "accounts", "sources")


def _place(place: Room | Area) -> Row:
    number, use = (place.number, place.use) if isinstance(place, Room) else (None, place.kind)
    return (
        place.id,
        number,
        place.title,
        f"{size_m2(place):.2f}",
        use,
        place.certainty,
        _list(place.accounts),
        _cites(place.sources),
    )


def _date(date: Edtf) -> Row:
    """Return a date as typed, and its first and last day where they are known."""
    return date, _day(date.first), _day(date.last)


def _day(day: Day | None) -> str:
    if day is None:
        return ""
    sign = "-" if day.year < 0 else "+" if day.year > LONGEST_PLAIN_YEAR else ""
    return f"{sign}{abs(day.year):04d}-{day.month:02d}-{day.day:02d}"


def _plain(text: Marked | None) -> str | None:
    return None if text is None else text.plain()


def _list(names: Iterable[str]) -> str:
    return "; ".join(names)


def _cites(cites: Iterable[Cite]) -> str:
    """Return citations in the form of the `cite` role: `id | locator; id`."""
    return _list(cite.id if cite.locator is None else f"{cite.id} | {cite.locator}" for cite in cites)


def _csv(head: Row, rows: Iterable[Row]) -> bytes:
    out = StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows(map(_cell, row) for row in rows)
    return out.getvalue().encode()


def _cell(value: object) -> str:
    """Write a value as the text of a cell that no spreadsheet runs."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA) and not NUMBER.fullmatch(text) else text
