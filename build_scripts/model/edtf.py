"""Parse Extended Date/Time Format dates (ISO 8601-2:2019, Annex A) to bounds of whole days.

Levels 0 and 1 without times and without years beyond four digits; of level 2 the sets `[a,b]` and `{a,b}` and
unspecified digits anywhere (`1911-08-2X`). Seasons 21-24 have bounds of three months, moved by six months
in the southern hemisphere.
"""

from __future__ import annotations

import calendar
import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

SIMPLE = re.compile(
    r"(?P<year>-?[0-9X]{4})(?:-(?P<month>[0-9X]{2})(?:-(?P<day>[0-9X]{2}))?)?(?P<qualifier>[?~%]?)"
)
SEASON_STARTS = {21: 3, 22: 6, 23: 9, 24: 12}
MONTHS = [f"{month:02d}" for month in range(1, 13)]
DAYS = [f"{day:02d}" for day in range(1, 32)]


class EdtfError(ValueError):
    """Say why a text is not a date, in words for its author."""


class Day(NamedTuple):
    """Name a day of the proleptic Gregorian calendar; year 0 is 1 BC."""

    year: int
    month: int
    day: int

    def following(self) -> Day:
        """Return the next day."""
        if self.day < _length(self.year, self.month):
            return Day(self.year, self.month, self.day + 1)
        return Day(self.year, self.month + 1, 1) if self.month < 12 else Day(self.year + 1, 1, 1)


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
    if text.startswith(("[", "{")):
        return _parse_set(text, hemisphere)
    if "/" in text:
        span = _parse_span(text.split("/"), hemisphere)
        return Edtf(
            text=text, kind=Kind.INTERVAL, members=(span,), earliest=span.earliest, latest=span.latest
        )
    simple = _parse_simple(text, hemisphere)
    return Edtf(text=text, kind=Kind.DATE, members=(simple,), earliest=simple.earliest, latest=simple.latest)


def _parse_set(text: str, hemisphere: Hemisphere) -> Edtf:
    closing = "]" if text[0] == "[" else "}"
    if not text.endswith(closing):
        raise EdtfError(f"opens a set with '{text[0]}' but does not close it with '{closing}'")
    members = tuple(_parse_member(part, hemisphere) for part in text[1:-1].split(","))
    return Edtf(
        text=text,
        kind=Kind.ONE_OF if closing == "]" else Kind.ALL_OF,
        members=members,
        earliest=min(member.earliest for member in members),
        latest=max(member.latest for member in members),
    )


def _parse_member(part: str, hemisphere: Hemisphere) -> Simple | Span:
    if ".." not in part:
        return _parse_part(part, hemisphere)
    ends = [end or ".." for end in part.split("..")]
    return _parse_span(ends, hemisphere)


def _parse_span(ends: list[str], hemisphere: Hemisphere) -> Span:
    if len(ends) != 2:
        raise EdtfError(f"has {len(ends)} ends; an interval has two")
    start, end = (End(part) if part in ("", "..") else _parse_part(part, hemisphere) for part in ends)
    if isinstance(start, End) and isinstance(end, End):
        raise EdtfError("has no date at either end")
    span = Span(start=start, end=end)
    if span.earliest > span.latest:
        raise EdtfError(f"ends ('{ends[1]}') before it starts ('{ends[0]}')")
    return span


def _parse_part(text: str, hemisphere: Hemisphere) -> Simple:
    try:
        return _parse_simple(text, hemisphere)
    except EdtfError as error:
        raise EdtfError(f"has '{text}', which {error}") from None


def _parse_simple(text: str, hemisphere: Hemisphere) -> Simple:
    match = SIMPLE.fullmatch(text)
    if match is None:
        raise EdtfError("is not YYYY, YYYY-MM or YYYY-MM-DD")
    year, month, day, qualifier = match.group("year", "month", "day", "qualifier")
    if year == "-0000":
        raise EdtfError("has the year -0000; the year before 0001 is 0000")
    if month is not None and month.isdigit() and int(month) in SEASON_STARTS:
        if day is not None:
            raise EdtfError(f"has a day in season {month}; a season has no days")
        first, last = _season_bounds(year, int(month), hemisphere)
        return Simple(year=year, season=int(month), qualifier=qualifier, earliest=first, latest=last)
    months, days = _matching(month, MONTHS), _matching(day, DAYS)
    if not months:
        raise EdtfError(f"has month {month}; months are 01 to 12 and seasons 21 to 24")
    if not days:
        raise EdtfError(f"has day {day}; days are 01 to 31")
    earliest = next(_days(_years(year), months, days), None)
    latest = next(_days(_years(year, last=True), months[::-1], days[::-1]), None)
    if earliest is None or latest is None:
        raise EdtfError("is a day that is not in the calendar")
    return Simple(year=year, month=month, day=day, qualifier=qualifier, earliest=earliest, latest=latest)


def _matching(pattern: str | None, numbers: list[str]) -> list[int]:
    """Return the numbers that a pattern of digits and X can mean; no pattern means all."""
    if pattern is not None and pattern.isdigit():
        return [int(pattern)] if pattern in numbers else []
    known = re.compile((pattern or "XX").replace("X", "."))
    return [int(number) for number in numbers if known.fullmatch(number)]


def _days(years: Iterable[int], months: list[int], days: list[int]) -> Iterator[Day]:
    """Yield the days of the calendar among all these years, months and days, in the order given."""
    for year in years:
        for month in months:
            length = _length(year, month)
            yield from (Day(year, month, day) for day in days if day <= length)


def _length(year: int, month: int) -> int:
    """Return the number of days of a month; the standard library knows no year 0 and none before."""
    return calendar.monthrange(2000 + year % 400, month)[1]


def _years(pattern: str, *, last: bool = False) -> Iterator[int]:
    """Yield the years that a pattern can mean, from the earliest on or from the latest back."""
    if "X" not in pattern:
        yield int(pattern)
        return
    sign = -1 if pattern.startswith("-") else 1
    digits = pattern.lstrip("-")
    # Of years before 0000 the larger number is the earlier year.
    order = "9876543210" if last == (sign > 0) else "0123456789"
    for number in itertools.product(*(order if digit == "X" else digit for digit in digits)):
        year = int("".join(number))
        if year or sign > 0:
            yield sign * year


def _season_bounds(year: str, season: int, hemisphere: Hemisphere) -> tuple[Day, Day]:
    start = SEASON_STARTS[season]
    if hemisphere is Hemisphere.SOUTH:
        start = (start + 5) % 12 + 1
    first, last = next(_years(year)), next(_years(year, last=True))
    end_month = (start + 1) % 12 + 1
    end_year = last + (1 if end_month < start else 0)
    return Day(first, start, 1), min(Day(end_year, end_month, _length(end_year, end_month)), LAST_DAY)
