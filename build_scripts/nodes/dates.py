"""Put dates and times into words of a language; the patterns come from CLDR through Babel."""

from __future__ import annotations

import datetime as dt

from babel.dates import format_date, format_skeleton, format_time

from build_scripts.model.chronology import Event
from build_scripts.model.edtf import Edtf, End, Kind, Simple, Span
from build_scripts.model.times import Clock, TimeOfDay
from build_scripts.words import Words

QUALIFIED = {"?": "date-uncertain", "~": "date-approximate", "%": "date-uncertain-approximate"}
SEASONS = {21: "date-spring", 22: "date-summer", 23: "date-autumn", 24: "date-winter"}


def date(edtf: Edtf, words: Words) -> str:
    """Return a date in words: "about 1984", "between 20 and 29 August 1911", "1938 or 1939"."""
    members = [_member(member, words) for member in edtf.members]
    match edtf.kind:
        case Kind.ONE_OF:
            return _listed(members, "date-or", words)
        case Kind.ALL_OF:
            return _listed(members, "date-and", words)
        case _:
            return members[0]


def _listed(members: list[str], key: str, words: Words) -> str:
    text = members[0]
    for index, member in enumerate(members[1:], start=2):
        text = words(key if index == len(members) else "date-comma", first=text, second=member)
    return text


def _member(member: Simple | Span, words: Words) -> str:
    if isinstance(member, Simple):
        return _simple(member, words)
    match member.start, member.end:
        case Simple() as start, Simple() as end:
            return _between(start, end, words)
        case Simple() as start, End.OPEN:
            return words("date-from", date=_simple(start, words))
        case Simple() as start, _:
            return words("date-from-unknown-end", date=_simple(start, words))
        case End.OPEN, Simple() as end:
            return words("date-until", date=_simple(end, words))
        case _, Simple() as end:
            return words("date-until-unknown-start", date=_simple(end, words))
    raise AssertionError("an interval without a date at either end is refused by the parser")


def _between(start: Simple, end: Simple, words: Words) -> str:
    """Return two ends in words; what they share is said once: "17–18 December 1996"."""
    plain = not (start.qualifier or end.qualifier or _is_unspecified(start) or _is_unspecified(end))
    if plain and start.day and end.day and start.year == end.year:
        if start.month == end.month:
            first = words("date-day-alone", day=int(start.day))
            return words("date-span-close", start=first, end=_simple(end, words))
        return words("date-span", start=_day_and_month(start, words), end=_simple(end, words))
    if plain and start.month and end.month and not (start.day or end.day) and start.year == end.year:
        first = format_date(_stand_in(start), "MMMM", locale=words.locale)
        return words("date-span", start=first, end=_simple(end, words))
    if plain and not (start.month or end.month or start.season or end.season):
        return words("date-span-close", start=_simple(start, words), end=_simple(end, words))
    return words("date-span", start=_simple(start, words), end=_simple(end, words))


def _simple(simple: Simple, words: Words) -> str:
    text = _unspecified(simple, words) if _is_unspecified(simple) else _exact(simple, words)
    return words(QUALIFIED[simple.qualifier], date=text) if simple.qualifier else text


def _is_unspecified(simple: Simple) -> bool:
    return "X" in f"{simple.year}{simple.month}{simple.day}"


def _exact(simple: Simple, words: Words) -> str:
    year = _year(int(simple.year), words)
    if simple.season is not None:
        return words("date-season", season=words(SEASONS[simple.season]), year=year)
    if simple.month is None:
        return year
    month = format_date(_stand_in(simple), "MMMM", locale=words.locale)
    if simple.day is None:
        return words("date-month", month=month, year=year)
    return words("date-day", day_month=_day_and_month(simple, words), year=year)


def _year(year: int, words: Words) -> str:
    return words("date-year-bc", year=1 - year) if year < 1 else str(year)


def _stand_in(simple: Simple) -> dt.date:
    """Return a date of the same month and day in a leap year that the library knows."""
    return dt.date(2000, int(simple.month or 1), int(simple.day or 1))


def _day_and_month(simple: Simple, words: Words) -> str:
    return format_skeleton("MMMMd", _stand_in(simple), locale=words.locale)


def _unspecified(simple: Simple, words: Words) -> str:
    """Return a date with unspecified digits as what it can mean: a decade, a year, or its bounds."""
    if simple.month is None and simple.year.endswith("X") and "X" not in simple.year[:-1]:
        return words("date-decade", year=f"{simple.year[:-1]}0")
    if simple.day == "XX" and "X" not in f"{simple.year}{simple.month}":
        month = format_date(_stand_in(Simple(year=simple.year, month=simple.month, earliest=simple.earliest,
                                             latest=simple.latest)), "MMMM", locale=words.locale)
        return words("date-month", month=month, year=_year(int(simple.year), words))
    if simple.month == "XX" and simple.day in (None, "XX") and "X" not in simple.year:
        return _year(int(simple.year), words)
    first, last = simple.earliest, simple.latest
    whole_years = (first.month, first.day, last.month, last.day) == (1, 1, 12, 31)
    if whole_years:
        return words("date-between", start=_year(first.year, words), end=_year(last.year, words))
    ends = [
        Simple(year=f"{day.year:04d}", month=f"{day.month:02d}", day=f"{day.day:02d}", earliest=day, latest=day)
        for day in (first, last)
    ]
    start = words("date-day-alone", day=first.day) if first[:2] == last[:2] else _exact(ends[0], words)
    return words("date-between", start=start, end=_exact(ends[1], words))


def time_of_day(time: TimeOfDay, words: Words) -> str:
    """Return a time in words: "about 20:20", "21:45–23:59"."""
    start = _clock(time.start, words)
    if time.end is None:
        return start
    return words("time-span", start=start, end=_clock(time.end, words))


def _clock(clock: Clock, words: Words) -> str:
    text = format_time(clock.time, "HH:mm:ss" if clock.has_seconds else "HH:mm", locale=words.locale)
    return words(QUALIFIED[clock.qualifier], date=text) if clock.qualifier else text


def event_time(event: Event, words: Words) -> str | None:
    """Return an event's time of day and what is said of it, or None if nothing is."""
    clock = time_of_day(event.time, words) if event.time else None
    if clock and event.time_note:
        return words("time-and-note", time=clock, note=event.time_note)
    return clock or event.time_note
