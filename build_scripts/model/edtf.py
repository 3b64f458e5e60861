"""Parse Extended Date/Time Format dates (ISO 8601-2:2019, Annex A) to bounds of whole days.

Levels 0 and 1 without times and without years beyond four digits; of level 2 the sets `[a,b]` and `{a,b}` and
unspecified digits anywhere (`1911-08-2X`). Seasons 21-24 have bounds of three months, moved by six months
in the southern hemisphere.
"""

from __future__ import annotations

import calendar
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

SIMPLE = re.compile(r"(?P<year>-?[0-9X]{4})(?:-(?P<month>[0-9X]{2})(?:-(?P<day>[0-9X]{2}))?)?(?P<qualifier>[?~%]?)")
SEASON_STARTS = {21: 3, 22: 6, 23: 9, 24: 12}


class EdtfError(ValueError):
    """Say why a text is not a date, in words for its author."""


class Day(NamedTuple):
    """Name a day of the proleptic Gregorian calendar; year 0 is 1 BC."""

    year: int
    month: int
    day: int


FIRST_DAY = Day(-9999, 1, 1)
LAST_DAY = Day(9999, 12, 31)


class Hemisphere(Enum):
    """Decide which months a season means."""

    NORTH = "north"
    SOUTH = "south"


class End(Enum):
    """Mark an interval's end that has no date."""

    OPEN = ".."
    UNKNOWN = ""


class Kind(Enum):
    """Tell how the members of a date belong together."""

    DATE = "date"
    INTERVAL = "interval"
    ONE_OF = "one of"
    ALL_OF = "all of"


@dataclass(frozen=True, slots=True, kw_only=True)
class Simple:
    """Hold one calendar date, month, season or year; X stands for an unspecified digit.

    `season` is 21 to 24 and then `month` is None. `qualifier` is "", "?" (uncertain), "~" (approximate) or
    "%" (both).
    """

    year: str
    month: str | None = None
    day: str | None = None
    season: int | None = None
    qualifier: str = ""
    earliest: Day
    latest: Day


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Hold the two ends of an interval, or of a range inside a set."""

    start: Simple | End
    end: Simple | End

    @property
    def earliest(self) -> Day:
        """Return the first day; an open start reaches back to the first day there is."""
        if isinstance(self.start, Simple):
            return self.start.earliest
        if self.start is End.UNKNOWN and isinstance(self.end, Simple):
            return self.end.earliest
        return FIRST_DAY

    @property
    def latest(self) -> Day:
        """Return the last day; an open end reaches to the last day there is."""
        if isinstance(self.end, Simple):
            return self.end.latest
        if self.end is End.UNKNOWN and isinstance(self.start, Simple):
            return self.start.latest
        return LAST_DAY


@dataclass(frozen=True, slots=True, kw_only=True)
class Edtf:
    """Hold a parsed date: its text as typed, how its members belong together, and its bounds in days."""

    text: str
    kind: Kind
    members: tuple[Simple | Span, ...]
    earliest: Day
    latest: Day

    @property
    def is_day(self) -> bool:
        """Tell whether the date is one day, certain or not, so that a time of day may stand beside it."""
        first = self.members[0]
        return (
            self.kind is Kind.DATE
            and isinstance(first, Simple)
            and first.day is not None
            and "X" not in f"{first.year}{first.month}{first.day}"
        )

    def __str__(self) -> str:
        return self.text


def parse(text: str, hemisphere: Hemisphere = Hemisphere.NORTH) -> Edtf:
    """Return the date that `text` denotes.

    Raises EdtfError with the reason if it denotes none.
    """
    if not text:
        raise EdtfError("is empty")
    if text[0] in "[{":
        return _parse_set(text, hemisphere)
    if "/" in text:
        span = _parse_span(text, text.split("/"), hemisphere)
        return Edtf(text=text, kind=Kind.INTERVAL, members=(span,), earliest=span.earliest, latest=span.latest)
    simple = _parse_simple(text, hemisphere)
    return Edtf(text=text, kind=Kind.DATE, members=(simple,), earliest=simple.earliest, latest=simple.latest)


def _parse_set(text: str, hemisphere: Hemisphere) -> Edtf:
    closing = "]" if text[0] == "[" else "}"
    if not text.endswith(closing) or len(text) < 3:
        raise EdtfError(f"opens a set with '{text[0]}' but does not close it with '{closing}'")
    members = tuple(_parse_member(part.strip(), hemisphere) for part in text[1:-1].split(","))
    return Edtf(
        text=text,
        kind=Kind.ONE_OF if closing == "]" else Kind.ALL_OF,
        members=members,
        earliest=min(member.earliest for member in members),
        latest=max(member.latest for member in members),
    )


def _parse_member(part: str, hemisphere: Hemisphere) -> Simple | Span:
    if ".." not in part:
        return _parse_simple(part, hemisphere)
    ends = [end or ".." for end in part.split("..")]
    return _parse_span(part, ends, hemisphere)


def _parse_span(text: str, ends: list[str], hemisphere: Hemisphere) -> Span:
    if len(ends) != 2:
        raise EdtfError(f"has {len(ends)} ends; an interval has two")
    start, end = (End(part) if part in ("", "..") else _parse_simple(part, hemisphere) for part in ends)
    if isinstance(start, End) and isinstance(end, End):
        raise EdtfError("has no date at either end")
    span = Span(start=start, end=end)
    if span.earliest > span.latest:
        raise EdtfError(f"ends ('{ends[1]}') before it starts ('{ends[0]}')")
    return span


def _parse_simple(text: str, hemisphere: Hemisphere) -> Simple:
    match = SIMPLE.fullmatch(text)
    if match is None:
        raise EdtfError(f"has '{text}', which is not YYYY, YYYY-MM or YYYY-MM-DD")
    year, month, day, qualifier = match.group("year", "month", "day", "qualifier")
    if year == "-0000":
        raise EdtfError("has the year -0000; the year before 1 is 0000")
    if month is not None and month.isdigit() and int(month) in SEASON_STARTS:
        if day is not None:
            raise EdtfError(f"has a day in season {month}; a season has no days")
        earliest, latest = _season_bounds(year, int(month), hemisphere)
        return Simple(year=year, season=int(month), qualifier=qualifier, earliest=earliest, latest=latest)
    _check_month_and_day(month, day)
    earliest = next(_days(year, month, day, last=False), None)
    if earliest is None:
        raise EdtfError(f"has '{text}', a day that is not in the calendar")
    latest = next(_days(year, month, day, last=True))
    return Simple(year=year, month=month, day=day, qualifier=qualifier, earliest=earliest, latest=latest)


def _check_month_and_day(month: str | None, day: str | None) -> None:
    """Raise EdtfError in plain words for the common slips."""
    if month is not None and month.isdigit():
        if int(month) == 0:
            raise EdtfError("has month 00; months are 01 to 12")
        if int(month) > 12:
            raise EdtfError(f"has month {month}; months are 01 to 12 and seasons 21 to 24")
    if day is not None and day.isdigit() and not 1 <= int(day) <= 31:
        raise EdtfError(f"has day {day}; days are 01 to 31")


def _days(year: str, month: str | None, day: str | None, *, last: bool) -> Iterator[Day]:
    """Yield the days that match a pattern, from the earliest on or from the latest back."""
    step = -1 if last else 1
    for years in _numbers(year, last=last):
        for months in range(1, 13)[::step]:
            if month is not None and not _matches(months, month):
                continue
            length = calendar.monthrange(_like(years), months)[1]
            for days in range(1, length + 1)[::step]:
                if day is None or _matches(days, day):
                    yield Day(years, months, days)


def _like(year: int) -> int:
    """Return a year that the standard library knows, leap if and only if `year` is leap."""
    return 2000 + year % 400


def _matches(number: int, pattern: str) -> bool:
    return all(sign in ("X", digit) for sign, digit in zip(pattern, f"{number:02d}", strict=True))


def _numbers(pattern: str, *, last: bool) -> Iterator[int]:
    """Yield the years that match a pattern, in time's order or against it."""
    sign = -1 if pattern.startswith("-") else 1
    digits = pattern.lstrip("-")
    # Of years before 0000 the larger number is the earlier year.
    order = "9876543210" if last == (sign > 0) else "0123456789"
    for number in itertools.product(*(order if digit == "X" else digit for digit in digits)):
        yield sign * int("".join(number))


def _season_bounds(year: str, season: int, hemisphere: Hemisphere) -> tuple[Day, Day]:
    start = SEASON_STARTS[season]
    if hemisphere is Hemisphere.SOUTH:
        start = (start + 5) % 12 + 1
    first = next(_numbers(year, last=False))
    last = next(_numbers(year, last=True))
    end_month = (start + 1) % 12 + 1
    end_year = last + (1 if end_month < start else 0)
    length = calendar.monthrange(_like(end_year), end_month)[1]
    return Day(first, start, 1), Day(end_year, end_month, length)
