"""Put dates and times into words of a language; the patterns come from CLDR through Babel."""

from __future__ import annotations

from babel.dates import format_time

from build_scripts.model.chronology import Event
from build_scripts.model.edtf import Day, Edtf, End, Kind, Simple, Span
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
            return words(
                "date-days",
                start=int(start.day),
                end=int(end.day),
                month=_month(start, words),
                year=_year_of(end, words),
            )
        first = words("date-day-month", day=int(start.day), month=_month(start, words))
        return words("date-span", start=first, end=_simple(end, words))
    if plain and start.month and end.month and not (start.day or end.day) and start.year == end.year:
        return words("date-span", start=_month(start, words), end=_simple(end, words))
    if plain and not (start.month or end.month or start.season or end.season):
        return words("date-years", start=_simple(start, words), end=_simple(end, words))
    return words("date-span", start=_simple(start, words), end=_simple(end, words))


def _simple(simple: Simple, words: Words) -> str:
    text = _unspecified(simple, words) if _is_unspecified(simple) else _exact(simple, words)
    return words(QUALIFIED[simple.qualifier], date=text) if simple.qualifier else text


def _is_unspecified(simple: Simple) -> bool:
    return "X" in f"{simple.year}{simple.month}{simple.day}"


def _exact(simple: Simple, words: Words) -> str:
    year = _year_of(simple, words)
    if simple.season is not None:
        return words("date-season", season=words(SEASONS[simple.season]), year=year)
    if simple.month is None:
        return year
    if simple.day is None:
        return words("date-month", month=_month(simple, words), year=year)
    return words("date-day", day=int(simple.day), month=_month(simple, words), year=year)


def _year_of(simple: Simple, words: Words) -> str:
    return _year(int(simple.year), words)


def _year(year: int, words: Words) -> str:
    return words("date-year-bc", year=1 - year) if year < 1 else str(year)


def _month(simple: Simple, words: Words) -> str:
    """Return the name of a month; the catalog puts day, month and year in order."""
    return str(words.locale.months["format"]["wide"][int(simple.month or 1)])


def _unspecified(simple: Simple, words: Words) -> str:
    """Return a date with unspecified digits as what it can mean: a decade, a month, a year, or its bounds."""
    year, month, day = simple.year, simple.month, simple.day
    if month is None and year.endswith("X") and "X" not in year[:-1]:
        return words("date-decade", year=f"{year[:-1]}0")
    if "X" not in year and month == "XX":
        if day in (None, "XX"):
            return _year_of(simple, words)
        if day is not None and "X" not in day:
            return words("date-day-of-unknown-month", day=int(day), year=_year_of(simple, words))
    if "X" not in f"{year}{month}":
        if day == "XX":
            return words("date-month", month=_month(simple, words), year=_year_of(simple, words))
        return words(
            "date-between-days",
            start=simple.earliest.day,
            end=simple.latest.day,
            month=_month(simple, words),
            year=_year_of(simple, words),
        )
    first, last = (_of_day(bound) for bound in (simple.earliest, simple.latest))
    if month is None:
        return words("date-between", start=_year_of(first, words), end=_year_of(last, words))
    return words("date-between", start=_exact(first, words), end=_exact(last, words))


def _of_day(day: Day) -> Simple:
    year = f"{day.year:05d}" if day.year < 0 else f"{day.year:04d}"
    return Simple(year=year, month=f"{day.month:02d}", day=f"{day.day:02d}", earliest=day, latest=day)


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
